"""An error says what is wrong and what is expected, in both languages."""

import pytest
from django import forms
from django.utils import translation


class Sheet(forms.Form):
    needed = forms.CharField()
    short = forms.CharField(max_length=3)
    day = forms.DateField()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "zh-hans",
            {
                "needed": ["必填，请填写或选择。"],
                "short": ["已有 4 个字，最多 3 个字，请缩短。"],
                "day": ["没有这一天。请按“年-月-日”填写，例如 2026-03-30。"],
            },
        ),
        (
            "en",
            {
                "needed": ["This is needed: fill it in, or choose one."],
                "short": ["4 characters are too many: at most 3 fit. Shorten it."],
                "day": ["There is no such day. Enter a date as year-month-day, e.g. 2026-03-30."],
            },
        ),
    ],
)
def test_field_errors_name_what_is_expected(language: str, expected: dict[str, list[str]]) -> None:
    with translation.override(language):
        assert Sheet({"short": "四个字了", "day": "2026-02-30"}).errors == expected
