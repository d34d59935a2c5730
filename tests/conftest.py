"""Fixtures that every test may ask for."""

from collections.abc import Callable
from typing import Any

import pytest
from celery import current_app
from django.core.cache import caches
from django.core.management.commands import flush
from django.test import Client

from accounts.models import User
from journal.triggers import drop_audit_triggers
from tests.cast import Cast, make_cast


@pytest.fixture(scope="session", autouse=True)
def _flush_may_empty_the_audit() -> Any:
    """A transactional test ends with a flush, which the audit's triggers refuse; the flush installs them again."""
    handle = flush.Command.handle

    def handle_without_triggers(self: flush.Command, **options: Any) -> None:
        drop_audit_triggers(options["database"])
        handle(self, **options)

    flush.Command.handle = handle_without_triggers  # type: ignore[method-assign]
    yield
    flush.Command.handle = handle  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _empty_caches() -> None:
    """No limit is half used up, and no page is kept, when a test begins."""
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """One person per role, in two branches of two committees, so that data could leak."""
    return make_cast()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A test client in which the user is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def eager() -> Any:
    """Celery runs tasks at once, in this process."""
    current_app.conf.task_always_eager = current_app.conf.task_eager_propagates = True
    yield
    current_app.conf.task_always_eager = current_app.conf.task_eager_propagates = False
