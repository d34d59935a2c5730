from typing import Any

from django.apps import AppConfig
from django.core.validators import MaxLengthValidator
from django.forms import CharField, DateField, Field
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from config.invisible import validate_text

REQUIRED: Any = _("This is needed: fill it in, or choose one.")
NO_DAY: Any = _("There is no such day. Enter a date as year-month-day, e.g. 2026-03-30.")
TOO_LONG: Any = ngettext_lazy(
    "%(show_value)d characters are too many: at most %(limit_value)d fits. Shorten it.",
    "%(show_value)d characters are too many: at most %(limit_value)d fit. Shorten it.",
    "limit_value",
)


class HouseConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        """Django's own errors say what is wrong; the house's say what is expected, too."""
        Field.default_error_messages["required"] = REQUIRED
        DateField.default_error_messages["invalid"] = NO_DAY
        MaxLengthValidator.message = TOO_LONG
        setattr(CharField, "validate", validate_text)  # noqa: B010 (mypy takes no assignment to a method)
