"""What stands on a topic's page."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from council.models import Opinion, Posting, Topic
from council.steps import decided_word, post_by_sentence, state_of, steps_of
from council.workflow import moves_for, way_on
from journal.models import Event

if TYPE_CHECKING:
    from accounts.models import User

STEP = Topic.Step


@dataclass(frozen=True)
class Doing:
    """A button on a card."""

    label: str
    url: str


def topic_context(topic: Topic, user: "User") -> dict[str, Any]:
    today = timezone.localdate()
    state_kind, state_text = state_of(topic, today)
    posting, decision = topic.current_posting, topic.current_decision
    can_edit = topic.is_open and user.has_perm("council.edit", topic)
    return {
        "topic": topic,
        "source": _source(topic),
        "steps": steps_of(topic, today),
        "state_kind": state_kind,
        "state_text": state_text,
        "analysis": getattr(topic, "analysis", None),
        "plan": topic.current_plan,
        "sittings": [_sitting(topic, sitting) for sitting in topic.sittings.all()],
        "decision": decision,
        "posting": posting,
        "counts": opinion_counts(list(posting.opinions.all())) if posting else None,
        "opinions": [one for one in posting.opinions.all() if one.review != Opinion.Review.HIDDEN] if posting else [],
        "measures": topic.measures.all(),
        "resolution": topic.current_resolution,
        "resolution_due": post_by_sentence(topic),
        "way_on": way_on(topic, user, today),
        "next_step": Topic.Step(topic.step + 1).label if topic.step < STEP.IMPLEMENT else "",
        "moves": moves_for(topic, user, today),
        "events": _events(topic),
        "can_edit": can_edit,
        "can_enter": topic.step == STEP.EVALUATE and topic.is_open and user.has_perm("opinions.enter", topic),
        "can_review": user.has_perm("opinions.review", topic),
        "doings": _doings(topic, posting) if can_edit else {},
    }


def _source(topic: Topic) -> str:
    """Where the topic came from: how the first report came and how many there are, else the written reason."""
    reports = list(topic.reports.all())
    if not reports:
        return Truncator(topic.reason).chars(40) or "—"
    channel = min(reports, key=lambda report: report.reported_on).get_channel_display()
    number = ngettext("%(n)d report", "%(n)d reports", len(reports)) % {"n": len(reports)}
    return _("%(channel)s, %(number)s") % {"channel": channel, "number": number}


def _sitting(topic: Topic, sitting: Any) -> dict[str, Any]:
    decision = next((one for one in topic.decisions.all() if one.sitting_id == sitting.pk), None)
    word = decided_word(decision) if decision and decision.is_adopted else ""
    return {
        "sitting": sitting,
        "decision": decision,
        "word": word,
        "sentence": decision.outcome.sentence if decision else (sitting.quorum_sentence if sitting.frozen_at else ""),
        "positions": [position for position in topic.positions.all() if position.sitting_id == sitting.pk],
    }


def opinion_counts(opinions: list[Opinion]) -> dict[str, Any]:
    """How many, by stance and by channel (those with nothing left out)."""
    stances = Counter(opinion.stance for opinion in opinions)
    channels = Counter(opinion.channel for opinion in opinions)
    by_stance = [f"{label} {stances[value]}" for value, label in Opinion.Stance.choices]
    by_channel = [f"{label} {channels[value]}" for value, label in Opinion.Channel.choices if channels[value]]
    return {
        "total": len(opinions),
        "text": _("%(stances)s (%(channels)s)")
        % {"stances": " · ".join(by_stance), "channels": _(", ").join(by_channel)},
        "waiting": sum(opinion.review == Opinion.Review.WAITING for opinion in opinions),
    }


def _events(topic: Topic) -> list[dict[str, Any]]:
    return [{"day": row.day, "text": str(row), "by": row.by_name} for row in Event.objects.about(topic)]


def _doings(topic: Topic, posting: Posting | None) -> dict[str, list[Doing]]:
    """The buttons of each card at this step."""

    def doing(label: str, name: str, *args: int) -> Doing:
        return Doing(label, reverse(f"council:{name}", args=args or [topic.pk]))

    step = topic.step
    found: dict[str, list[Doing]] = {"topic": [doing(_("Amend"), "topic_edit")]}
    if step in (STEP.FORMULATE, STEP.ADOPT):
        found["analysis"] = [doing(_("Write the analysis sheet"), "analysis_edit")]
    found["remit"] = [doing(_("Whose decision"), "remit_edit")]
    if step in (STEP.FORMULATE, STEP.ADOPT, STEP.EVALUATE):
        found["plan"] = [doing(_("New draft"), "plan_create")]
    if step == STEP.ADOPT:
        call = Doing(_("Call a sitting"), f"{reverse('council:sitting_create')}?topic={topic.pk}")
        found["sitting"] = (
            [call]
            if not topic.sittings.all()
            else [doing(_("Record a position"), "position_create"), doing(_("Record the decision"), "decision_create")]
        )
    if step == STEP.EVALUATE:
        found["garden"] = (
            [
                doing(_("Meeting on the spot"), "meeting_create", posting.pk),
                doing(_("What changed"), "what_changed", posting.pk),
            ]
            if posting
            else [doing(_("Post in the garden"), "posting_create")]
        )
    resolution = topic.current_resolution
    if step >= STEP.ADOPT and not (resolution and resolution.is_settled):
        found["measures"] = [doing(_("New measure"), "measure_create")]
    if step == STEP.IMPLEMENT and resolution is None:
        found["resolution"] = [doing(_("Draft the resolution"), "resolution_create")]
    return found


def default_days(posting_days: int) -> dict[str, Any]:
    today = timezone.localdate()
    return {"opens_on": today, "closes_on": today + timedelta(days=posting_days - 1)}
