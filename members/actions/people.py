"""A person is put on the register, amended, read in full."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from branches.models import Branch, Committee
from journal.actions import add_event, changes_of, record
from members import timeline
from members.actions.rows import (
    begin,
    locked,
    refuse_days,
    refuse_foreign_group,
)
from members.identity import id_fingerprint, initials, phone_tail, tidy, tidy_number
from members.models import Member, Relation, Way

if TYPE_CHECKING:
    from accounts.models import User

PERSONAL = (
    "name", "sex", "ethnicity", "birth_date", "id_number", "education", "joined_on", "full_member_on", "standing",
    "origin", "post", "occupation", "employer", "address", "phone", "dues_paid_to", "in_hardship", "group", "note",
)  # fmt: skip
SECRETS = ("id_number", "phone", "address")


@transaction.atomic
def add_member(
    *,
    branch: Branch,
    values: Mapping[str, Any],
    since: date,
    by: "User | None",
    way: Way = Way.OPENING,
    kind: str = Relation.Kind.FORMAL,
    asked_on: date | None = None,
    counterpart: str = "",
    token: UUID | None = None,
) -> Member:
    """Put a new person on the register; `values` holds fields of PERSONAL. `way` matters to a formal relation only.

    A form sent twice (same `token`) makes one person.
    """
    Committee.objects.select_for_update().get(pk=branch.committee_id)
    twin = Member.objects.filter(committee_id=branch.committee_id, form_token=token).first() if token else None
    if twin is not None:
        return twin
    member = Member(committee_id=branch.committee_id, branch=branch, form_token=token)
    fill(member, values)
    not_before = member.joined_on if kind == Relation.Kind.FORMAL else None
    refuse_days(day=since, asked_on=asked_on, not_before=not_before, field="since")
    member.save()
    begin(member, branch, kind=kind, way=way, day=since, asked_on=asked_on, counterpart=counterpart, by=by)
    record(action=gettext_noop("Member added"), by=by, obj=member)
    return member


@transaction.atomic
def amend_member(*, member: Member, values: Mapping[str, Any], by: "User") -> Member:
    """Change personal data; relations, absences and the branch have actions of their own."""
    Committee.objects.select_for_update().get(pk=member.committee_id)
    old, new = locked(member), locked(member)
    fill(new, values)
    changes = changes_of(old, new, PERSONAL)
    if changes:
        new.save()
        add_event(obj=new, text=timeline.AMENDED, by=by)
        record(action=gettext_noop("Member amended"), by=by, obj=new, changes=changes)
    return new


@transaction.atomic
def reveal_member(*, member: Member, by: "User") -> dict[str, str]:
    """ID number, phone and address in full; who read them is kept."""
    record(action=gettext_noop("ID number, phone and address read"), by=by, obj=member, count=1)
    return {name: getattr(member, name) for name in SECRETS}


def fill(member: Member, values: Mapping[str, Any]) -> None:
    """Put checked values on the member with all that is derived from them; ValidationError names the fields."""
    unknown = set(values) - set(PERSONAL)
    if unknown:
        raise TypeError(f"not personal data: {sorted(unknown)}")
    for name, value in values.items():
        if isinstance(value, str):
            value = tidy_number(value) if name == "id_number" else tidy(value)
        setattr(member, name, value)
    member.initials = initials(member.name)
    member.id_fingerprint = id_fingerprint(member.id_number)
    member.phone_tail = phone_tail(member.phone)
    member.full_clean(validate_constraints=False)
    refuse_foreign_group(member, member.branch)
    same = Member.objects.filter(committee_id=member.committee_id, id_fingerprint=member.id_fingerprint)
    if member.id_number and same.exclude(pk=member.pk).exists():
        raise ValidationError(
            {"id_number": _("A person with this ID number is on the register already. Search for him or her by name.")}
        )
