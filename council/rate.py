"""How often one address may write, and how much one posting takes, kept in the cache."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from config.encryption import fingerprint

WINDOW = timedelta(minutes=10)
PER_ADDRESS = 5
PER_POSTING = 100


def wait_until(posting: int, address: str) -> datetime | None:
    """Count one opinion; the moment from which the next is taken when there were too many, else None."""
    now = timezone.now()
    window = int(now.timestamp() // WINDOW.total_seconds())
    for kind, key, limit in (
        ("address", fingerprint("rate limit", address), PER_ADDRESS),
        ("posting", "", PER_POSTING),
    ):
        name = f"opinion:{posting}:{kind}:{key}:{window}"
        cache.add(name, 0, WINDOW.total_seconds())
        if cache.incr(name) > limit:
            return datetime.fromtimestamp((window + 1) * WINDOW.total_seconds(), tz=timezone.get_current_timezone())
    return None
