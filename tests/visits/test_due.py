"""Due days: across National Day, Spring Festival, make-up Saturdays, the year's end, and years not announced yet."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from branches.calendar import is_working_day
from visits.due import Anchor, Unit, due_day, explanation, festival_after, first_day, quarter_end, spring_festival

days = st.dates(date(2016, 1, 1), date(2035, 12, 31))
numbers = st.integers(1, 20)


@pytest.mark.parametrize(
    ("anchor_on", "offset", "due_on"),
    [
        (date(2026, 11, 19), 2, date(2026, 11, 23)),  # a Thursday: over the week-end
        (date(2026, 9, 30), 2, date(2026, 10, 9)),  # over National Day, 1 to 7 October
        (date(2026, 9, 18), 2, date(2026, 9, 21)),  # Sunday 20 September 2026 is a make-up day
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # Saturday 14 February is a make-up day, then Spring Festival
        (date(2026, 2, 12), 2, date(2026, 2, 14)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # over the year's end
        (date(2025, 12, 31), 2, date(2026, 1, 5)),  # Sunday 4 January 2026 is a make-up day
    ],
)
def test_working_days_over_holidays(anchor_on: date, offset: int, due_on: date) -> None:
    assert due_day(anchor=Anchor.KNOWN, anchor_on=anchor_on, offset=offset, unit=Unit.WORKING) == due_on


@given(days, numbers)
def test_working_days_between_are_as_many_as_asked(anchor_on: date, offset: int) -> None:
    due_on = due_day(anchor=Anchor.KNOWN, anchor_on=anchor_on, offset=offset, unit=Unit.WORKING)
    between = [anchor_on + timedelta(days=n) for n in range(1, (due_on - anchor_on).days + 1)]
    assert (is_working_day(due_on), sum(is_working_day(day) for day in between)) == (True, offset)


@given(days, numbers)
def test_working_days_never_step_back(anchor_on: date, offset: int) -> None:
    first, second = (
        due_day(anchor=Anchor.KNOWN, anchor_on=day, offset=offset, unit=Unit.WORKING)
        for day in (anchor_on, anchor_on + timedelta(days=1))
    )
    assert first <= second


@given(days, numbers, st.sampled_from([Anchor.KNOWN, Anchor.DISCHARGED, Anchor.FIRST_VISIT, Anchor.DIED]))
def test_calendar_days_are_added(anchor_on: date, offset: int, anchor: Anchor) -> None:
    due_on = due_day(anchor=anchor, anchor_on=anchor_on, offset=offset, unit=Unit.CALENDAR)
    assert due_on - anchor_on == timedelta(days=offset)


@given(days, st.integers(1, 60))
def test_quarter_ends_late_enough_and_not_later(anchor_on: date, offset: int) -> None:
    due_on = due_day(anchor=Anchor.QUARTER_END, anchor_on=anchor_on, offset=offset, unit=Unit.CALENDAR)
    next_day = due_on + timedelta(days=1)
    earlier = quarter_end(due_on.replace(day=1, month=due_on.month - 2) - timedelta(days=1))
    assert (next_day.day, next_day.month in (1, 4, 7, 10)) == (1, True)
    assert earlier < anchor_on + timedelta(days=offset) <= due_on


@pytest.mark.parametrize(
    ("visited_on", "due_on"),
    [
        (date(2026, 2, 14), date(2026, 3, 31)),  # exactly 45 days
        (date(2026, 2, 15), date(2026, 6, 30)),
        (date(2026, 11, 16), date(2026, 12, 31)),
        (date(2026, 11, 17), date(2027, 3, 31)),
    ],
)
def test_first_quarter_after_the_first_visit(visited_on: date, due_on: date) -> None:
    assert due_day(anchor=Anchor.QUARTER_END, anchor_on=visited_on, offset=45, unit=Unit.CALENDAR) == due_on


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2024, date(2024, 2, 10)),
        (2025, date(2025, 1, 29)),
        (2026, date(2026, 2, 17)),
        (2027, date(2027, 2, 6)),
        (2028, date(2028, 1, 26)),
        (2029, date(2029, 2, 13)),
        (2030, date(2030, 2, 3)),
    ],
)
def test_spring_festival_of_a_year(year: int, day: date) -> None:
    assert spring_festival(year) == day


@pytest.mark.parametrize(
    ("died_on", "due_on"),
    [
        (date(2026, 1, 18), date(2026, 2, 14)),  # 30 days before: this one; Saturday 14 February is a make-up day
        (date(2026, 1, 19), date(2027, 2, 4)),  # 29 days before: the next one
        (date(2026, 11, 20), date(2027, 2, 4)),
        (date(2024, 2, 29), date(2025, 1, 27)),
    ],
)
def test_visit_before_the_first_spring_festival(died_on: date, due_on: date) -> None:
    assert due_day(anchor=Anchor.SPRING_FESTIVAL, anchor_on=died_on, offset=30, unit=Unit.CALENDAR) == due_on


@given(days)
def test_spring_festival_visit_lies_between_its_first_day_and_the_eve(died_on: date) -> None:
    due_on = due_day(anchor=Anchor.SPRING_FESTIVAL, anchor_on=died_on, offset=30, unit=Unit.CALENDAR)
    first = first_day(anchor=Anchor.SPRING_FESTIVAL, anchor_on=died_on, offset=30, due_on=due_on)
    festival = festival_after(died_on, 30)
    assert died_on < first < due_on < festival - timedelta(days=1)
    assert (is_working_day(due_on), festival - first) == (True, timedelta(days=14))
    assert 30 <= (festival - died_on).days < 30 + 385


@given(days, st.integers(1, 60), st.sampled_from(Anchor), st.sampled_from(Unit))
def test_a_visit_may_be_made_on_its_due_day(anchor_on: date, offset: int, anchor: Anchor, unit: Unit) -> None:
    assume(anchor != Anchor.SPRING_FESTIVAL or offset >= 20)  # a rule below that would end before it begins
    due_on = due_day(anchor=anchor, anchor_on=anchor_on, offset=offset, unit=unit)
    assert anchor_on <= first_day(anchor=anchor, anchor_on=anchor_on, offset=offset, due_on=due_on) <= due_on


@pytest.mark.parametrize(
    ("anchor", "offset", "unit", "sentence"),
    [
        (Anchor.KNOWN, 2, Unit.WORKING, "11月19日（周四）得知，+2 个工作日 = 11月23日（周一）"),
        (Anchor.KNOWN, 1, Unit.CALENDAR, "11月19日（周四）得知，+1 天 = 11月20日（周五）"),
        (Anchor.DISCHARGED, 7, Unit.CALENDAR, "11月19日（周四）出院，+7 天 = 11月26日（周四）"),
        (Anchor.FIRST_VISIT, 14, Unit.CALENDAR, "11月19日（周四）首次走访，+14 天 = 12月3日（周四）"),
        (Anchor.DIED, 7, Unit.CALENDAR, "11月19日（周四）逝世，+7 天 = 11月26日（周四）"),
        (
            Anchor.QUARTER_END,
            45,
            Unit.CALENDAR,
            "11月19日（周四）首次走访，至少 45 天后的第一个季末 = 2027年3月31日（周三）",
        ),
        (Anchor.QUARTER_END, 1, Unit.CALENDAR, "每季度走访一次，11月19日（周四）之后的季末 = 12月31日（周四）"),
        (
            Anchor.SPRING_FESTIVAL,
            30,
            Unit.CALENDAR,
            "2027年2月6日（周六）第一个春节，2027年1月23日（周六）起至除夕前最后一个工作日 = 2027年2月4日（周四）",
        ),
    ],
)
def test_every_day_is_explained(time_machine: object, anchor: Anchor, offset: int, unit: Unit, sentence: str) -> None:
    time_machine.move_to("2026-11-24 10:00+08:00")  # type: ignore[attr-defined]
    anchor_on = date(2026, 11, 19)
    due_on = due_day(anchor=anchor, anchor_on=anchor_on, offset=offset, unit=unit)
    assert explanation(anchor=anchor, anchor_on=anchor_on, offset=offset, unit=unit, due_on=due_on) == sentence
