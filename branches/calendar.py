"""Working days of China: the State Council's holidays and make-up days. The one place that counts them."""

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=1)
def _china() -> holidays.HolidayBase:
    return holidays.country_holidays("CN")


def is_working_day(day: date) -> bool:
    """True on weekdays that are no public holiday, and on make-up Saturdays and Sundays."""
    return bool(_china().is_working_day(day))


def add_working_days(anchor: date, number: int) -> date:
    """The `number`-th working day after the anchor; counting starts the day after it. `number` ≥ 1, else ValueError."""
    if number < 1:
        raise ValueError("number of working days must be at least 1")
    day = anchor
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def day_entered_before(due: date, number: int) -> date:
    """The first anchor whose `number`-th working day is not before `due`: whatever was anchored earlier fell due
    earlier. The other side of `add_working_days`, for queries."""
    day = due
    for _count in range(number):
        day = last_working_day_before(day)
    return day


def last_working_day_before(day: date) -> date:
    """The latest working day earlier than `day`."""
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
