from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from celery import current_app
from django.test import Client
from django.utils import timezone

from config.schedule import SCHEDULE
from desk.health import SWEEPS, last_sweep, sweep_state
from journal.models import JobRun

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        (at(24, "09:00"), at(24, "09:15"), "ok"),
        (at(24, "09:00"), at(24, "09:30"), "ok"),
        (at(24, "09:00"), at(24, "09:31"), "late"),
        (at(23, "20:50"), at(24, "06:59"), "ok"),  # the night does not count
        (at(23, "20:50"), at(24, "07:20"), "ok"),
        (at(23, "20:50"), at(24, "07:21"), "late"),
        (at(20, "09:00"), at(24, "03:00"), "late"),  # days without a sweep are late even at night
        (at(24, "02:00"), at(24, "07:29"), "ok"),
    ],
)
def test_sweep_is_late_after_thirty_waking_minutes(last: datetime, now: datetime, expected: str) -> None:
    assert sweep_state(last, now) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("older", SWEEPS)
def test_sweep_that_is_late_is_not_hidden_by_the_other(older: str) -> None:
    for name in SWEEPS:
        good = at(24, "09:00") if name == older else at(24, "10:00")
        JobRun.objects.create(name=name, started_at=good, good_at=good)
    assert last_sweep() == at(24, "09:00")


@pytest.mark.django_db
def test_sweep_that_never_ended_well_is_down() -> None:
    now = timezone.now()
    JobRun.objects.create(name="council.sweep", started_at=now, good_at=now)
    assert last_sweep() is None
    JobRun.objects.create(name="visits.sweep", started_at=now, error="broken")
    assert (last_sweep(), sweep_state(last_sweep(), now)) == (None, "down")


def test_sweeps_that_are_watched_are_those_beat_starts() -> None:
    started = {str(entry["task"]) for entry in SCHEDULE.values() if str(entry["task"]).endswith(".sweep")}
    assert started == {name.replace(".", ".tasks.") for name in SWEEPS}


@pytest.mark.django_db
def test_healthz_tells_each_part_and_nothing_more() -> None:
    response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (503, {"database": "ok", "broker": "ok", "sweep": "down"})
    assert "no-store" in response["Cache-Control"]
    now = timezone.now()
    for name in SWEEPS:
        JobRun.objects.create(name=name, started_at=now, good_at=now)
    assert (Client().get("/healthz").status_code, Client().get("/healthz").json()["sweep"]) == (200, "ok")


@pytest.mark.django_db
def test_healthz_says_down_when_the_broker_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current_app.conf, "broker_read_url", "redis://127.0.0.1:1/0")
    assert Client().get("/healthz").json()["broker"] == "down"
