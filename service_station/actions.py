"""Everything that changes a report."""

import secrets
import uuid
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from branches.calendar import add_working_days
from branches.models import Branch, Committee, Grant
from config.permissions import Role
from council.actions import open_topic
from council.models import Topic
from council.publishing import check_publishable
from journal.actions import add_event, changes_of, next_number, notify, record
from journal.models import Notice
from service_station.models import LETTERS, Report, ReportNote, tail_fingerprint
from service_station.workflow import BY_NAME, SOLVED, Missing, Move, moves_for

if TYPE_CHECKING:
    from accounts.models import User

ANSWER_WITHIN = 5  # working days
TEXT_LIMIT = 2000
PUBLIC = frozenset({"outside_body", "public_note", "reason"})
AMENDABLE = ("title", "branch", "handler", "due_on", "public_note")
WITHDRAWN = gettext_noop("The topic was withdrawn; the report is the station's again")
MESSAGE = gettext_noop("You have %(count)s work reminders. Please sign in to see them.")


@transaction.atomic
def open_report(
    *,
    committee: Committee,
    text: str,
    channel: str,
    by: "User | None" = None,
    name: str = "",
    phone: str = "",
    branch: Branch | None = None,
    where: str = "",
    by_day: date | None = None,
    is_complaint: bool = False,
    token: uuid.UUID | None = None,
    day: date | None = None,
    letters: str = "",
) -> Report:
    """Take down a report and number it; a second call with the same token returns the first one's report.

    `where` and `by_day` are for help somebody needs. `letters` is for the demo, which must come out the same each time.
    """
    day = day or timezone.localdate()
    _check_words(committee=committee, text=text, branch=branch, day=day, by_day=by_day)
    report = Report(
        committee=committee,
        branch=branch,
        year=day.year,
        letters=letters or "".join(secrets.choice(LETTERS) for _position in range(4)),
        channel=channel,
        text=text.strip(),
        name=name.strip(),
        phone=phone.strip(),
        phone_tail=tail_fingerprint(phone),
        where=where.strip(),
        by_day=by_day,
        is_complaint=is_complaint,
        reported_on=day,
        due_on=by_day or add_working_days(day, ANSWER_WITHIN),
        counted_from=None if by_day else day,
        form_token=token or uuid.uuid4(),
        created_by=by,
    )
    known = _number(report)
    if known is not None:
        return known
    add_event(obj=report, text=gettext_noop("Report received"), day=day, by=by)
    record(action=gettext_noop("Report received"), by=by, obj=report)
    _tell_somebody(report)
    return report


def _check_words(*, committee: Committee, text: str, branch: Branch | None, day: date, by_day: date | None) -> None:
    wrong: dict[str, str] = {}
    if not text.strip():
        wrong["text"] = _("Write what it is about, in your own words.")
    elif len(text) > TEXT_LIMIT:
        wrong["text"] = _("The text has %(length)d characters; at most %(limit)d fit. Shorten it.") % {
            "length": len(text),
            "limit": TEXT_LIMIT,
        }
    if branch is not None and branch.committee_id != committee.pk:
        wrong["branch"] = _("This area belongs to another committee. Choose one of the list.")
    if day > timezone.localdate():
        wrong["day"] = _("The day of the report lies in the future. Enter today or an earlier day.")
    if by_day is not None and by_day < day:
        wrong["by_day"] = _("The day by which help is needed lies before the report. Enter that day or a later one.")
    if wrong:
        raise ValidationError(wrong)


def _number(report: Report) -> Report | None:
    """Number and save the report; or return the one that a first click with the same form has already saved.

    The counter is raised inside the savepoint, so that a refused second click takes no number.
    """
    same_form = Report.objects.filter(form_token=report.form_token)
    known = same_form.first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            report.serial = next_number(committee=report.committee_id, use="report", year=report.year)
            report.save()
    except IntegrityError:
        known = same_form.first()
        if known is None:
            raise  # pragma: no cover (some other rule of the table: a mistake in this house)
    return known


def _tell_somebody(report: Report) -> None:
    """A complaint reaches the discipline member alone; any other report the station, or the secretary where none keeps it."""
    if report.reported_on != timezone.localdate():
        return
    grants = Grant.objects.in_force().filter(committee_id=report.committee_id, user__is_active=True)
    if report.is_complaint:
        users = set(grants.filter(role=Role.DISCIPLINE).values_list("user_id", flat=True))
        text, view = gettext_noop("A complaint about a person has come in"), "station:complaint_detail"
    else:
        users = set(grants.filter(role=Role.STATION).values_list("user_id", flat=True))
        users = users or set(grants.filter(role=Role.SECRETARY).values_list("user_id", flat=True))
        users.discard(report.created_by_id or 0)
        text, view = gettext_noop("Report %(number)s has come in"), "station:report_detail"
    notify(
        Notice(
            user_id=user,
            kind="report received",
            object_type=Report._meta.label_lower,
            object_id=report.pk,
            due_day=report.due_on,
            text=text,
            params={"number": str(report)},
            url=reverse(view, args=[report.pk]),
            message=MESSAGE,
        )
        for user in sorted(users)
    )


def _locked(report: Report) -> Report:
    return Report.objects.select_for_update(of=("self",)).get(pk=report.pk)


@transaction.atomic
def amend_report(*, report: Report, by: "User", values: dict[str, Any]) -> Report:
    """Change what the station keeps about a report (AMENDABLE); the resident's own words are never touched."""
    report = _locked(report)
    old = Report.objects.get(pk=report.pk)
    for field in AMENDABLE:
        if field in values:
            setattr(report, field, values[field])
    if report.branch is not None and report.branch.committee_id != report.committee_id:
        raise ValidationError({"branch": _("This area belongs to another committee. Choose one of the list.")})
    if report.due_on < report.reported_on:
        raise ValidationError({"due_on": _("The due day lies before the report. Enter that day or a later one.")})
    _check_public(report, ["public_note"])
    changes = changes_of(old, report, AMENDABLE)
    if not changes:
        return report
    if "due_on" in changes:
        report.counted_from = None
        params = {"old": old.due_on, "new": report.due_on}
        add_event(obj=report, text=gettext_noop("Due day moved from %(old)s to %(new)s"), by=by, params=params)
    report.save()
    record(action=gettext_noop("Report amended"), by=by, obj=report, changes=changes)
    return report


@transaction.atomic
def add_report_note(*, report: Report, by: "User", text: str) -> ReportNote:
    """Keep a line among colleagues."""
    if not text.strip():
        raise ValidationError({"text": _("Write the note before saving it.")})
    note = ReportNote.objects.create(report=_locked(report), text=text.strip(), by=by)
    record(action=gettext_noop("Internal note added to a report"), by=by, obj=report)
    return note


@transaction.atomic
def reveal_reporter(*, report: Report, by: "User") -> str:
    """The reporter's phone in full; who asked for it, and when, is kept."""
    record(action=gettext_noop("Reporter's phone read in full"), by=by, obj=report, count=1)
    return report.phone


@transaction.atomic
def move_report(
    *, report: Report, move: str, by: "User", values: dict[str, Any] | None = None, day: date | None = None
) -> Report:
    """Make one move of the workflow table; `values` holds what the move asks for. Promotion has an action of its own."""
    day = day or timezone.localdate()
    report = _locked(report)
    chosen = _allowed(report, move, by)
    if chosen.name == "promote":
        raise ValidationError(_("Choose the topic on the page “Make it a topic”."))
    for field in chosen.asks:
        if field in (values or {}):
            setattr(report, field, (values or {})[field])
        elif field == "reason":
            report.reason = ""
    refuse(chosen.guard(report, day))
    _check_public(report, chosen.asks)
    _set_state(report, chosen.target, by=by, day=day)
    _tell_move(report, chosen.event, by=by, day=day)
    if chosen.name == "release":
        report.topic = None
    report.save()
    record(
        action=gettext_noop("Report moved"), by=by, obj=report, changes={"move": chosen.name, "state": chosen.target}
    )
    return report


def _check_public(report: Report, fields: Iterable[str]) -> None:
    """What the reporter reads passes the publishing gate: no ID number, no mobile number."""
    texts = [(name, getattr(report, name)) for name in fields if name in PUBLIC]
    check_publishable(texts, public_phone=report.committee.phone)


def _allowed(report: Report, name: str, by: "User") -> Move:
    allowed = {move.name: move for move in moves_for(report, by)}
    if name in allowed:
        return allowed[name]
    if name in BY_NAME and not by.has_perm(BY_NAME[name].permission_for(report), report):
        raise PermissionDenied
    raise ValidationError(
        _("Report %(number)s stands at “%(state)s”: this step is not possible now. Load the page again.")
        % {"number": report, "state": report.get_state_display()}
    )


def refuse(missing: Missing) -> None:
    if missing:
        by_field = {field or "__all__": [str(words)] for field, words in missing}
        raise ValidationError(by_field)


def _set_state(report: Report, state: str, *, by: "User | None", day: date) -> None:
    """Set the state and what always goes with it: handler, day of closing, and the day the next answer is due."""
    came_from, report.state = report.state, state
    report.closed_on = day if report.is_closed else None
    if state == Report.State.IN_HAND:
        report.handler = report.handler or by
        if came_from != Report.State.RECEIVED:
            report.due_on, report.counted_from = add_working_days(day, ANSWER_WITHIN), day
    if state == Report.State.OUTSIDE:
        report.counted_from = None
        report.handler = report.handler or by


def _tell_move(report: Report, text: str, *, by: "User | None", day: date) -> None:
    params = {
        "outside_body": report.outside_body,
        "due_on": report.due_on,
        "reason": report.reason,
        "topic": str(report.topic or ""),
    }
    add_event(
        obj=report,
        text=text,
        day=day,
        by=by,
        params={name: value for name, value in params.items() if f"%({name})s" in text},
    )


@transaction.atomic
def promote_reports(
    *,
    reports: Iterable[Report],
    by: "User",
    topic: Topic | None = None,
    title: str = "",
    area: Branch | None = None,
    reason: str = "",
    day: date | None = None,
) -> Topic:
    """Several reports become one topic, a new one (with a title) or one that is open; each reporter is kept."""
    day = day or timezone.localdate()
    pks = sorted({report.pk for report in reports})
    rows = list(Report.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    if not rows:
        raise ValidationError({"reports": _("Choose at least one report.")})
    for report in rows:
        refuse(_allowed(report, "promote", by).guard(report, day))
    committee = rows[0].committee
    if topic is not None:
        topic = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
        if not topic.is_open:
            raise ValidationError(
                {"topic": _("This topic has ended. Choose one that is open, or give a title for a new one.")}
            )
    else:
        if not title.strip():
            raise ValidationError({"title": _("Give the new topic a title, or choose one that is open.")})
        topic = open_topic(committee=committee, title=title.strip(), area=area or "", by=by, reason=reason, day=day)
    if {report.committee_id for report in rows} != {topic.committee_id}:
        raise ValidationError({"topic": _("The topic and the reports must belong to one committee.")})
    for report in rows:
        report.topic = topic
        _set_state(report, Report.State.PROMOTED, by=by, day=day)
        report.handler = report.handler or by
        report.save()
        _tell_move(report, BY_NAME["promote"].event, by=by, day=day)
    names = [str(report) for report in rows]
    record(action=gettext_noop("Reports made a topic"), by=by, obj=topic, count=len(rows), changes={"reports": names})
    return topic


@transaction.atomic
def follow_topic(*, topic: Topic, by: "User", day: date) -> int:
    """The topic has ended: closed, its reports are solved; withdrawn, they are the station's again. Returns how many."""
    is_closed = topic.state == Topic.State.CLOSED
    rows = list(topic.reports.select_for_update(of=("self",)).filter(state=Report.State.PROMOTED).order_by("pk"))
    for report in rows:
        _set_state(report, Report.State.SOLVED if is_closed else Report.State.IN_HAND, by=by, day=day)
        report.save()
        _tell_move(report, SOLVED if is_closed else WITHDRAWN, by=by, day=day)
    if rows:
        record(action=gettext_noop("Reports followed their topic"), by=by, obj=topic, count=len(rows))
    return len(rows)
