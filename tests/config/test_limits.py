"""The limits: so many, then a time; without a cache residents get through."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.limits import Limit

LIMIT = Limit("test", number=2, seconds=600)


def test_one_too_many_is_told_when_to_try_again() -> None:
    assert [LIMIT.count("here") for _i in range(2)] == [None, None]
    until = LIMIT.count("here")
    assert until is not None
    assert timedelta(0) < until - timezone.now() <= timedelta(seconds=600)
    assert LIMIT.closed_until("elsewhere") is None


def test_residents_get_through_when_the_cache_is_away(settings: pytest.FixtureRequest) -> None:
    settings.CACHES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert [LIMIT.count("here") for _i in range(5)] == [None] * 5
