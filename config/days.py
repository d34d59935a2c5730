"""A day typed by a person: a real one, and not from before a first day, by default the Party's."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

FIRST = date(1921, 7, 1)


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A date box; the errors say what is expected."""

    default_error_messages = {"invalid": _("There is no such day. Enter a date as year-month-day, e.g. 2026-03-30.")}

    def __init__(self, *, first: date = FIRST, **kwargs: Any) -> None:
        kwargs.setdefault("widget", day_input())
        kwargs["input_formats"] = ["%Y-%m-%d"]
        super().__init__(**kwargs)
        message = _("This day lies too far back. Enter a day from %(limit_value)s on.")
        self.validators.append(MinValueValidator(first, message))


class DayFilter(django_filters.Filter):
    field_class = DayField
