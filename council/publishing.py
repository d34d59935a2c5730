"""The publishing gate: what may never stand on a public page, however it is spaced or written."""

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

BETWEEN = r"[\s\-\u2010-\u2015\u2212_.·・\u200b-\u200d\ufeff]*"  # spaces, line breaks, dashes of all kinds, dots
ID_NUMBER = re.compile(rf"(?<!\d)[1-9](?:{BETWEEN}\d){{16}}{BETWEEN}[\dXx](?![\d])")
MOBILE = re.compile(rf"(?<!\d)(?:\+?86{BETWEEN})?(1{BETWEEN}[3-9](?:{BETWEEN}\d){{9}})(?!\d)")
BIRTH = re.compile(r"\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def digits_of(text: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFKC", text) if mark.isascii() and mark.isalnum())


def private_numbers(text: str, public_phone: str = "") -> list[str]:
    """The ID and mobile numbers in a text, as digits; the committee's public phone is none."""
    plain = unicodedata.normalize("NFKC", text)
    ids = [match.group() for match in ID_NUMBER.finditer(plain) if _is_id(match.group())]
    for found in ids:
        plain = plain.replace(found, " | ")
    mobiles = [digits_of(match.group(1)) for match in MOBILE.finditer(plain)]
    allowed = digits_of(public_phone).removeprefix("86")
    return [digits_of(found) for found in ids] + [number for number in mobiles if number != allowed]


def _is_id(found: str) -> bool:
    """Eighteen digits in one piece, or spaced ones with a date of birth where an ID number has it."""
    digits = digits_of(found)
    return digits == found or bool(BIRTH.match(digits))


def check_publishable(texts: Iterable[tuple[str, str]], *, public_phone: str) -> None:
    """Raise ValidationError keyed by field for each (field, text) with an ID or mobile number in it."""
    errors = {}
    for field, text in texts:
        if private_numbers(text, public_phone):
            errors[field] = _(
                "There is an ID number or a mobile number in this text. Take it out: it would be public. "
                "Only the committee's own phone may stand here."
            )
    if errors:
        raise ValidationError(errors)
