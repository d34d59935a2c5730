"""When a visit is due, and why: the one function for due days, and the sentence that explains its result.

Pure: days in, a day out. Counting starts the day after the anchor (branches.calendar knows the working days).
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from branches.calendar import add_working_days, last_working_day_before
from config.templatetags.house import day as spoken

SPRING_FESTIVAL = "Chinese New Year (Spring Festival)"  # the day's name in the holidays package
VISITS_BEFORE_FESTIVAL = timedelta(days=14)


class Anchor(models.TextChoices):
    KNOWN = "known", gettext_lazy("the day we learned of it")
    DISCHARGED = "discharged", gettext_lazy("discharge from hospital")
    FIRST_VISIT = "first_visit", gettext_lazy("the first visit")
    DIED = "died", gettext_lazy("the day of death")
    QUARTER_END = "quarter_end", gettext_lazy("the end of the quarter")
    SPRING_FESTIVAL = "spring_festival", gettext_lazy("the first Spring Festival")


class Unit(models.TextChoices):
    WORKING = "working", gettext_lazy("working days")
    CALENDAR = "calendar", gettext_lazy("days")


@lru_cache(maxsize=128)
def spring_festival(year: int) -> date:
    """The first day of the lunar year that begins in `year`."""
    days = holidays.country_holidays("CN", years=year, language="en_US")
    return min(day for day, name in days.items() if day.year == year and SPRING_FESTIVAL in name.split("; "))


def festival_after(died_on: date, at_least: int) -> date:
    """The first Spring Festival that lies `at_least` days or more after the death."""
    year = died_on.year
    while (spring_festival(year) - died_on).days < at_least:
        year += 1
    return spring_festival(year)


def quarter_end(day: date) -> date:
    """The last day of the quarter that `day` lies in."""
    month = (day.month + 2) // 3 * 3
    return date(day.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def due_day(*, anchor: str, anchor_on: date, offset: int, unit: str) -> date:
    """The last day on which the visit is in time.

    For the end of the quarter `anchor_on` is the visit before and `offset` the least number of days between the two;
    for the Spring Festival it is the day of death and the least number of days up to the festival.
    """
    if anchor == Anchor.QUARTER_END:
        return quarter_end(anchor_on + timedelta(days=offset))
    if anchor == Anchor.SPRING_FESTIVAL:
        new_years_eve = festival_after(anchor_on, offset) - timedelta(days=1)
        return last_working_day_before(new_years_eve)
    if unit == Unit.WORKING:
        return add_working_days(anchor_on, offset)
    return anchor_on + timedelta(days=offset)


def first_day(*, anchor: str, anchor_on: date, offset: int, due_on: date) -> date:
    """The first day on which a visit fulfils the duty."""
    if anchor == Anchor.QUARTER_END:
        return max(quarter_start(due_on), anchor_on + timedelta(days=1))
    if anchor == Anchor.SPRING_FESTIVAL:
        return max(festival_after(anchor_on, offset) - VISITS_BEFORE_FESTIVAL, anchor_on)
    if anchor == Anchor.FIRST_VISIT:
        return anchor_on + timedelta(days=1)
    return anchor_on


def _span(number: int, unit: str) -> str:
    if unit == Unit.WORKING:
        return ngettext("%(number)d working day", "%(number)d working days", number) % {"number": number}
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


def explanation(*, anchor: str, anchor_on: date, offset: int, unit: str, due_on: date) -> str:
    """The sentence beside every due day: "learned of it 19 Nov (Thu), +2 working days = 23 Nov (Mon)"."""
    words = {"day": spoken(anchor_on), "due": spoken(due_on), "span": _span(offset, unit)}
    if anchor == Anchor.KNOWN:
        return _("Learned of it on %(day)s, +%(span)s = %(due)s") % words
    if anchor == Anchor.DISCHARGED:
        return _("Discharged on %(day)s, +%(span)s = %(due)s") % words
    if anchor == Anchor.FIRST_VISIT:
        return _("First visit on %(day)s, +%(span)s = %(due)s") % words
    if anchor == Anchor.DIED:
        return _("Died on %(day)s, +%(span)s = %(due)s") % words
    if anchor == Anchor.QUARTER_END:
        if offset > 1:
            return _("First visit on %(day)s, the first end of a quarter at least %(span)s later = %(due)s") % words
        return _("Every quarter, after %(day)s = %(due)s") % words
    festival = festival_after(anchor_on, offset)
    words |= {"festival": spoken(festival), "from": spoken(festival - VISITS_BEFORE_FESTIVAL)}
    return (
        _("First Spring Festival %(festival)s, from %(from)s to the last working day before its eve = %(due)s") % words
    )
