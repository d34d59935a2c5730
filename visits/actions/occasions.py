"""Opening, moving and closing a reason for care."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from branches.models import Branch
from config.templatetags.house import day as spoken
from journal.actions import add_event, changes_of, record
from members.models import Member
from visits.actions.rows import add_duties, end_care, keep_occasion, locked, move_duty
from visits.due import Anchor
from visits.models import Duty, Kind, Occasion
from visits.models.occasions import NO, YES

if TYPE_CHECKING:
    from accounts.models import User

MAY_CLOSE_WITH = (Occasion.Closing.RECOVERED, Occasion.Closing.MOVED, Occasion.Closing.DECLINED)


@transaction.atomic
def open_occasion(
    *,
    kind: str,
    by: "User",
    happened_on: date,
    known_on: date,
    told_by: str,
    member: Member | None = None,
    branch: Branch | None = None,
    person_name: str = "",
    consent_on: date | None = None,
    reason: str = "",
    is_discontent: bool = False,
    form_token: uuid.UUID | None = None,
    day: date | None = None,
) -> Occasion:
    """Open a reason for care and its first duty; a second click with the same token returns the first one's occasion.

    `member`, or for hardship a resident family: `branch`, `person_name`, `consent_on`. A death goes through
    `record_death`. `day` is today unless a demo says otherwise.
    """
    if kind == Kind.DEATH:
        raise ValidationError({"kind": _("A death is recorded on its own page, which also ends the relation.")})
    occasion = Occasion(
        kind=kind,
        member=member,
        person_name=person_name,
        consent_on=consent_on,
        happened_on=happened_on,
        known_on=known_on,
        told_by=told_by,
        reason=reason,
        discontent=YES if is_discontent else NO,
        opened_by=by,
        form_token=form_token or uuid.uuid4(),
    )
    place = member.branch if member else branch
    if place is None:
        raise ValidationError({"branch": _("Choose the branch in whose area the family lives.")})
    made = keep_occasion(occasion, place, today=day or timezone.localdate())
    if made is not occasion:
        return made
    add_duties(occasion, {Anchor.KNOWN: known_on})
    record(action=gettext_noop("Occasion for visits opened"), by=by, obj=occasion, changes=opening_changes(occasion))
    return occasion


def opening_changes(occasion: Occasion) -> dict[str, Any]:
    return {"kind": occasion.kind, "happened_on": occasion.happened_on, "known_on": occasion.known_on}


@transaction.atomic
def set_discharged(*, occasion: Occasion, discharged_on: date, by: "User", day: date | None = None) -> Duty:
    """Enter or correct the day of discharge; the visit after it is opened, or moved with its old day kept."""
    occasion = locked(occasion)
    today = day or timezone.localdate()
    _check_discharge(occasion, discharged_on, today)
    old = occasion.discharged_on
    occasion.discharged_on = discharged_on
    occasion.save(update_fields=["discharged_on"])
    add_duties(occasion, {Anchor.DISCHARGED: discharged_on})
    duty = occasion.duties.select_for_update().get(anchor=Anchor.DISCHARGED)
    before = Duty.objects.get(pk=duty.pk)
    move_duty(duty, discharged_on)
    add_event(obj=occasion, text=gettext_noop("Discharged"), day=discharged_on, by=by)
    changes = {"discharged_on": [old, discharged_on], **changes_of(before, duty, ["due_on"])}
    record(action=gettext_noop("Discharge entered"), by=by, obj=occasion, changes=changes)
    return duty


def _check_discharge(occasion: Occasion, discharged_on: date, today: date) -> None:
    if occasion.kind != Kind.HOSPITAL or not occasion.is_open:
        raise ValidationError(_("Only an open stay in hospital has a day of discharge."))
    if discharged_on > today:
        raise ValidationError(
            {
                "discharged_on": _("This day lies in the future. Enter a day up to today, %(day)s.")
                % {"day": spoken(today)}
            }
        )
    if discharged_on < occasion.happened_on:
        message = _("The stay began on %(day)s. Enter that day or a later one.")
        raise ValidationError({"discharged_on": message % {"day": spoken(occasion.happened_on)}})
    if occasion.duties.filter(anchor=Anchor.DISCHARGED).exclude(state=Duty.State.OPEN).exists():
        raise ValidationError(_("The visit after the discharge has been made; its day cannot be moved any more."))


@transaction.atomic
def close_occasion(*, occasion: Occasion, closing: str, by: "User", day: date | None = None) -> None:
    """Recovered, moved away or declined: what is still owed is cancelled with that reason."""
    occasion = locked(occasion)
    if not occasion.is_open:
        raise ValidationError(_("This occasion has been closed already."))
    if closing not in MAY_CLOSE_WITH:
        raise ValidationError({"closing": _("Choose why the visits end: recovered, moved away or declined.")})
    number = end_care(occasion, closing=closing, day=day or timezone.localdate(), by=by)
    changes = {"closing": closing}
    record(action=gettext_noop("Occasion for visits closed"), by=by, obj=occasion, changes=changes, count=number)
