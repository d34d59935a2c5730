"""The demo's visits come out right on awkward days, too."""

from collections import Counter
from datetime import date, timedelta

import pytest

from branches.calendar import is_working_day
from branches.demo import NAME, build_organisation
from members.demo import build_register
from members.models import Member
from tests.days import DAYS_OF_MORE_YEARS
from visits.demo import build_visits
from visits.models import Anchor, Duty, Kind, Occasion, Visit

AROUND_DAYS_OFF = [date(2026, 2, 24), date(2026, 10, 9), date(2026, 11, 24)]


@pytest.mark.django_db
@pytest.mark.parametrize("on", [*DAYS_OF_MORE_YEARS, *AROUND_DAYS_OFF], ids=str)
def test_demo_visits(time_machine: object, on: date) -> None:
    time_machine.move_to(f"{on}T10:00:00+08:00")  # type: ignore[attr-defined]
    house = build_organisation(name=NAME, on=on, password="a long password 1")
    build_register(committee=house.committee, branches=house.branches, on=on, by=house.users["secretary"])
    members = Member.objects.filter(committee=house.committee)
    build_visits(committee=house.committee, branches=house.branches, members=members, on=on, users=house.users)
    kinds = Counter(Occasion.objects.open().values_list("kind", flat=True))
    assert kinds == {Kind.HOSPITAL: 2, Kind.TALK: 2, Kind.HARDSHIP: 2, Kind.DEATH: 1}
    overdue, due = Duty.objects.overdue(on).get(), Duty.objects.due_on(on).get()
    assert (overdue.days_late(on), due.anchor, due.anchor_on) == (1, Anchor.DISCHARGED, on - timedelta(days=7))
    assert (overdue.occasion.kind == Kind.HOSPITAL) is is_working_day(on - timedelta(days=1))
    assert members.on_the_books(on).count() == 163
    assert Visit.objects.filter(visited_on__range=(on - timedelta(days=6), on)).count() == 4
    assert [occasion.is_discontent for occasion in Occasion.objects.filter(kind=Kind.TALK).order_by("pk")] == [
        True,
        False,
    ]
