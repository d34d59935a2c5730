"""What must be in place before a topic or a resolution moves on. Each line is a sentence and whether it holds."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from council.models import Opinion, Resolution, Topic
from council.publishing import check_publishable

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Line:
    text: str
    is_done: bool


def nothing(obj: Topic | Resolution, by: "User", day: date) -> list[Line]:
    return []


def to_formulate(topic: Topic, by: "User", day: date) -> list[Line]:
    return [
        Line(_("The topic has a title"), bool(topic.title)),
        Line(_("The area is named"), bool(topic.area_name)),
        Line(_("A report is linked, or the reason is written"), bool(topic.reason) or bool(list(topic.reports.all()))),
    ]


def to_adopt(topic: Topic, by: "User", day: date) -> list[Line]:
    analysis = getattr(topic, "analysis", None)
    return [
        Line(_("The facts are written down"), bool(analysis and analysis.facts.strip())),
        Line(_("At least one option is written down"), bool(analysis and analysis.option_lines)),
        Line(_("It is settled whose decision this is"), bool(topic.remit)),
        Line(_("There is a first draft of the plan"), topic.current_plan is not None),
    ]


def to_evaluate(topic: Topic, by: "User", day: date) -> list[Line]:
    has_quorum = any(sitting.has_quorum and sitting.day <= day for sitting in topic.sittings.all())
    dissents = [position for position in topic.positions.all() if position.is_dissent]
    unanswered = sum(position.is_unanswered for position in dissents)
    decision, plan = topic.current_decision, topic.current_plan
    return [
        Line(_("A sitting with quorum has discussed it"), has_quorum),
        Line(
            _("Differing views are answered (%(answered)d of %(total)d)")
            % {"answered": len(dissents) - unanswered, "total": len(dissents)},
            not unanswered,
        ),
        Line(
            _("The council has adopted draft %(number)d") % {"number": plan.number}
            if plan
            else _("The council has adopted a draft"),
            bool(decision and plan and decision.plan_id == plan.pk),
        ),
    ]


def to_implement(topic: Topic, by: "User", day: date) -> list[Line]:
    decision, plan = topic.current_decision, topic.current_plan
    is_unchanged = bool(decision and plan and decision.plan_id == plan.pk)
    posting = topic.current_posting
    return [
        _posting_line(topic, day),
        _objections_line(topic),
        Line(_("It is written what changed because of the opinions"), bool(posting and posting.what_changed.strip())),
        Line(_("The draft is the one adopted (a changed one goes back to step 3)"), is_unchanged),
        _owner_line(topic),
        _measures_line(topic),
    ]


def _posting_line(topic: Topic, day: date) -> Line:
    posting = topic.current_posting
    if posting is None:
        return Line(_("The draft is posted in the garden for opinions"), False)
    left = posting.days_left(day)
    if left:
        text = ngettext("The posting is over (%(days)d day left)", "The posting is over (%(days)d days left)", left)
        return Line(text % {"days": left}, False)
    return Line(_("The posting is over"), True)


def _objections_line(topic: Topic) -> Line:
    posting = topic.current_posting
    objections = [one for one in posting.opinions.all() if one.stance == Opinion.Stance.OPPOSE] if posting else []
    answered = sum(not one.is_unanswered_objection for one in objections)
    text = _("Objections are answered (%(answered)d of %(total)d)")
    return Line(text % {"answered": answered, "total": len(objections)}, answered == len(objections))


def _owner_line(topic: Topic) -> Line:
    if topic.remit in Topic.OWN_REMITS:
        return Line(_("The decision is the council's own"), True)
    text = _("The one whose decision it is has decided: %(owner)s") % {"owner": topic.get_remit_display() or "—"}
    return Line(text, not topic.needs_owner_decision)


def _measures_line(topic: Topic) -> Line:
    measures = list(topic.measures.all())
    assigned = sum(measure.is_assigned for measure in measures)
    text = _("Measures have an owner and a day (%(assigned)d of %(total)d)")
    return Line(text % {"assigned": assigned, "total": len(measures)}, bool(measures) and assigned == len(measures))


def to_close(topic: Topic, by: "User", day: date) -> list[Line]:
    resolution = topic.current_resolution
    measures = list(topic.measures.all())
    finished = sum(measure.is_finished for measure in measures)
    text = _("Measures are done, or dropped with a reason (%(finished)d of %(total)d)")
    return [
        Line(_("The resolution is posted"), bool(resolution and resolution.state == Resolution.State.POSTED)),
        Line(text % {"finished": finished, "total": len(measures)}, finished == len(measures)),
    ]


def no_public_resolution(topic: Topic, by: "User", day: date) -> list[Line]:
    resolution = topic.current_resolution
    return [Line(_("No resolution on it is posted (withdraw it first)"), not (resolution and resolution.is_public))]


def is_publishable(resolution: Resolution, by: "User", day: date) -> list[Line]:
    return [Line(_("No ID or mobile number stands in the text"), not _private(resolution))]


def _private(resolution: Resolution) -> bool:
    try:
        check_publishable(
            [("title", resolution.title), ("text", resolution.text)], public_phone=resolution.committee.phone
        )
    except ValidationError:
        return True
    return False


def is_not_writer(resolution: Resolution, by: "User", day: date) -> list[Line]:
    has_written = by.pk in {writer.pk for writer in resolution.writers.all()} | {resolution.author_id}
    return [
        Line(_("Somebody who has not written the text does this"), not has_written),
        *is_publishable(resolution, by, day),
    ]


def may_post(resolution: Resolution, by: "User", day: date) -> list[Line]:
    at_step_five = resolution.topic.step == Topic.Step.IMPLEMENT
    return [Line(_("The topic has reached step 5"), at_step_five), *is_not_writer(resolution, by, day)]
