"""The whole demo stands on awkward days too, and tells the source's story on each."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command

from council.models import GardenMeeting, Resolution, Seat, Topic
from desk.demo import build_demo
from desk.today import lines_for
from members.models import Member
from tests.days import AWKWARD_DAYS
from visits.models import Duty, Kind, Occasion


@pytest.mark.django_db
@pytest.mark.parametrize("on", AWKWARD_DAYS, ids=str)
def test_demo_tells_the_source_on_any_day(on: date) -> None:
    with time_machine.travel(f"{on} 09:00+08:00", tick=False):
        organisation = build_demo(name="莫愁新寓社区党委", on=on, password="demo password 1")
        users = organisation.users
        call_command("check_register")
        last_count = date(on.year if on >= date(on.year, 3, 30) else on.year - 1, 3, 30)
        assert [Member.objects.on_the_books(day).count() for day in (last_count, on)] == [163, 163]
        topics = Topic.objects.order_by("pk").values_list("state", "step")
        assert list(topics) == [("closed", 5), ("open", 2), ("open", 4)]
        officer = Seat.objects.get(is_secretary_general=True).holder_name
        assert (officer, Member.objects.get(name=officer).post) == (users["secretary"].full_name, "党委书记")
        assert [meeting.day for meeting in GardenMeeting.objects.all()] == [on - timedelta(days=1)]
        resolution = Resolution.objects.get()
        assert (resolution.state, resolution.approved_by == resolution.author) == ("posted", False)
        assert set(Occasion.objects.open().values_list("kind", flat=True)) == set(Kind.values)
        assert [Duty.objects.overdue(on).count(), Duty.objects.due_on(on).count()] == [1, 1]
        found = {name: sum(line.state != "info" for line in lines_for(user, on)) for name, user in users.items()}
        assert found["secretary"] >= 2
        assert (found["sysadmin"], found["auditor"]) == (0, 0)
