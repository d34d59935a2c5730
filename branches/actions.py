"""What is done to the organisation: committees, branches and groups are made, roles are given and end."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from branches.models import Branch, BranchLink, Committee, Grant, Group
from config.permissions import BRANCH_ROLES, WATCHING_ROLES, Role
from journal.actions import changes_of, record

if TYPE_CHECKING:
    from accounts.models import User

BRANCH_FIELDS = ["name", "area", "position"]
COMMITTEE_FIELDS = ["name", "short_name", "level", "document_word", "street", "address", "phone", "introduction"]


@transaction.atomic
def create_committee(*, name: str, slug: str, by: "User | None" = None, **fields: object) -> Committee:
    """Make a committee; `fields` are further fields of Committee. ValidationError for bad or taken values."""
    values = {"short_name": name[:20], "document_word": name[:1], "phone": "000-0000 0000", **fields}
    committee = Committee(name=name, slug=slug, **values)
    committee.full_clean()
    committee.save()
    record(action=gettext_noop("Committee created"), by=by, obj=committee)
    return committee


@transaction.atomic
def amend_committee(*, committee: Committee, by: "User") -> None:
    """Save the changed fields of an edited committee."""
    old = Committee.objects.select_for_update().get(pk=committee.pk)
    committee.save()
    record(
        action=gettext_noop("Committee amended"),
        by=by,
        obj=committee,
        changes=changes_of(old, committee, COMMITTEE_FIELDS),
    )


@transaction.atomic
def create_branch(*, branch: Branch, by: "User") -> Branch:
    branch.full_clean()
    branch.save()
    record(action=gettext_noop("Branch created"), by=by, obj=branch)
    return branch


@transaction.atomic
def amend_branch(*, branch: Branch, by: "User") -> None:
    old = Branch.objects.select_for_update().get(pk=branch.pk)
    branch.save()
    record(action=gettext_noop("Branch amended"), by=by, obj=branch, changes=changes_of(old, branch, BRANCH_FIELDS))


@transaction.atomic
def create_group(*, group: Group, by: "User") -> Group:
    group.full_clean()
    group.save()
    record(action=gettext_noop("Party group created"), by=by, obj=group, committee=group.branch.committee_id)
    return group


@transaction.atomic
def give_role(
    *,
    user: "User",
    role: str,
    committee: Committee,
    since: date,
    by: "User | None",
    branch: Branch | None = None,
    until: date | None = None,
    linked: Iterable[Branch] = (),
) -> Grant:
    """Give a role from `since` to `until` (last day), for branch secretaries at a branch; `linked` are 联系支部.

    ValidationError: to oneself, twice the same, days out of order, branch missing or of another committee, or a role
    that must not be combined (administrator, auditor and discipline member exclude one another).
    """
    if user == by:
        raise ValidationError({"user": _("Nobody gives a role to himself. Ask the other administrator.")})
    if role not in BRANCH_ROLES:
        branch = None
    elif branch is None:
        raise ValidationError({"branch": _("A branch secretary needs a branch. Choose one.")})
    if until and until < since:
        raise ValidationError({"until": _("The last day lies before the first. Enter a day on or after it.")})
    branches = [place for place in (branch, *linked) if place is not None]
    if any(place.committee_id != committee.pk for place in branches):
        raise ValidationError({"branch": _("This branch belongs to another committee.")})
    held = list(user.grants.select_for_update().touching(since, until))
    if any(
        grant.role == role and grant.committee_id == committee.pk and grant.branch_id == (branch and branch.pk)
        for grant in held
    ):
        raise ValidationError({"role": _("The user holds this role already, or will from a day on.")})
    if role in WATCHING_ROLES and any(grant.role in WATCHING_ROLES for grant in held):
        raise ValidationError(
            {"role": _("System administrator, auditor and discipline member must be different people.")}
        )
    grant = Grant.objects.create(
        user=user, role=role, committee=committee, branch=branch, since=since, until=until, given_by=by
    )
    BranchLink.objects.bulk_create(
        [BranchLink(grant=grant, branch=place) for place in linked] if role == Role.MEMBER else []
    )
    record(action=gettext_noop("Role given"), by=by, obj=grant, changes={"since": since, "until": until})
    return grant


@transaction.atomic
def end_role(*, grant: Grant, until: date, by: "User") -> Grant:
    """End a role after its last day `until`.

    ValidationError: ended already, before its first day, or one's own.
    """
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    if grant.user_id == by.pk:
        raise ValidationError(_("Nobody ends his own role. Ask the other administrator."))
    if grant.until is not None and grant.until <= until:
        raise ValidationError(_("This role ends earlier already."))
    if until < grant.since:
        raise ValidationError({"until": _("The role began later. Enter a day on or after its first day.")})
    grant.until = until
    grant.save(update_fields=["until"])
    record(action=gettext_noop("Role ended"), by=by, obj=grant, changes={"until": until})
    return grant
