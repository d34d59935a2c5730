"""Whatever comes, moves and goes: counted == opening + in − out, for every period and place."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.actions import end_relation, move_between_branches, record_transfer_in
from members.models import Member, RegisterEvent, Relation, Way
from members.statistics import statistics
from tests.cast import Cast
from tests.factories.members import make_member

START = date(2024, 1, 1)
STEPS = st.tuples(
    st.sampled_from(["new", "return", "out", "died", "move"]), st.integers(0, 3), st.booleans(), st.integers(0, 120)
)


def take(cast: Cast, people: list[Member], step: tuple[str, int, bool, int]) -> None:
    kind, who, first, days = step
    branch, day = cast.branch1 if first else cast.branch2, START + timedelta(days=days)
    if kind == "new" or who >= len(people):
        way = Way.OPENING if days < 5 else Way.TRANSFER_IN
        people.append(make_member(branch, since=day, way=way))
    elif kind == "return":
        record_transfer_in(member=people[who], branch=branch, day=day, by=None)
    elif kind == "move":
        move_between_branches(member=people[who], branch=branch, day=day, by=None)
    else:
        way = Way.DIED if kind == "died" else Way.TRANSFER_OUT
        end_relation(member=people[who], way=way, day=day, by=None)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=10), bounds=st.tuples(st.integers(-1, 121), st.integers(-1, 121)))
def test_movement_always_closes(cast: Cast, steps: list[tuple[str, int, bool, int]], bounds: tuple[int, int]) -> None:
    with transaction.atomic():
        people: list[Member] = []
        for step in steps:
            try:
                take(cast, people, step)
            except ValidationError:
                continue  # refused: nothing is written, and everything still closes
        since, on = (START + timedelta(days=days) for days in sorted(bounds))
        found = {
            user: statistics(getattr(cast, user).scope("statistics.see"), on, since)
            for user in ("secretary", "branch1_secretary", "branch2_secretary")
        }
        for each in found.values():
            movement = each.movement
            assert (movement.difference, movement.mismatches) == (0, [])
            assert sum(band.count for band in each.bands) == each.total.count
            assert sum(origin.count for origin in each.origins) == each.total.count
        parts = [found["branch1_secretary"].total.count, found["branch2_secretary"].total.count]
        assert [branch.count for branch in found["secretary"].branches] == parts
        assert sum(parts) == found["secretary"].total.count
        assert Relation.objects.filter(until=None).count() <= len(people)
        assert RegisterEvent.objects.count() >= len(people)
        transaction.set_rollback(True)  # the next example begins with nobody
