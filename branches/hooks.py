"""Writing upward: what lower rooms must do, in the same transaction, when something ends here.

Each list is filled in an upper app's AppConfig.ready(); tests/test_hooks.py writes out who is registered.
"""

from collections.abc import Callable
from typing import Any

ON_GRANT_END: list[Callable[..., Any]] = []  # called with grant=, by=
