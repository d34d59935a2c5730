"""Rules for passwords whose words Django has not in Chinese."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LengthValidator(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("The password is too short. It needs at least %(length)d characters.") % {"length": self.min_length}
