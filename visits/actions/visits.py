"""Entering what was done: it fulfils the duty, opens what follows, and hands a need to the station."""

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.templatetags.house import day as spoken
from journal.actions import add_event, record
from service_station.actions import open_report
from service_station.models import Report
from visits.actions.rows import add_duties, add_duty, end_care, locked
from visits.due import Anchor, Unit
from visits.models import Duty, Kind, Occasion, Visit

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def log_visit(
    *,
    duty: Duty,
    visitor: "User",
    by: "User",
    visited_on: date,
    how: str,
    obstacle: str = "",
    situation: str = "",
    need: str = "",
    need_by_whom: str = "",
    need_by_day: date | None = None,
    form_token: uuid.UUID | None = None,
    day: date | None = None,
) -> Visit:
    """Keep a visit, a call or an attempt. Only seeing the person fulfils the duty; the same token counts once."""
    occasion = locked(duty.occasion)
    earlier = Visit.objects.filter(form_token=form_token).first() if form_token else None
    if earlier:
        return earlier
    duty = occasion.duties.select_for_update().get(pk=duty.pk)
    duty.occasion = occasion
    visit = Visit(
        occasion=occasion,
        duty=duty,
        visitor=visitor,
        typed_by=by,
        visited_on=visited_on,
        how=how,
        obstacle=obstacle if how == Visit.How.NOT_POSSIBLE else "",
        situation=situation,
        need=need,
        need_by_whom=need_by_whom if need else "",
        need_by_day=need_by_day if need else None,
        form_token=form_token or uuid.uuid4(),
    )
    today = day or timezone.localdate()
    _check(visit, today)
    if need:
        visit.report = _hand_on(visit, today)
    visit.save()
    add_event(obj=occasion, text=EVENTS[Visit.How(visit.how)], day=visited_on, by=visitor)
    if visit.is_seen:
        fulfil(duty, visit)
    changes = {"visited_on": visited_on, "how": how, "visitor": visitor}
    record(action=gettext_noop("Visit entered"), by=by, obj=visit, committee=occasion.committee_id, changes=changes)
    return visit


EVENTS = {
    Visit.How.HOSPITAL: gettext_noop("Visited at the hospital"),
    Visit.How.HOME: gettext_noop("Visited at home"),
    Visit.How.PHONE: gettext_noop("Called"),
    Visit.How.NOT_POSSIBLE: gettext_noop("Could not be seen"),
}


def _check(visit: Visit, today: date) -> None:
    if not visit.duty.is_open:
        raise ValidationError(_("This visit has been entered or cancelled already."))
    errors = {}
    wrong_day = _wrong_day(visit, today)
    if wrong_day:
        errors["visited_on"] = wrong_day
    if visit.how == Visit.How.NOT_POSSIBLE and not visit.obstacle:
        errors["obstacle"] = _("Choose why the person could not be seen.")
    if visit.need_by_day and visit.need_by_day < today:
        errors["need_by_day"] = _("Help cannot be due in the past. Enter %(day)s or a later day.") % {
            "day": spoken(today)
        }
    if errors:
        raise ValidationError(errors)


def _wrong_day(visit: Visit, today: date) -> str:
    known_on, first_day = visit.occasion.known_on, visit.duty.first_day
    if visit.visited_on > today:
        return _("This day lies in the future. Enter a day up to today, %(day)s.") % {"day": spoken(today)}
    if visit.visited_on < known_on:
        return _("We learned of it on %(day)s; a visit cannot lie before that. Enter that day or a later one.") % {
            "day": spoken(known_on)
        }
    if visit.is_seen and visit.visited_on < first_day:
        return _("This visit counts from %(day)s. Enter that day or a later one.") % {"day": spoken(first_day)}
    return ""


def _hand_on(visit: Visit, today: date) -> Report:
    """The need as a report at the station: which help, where, by when; never the kind or a note."""
    text = visit.need
    if visit.need_by_whom:
        text = _("%(need)s (%(whom)s)") % {"need": visit.need, "whom": visit.need_by_whom}
    member, branch = visit.occasion.member, visit.occasion.branch
    try:
        return open_report(
            committee=visit.occasion.committee,
            text=text,
            channel=Report.Channel.VISIT,
            by=visit.typed_by,
            branch=branch,
            where=(member.address if member else "") or branch.area or branch.name,
            by_day=visit.need_by_day,
            token=visit.form_token,
            day=today,
        )
    except ValidationError as error:
        raise ValidationError({"need": error.messages}) from error


def fulfil(duty: Duty, visit: Visit) -> None:
    """The duty is done; open what the first or the quarter's visit leads to, or close what is complete."""
    occasion = visit.occasion
    duty.state = Duty.State.DONE
    duty.save(update_fields=["state"])
    if occasion.kind == Kind.HARDSHIP and duty.number > 1:
        add_duty(
            occasion,
            number=duty.number + 1,
            anchor=Anchor.QUARTER_END,
            anchor_on=max(duty.due_on, visit.visited_on),
            offset=1,
            unit=Unit.CALENDAR,
        )
    elif duty.number == 1:
        add_duties(occasion, {Anchor.FIRST_VISIT: visit.visited_on, Anchor.QUARTER_END: visit.visited_on})
    if _is_complete(occasion):
        end_care(occasion, closing=Occasion.Closing.FINISHED, day=visit.visited_on, by=visit.visitor)


def _is_complete(occasion: Occasion) -> bool:
    """Nothing owed, and nothing that may still come: a stay in hospital waits for the discharge."""
    waits = occasion.kind == Kind.HOSPITAL and occasion.discharged_on is None
    return not waits and not occasion.duties.open().exists()
