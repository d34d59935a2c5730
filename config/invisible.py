"""Characters nobody sees: they turn the reading direction, hide in names, and make two equal titles differ."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LINES = frozenset("\n\r\t")  # where several lines may be typed
JOINER = "\u200d"  # holds the parts of an emoji together
HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
BEFORE = 8  # characters shown in front of the one that is meant
AT_START: Any = _("The text begins with an invisible character. Delete the beginning and type it again.")
AFTER: Any = _("There is an invisible character after “%(words)s”. Delete what stands there and type it again.")


def refuse_invisible(text: str, *, is_multiline: bool) -> None:
    allowed = LINES | {JOINER} if is_multiline else {JOINER}
    for place, mark in enumerate(text):
        if mark not in allowed and unicodedata.category(mark) in HIDDEN:
            words = text[max(0, place - BEFORE) : place].strip()
            raise ValidationError(AFTER if words else AT_START, code="invisible", params={"words": words})


def validate_text(field: forms.CharField, value: Any) -> None:
    """`validate` of every text box of the house (set in config/apps.py): one rule, and no form has to name it.

    A password is nobody's to read, and an error must not show part of it.
    """
    forms.Field.validate(field, value)
    if isinstance(value, str) and not isinstance(field.widget, forms.PasswordInput):
        refuse_invisible(value, is_multiline=isinstance(field.widget, forms.Textarea))
