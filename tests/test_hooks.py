"""Who is called when something ends: written out, because nothing in the lower room says it."""

from council.hooks import ON_OUTCOME
from members.hooks import ON_EXIT


def names(hooks: list) -> list[str]:
    return [f"{hook.__module__}.{hook.__name__}" for hook in hooks]


def test_registered_hooks() -> None:
    assert names(ON_EXIT) == ["visits.actions.exits.cancel_care"]
    assert names(ON_OUTCOME) == ["service_station.actions.follow_topic"]
