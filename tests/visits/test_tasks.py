"""The background work: what a task does, and that the first sweep runs at start."""

from datetime import date
from typing import Any

import pytest
import time_machine
from celery.signals import worker_ready

from config.schedule import SCHEDULE
from journal.models import JobRun, Notice
from tests.cast import Cast
from tests.factories.members import make_member
from tests.factories.visits import make_duty, make_visit
from visits import tasks
from visits.actions import close_occasion, erase_old_notes
from visits.models import Duty, Occasion, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(cast: Cast) -> Duty:
    with time_machine.travel("2026-11-19 10:00+08:00", tick=False):
        return make_duty(make_member(cast.branch1), by=cast.branch1_secretary, reason="周五手术")


def test_sweep_task_tells(duty: Duty) -> None:
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        tasks.sweep()
    assert Notice.objects.get().kind == "visit.due_today"


def test_sweep_runs_when_a_worker_is_ready(eager: Any, duty: Duty) -> None:
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        worker_ready.send(sender=None)
    assert JobRun.objects.get(name="visits.sweep").count == 1


def test_every_scheduled_task_exists() -> None:
    ours = {str(entry["task"]) for entry in SCHEDULE.values() if str(entry["task"]).startswith("visits.")}
    assert ours == {tasks.sweep.name, tasks.erase_notes.name}


def closed(cast: Cast, duty: Duty) -> Occasion:
    """Closed on 24 November 2026, with a reason, notes and a need."""
    with time_machine.travel("2026-11-24 10:00+08:00", tick=False):
        make_visit(duty, by=cast.branch1_secretary, how="phone", situation="精神较好", need="送菜", need_by_whom="小周")
        close_occasion(occasion=duty.occasion, closing="recovered", by=cast.branch1_secretary)
    return duty.occasion


@pytest.mark.parametrize(("on", "number"), [(date(2027, 2, 21), 0), (date(2027, 2, 22), 2)])
def test_notes_erased_ninety_days_after_closing(cast: Cast, duty: Duty, on: date, number: int) -> None:
    closed(cast, duty)
    assert erase_old_notes(on=on) == number
    visit, occasion = Visit.objects.get(), Occasion.objects.get()
    words = [occasion.reason, visit.situation, visit.need, visit.need_by_whom]
    assert words == (["", "", "", ""] if number else ["周五手术", "精神较好", "送菜", "小周"])
    assert (visit.visited_on, visit.visitor) == (date(2026, 11, 23), cast.branch1_secretary)


def test_erased_notes_are_not_erased_again(cast: Cast, duty: Duty) -> None:
    closed(cast, duty)
    with time_machine.travel("2027-03-01 03:40+08:00", tick=False):
        tasks.erase_notes()
    assert erase_old_notes(on=date(2027, 3, 2)) == 0
