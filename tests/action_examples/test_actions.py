"""Every public action has one example call, and each leaves exactly one audit row that names who did it."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest

from journal.models import Audit
from tests.cast import Cast

ROOMS = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith(("test_", "__")))
TABLES = [import_module(f"tests.action_examples.{room}") for room in ROOMS]
EXAMPLES = [(name, call) for table in TABLES for name, call in table.EXAMPLES.items()]


def public_actions(module: str) -> set[str]:
    """Functions defined in the module whose signature has `by`."""
    members = inspect.getmembers(import_module(module), inspect.isfunction)
    return {
        name
        for name, function in members
        if function.__module__ == module and not name.startswith("_") and "by" in inspect.signature(function).parameters
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_action_has_an_example(table: object) -> None:
    found = set().union(*(public_actions(module) for module in table.MODULES))  # type: ignore[attr-defined]
    assert found == set(table.EXAMPLES)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "call"), EXAMPLES, ids=[name for name, _call in EXAMPLES])
def test_action_leaves_one_audit_row(name: str, call: object, cast: Cast) -> None:
    """An example is a call; or a pair, where the first makes with other actions what the second needs."""
    prepare, act = call if isinstance(call, tuple) else (None, call)
    needed = (prepare(cast),) if prepare else ()
    known = set(Audit.objects.values_list("pk", flat=True))
    act(cast, *needed)
    rows = Audit.objects.exclude(pk__in=known)
    assert [(row.committee_id is not None, row.user_name != "") for row in rows] == [(True, True)]
