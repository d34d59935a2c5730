"""What may be typed about a report."""

import re
import unicodedata
import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from branches.models import Branch, Committee, Grant
from config.days import DayField
from config.permissions import BRANCH_ROLES, MAY
from config.seen import SeenForm
from council.models import Topic
from service_station.actions import TEXT_LIMIT
from service_station.models import Report, phone_digits
from service_station.workflow import Move

NOT_IN_NUMBERS = re.compile(r"[\W_]")
SHORTEST_PHONE, LONGEST_PHONE = 7, 15
ENTERED_CHANNELS = [
    choice for choice in Report.Channel.choices if choice[0] not in {Report.Channel.WEB, Report.Channel.VISIT}
]


def plain(text: str) -> str:
    """Full-width digits, letters and signs as ordinary ones."""
    return unicodedata.normalize("NFKC", text).strip()


def helper_for(*layout: Any) -> FormHelper:
    """The template writes the form tag and its button."""
    helper = FormHelper()
    helper.form_tag = False
    helper.form_show_errors = True
    helper.disable_csrf = True
    helper.layout = Layout(*layout) if layout else None
    return helper


class ReportForm(forms.Form):
    """What both the resident and the counter type."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("What is it about?"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what it is about, in your own words.")},
    )
    branch = forms.ModelChoiceField(
        label=_("Area"), queryset=Branch.objects.none(), required=False, empty_label=_("not sure")
    )
    where = forms.CharField(label=_("Where exactly"), max_length=100, required=False)
    name = forms.CharField(label=_("Name"), max_length=40, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4
        field = self.fields["branch"]
        field.queryset = committee.branches.all()  # type: ignore[attr-defined]
        field.label_from_instance = lambda branch: branch.area or branch.name  # type: ignore[attr-defined]
        self.fields["phone"].widget.attrs.update(inputmode="tel", autocomplete="tel")
        self.fields["name"].widget.attrs.update(autocomplete="name")

    def clean_token(self) -> uuid.UUID:
        return self.cleaned_data["token"] or uuid.uuid4()

    def clean_phone(self) -> str:
        phone = plain(self.cleaned_data["phone"])
        if phone and not SHORTEST_PHONE <= len(phone_digits(phone)) <= LONGEST_PHONE:
            raise forms.ValidationError(
                _("This is no phone number. Enter 7 to 15 digits, e.g. 025-8888 0000, or nothing.")
            )
        return phone


class PublicReportForm(ReportForm):
    """The resident's own form; name and phone are his choice."""

    is_complaint = forms.BooleanField(
        label=_("This is a complaint about a person"),
        required=False,
        help_text=_("It then goes to the discipline member alone: neither the station nor the branch sees it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _(
            "What, where, since when. Do not write ID numbers or other people's phone numbers."
        )
        self.fields["where"].help_text = _("For example: the lawn behind building 5.")
        self.fields["phone"].help_text = _("With a phone number you can look up here how your report stands.")
        self.helper = helper_for(
            "token", "text", "where", "branch", Div("name", "phone", css_class="form-pair-wide"), "is_complaint"
        )


def limit_to_own_branches(form: forms.BaseForm, user: User, permission: str) -> None:
    """A branch secretary enters and keeps reports in his own branch: elsewhere he would lose sight of them."""
    field = form.fields["branch"]
    field.queryset = Branch.objects.within(user, permission)  # type: ignore[attr-defined]
    field.required = not user.scope(permission).is_whole
    if field.required and form.initial.get("branch") is None:
        form.initial["branch"] = field.queryset.first()  # type: ignore[attr-defined]


class CounterReportForm(ReportForm):
    """The quick entry for whoever sits at the counter or the telephone."""

    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=ENTERED_CHANNELS,
        initial=Report.Channel.COUNTER,
        widget=forms.RadioSelect,
    )
    by_day = DayField(label=_("Needed by"), required=False)
    day = DayField(label=_("Reported on"), initial=timezone.localdate)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_to_own_branches(self, user, "reports.handle")
        self.fields["by_day"].help_text = _("Only when there is a day by which help must come.")
        self.helper = helper_for(
            "token",
            "text",
            Field("channel", wrapper_class="choice-buttons"),
            Div("branch", "where", css_class="form-pair-wide"),
            Div("name", "phone", css_class="form-pair-wide"),
            Div("day", "by_day", css_class="form-pair-wide"),
        )


def handlers_of(report: Report) -> Any:
    """The users who may handle this report today; for a complaint the discipline member."""
    permission = "reports.complaints" if report.is_complaint else "reports.handle"
    grants = Grant.objects.in_force().filter(committee_id=report.committee_id, role__in=MAY[permission])
    elsewhere = grants.filter(role__in=BRANCH_ROLES).exclude(branch=report.branch)
    return User.objects.filter(is_active=True, grants__in=grants.exclude(pk__in=elsewhere)).distinct()


class AmendForm(SeenForm, forms.ModelForm):
    class Meta:
        model = Report
        fields = ["title", "branch", "handler", "due_on", "public_note"]
        field_classes = {"due_on": DayField}
        widgets = {"public_note": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": _("A few words for lists; no names."),
            "public_note": _("The reporter reads this when looking the report up; no names."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        permission = "reports.complaints" if self.instance.is_complaint else "reports.handle"
        limit_to_own_branches(self, user, permission)
        self.fields["handler"].queryset = handlers_of(self.instance)  # type: ignore[attr-defined]
        self.helper = helper_for("title", Div("branch", "handler", css_class="form-pair-wide"), "due_on", "public_note")
        self.helper.render_hidden_fields = True


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("New internal note"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the note before saving it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "note_%s", **kwargs})
        self.helper = helper_for()


class MoveForm(forms.ModelForm):
    """The fields that one move of the workflow asks for."""

    class Meta:
        model = Report
        fields = ["outside_body", "due_on", "public_note", "reason"]
        labels = {"due_on": _("Follow up on"), "reason": _("Reason")}
        field_classes = {"due_on": DayField}
        widgets = {
            "public_note": forms.Textarea(attrs={"rows": 3}),
            "reason": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "outside_body": _("For example: the property management, the street's office."),
            "public_note": _("The reporter reads this when looking the report up; no names."),
            "reason": _("The reporter reads this when looking the report up; no names."),
        }

    def __init__(self, *args: Any, move: Move, instance: Report, **kwargs: Any) -> None:
        super().__init__(*args, **{"instance": instance, "auto_id": f"{move.name}_%s", **kwargs})
        self.move = move
        for name in [name for name in self.fields if name not in move.asks]:
            del self.fields[name]
        if "reason" in self.fields and not self.is_bound:
            self.initial["reason"] = ""
        for name in move.asks:
            self.fields[name].required = False  # the guard says what is missing, in its own words
        if "due_on" in self.fields:
            self.fields["due_on"].required = True
        self.helper = helper_for()

    def _post_clean(self) -> None:
        """Nothing is put on the report here: the action does it on a locked row."""


class PromoteForm(forms.Form):
    topic = forms.ModelChoiceField(
        label=_("Add to a topic that is open"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=_("a new topic"),
    )
    title = forms.CharField(label=_("Title of the new topic"), max_length=60, required=False)
    area = forms.ModelChoiceField(
        label=_("Area of the new topic"),
        queryset=Branch.objects.none(),
        required=False,
        empty_label=_("the whole community"),
    )
    others = forms.ModelMultipleChoiceField(
        label=_("Reports on the same matter, to go with it"),
        queryset=Report.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, report: Report, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {"committee_id": report.committee_id}
        others = Report.objects.visible_to(user).ordinary().in_work().filter(**own).exclude(pk=report.pk)
        self.fields["topic"].queryset = Topic.objects.visible_to(user).open().filter(**own)  # type: ignore[attr-defined]
        self.fields["area"].queryset = report.committee.branches.all()  # type: ignore[attr-defined]
        self.fields["area"].initial = report.branch_id
        self.fields["title"].initial = report.title
        self.fields["others"].queryset = others  # type: ignore[attr-defined]
        self.fields["others"].label_from_instance = lambda row: f"{row} {row.heading}"  # type: ignore[attr-defined]
        self.helper = helper_for("topic", "title", "area", "others")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("topic") and not values.get("title", "").strip():
            self.add_error("title", _("Give the new topic a title, or choose one that is open."))
        return values


class LookupForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the report"),
        max_length=30,
        help_text=_("As on your slip, e.g. 2026-0213-KXQM."),
        error_messages={"required": _("Enter the number as it stands on your slip, e.g. 2026-0213-KXQM.")},
    )
    tail = forms.CharField(
        label=_("Last four digits of your phone"),
        max_length=10,
        error_messages={"required": _("Enter the last four digits of the phone number you left.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs.update(autocapitalize="characters", autocomplete="off", spellcheck="false")
        self.fields["tail"].widget.attrs.update(inputmode="numeric", autocomplete="off")
        self.helper = helper_for("number", "tail")

    def clean_number(self) -> str:
        """Capitals and digits alone, however the dashes were written."""
        return NOT_IN_NUMBERS.sub("", plain(self.cleaned_data["number"]).upper())

    def clean_tail(self) -> str:
        tail = plain(self.cleaned_data["tail"])
        if not (tail.isascii() and tail.isdigit() and len(tail) == 4):
            raise forms.ValidationError(_("Enter exactly four digits, e.g. 8000."))
        return tail
