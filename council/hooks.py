"""Writing upward: what upper rooms must do, in the same transaction, when a topic has ended.

Filled in an upper app's AppConfig.ready(); tests/test_hooks.py writes out who is registered.
"""

from collections.abc import Callable
from typing import Any

ON_OUTCOME: list[Callable[..., Any]] = []  # called with topic= (state closed or withdrawn), by=, day=
