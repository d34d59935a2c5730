"""The visits' work in the background. What runs when stands in config/schedule.py."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from visits import actions
from visits.sweep import sweep as run_sweep


@shared_task
def sweep() -> None:
    run_sweep()


@shared_task
def erase_notes() -> None:
    actions.erase_old_notes(on=timezone.localdate())


@worker_ready.connect
def sweep_at_start(**kwargs: Any) -> None:
    """Whatever fell due while nothing ran is told at once."""
    sweep.delay()
