"""What the public reads of a resolution: built once when it is posted, continued by its measures' own lines."""

from datetime import date
from typing import Any

from django.db.models import Max

from council.models import Decision, Measure, Resolution, Snapshot, Topic
from council.models.resolutions import digest_of

Content = dict[str, Any]


def publish_resolution(resolution: Resolution) -> Snapshot:
    """Freeze the whole text as the next version."""
    topic = resolution.topic
    decision, posting = topic.current_decision, topic.current_posting
    content: Content = {
        "word": resolution.committee.document_word,
        "year": resolution.year,
        "number": resolution.number,
        "title": resolution.title,
        "text": resolution.text,
        "points": decision.plan.lines if decision else [],
        "remit": topic.remit,
        "committee": resolution.committee.name,
        "posted_on": _iso(resolution.posted_on),
        "decision": _decision(decision) if decision else None,
        "changed_at_sitting": decision.plan.note if decision else "",
        "changed_by_opinions": posting.what_changed if posting else "",
        "days": {
            "reported": _iso(_reported_on(topic)),
            "opened": _iso(topic.opened_on),
            "decided": _iso(decision.sitting.day) if decision else None,
            "opens": _iso(posting.opens_on) if posting else None,
            "closes": _iso(posting.closes_on) if posting else None,
            "posted": _iso(resolution.posted_on),
        },
        **_progress(topic),
    }
    return _add(resolution, content)


def publish_progress(topic: Topic) -> None:
    """Publish the lines of the measures; while the text is being revised, all of it waits for the approval."""
    resolution = topic.current_resolution
    if resolution is None or not resolution.is_public or resolution.state != Resolution.State.POSTED:
        return
    last = resolution.snapshots.latest("version")  # its posting has published the first one
    content = {**last.content, **_progress(topic)}
    if digest_of(content) != last.digest:
        _add(resolution, content)


def _add(resolution: Resolution, content: Content) -> Snapshot:
    last = resolution.snapshots.aggregate(last=Max("version"))["last"] or 0
    return Snapshot.objects.create(resolution=resolution, version=last + 1, content=content, digest=digest_of(content))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _reported_on(topic: Topic) -> date | None:
    return min((report.reported_on for report in topic.reports.all()), default=None)


def _decision(decision: Decision) -> Content:
    """How it was decided, without those against: the public reads that it was carried and by which rule."""
    rules = decision.sitting.rules
    return {
        "method": decision.method,
        "entitled": decision.sitting.entitled,
        "present": decision.sitting.present,
        "votes_for": decision.votes_for,
        "rules_name": rules.name,
        "quorum": list(rules.quorum),
        "majority": list(rules.majority),
    }


def _progress(topic: Topic) -> Content:
    measures = list(Measure.objects.filter(topic=topic).select_related("branch", "unit"))
    is_finished = bool(measures) and all(measure.is_finished for measure in measures)
    ends = [measure.done_on or measure.dropped_on for measure in measures if measure.is_finished]
    return {
        "measures": [
            {
                "what": measure.what,
                "owner": measure.owner_name,
                "due": _iso(measure.due),
                "done_on": _iso(measure.done_on),
                "is_dropped": measure.dropped_on is not None,
            }
            for measure in measures
        ],
        "finished_on": _iso(max(day for day in ends if day)) if is_finished else None,
    }
