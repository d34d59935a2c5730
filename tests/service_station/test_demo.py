"""The station's stories can be told on any day, and come out the same each time."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from service_station.demo import build_station, vegetable_report
from service_station.models import LETTERS, Report
from tests.cast import Cast
from tests.days import AWKWARD_DAYS
from tests.factories.organisation import make_branch
from tests.factories.service_station import make_topic


@pytest.fixture(params=AWKWARD_DAYS, ids=str)
def today(request: pytest.FixtureRequest) -> Iterator[date]:
    with time_machine.travel(f"{request.param} 09:00+08:00", tick=False):
        yield request.param


def build(cast: Cast, on: date, **more: Any) -> list[Report]:
    branches = [cast.branch1, cast.branch2, *(make_branch(cast.committee) for _index in range(3))]
    users = {"station": cast.station, "discipline": cast.discipline}
    return build_station(committee=cast.committee, branches=branches, on=on, users=users, **more)


def test_stories_stand_in_every_state_on_any_day(today: date, cast: Cast) -> None:
    reports = build(cast, today, topic=make_topic(cast.committee, cast.secretary))
    assert {report.state for report in reports} == set(Report.State.values)
    assert [report.is_complaint for report in reports].count(True) == 1
    assert all(report.reported_on <= today for report in reports)
    assert Report.objects.overdue().exists()


def test_numbers_follow_the_days(today: date, cast: Cast) -> None:
    build(cast, today)
    by_number = list(Report.objects.order_by("year", "serial").values_list("reported_on", flat=True))
    assert by_number == sorted(by_number)


def test_numbers_are_the_same_each_time(cast: Cast) -> None:
    reports = build(cast, AWKWARD_DAYS[-1])
    assert len({report.letters for report in reports}) == len(reports)
    assert all(set(report.letters) <= set(LETTERS) for report in reports)


def test_station_reports_the_vegetables_itself(cast: Cast) -> None:
    with time_machine.travel("2026-11-24 09:00+08:00", tick=False):
        topic = make_topic(cast.committee, cast.secretary)
        topic.opened_on = date(2026, 3, 2)
        topic.save()
        report = vegetable_report(topic, by=cast.station)
    assert (report.channel, report.state, report.topic) == ("station", Report.State.PROMOTED, topic)
    assert report.reported_on == date(2026, 2, 14)  # a Saturday that was a working day, before the Spring Festival
    assert (report.name, report.phone) == ("", "")
