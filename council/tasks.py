"""The council's work in the background. What runs when stands in config/schedule.py."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from council.sweep import sweep as run_sweep


@shared_task
def sweep() -> None:
    run_sweep()


@worker_ready.connect
def sweep_at_start(**kwargs: Any) -> None:
    """Whatever was left lying while nothing ran is told at once."""
    sweep.delay()
