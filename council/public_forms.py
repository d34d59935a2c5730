"""What a resident may type, without signing in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from council.forms import HouseForm, TokenField, lines_input
from council.models import Opinion


class OpinionForm(HouseForm):
    save_label = _("Send my opinion")
    token = TokenField()
    stance = forms.ChoiceField(label=_("Your stance"), choices=Opinion.Stance, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Your opinion"),
        widget=lines_input(5),
        max_length=Opinion.LONGEST,
        required=False,
        help_text=_("Needed for a suggestion or an objection. Please name nobody and no door number."),
    )
    name = forms.CharField(label=_("Name (if you like)"), max_length=40, required=False)
    phone = forms.CharField(
        label=_("Phone (if you like)"),
        max_length=20,
        required=False,
        help_text=_("Only for a question back. Name and phone are never shown."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stance"].error_messages["required"] = _("Choose one: in favour, suggestion, against.")
