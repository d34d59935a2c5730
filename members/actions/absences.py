"""A self-managed member goes away for a time and comes back."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from journal.actions import add_event, record
from members import timeline
from members.actions.rows import close, living, locked, refuse_days
from members.identity import tidy
from members.models import Absence, Member, Relation

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def start_absence(
    *, member: Member, since: date, destination: str, by: "User | None", permit_number: str = ""
) -> Absence:
    """A self-managed member lives elsewhere from this day (floating out); he still counts here."""
    member = living(member)
    formal = member.relations.open().filter(kind=Relation.Kind.FORMAL).first()
    if formal is None:
        raise ValidationError({"since": _("Only a self-managed member can be floating out.")})
    refuse_days(day=since, not_before=formal.since, field="since")
    if member.absences.filter(until__isnull=True).exists() or member.absences.filter(until__gt=since).exists():
        raise ValidationError({"since": _("Another absence covers this day. End it first, or choose a later day.")})
    absence = Absence(member=member, since=since, destination=tidy(destination), permit_number=tidy(permit_number))
    absence.full_clean()
    absence.save()
    add_event(obj=member, text=timeline.ABSENCE_BEGUN, day=since, by=by, params={"destination": absence.destination})
    record(action=gettext_noop("Absence begun"), by=by, obj=member, changes={"since": since})
    return absence


@transaction.atomic
def end_absence(*, absence: Absence, day: date, by: "User | None") -> Absence:
    """The member is back on `day`, the first day he is no longer away."""
    member = locked(absence.member)
    absence = Absence.objects.get(pk=absence.pk)
    if absence.until is not None:
        raise ValidationError({"day": _("This absence ended on %(day)s already.") % {"day": absence.until.isoformat()}})
    refuse_days(day=day, not_before=absence.since)
    close(absence, day)
    add_event(obj=member, text=timeline.ABSENCE_ENDED, day=day, by=by, params={"destination": absence.destination})
    record(action=gettext_noop("Absence ended"), by=by, obj=member, changes={"day": day})
    return absence
