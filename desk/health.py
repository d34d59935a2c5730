"""/healthz for a monitor: is the database there, the broker, and did the sweep run?"""

from collections.abc import Callable
from datetime import datetime, timedelta

from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.waking import waking_hours
from journal.models import JobRun

OK, LATE, DOWN = "ok", "late", "down"
LATE_AFTER = timedelta(minutes=30)
SWEEPS = ("visits.sweep", "council.sweep")


def last_sweep() -> datetime | None:
    """When all sweeps had last ended well: the older of them counts; None where one never did."""
    good = dict(JobRun.objects.filter(name__in=SWEEPS).values_list("name", "good_at"))
    days = [good.get(name) for name in SWEEPS]
    return None if None in days else min(day for day in days if day)


def sweep_state(last: datetime | None, now: datetime) -> str:
    """ok, late when the last good sweep is older than 30 waking minutes, down when there never was one."""
    if last is None:
        return DOWN
    return OK if _waking_time(last, now) <= LATE_AFTER else LATE


def _waking_time(since: datetime, until: datetime) -> timedelta:
    """How much of the span lies in waking hours; a span of more than a day is long enough to be cut."""
    since, until = timezone.localtime(max(since, until - timedelta(days=1))), timezone.localtime(until)
    first, last = waking_hours()
    total = timedelta()
    for day in (since.date(), since.date() + timedelta(days=1)):
        begin = max(since, datetime.combine(day, first, since.tzinfo))
        end = min(until, datetime.combine(day, last, since.tzinfo))
        total += max(end - begin, timedelta())
    return total


def _tried(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception:
        return DOWN


def _database() -> str:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def _broker() -> str:
    with current_app.connection_for_read(connect_timeout=2) as link:
        link.ensure_connection(max_retries=1, interval_start=0)
    return OK


@require_safe
@login_not_required
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    state = {
        "database": _tried(_database),
        "broker": _tried(_broker),
        "sweep": _tried(lambda: sweep_state(last_sweep(), timezone.now())),
    }
    return JsonResponse(state, status=200 if set(state.values()) == {OK} else 503)
