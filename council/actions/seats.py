"""Fill and end seats; set the rules by which the council decides."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from branches.models import Committee
from council.models import CouncilRules, Seat
from journal.actions import changes_of, record

if TYPE_CHECKING:
    from accounts.models import User

RULE_FIELDS = (
    "rules_name",
    "quorum_numerator",
    "quorum_denominator",
    "majority_numerator",
    "majority_denominator",
)


def rules_of(committee: Committee) -> CouncilRules:
    """The committee's rules; the defaults until it has set its own."""
    rules, _is_new = CouncilRules.objects.get_or_create(committee=committee)
    return rules


@transaction.atomic
def amend_rules(*, committee: Committee, by: "User", **values: Any) -> CouncilRules:
    """Set the rules for sittings to come; those held keep their copy."""
    rules_of(committee)
    old = CouncilRules.objects.select_for_update().get(committee=committee)
    new = CouncilRules(pk=old.pk, committee=committee, **values)
    if not 1 <= new.quorum_numerator <= new.quorum_denominator:
        raise ValidationError({"quorum_numerator": _("The quorum is a part of all seats, e.g. 2 of 3 parts.")})
    if not new.majority_numerator < new.majority_denominator:
        raise ValidationError({"majority_numerator": _("The majority is more than a part of all seats, e.g. 1 of 2.")})
    new.save()
    record(action=gettext_noop("Council's rules amended"), by=by, obj=new, changes=changes_of(old, new, values))
    return new


@transaction.atomic
def fill_seat(*, seat: Seat, by: "User") -> Seat:
    """Save a new seat. One chair, one secretary-general, one open seat a member."""
    Committee.objects.select_for_update().get(pk=seat.committee_id)
    open_seats = Seat.objects.filter(committee_id=seat.committee_id, until=None)
    if seat.is_chair and open_seats.filter(is_chair=True).exists():
        raise ValidationError({"is_chair": _("There is a chair already: end that seat first.")})
    if seat.is_secretary_general and open_seats.filter(is_secretary_general=True).exists():
        raise ValidationError({"is_secretary_general": _("There is a secretary-general already: end that seat first.")})
    if seat.member_id and open_seats.filter(member_id=seat.member_id).exists():
        raise ValidationError({"member": _("This member has a seat already.")})
    seat.full_clean(exclude=["committee"], validate_constraints=False)
    try:
        with transaction.atomic():
            seat.save()
    except IntegrityError:
        raise ValidationError(
            _("A resident unit's seat needs the unit and its representative's name; every other seat needs a member.")
        ) from None
    record(action=gettext_noop("Council seat filled"), by=by, obj=seat)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, until: date, by: "User") -> Seat:
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    if seat.until is not None:
        raise ValidationError({"until": _("This seat has ended already.")})
    if until < seat.since:
        raise ValidationError({"until": _("The day must not be before the seat began.")})
    seat.until = until
    seat.save(update_fields=["until"])
    record(action=gettext_noop("Council seat ended"), by=by, obj=seat, changes={"until": [None, until]})
    return seat
