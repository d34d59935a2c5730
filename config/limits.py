"""How often one may ask: counted in the cache, so that nothing about the asker is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from redis.exceptions import RedisError

from config.encryption import fingerprint


def address_of(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")


@dataclass(frozen=True)
class Limit:
    """At most `number` in `seconds`, counted from the first; for each key (an address, a report number) by itself."""

    use: str
    number: int
    seconds: int

    def _name(self, key: str) -> str:
        return f"limit:{self.use}:{fingerprint('limit', key)}"

    def closed_until(self, key: str) -> datetime | None:
        """When one may try again, or None while there is room."""
        return self._ask(key, add=0)

    def count(self, key: str) -> datetime | None:
        """Count one; returns when one may try again if this one was too many."""
        return self._ask(key, add=1)

    def _ask(self, key: str, *, add: int) -> datetime | None:
        name, now = self._name(key), timezone.now()
        try:
            until = cache.get_or_set(f"{name}:until", now + timedelta(seconds=self.seconds), self.seconds)
            cache.add(name, 0, self.seconds)
            used = cache.incr(name, add) + (1 - add)
        except (RedisError, ValueError):  # no cache, or the count expired just now: residents must get through
            return None
        return until if used > self.number else None
