"""What must never be false is refused by the database; what a person may mistype is said in words."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from members.models import Absence, Member, RegisterEvent, Relation, Way
from tests.cast import Cast
from tests.factories.members import make_id_number, make_member, make_values

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2023, 5, 5)


def refused(make: Any, **values: Any) -> bool:
    try:
        with transaction.atomic():
            make(**values)
    except IntegrityError:
        return True
    return False


def test_relation_constraints(cast: Cast) -> None:
    member = make_member(cast.branch1)
    make = Relation.objects.create
    assert refused(make, member=member, branch=cast.branch2, since=DAY)
    assert refused(make, member=member, branch=cast.branch2, since=DAY, until=date(2023, 5, 4))
    assert not refused(make, member=member, branch=cast.branch2, since=DAY, until=DAY)


def test_absence_constraints(cast: Cast) -> None:
    member = make_member(cast.branch1)
    make = Absence.objects.create
    assert refused(make, member=member, since=DAY, until=date(2023, 5, 4), destination="上海市")
    make(member=member, since=DAY, destination="上海市")
    assert refused(make, member=member, since=date(2024, 1, 1), destination="苏州市")


def test_event_constraints(cast: Cast) -> None:
    member = make_member(cast.branch1)
    common = {"member": member, "way": Way.TRANSFER_OUT, "branch": cast.branch1, "effective_on": DAY}
    assert refused(RegisterEvent.objects.create, asked_on=date(2023, 5, 6), **common)
    RegisterEvent.objects.create(**common)
    assert refused(RegisterEvent.objects.create, **common)


def test_member_constraints(cast: Cast) -> None:
    common = make_values() | {"committee": cast.committee, "branch": cast.branch1}
    make = Member.objects.create
    assert refused(make, **common | {"joined_on": common["birth_date"]})
    assert refused(make, **common | {"full_member_on": date(1980, 6, 30)})
    make(**common, id_fingerprint="x")
    assert refused(make, **common, id_fingerprint="x")
    elsewhere = {"committee": cast.other_committee, "branch": cast.other_branch}
    assert not refused(make, **common | elsewhere, id_fingerprint="x")


@pytest.mark.parametrize(
    ("values", "field", "part"),
    [
        ({"birth_date": date(2999, 1, 1), "joined_on": date(2999, 1, 2)}, "birth_date", "lies in the future"),
        ({"birth_date": date(1850, 1, 1)}, "birth_date", "over 130 years"),
        ({"joined_on": date(1950, 1, 1)}, "joined_on", "before the birth"),
        ({"joined_on": date(1973, 5, 4)}, "joined_on", "18 completed years"),
        ({"joined_on": date(2999, 1, 1)}, "joined_on", "lies in the future"),
        ({"full_member_on": date(1980, 6, 30)}, "full_member_on", "before the day of joining"),
        ({"full_member_on": date(2999, 1, 1)}, "full_member_on", "lies in the future"),
        ({"standing": "probationary"}, "full_member_on", "leave it empty"),
        ({"id_number": "123"}, "id_number", "18 characters"),
        ({"id_number": make_id_number(date(1955, 5, 6))}, "id_number", "born on 1955-05-06"),
    ],
)
def test_member_that_cannot_be_is_refused_by_field(values: dict[str, Any], field: str, part: str) -> None:
    member = Member(**make_values() | values)
    with pytest.raises(ValidationError) as found:
        member.clean()
    assert part in found.value.message_dict[field][0]


def test_member_who_joined_on_his_eighteenth_birthday_is_accepted() -> None:
    member = Member(**make_values(birth_date=date(1955, 5, 5), joined_on=date(1973, 5, 5), full_member_on=None))
    member.clean()
    assert member.age(member.joined_on) == 18
