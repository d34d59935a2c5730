"""A working day, one member and one overdue duty, which most tests of the visits start from."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from members.models import Member
from tests.cast import Cast
from tests.factories.members import make_member
from tests.factories.visits import make_duty
from visits.models import Duty


@pytest.fixture
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24 10:00+08:00", tick=False):
        yield


@pytest.fixture
def member(cast: Cast) -> Member:
    return make_member(
        cast.branch1, name="李秀兰", birth_date=date(1950, 3, 3), joined_on=date(1975, 7, 1), phone="13800008000"
    )


@pytest.fixture
def duty(cast: Cast, member: Member) -> Duty:
    return make_duty(member, by=cast.branch1_secretary, reason="周五手术")
