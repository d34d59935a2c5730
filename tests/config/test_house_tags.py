from datetime import UTC, date, datetime

import pytest
import time_machine
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from config.templatetags import house

TUESDAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today_and_tongue():
    with (
        time_machine.travel(datetime(2026, 11, 24, 4, 0, tzinfo=UTC), tick=False),
        translation.override("en"),
    ):
        yield


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (TUESDAY, "24 Nov (Tue)"),
        (date(2026, 1, 1), "1 Jan (Thu)"),
        (date(2025, 11, 24), "24 Nov 2025 (Mon)"),
        (datetime(2026, 11, 23, 16, 30, tzinfo=UTC), "24 Nov (Tue)"),
        (None, "—"),
    ],
)
def test_day_of_each_kind_of_value(value, said):
    assert house.day(value) == said


def test_day_in_chinese():
    with translation.override("zh-hans"):
        assert house.day(TUESDAY) == "11月24日（周二）"
        assert house.day(date(2025, 3, 30)) == "2025年3月30日（周日）"
        assert house.full_day(date(2026, 9, 10)) == "2026年9月10日"


def test_full_day_and_short_day():
    assert house.full_day(date(2026, 9, 10)) == "10 September 2026"
    assert house.full_day(None) == "—"
    assert house.short_day(TUESDAY) == "24 Nov"
    assert house.short_day(None) == "—"


def test_moment_is_the_clock_in_shanghai():
    assert house.moment(datetime(2026, 11, 24, 1, 15, tzinfo=UTC)) == "24 Nov (Tue) 09:15"
    assert house.moment(None) == "—"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("110101199001011234", "110101********1234"),
        ("110101900101123", "110101*****1123"),
        ("E12345678", "*****5678"),
        ("123", "***"),
        ("", ""),
        (None, ""),
    ],
)
def test_masked_id(value, shown):
    assert house.masked_id(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("13800138000", "138****8000"),
        ("025-83211234", "***-****1234"),
        ("1234", "****"),
        (None, ""),
    ],
)
def test_masked_phone(value, shown):
    assert house.masked_phone(value) == shown


@pytest.mark.parametrize(
    ("part", "whole", "digits", "shown"),
    [
        (96, 163, 1, "58.9%"),
        (84, 163, 0, "52%"),
        (1, 8, 1, "12.5%"),
        (1, 16, 1, "6.3%"),
        (0, 5, 1, "0.0%"),
        (1, 0, 1, "—"),
    ],
)
def test_percent_rounds_half_up(part, whole, digits, shown):
    assert house.percent(part, whole, digits) == shown


def test_badge_escapes_its_text():
    assert render('{% badge "late" text %}', text="<b>") == '<span class="state state-late">&lt;b&gt;</span>'


def test_badge_of_unknown_kind_is_refused():
    with pytest.raises(TemplateSyntaxError):
        house.badge("loud", "x")


def test_icon_is_hidden_from_screen_readers():
    drawn = render('{% icon "check" 20 "big" %}')
    assert 'aria-hidden="true"' in drawn
    assert 'width="20"' in drawn
    assert 'class="icon big"' in drawn


@pytest.mark.parametrize(("value", "maximum", "width"), [(17, 96, "17.7"), (96, 96, "100.0"), (0, 0, "0")])
def test_bar_width_against_the_longest(value, maximum, width):
    assert f'class="bar-fill" width="{width}"' in render("{% bar value maximum %}", value=value, maximum=maximum)


def test_line_chart_draws_numbers_that_lead_to_their_lists():
    drawn = render("{% line_chart points %}", points=[("2024", 50, "/a/"), ("2025", 100, "")])
    assert 'points="50,107.0 150,44.0"' in drawn
    assert '<a href="/a/" aria-label="2024: 50">' in drawn
    assert drawn.count("<a ") == 1


def test_line_chart_without_points_is_empty():
    assert 'points=""' in render("{% line_chart points %}", points=[])


def test_table_head_names_every_column():
    drawn = "".join(render("{% table_head _('Name') word %}", word="<b>").split())
    assert drawn == '<thead><tr><thscope="col">Name</th><thscope="col">&lt;b&gt;</th></tr></thead>'
