"""The house's own filters and tags; a builtin library, so no template has to load it."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext
from lucide.templatetags.lucide import lucide

register = template.Library()

BADGES = frozenset({"ok", "due", "late", "info", "plain"})
NOTHING = "—"


def local_date(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def weekday(value: date) -> str:
    names = (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )
    return names[value.weekday()]


@register.filter(expects_localtime=True)
def short_day(value: date | datetime | None) -> str:
    """24 Nov, with its year when that is not this year."""
    if not value:
        return NOTHING
    on = local_date(value)
    is_this_year = on.year == timezone.localdate().year
    return date_format(on, pgettext("date format", "j M") if is_this_year else pgettext("date format", "j M Y"))


@register.filter(expects_localtime=True)
def day(value: date | datetime | None) -> str:
    """24 Nov (Tue), with its year when that is not this year."""
    if not value:
        return NOTHING
    return pgettext("a day and its weekday", "%(day)s (%(weekday)s)") % {
        "day": short_day(value),
        "weekday": weekday(local_date(value)),
    }


@register.filter(expects_localtime=True)
def full_day(value: date | datetime | None) -> str:
    """10 September 2026."""
    return date_format(local_date(value), pgettext("date format", "j F Y")) if value else NOTHING


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """24 Nov (Tue) 09:15, as the clock shows it here."""
    return f"{day(value)} {timezone.localtime(value):%H:%M}" if value else NOTHING


@register.filter
def masked_id(value: str | None) -> str:
    """110101********1234; anything that is not a citizen's number keeps its last four."""
    text = (value or "").strip()
    if len(text) in (15, 18):
        return f"{text[:6]}{'*' * (len(text) - 10)}{text[-4:]}"
    return masked_tail(text)


@register.filter
def masked_phone(value: str | None) -> str:
    """138****8000; a land line keeps its last four digits."""
    text = (value or "").strip()
    if len(text) == 11 and text.isdigit() and text.startswith("1"):
        return f"{text[:3]}****{text[-4:]}"
    return masked_tail(text)


def masked_tail(text: str) -> str:
    if len(text) <= 4:
        return "*" * len(text)
    return "".join("*" if mark.isalnum() else mark for mark in text[:-4]) + text[-4:]


@register.simple_tag
def percent(part: int, whole: int, digits: int = 1) -> str:
    """58.9%; rounded half up, as one does by hand."""
    if not whole:
        return NOTHING
    share = Decimal(part * 100) / Decimal(whole)
    return f"{share.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)}%"


@register.simple_tag
def badge(kind: str, text: object) -> SafeString:
    """A state as a word on a pale ground: ok, due, late, info or plain."""
    if kind not in BADGES:
        raise template.TemplateSyntaxError(f"badge knows {sorted(BADGES)}, not {kind!r}")
    return format_html('<span class="state state-{}">{}</span>', kind, text)


@register.simple_tag
def icon(name: str, size: int = 18, css: str = "") -> str:
    """An icon beside its text, hidden from screen readers because the text says it."""
    return lucide(name, size=size, aria_hidden="true", focusable="false", **{"class": f"icon {css}".strip()})


@register.inclusion_tag("components/table_head.html")
def table_head(*columns: str) -> dict[str, Any]:
    """The headings of a table's columns, from left to right."""
    return {"columns": columns}


@register.inclusion_tag("components/bar.html")
def bar(value: int, maximum: int) -> dict[str, Any]:
    """A horizontal bar; the number belongs beside it."""
    return {"width": round(100 * value / maximum, 1) if maximum else 0}


@register.inclusion_tag("components/line_chart.html")
def line_chart(points: Sequence[tuple[str, int, str]], title: str = "") -> dict[str, Any]:
    """A line with its numbers, from (label, value, address of the list behind it); starts at nought."""
    step, top, floor = 100, 44, 170
    highest = max((value for _label, value, _url in points), default=0) or 1
    marks = [
        {
            "x": step * index + step // 2,
            "y": round(floor - (floor - top) * value / highest, 1),
            "label": label,
            "value": value,
            "url": url,
        }
        for index, (label, value, url) in enumerate(points)
    ]
    return {
        "title": title,
        "marks": marks,
        "line": " ".join(f"{mark['x']},{mark['y']}" for mark in marks),
        "width": max(step * len(marks), step),
        "floor": floor,
    }
