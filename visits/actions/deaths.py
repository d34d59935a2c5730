"""The one way to record a death: the relation ends, other reminders stop, the family's visits are planned."""

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions import end_relation
from members.models import Member, Way
from visits.actions.rows import add_duties, keep_occasion
from visits.due import Anchor
from visits.models import Kind, Occasion

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def record_death(
    *,
    member: Member,
    died_on: date,
    known_on: date,
    told_by: str,
    by: "User",
    reason: str = "",
    form_token: uuid.UUID | None = None,
    day: date | None = None,
) -> Occasion:
    """End the relation (members), which cancels the person's other duties (ON_EXIT), and open the three family visits.

    The audit row is that of the relation's end.
    """
    occasion = Occasion(
        kind=Kind.DEATH,
        member=member,
        happened_on=died_on,
        known_on=known_on,
        told_by=told_by,
        reason=reason,
        opened_by=by,
        form_token=form_token or uuid.uuid4(),
    )
    member = Member.objects.select_for_update(of=("self",)).select_related("branch").get(pk=member.pk)
    kept = keep_occasion(occasion, member.branch, today=day or timezone.localdate())
    if kept is not occasion:
        return kept
    if member.died_on:
        raise ValidationError({"member": _("The death of %(name)s has been recorded already.") % {"name": member.name}})
    end_relation(member=member, way=Way.DIED, day=died_on, by=by)
    add_duties(occasion, {Anchor.KNOWN: known_on, Anchor.DIED: died_on, Anchor.SPRING_FESTIVAL: died_on})
    return occasion
