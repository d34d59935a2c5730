"""The single steps under every action on the register: lock, refuse, begin, close, keep the place right."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Branch
from journal.actions import add_event
from members import timeline
from members.models import Absence, Member, RegisterEvent, Relation, Way

if TYPE_CHECKING:
    from accounts.models import User


def locked(member: Member) -> Member:
    return Member.objects.select_for_update().get(pk=member.pk)


def living(member: Member) -> Member:
    """The locked row; nothing more can happen to the relations of the dead."""
    member = locked(member)
    if member.died_on is not None:
        raise ValidationError(
            {"day": _("%(name)s died on %(day)s.") % {"name": member, "day": member.died_on.isoformat()}}
        )
    return member


def begin(
    member: Member,
    branch: Branch,
    *,
    kind: str,
    way: Way,
    day: date,
    by: "User | None",
    asked_on: date | None,
    counterpart: str,
) -> None:
    Relation.objects.create(member=member, branch=branch, kind=kind, since=day)
    if kind == Relation.Kind.FORMAL:
        keep_event(member, way, branch, day, by, asked_on=asked_on, counterpart=counterpart)
    if member.group is not None and member.group.branch_id != branch.pk:
        member.group = None
    keep_place(member)
    text, params = timeline.arrival(kind, way, branch, counterpart)
    add_event(obj=member, text=text, day=day, by=by, params=params)


def keep_event(
    member: Member,
    way: Way,
    branch: Branch,
    day: date,
    by: "User | None",
    *,
    asked_on: date | None = None,
    counterpart: str = "",
) -> None:
    if member.register_events.filter(way=way, effective_on=day).exists():
        raise ValidationError({"day": _("The same is recorded for this day already. Choose another day.")})
    RegisterEvent.objects.create(
        member=member,
        way=way,
        branch=branch,
        effective_on=day,
        asked_on=asked_on,
        counterpart=counterpart,
        entered_by=by,
    )


def close(spell: Relation | Absence, day: date) -> None:
    spell.until = max(day, spell.since)
    spell.save(update_fields=["until"])


def place_of(relations: Sequence[Relation]) -> Relation | None:
    """The relation that says where the person belongs: the open one (formal first), after leaving the last one."""

    def rank(relation: Relation) -> tuple[bool, bool, date, int]:
        is_open = relation.until is None
        return is_open, is_open and relation.kind == Relation.Kind.FORMAL, relation.until or relation.since, relation.pk

    return max(relations, key=rank, default=None)


def keep_place(member: Member) -> None:
    """The one writer of Member.branch."""
    relation = place_of(list(member.relations.select_related("branch")))
    if relation is not None:  # pragma: no branch (nobody is in the register without one)
        member.branch = relation.branch
    member.save(update_fields=["branch", "group", "membership"])


def refuse_days(*, day: date, asked_on: date | None = None, not_before: date | None = None, field: str = "day") -> None:
    if day > timezone.localdate():
        raise ValidationError({field: _("This day lies in the future. Enter a day up to today.")})
    if not_before is not None and day < not_before:
        raise ValidationError({field: _("Too early: this cannot be before %(day)s.") % {"day": not_before.isoformat()}})
    if asked_on is not None and asked_on > day:
        raise ValidationError({"asked_on": _("It was asked for after it took effect. Correct one of the two days.")})


def refuse_overlap(member: Member, day: date) -> None:
    formal = member.relations.filter(kind=Relation.Kind.FORMAL)
    if formal.open().exists():
        raise ValidationError({"day": _("%(name)s has a formal relation here already.") % {"name": member}})
    until = formal.aggregate(latest=Max("until"))["latest"]
    if until is not None and until > day:
        text = _("Until %(day)s there is an earlier formal relation. Choose that day or a later one.")
        raise ValidationError({"day": text % {"day": until.isoformat()}})


def refuse_foreign(branch: Branch, member: Member) -> None:
    if branch.committee_id != member.committee_id:
        raise ValidationError({"branch": _("This branch belongs to another committee.")})


def refuse_foreign_group(member: Member, branch: Branch) -> None:
    if member.group is not None and member.group.branch_id != branch.pk:
        raise ValidationError({"group": _("This Party group belongs to another branch.")})
