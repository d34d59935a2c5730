"""The demo's register has the source's numbers, whatever day it is built for."""

from collections import Counter
from datetime import date

import pytest

from branches.models import Branch
from members.cells import BANDS
from members.demo import build_register, count_day
from members.identity import check_id_number
from members.models import Absence, Label, Member, RegisterEvent, Relation
from members.statistics import statistics
from tests.cast import Cast
from tests.days import DAYS_OF_MORE_YEARS
from tests.factories.organisation import make_branch


def five_branches(cast: Cast) -> list[Branch]:
    return [cast.branch1, cast.branch2, *(make_branch(cast.committee) for _number in range(3))]


@pytest.mark.parametrize("on", DAYS_OF_MORE_YEARS, ids=str)
def test_numbers_are_the_sources(cast: Cast, on: date) -> None:
    build_register(committee=cast.committee, branches=five_branches(cast), on=on, by=None)
    scope, day = cast.secretary.scope("statistics.see"), count_day(on)
    found = statistics(scope, day, date(day.year - 3, 12, 31))
    assert found.total.count == 163
    assert [band.count for band in found.bands] == [17, 12, 17, 21, 96]
    assert [point.count for point in found.growth] == [96, 119, 153, 163]
    movement = found.movement
    assert movement.opening.count == 96
    assert [(way.cell.way, way.count) for way in movement.ins] == [
        ("transfer_in", 84),
        ("admitted", 0),
        ("restored", 0),
    ]
    assert [(way.cell.way, way.count) for way in movement.outs] == [
        ("transfer_out", 12),
        ("died", 5),
        ("removed", 0),
        ("stopped", 0),
    ]
    assert (movement.expected.count, movement.difference, movement.mismatches) == (163, 0, [])
    assert [branch.count for branch in found.branches] == [35, 33, 30, 34, 31]
    assert {label.cell.label: label.count for label in found.labels} == {
        "self_managed": 163,
        "transferred_in": 84,
        "floating_out": 9,
        "floating_in": 6,
        "in_service": 12,
    }
    today = statistics(scope, on, date(day.year - 3, 12, 31))
    assert today.total.count == 163
    assert [band.count for band in today.bands] == [17, 12, 17, 21, 96]


@pytest.mark.parametrize("on", [date(2024, 2, 29), date(2026, 10, 7)], ids=str)
def test_everybody_is_plausible(cast: Cast, on: date) -> None:
    register = build_register(committee=cast.committee, branches=five_branches(cast), on=on, by=cast.secretary)
    everybody = list(Member.objects.select_related("group"))
    assert len(everybody) == 163 + 17 + 6 + 12
    assert len({member.name for member in everybody}) == len(everybody)
    assert max(Counter(member.name[0] for member in everybody).values()) <= 0.08 * len(everybody)
    for member in everybody:
        member.clean()
        check_id_number(member.id_number, member.birth_date, member.sex == Member.Sex.MALE)
        assert member.group is not None and member.group.branch_id == member.branch_id  # noqa: PT018
        assert (member.full_member_on is None) == (1969 <= member.joined_on.year <= 1977)
    for relation in Relation.objects.select_related("member"):
        assert relation.member.joined_on < relation.since <= on
    assert {absence.member_id for absence in Absence.objects.all()} <= {member.pk for member in register.members}
    assert set(RegisterEvent.objects.values_list("entered_by", flat=True)) == {cast.secretary.pk}


def test_register_of_another_shape_of_organisation_stays_whole(cast: Cast) -> None:
    build_register(committee=cast.committee, branches=[cast.branch1, cast.branch2], on=date(2026, 3, 30), by=None)
    found = statistics(cast.secretary.scope("statistics.see"), date(2026, 3, 30), date(2023, 12, 31))
    assert [branch.count for branch in found.branches] == [82, 81]
    assert len(BANDS) == 5
    assert found.labels[0].cell.label == Label.SELF_MANAGED
