"""How an access table is written: every address of a room with what each role gets, in literals.

A room's module (tests/access/<room>.py) has TABLE, a list of Row. `arguments` makes what the address needs and returns
its arguments. Statuses are for GET, or for a POST without data where the address takes no GET. `status` maps each of
tests.cast.ROLES to a number; ANYBODY in place of it is for public addresses (the same number for everybody, signed in
or not).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.cast import ROLES, Cast


def nothing(cast: Cast) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    name: str  # of the address, e.g. "branches:list"
    status: dict[str, int]
    arguments: Callable[[Cast], dict[str, Any]] = nothing
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    anonymous: int = 302


def each(*statuses: int) -> dict[str, int]:
    """The statuses in the order of tests.cast.ROLES."""
    return dict(zip(ROLES, statuses, strict=True))


def anybody(name: str, status: int, arguments: Callable[[Cast], dict[str, Any]] = nothing, **options: Any) -> Row:
    return Row(name, dict.fromkeys(ROLES, status), arguments, anonymous=status, **options)
