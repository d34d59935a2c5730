from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from members.actions import move_between_branches
from members.demo import build_register
from members.models import Member, RegisterEvent, Relation
from tests.cast import Cast
from tests.factories.members import make_member


def check() -> tuple[int, list[str]]:
    """The command's exit code and what it prints."""
    out, code = StringIO(), 0
    try:
        call_command("check_register", stdout=out)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, out.getvalue().splitlines()


def test_register_of_the_demo_agrees_with_itself(cast: Cast) -> None:
    build_register(committee=cast.committee, branches=[cast.branch1, cast.branch2], on=date(2026, 3, 30), by=None)
    assert check() == (0, ["The register agrees with itself."])


def overlap(member: Member) -> str:
    first = member.relations.get()
    second = Relation.objects.create(member=member, branch=first.branch, since=date(2023, 1, 1), until=date(2023, 2, 1))
    return f"member {member.pk}: formal relations {first.pk} and {second.pk} overlap"


def wrong_place(member: Member) -> str:
    relation = member.relations.get()
    elsewhere = member.committee.branches.exclude(pk=member.branch_id)[0]
    Member.objects.filter(pk=member.pk).update(branch=elsewhere)
    return f"member {member.pk}: stands in branch {elsewhere.pk}, relation {relation.pk} says {relation.branch_id}"


def lost_event(member: Member) -> str:
    RegisterEvent.objects.filter(member=member).delete()
    return f"member {member.pk}: counted 1, recorded ways in less ways out 0"


@pytest.mark.parametrize("plant", [overlap, wrong_place, lost_event])
def test_planted_contradiction_is_printed_by_id(cast: Cast, plant: Callable[[Member], str]) -> None:
    make_member(cast.branch1)
    move_between_branches(member=make_member(cast.branch1), branch=cast.branch2, day=date(2024, 1, 1), by=None)
    line = plant(make_member(cast.branch1))
    assert check() == (1, [line])


def test_person_without_any_relation_is_printed(cast: Cast) -> None:
    member = make_member(cast.branch1)
    member.relations.all().delete()
    member.register_events.all().delete()
    assert check() == (1, [f"member {member.pk}: has no relation at all"])
