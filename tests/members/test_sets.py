from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from members.actions import record_transfer_out, start_absence
from members.cells import BANDS, Cell
from members.models import Label, Member, Relation, Way
from members.models.sets import birth_date_limit
from tests.cast import Cast
from tests.factories.members import make_member

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(born=DAYS, on=DAYS)
def test_age_agrees_with_the_limit_of_every_band(born: date, on: date) -> None:
    if born > on:
        return
    age = Member(birth_date=born).age(on)
    assert age >= 0
    for low in (0, 18, 30, 40, 50, 60, 80):
        assert (age >= low) == (born <= birth_date_limit(low, on))
    assert [band.low <= age and (band.high is None or age < band.high) for band in BANDS].count(True) == 1


@pytest.mark.parametrize(("on", "age"), [(date(2001, 2, 28), 0), (date(2001, 3, 1), 1), (date(2004, 2, 29), 4)])
def test_who_was_born_on_29_february_ages_on_1_march(on: date, age: int) -> None:
    assert Member(birth_date=date(2000, 2, 29)).age(on) == age


def names(rows: object) -> list[Label]:
    return sorted(member.name for member in rows)  # type: ignore[attr-defined]


def test_bands_of_the_database_are_those_of_age(cast: Cast) -> None:
    on = date(2024, 2, 29)
    for years in (29, 30, 39, 40, 59, 60):
        for shift in (-1, 0, 1):
            born = date(on.year - years, 3, 1) + timedelta(days=shift)
            make_member(cast.branch1, birth_date=born, joined_on=date(born.year + 19, 1, 1), full_member_on=None)
    everybody = list(Member.objects.all())
    for band in BANDS:
        expected = [member for member in everybody if band.low <= member.age(on) < (band.high or 999)]
        assert names(Member.objects.aged(band.low, band.high, on)) == names(expected)


def test_labels_hold_on_the_day_asked(cast: Cast) -> None:
    came = make_member(cast.branch1, name="转入人", since=date(2023, 1, 10), way=Way.TRANSFER_IN)
    start_absence(member=came, since=date(2023, 6, 1), destination="上海市", by=None)
    record_transfer_out(member=came, day=date(2024, 1, 10), by=None)
    make_member(cast.branch2, name="在职人", kind=Relation.Kind.IN_SERVICE)
    make_member(cast.branch2, name="流入人", kind=Relation.Kind.FLOATING_IN)

    def labels(name: str, on: date) -> list[Label]:
        return Member.objects.with_labels(on).get(name=name).labels

    assert labels("转入人", date(2023, 1, 9)) == []
    assert labels("转入人", date(2023, 1, 10)) == [Label.SELF_MANAGED, Label.TRANSFERRED_IN]
    assert labels("转入人", date(2023, 6, 1)) == [Label.SELF_MANAGED, Label.TRANSFERRED_IN, Label.FLOATING_OUT]
    assert labels("转入人", date(2024, 1, 10)) == []
    assert labels("在职人", date(2024, 1, 10)) == [Label.IN_SERVICE]
    assert labels("流入人", date(2024, 1, 10)) == [Label.FLOATING_IN]
    assert names(Member.objects.on_the_books(date(2024, 1, 9))) == ["转入人"]
    assert names(Member.objects.on_the_books(date(2024, 1, 10))) == []
    assert names(Member.objects.floating_out(date(2023, 12, 1))) == ["转入人"]
    assert names(Member.objects.floating_in(date(2023, 12, 1))) == ["流入人"]
    assert names(Member.objects.in_service(date(2023, 12, 1))) == ["在职人"]
    assert names(Member.objects.gone(date(2024, 1, 10))) == ["转入人"]


def test_search_finds_by_name_initials_and_phone_tail(cast: Cast) -> None:
    make_member(cast.branch1, name="单田芳", phone="10012345678")
    make_member(cast.branch1, name="王田", phone="025-8888 5678")
    make_member(cast.branch2, name="李四", phone="10000000001")
    assert names(Member.objects.matching("田")) == ["单田芳", "王田"]
    assert names(Member.objects.matching("st")) == ["单田芳"]
    assert names(Member.objects.matching("DTF")) == ["单田芳"]
    assert names(Member.objects.matching("tf")) == []
    assert names(Member.objects.matching("5678")) == ["单田芳", "王田"]
    assert names(Member.objects.matching("567")) == []
    assert names(Member.objects.matching("🌸")) == []


def test_nobody_sees_nobody(cast: Cast) -> None:
    make_member(cast.branch1)
    assert not Member.objects.visible_to(cast.nobody).exists()
    assert not Cell(timezone.localdate()).rows(cast.nobody.scope("members.see")).exists()
    assert Cell(timezone.localdate()).rows(cast.secretary.scope("members.see")).count() == 1
