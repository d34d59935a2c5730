"""Working days by the State Council's notices for 2026, by weekends and fixed holidays where no notice exists yet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branches.calendar import add_working_days, day_entered_before, is_working_day, last_working_day_before


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 2, 14), True),  # make-up Saturday before Spring Festival
        (date(2026, 2, 17), False),  # Spring Festival
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # make-up Saturday
        (date(2026, 11, 21), False),  # a plain Saturday
        (date(2027, 10, 1), False),
        (date(2031, 1, 6), True),
    ],
)
def test_working_day_follows_the_notices(day: date, expected: bool) -> None:
    assert is_working_day(day) is expected


@pytest.mark.parametrize(
    ("anchor", "number", "expected"),
    [
        (date(2026, 11, 19), 2, date(2026, 11, 23)),  # over a weekend
        (date(2026, 9, 30), 2, date(2026, 10, 9)),  # over National Day
        (date(2026, 10, 8), 2, date(2026, 10, 10)),  # the make-up Saturday counts
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # over the year's end
    ],
)
def test_working_days_are_counted_from_the_next_day(anchor: date, number: int, expected: date) -> None:
    assert add_working_days(anchor, number) == expected


def test_no_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        add_working_days(date(2026, 1, 5), 0)


def test_last_working_day_before_new_years_eve() -> None:
    assert last_working_day_before(date(2026, 2, 16)) == date(2026, 2, 14)


DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@given(DAYS, st.integers(1, 30))
def test_exactly_the_number_of_working_days_lies_between(anchor: date, number: int) -> None:
    due = add_working_days(anchor, number)
    between = [anchor + timedelta(days=n) for n in range(1, (due - anchor).days + 1)]
    assert sum(map(is_working_day, between)) == number
    assert is_working_day(due)


@given(DAYS, DAYS, st.integers(1, 5))
def test_anchors_earlier_than_the_day_fell_due_earlier(anchor: date, due: date, number: int) -> None:
    for day in (anchor, day_entered_before(due, number), day_entered_before(due, number) - timedelta(days=1)):
        assert (day < day_entered_before(due, number)) == (add_working_days(day, number) < due)


@given(DAYS)
def test_nothing_works_between_the_last_working_day_and_the_day(day: date) -> None:
    last = last_working_day_before(day)
    assert is_working_day(last)
    assert not any(is_working_day(last + timedelta(days=n)) for n in range(1, (day - last).days))
