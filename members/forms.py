"""What may be typed about a person, and about his coming and going."""

import uuid
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from branches.models import Branch
from config.days import DayField
from config.seen import SeenForm
from config.templatetags.house import masked_id, masked_phone
from members.actions.people import SECRETS
from members.chinese import EMPTY_WORDS
from members.identity import tidy, tidy_number
from members.models import WAYS_IN, Member, Relation, Way

OPEN_FIELDS = (
    "name", "sex", "ethnicity", "birth_date", "education", "joined_on", "full_member_on", "standing", "origin", "post",
    "occupation", "employer", "dues_paid_to", "in_hardship", "note",
)  # fmt: skip
GRID = "form-grid"


def tell(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what an action refused beside the fields it is about."""
    found = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for name, errors in found.items():
        form.add_error(name if name in form.fields else None, errors)


def helper(save: Any, *layout: Any) -> FormHelper:
    found = FormHelper()
    found.layout = Layout(*layout)
    found.add_input(Submit("save", save, css_class="btn-primary"))
    return found


class MemberForm(SeenForm, forms.ModelForm):
    """Personal data. ID number, phone and address are never shown here: left empty they stay as they are."""

    id_number = forms.CharField(label=_("ID number"), required=False, max_length=40, strip=True)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    address = forms.CharField(label=_("Address"), required=False, max_length=120)

    class Meta:
        model = Member
        fields = [*OPEN_FIELDS, "group"]
        field_classes = dict.fromkeys(("birth_date", "joined_on", "full_member_on", "dues_paid_to"), DayField)
        help_texts = {
            "full_member_on": _("Empty for those who joined from 1969 to 1977: there was no probation then."),
            "dues_paid_to": _("The first day of the month up to which dues are paid."),
        }

    save_words: Any = _("Save")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["birth_date"].validators.clear()  # the model says what is possible
        self._fill_groups()
        self._hint_at_secrets()
        self.helper = helper(self.save_words, *self.layout())
        self.helper.render_hidden_fields = True

    def layout(self) -> list[Any]:
        person = ["name", "sex", "birth_date", "ethnicity", "id_number", "phone", "address", "education"]
        party = ["joined_on", "standing", "full_member_on", "origin", "post", "dues_paid_to"]
        if "group" in self.fields:
            party.append("group")
        return [
            Fieldset(_("Person"), Div(*person, css_class=GRID)),
            Fieldset(_("In the Party"), Div(*party, css_class=GRID)),
            Fieldset(_("Work and help"), Div("occupation", "employer", "note", "in_hardship", css_class=GRID)),
        ]

    def _fill_groups(self) -> None:
        if self.instance.branch_id is None:
            del self.fields["group"]
        else:
            self.fields["group"].queryset = self.instance.branch.groups.all()  # type: ignore[attr-defined]

    def _hint_at_secrets(self) -> None:
        """Masked, so that whoever may change may see what is there without reading it."""
        masks = {"id_number": masked_id, "phone": masked_phone, "address": lambda text: "***" if text else ""}
        for name, mask in masks.items():
            shown = mask(getattr(self.instance, name))
            if shown:
                self.fields[name].help_text = _(
                    "Now: %(shown)s. Leave empty to keep it, type - to remove it, or type a new one."
                ) % {"shown": shown}

    def _secret(self, name: str) -> str:
        typed = tidy_number(self.cleaned_data[name]) if name == "id_number" else tidy(self.cleaned_data[name])
        if typed in EMPTY_WORDS:
            return ""
        return typed or getattr(self.instance, name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in SECRETS:
            if name in cleaned:
                cleaned[name] = self._secret(name)
        self.instance.id_number = cleaned.get("id_number", "")
        return cleaned

    def clean_phone(self) -> str:
        phone = tidy(self.cleaned_data["phone"])
        digits = sum(character.isdigit() for character in phone)
        if phone and phone not in EMPTY_WORDS and not (digits >= 5 and set(phone) <= set("0123456789+-() ")):
            raise ValidationError(_("Enter a phone number: digits, spaces and dashes, e.g. 025-8888 0000."))
        return phone

    @property
    def values(self) -> dict[str, Any]:
        """The personal data as the actions take them."""
        return {
            name: self.cleaned_data[name] for name in (*OPEN_FIELDS, *SECRETS, "group") if name in self.cleaned_data
        }


class MemberCreateForm(MemberForm):
    """A new person with the way he came."""

    branch = forms.ModelChoiceField(label=_("Branch"), queryset=Branch.objects.none())
    kind = forms.ChoiceField(label=_("Kind of relation"), choices=Relation.Kind.choices)
    way = forms.ChoiceField(
        label=_("How did he or she come?"),
        choices=[(way.value, way.label) for way in (Way.TRANSFER_IN, Way.OPENING, Way.ADMITTED, Way.RESTORED)],
        help_text=_("Counts for a formal relation only."),
    )
    since = DayField(label=_("In force since"))
    asked_on = DayField(label=_("Asked on"), required=False)
    counterpart = forms.CharField(label=_("Came from"), required=False, max_length=80)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches = Branch.objects.within(self.user, "members.change")
        self.fields["branch"].queryset = branches  # type: ignore[attr-defined]
        if len(branches) == 1:
            self.fields["branch"].initial = branches[0].pk
        self.fields["since"].initial = timezone.localdate()
        self.fields["token"].initial = uuid.uuid4()

    def layout(self) -> list[Any]:
        arrival = ["branch", "kind", "way", "since", "asked_on", "counterpart"]
        return [*super().layout(), Fieldset(_("Relation"), Div(*arrival, css_class=GRID)), "token"]

    @property
    def arrival(self) -> dict[str, Any]:
        found = {
            name: self.cleaned_data[name] for name in ("branch", "kind", "since", "asked_on", "counterpart", "token")
        }
        return {**found, "way": Way(self.cleaned_data["way"])}


class StepForm(forms.Form):
    """One dated step of a person; `day` is when it takes effect."""

    day = DayField(label=_("Effective on"))
    save_words: Any = _("Save")
    order: Sequence[str] = ()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for name in {"day", "since"} & set(self.fields):
            self.fields[name].initial = timezone.localdate()
        self.order_fields(list(self.order))
        self.helper = helper(self.save_words, Div(*(Field(name) for name in self.fields), css_class="form-narrow"))


class TransferInForm(StepForm):
    way = forms.ChoiceField(
        label=_("How does he or she come back?"),
        choices=[(way.value, way.label) for way in WAYS_IN if way != Way.ADMITTED],
    )
    branch = forms.ModelChoiceField(label=_("Branch"), queryset=Branch.objects.none())
    asked_on = DayField(label=_("Asked on"), required=False)
    counterpart = forms.CharField(label=_("Came from"), required=False, max_length=80)
    save_words = _("Take in")
    order = ("way", "branch", "counterpart", "asked_on", "day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = Branch.objects.within(self.user, "members.change")  # type: ignore[attr-defined]

    def clean_way(self) -> Way:
        return Way(self.cleaned_data["way"])


class TransferOutForm(StepForm):
    """Every way out but death, which is recorded by the guided step of the visits."""

    way = forms.ChoiceField(
        label=_("Why does he or she leave?"),
        choices=[(way.value, way.label) for way in (Way.TRANSFER_OUT, Way.REMOVED, Way.STOPPED)],
    )
    asked_on = DayField(label=_("Asked on"), required=False)
    counterpart = forms.CharField(label=_("Goes to"), required=False, max_length=80)
    save_words = _("End the relation")
    order = ("way", "counterpart", "asked_on", "day")

    def clean_way(self) -> Way:
        return Way(self.cleaned_data["way"])


class MoveForm(StepForm):
    branch = forms.ModelChoiceField(label=_("Moves to"), queryset=Branch.objects.none())
    save_words = _("Move")
    order = ("branch", "day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = Branch.objects.visible_to(self.user)  # type: ignore[attr-defined]


class AbsenceForm(StepForm):
    day = None  # type: ignore[assignment]
    since = DayField(label=_("Away since"))
    destination = forms.CharField(label=_("Where to"), max_length=80)
    permit_number = forms.CharField(label=_("Floating member's card"), required=False, max_length=40)
    order = ("destination", "permit_number", "since")


class AbsenceEndForm(StepForm):
    day = DayField(label=_("Back on"))
    save_words = _("Is back")


class PeriodForm(forms.Form):
    """The statistics' day, and the first day (not counted) of the movement."""

    on = DayField(label=_("As of"), required=False)
    since = DayField(label=_("Changes since (this day not included)"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        on, since = cleaned.get("on") or timezone.localdate(), cleaned.get("since")
        if since and "on" not in self.errors and since > on:
            self.add_error(
                "since", _("The changes would begin after they end. Enter a day before %(day)s.") % {"day": on}
            )
        return cleaned
