"""The hours in which somebody may be reminded. One definition for every sweep and for /healthz."""

from datetime import datetime, time

from django.conf import settings
from django.utils import timezone


def waking_hours() -> tuple[time, time]:
    first, last = settings.WAKING_HOURS
    return time.fromisoformat(first), time.fromisoformat(last)


def is_waking(now: datetime) -> bool:
    first, last = waking_hours()
    return first <= timezone.localtime(now).time() <= last
