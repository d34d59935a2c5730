"""Writing upward: what lower rooms must do, in the same transaction, when a person leaves or comes back.

Each list is filled in an upper app's AppConfig.ready(); tests/test_hooks.py writes out who is registered.
"""

from collections.abc import Callable
from typing import Any

ON_EXIT: list[Callable[..., Any]] = []  # called with member=, way= (Way), day=, by=
