"""Every address × every role → status, and no address may be missing."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from tests.access.table import Row
from tests.cast import ROLES, Cast

ROOMS = sorted(
    path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith(("test_", "__", "table"))
)
ROWS: list[Row] = [row for room in ROOMS for row in import_module(f"tests.access.{room}").TABLE]


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> set[str]:
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            found.add(f"{space}{pattern.name}")
    return found


def test_every_address_stands_in_a_table() -> None:
    assert names(get_resolver().url_patterns) == {row.name for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}-{row.method}")
def test_access_is_as_written(row: Row, cast: Cast, signed_in: Callable[[User], Client]) -> None:
    url = reverse(row.name, kwargs=row.arguments(cast))
    found = {role: getattr(signed_in(getattr(cast, role)), row.method)(url, row.data).status_code for role in ROLES}
    assert found == row.status
    assert getattr(Client(), row.method)(url, row.data).status_code == row.anonymous


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.anonymous == 302 and row.name != "accounts:logout"], ids=lambda row: row.name
)
def test_part_of_a_page_without_sign_in_is_401(row: Row, cast: Cast) -> None:
    url = reverse(row.name, kwargs=row.arguments(cast))
    assert getattr(Client(), row.method)(url, headers={"HX-Request": "true"}).status_code == 401
