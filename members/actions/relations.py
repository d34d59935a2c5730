"""A formal relation comes, moves between branches, goes; whoever goes leaves everything here."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from branches.models import Branch, Group
from journal.actions import add_event, record
from members import hooks, timeline
from members.actions.people import add_member
from members.actions.rows import (
    begin,
    close,
    keep_event,
    keep_place,
    living,
    place_of,
    refuse_days,
    refuse_foreign,
    refuse_foreign_group,
    refuse_overlap,
)
from members.models import WAYS_IN, WAYS_OUT, Member, Relation, Way

if TYPE_CHECKING:
    from accounts.models import User

MEMBERSHIP_AFTER = {Way.REMOVED: Member.Membership.ENDED, Way.STOPPED: Member.Membership.STOPPED}


@transaction.atomic
def record_transfer_in(
    *,
    branch: Branch,
    day: date,
    by: "User | None",
    member: Member | None = None,
    values: Mapping[str, Any] | None = None,
    way: Way = Way.TRANSFER_IN,
    asked_on: date | None = None,
    counterpart: str = "",
) -> Member:
    """A formal relation comes here: of a person known already (`member`), or of a new one (`values`)."""
    if way not in WAYS_IN:
        raise ValidationError({"way": _("This is no way into the register.")})
    if member is None:
        return add_member(
            branch=branch,
            values=values or {},
            since=day,
            by=by,
            way=way,
            asked_on=asked_on,
            counterpart=counterpart,
        )
    member = living(member)
    refuse_foreign(branch, member)
    refuse_days(day=day, asked_on=asked_on, not_before=member.joined_on)
    refuse_overlap(member, day)
    for stay in member.relations.open().exclude(kind=Relation.Kind.FORMAL):
        close(stay, day)
    if way == Way.RESTORED:
        member.membership = Member.Membership.NORMAL
    begin(
        member,
        branch,
        kind=Relation.Kind.FORMAL,
        way=way,
        day=day,
        asked_on=asked_on,
        counterpart=counterpart,
        by=by,
    )
    record(
        action=gettext_noop("Relation taken in"),
        by=by,
        obj=member,
        changes={"branch": str(branch), "day": day},
    )
    return member


@transaction.atomic
def record_transfer_out(
    *, member: Member, day: date, by: "User | None", asked_on: date | None = None, counterpart: str = ""
) -> Member:
    """The relation goes elsewhere; the other side has received it on `day`."""
    return end_relation(member=member, way=Way.TRANSFER_OUT, day=day, by=by, asked_on=asked_on, counterpart=counterpart)


@transaction.atomic
def end_relation(
    *,
    member: Member,
    way: Way,
    day: date,
    by: "User | None",
    asked_on: date | None = None,
    counterpart: str = "",
) -> Member:
    """Close everything the person has open here, and let the rooms above do their part (ON_EXIT)."""
    if way not in WAYS_OUT:
        raise ValidationError({"way": _("This is no way out of the register.")})
    member = living(member)
    relations = list(member.relations.open())
    if not relations:
        raise ValidationError({"day": _("%(name)s has left already: no open relation is here.") % {"name": member}})
    refuse_days(day=day, asked_on=asked_on, not_before=max(relation.since for relation in relations))
    for relation in relations:
        close(relation, day)
        text, params = timeline.departure(relation.kind, way, relation.branch, counterpart)
        add_event(obj=member, text=text, day=day, by=by, params=params)
        if relation.kind == Relation.Kind.FORMAL:
            keep_event(member, way, relation.branch, day, by, asked_on=asked_on, counterpart=counterpart)
    for absence in member.absences.open():
        close(absence, day)
    member.membership = MEMBERSHIP_AFTER.get(way, Member.Membership(member.membership))
    member.died_on = day if way == Way.DIED else None
    member.save(update_fields=["membership", "died_on"])
    keep_place(member)
    record(action=gettext_noop("Relation ended"), by=by, obj=member, changes={"way": str(way), "day": day})
    for callback in hooks.ON_EXIT:
        callback(member=member, way=way, day=day, by=by)
    return member


@transaction.atomic
def move_between_branches(
    *, member: Member, branch: Branch, day: date, by: "User | None", group: Group | None = None
) -> Member:
    """One step: the relation to the old branch ends and the one to the new branch begins on the same day."""
    member = living(member)
    refuse_foreign(branch, member)
    relation = place_of(list(member.relations.open().select_related("branch")))
    if relation is None:
        raise ValidationError({"day": _("%(name)s has left already: no open relation is here.") % {"name": member}})
    if relation.branch_id == branch.pk:
        raise ValidationError({"branch": _("%(name)s belongs to this branch already.") % {"name": member}})
    refuse_days(day=day, not_before=relation.since)
    if day == relation.since:
        raise ValidationError({"day": _("The present relation began on this very day. Choose a later day.")})
    close(relation, day)
    Relation.objects.create(member=member, branch=branch, kind=relation.kind, since=day)
    if relation.kind == Relation.Kind.FORMAL:
        keep_event(member, Way.MOVED_OUT, relation.branch, day, by, counterpart=str(branch))
        keep_event(member, Way.MOVED_IN, branch, day, by, counterpart=str(relation.branch))
    member.group = group
    refuse_foreign_group(member, branch)
    keep_place(member)
    add_event(
        obj=member,
        text=timeline.MOVED,
        day=day,
        by=by,
        params={"old": str(relation.branch), "branch": str(branch)},
    )
    record(
        action=gettext_noop("Moved to another branch"),
        by=by,
        obj=member,
        changes={"branch": [relation.branch, branch], "day": day},
    )
    return member
