"""What a person may type about care visits. Every choice of a person or a branch comes from what the user may see."""

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from branches.models import Branch
from config.days import DayField
from config.permissions import MAY
from members.models import Member
from visits.models import Duty, Kind, Occasion, Visit

if TYPE_CHECKING:
    from django.db.models import QuerySet

CHOICES = "choice-buttons"


def choose(name: str, css: str = "") -> Field:
    """A field whose choices stand as large buttons."""
    return Field(name, wrapper_class=f"{CHOICES} {css}".strip())


def buttons(choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)


class ActionForm(forms.Form):
    """A form that hands its cleaned values to one action, and shows what the action refuses beside its fields."""

    save_label = _("Save")
    save_css = "btn-primary"
    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_token"].initial = uuid.uuid4
        self.helper = FormHelper()
        self.helper.form_show_errors = True
        self.helper.layout = Layout(
            *self.layout(), "form_token", Submit("save", self.save_label, css_class=self.save_css)
        )

    def layout(self) -> list[Any]:
        return [name for name in self.fields if name != "form_token"]

    @property
    def values(self) -> dict[str, Any]:
        """The arguments of the action."""
        return dict(self.cleaned_data)

    def refuse(self, error: ValidationError, **renamed: str) -> None:
        """Put the action's errors beside the fields; `renamed` maps the action's names to the form's."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            field = renamed.get(name, name)
            self.add_error(field if field in self.fields else None, errors)


class MemberChoice(forms.ModelChoiceField):
    """Members grouped by branch."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Member.objects.none(), **kwargs)

    def offer(self, members: "QuerySet[Member]") -> None:
        living = members.filter(died_on__isnull=True, relations__until__isnull=True).distinct()
        self.queryset = living.select_related("branch").order_by("branch__position", "branch_id", "initials", "pk")
        groups: dict[str, list[tuple[int, str]]] = {}
        for member in self.queryset:
            groups.setdefault(str(member.branch), []).append((member.pk, member.name))
        self.choices = [("", _("Choose …")), *groups.items()]


class OccasionForm(ActionForm):
    """Six fields, two of them filled. Discontent is a choice here and here alone; everywhere else it is a talk."""

    DISCONTENT = "discontent"
    KINDS = [
        (Kind.HOSPITAL.value, Kind.HOSPITAL.label),
        (Kind.TALK.value, _("ordinary talk")),
        (DISCONTENT, _("discontented, as he told us himself")),
        (Kind.HARDSHIP.value, Kind.HARDSHIP.label),
    ]
    kind = buttons(KINDS, label=_("Which occasion"))
    member = MemberChoice(label=_("Which member"))
    happened_on = DayField(label=_("Since when"))
    known_on = DayField(label=_("We learned of it on"), help_text=_("The days are counted from here."))
    told_by = buttons(Occasion.Source, label=_("Told by"))
    reason = forms.CharField(
        label=_("What it is about"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=_(
            "Read only by the visitor, the branch secretary and the committee secretary; each reading is logged."
        ),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].offer(Member.objects.visible_to(user, "visits.open"))  # type: ignore[attr-defined]
        for name in ("happened_on", "known_on"):
            self.fields[name].initial = timezone.localdate

    def layout(self) -> list[Any]:
        days = Div("happened_on", "known_on", css_class="form-pair")
        return [choose("kind"), "member", days, choose("told_by"), "reason"]

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        if values["kind"] == self.DISCONTENT:
            values |= {"kind": Kind.TALK, "is_discontent": True}
        return values


class FamilyForm(ActionForm):
    """A resident family in hardship, which nobody enters without having asked it."""

    branch = forms.ModelChoiceField(label=_("Area branch"), queryset=Branch.objects.none(), empty_label=_("Choose …"))
    person_name = forms.CharField(label=_("Name"), max_length=40)
    known_on = DayField(label=_("We learned of it on"))
    told_by = buttons(Occasion.Source, label=_("Told by"))
    reason = forms.CharField(
        label=_("What it is about"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=OccasionForm.base_fields["reason"].help_text,
    )
    consent = forms.BooleanField(
        label=_("The family has been asked and agrees to be entered and visited"),
        required=False,
        help_text=_("It may take its consent back at any time. Without it nothing is kept here."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches = Branch.objects.within(user, "visits.open")
        self.fields["branch"].queryset = branches  # type: ignore[attr-defined]
        if len(branches) == 1:
            self.fields["branch"].initial = branches[0]
        self.fields["known_on"].initial = timezone.localdate

    def layout(self) -> list[Any]:
        return ["branch", "person_name", "known_on", choose("told_by"), "reason", "consent"]

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        agreed = values.pop("consent")
        known_on = values["known_on"]
        consent_on = timezone.localdate() if agreed else None
        return {**values, "kind": Kind.HARDSHIP, "happened_on": known_on, "consent_on": consent_on}


class DeathForm(ActionForm):
    """Who has died, and when; all the rest follows."""

    save_label = _("Record the death")
    member = MemberChoice(label=_("Who has died"))
    died_on = DayField(label=_("Day of death"))
    known_on = DayField(label=_("We learned of it on"))
    told_by = buttons(
        [(value, label) for value, label in Occasion.Source.choices if value != Occasion.Source.PERSON],
        label=_("Told by"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].offer(Member.objects.visible_to(user, "visits.death"))  # type: ignore[attr-defined]
        self.fields["known_on"].initial = timezone.localdate

    def layout(self) -> list[Any]:
        return ["member", Div("died_on", "known_on", css_class="form-pair"), choose("told_by")]


class PageForm(ActionForm):
    """One of the small forms on the page of an occasion; sent twice, it changes nothing more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "form_token"}


class DischargeForm(PageForm):
    save_label = _("Enter the discharge")
    save_css = "btn-outline-primary"
    discharged_on = DayField(label=_("Discharged on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["discharged_on"].initial = timezone.localdate


class CloseForm(PageForm):
    save_label = _("End the visits")
    save_css = "btn-outline-secondary"
    closing = buttons(
        [
            (value.value, value.label)
            for value in (Occasion.Closing.RECOVERED, Occasion.Closing.MOVED, Occasion.Closing.DECLINED)
        ],
        label=_("Why closed"),
    )

    def layout(self) -> list[Any]:
        return [choose("closing")]


class VisitForm(ActionForm):
    """The phone form: what is usual is chosen already, so that a visit takes few taps."""

    TODAY, YESTERDAY, PICK = "today", "yesterday", "pick"
    when = buttons(
        [(TODAY, pgettext_lazy("day of a visit", "Today")), (YESTERDAY, _("Yesterday")), (PICK, _("Another day"))],
        label=_("Which day"),
        initial=TODAY,
    )
    visited_on = DayField(label=_("Day of the visit"), required=False)
    how = buttons(Visit.How, label=_("How"))
    obstacle = buttons(Visit.Obstacle, label=_("Why could the person not be seen"), required=False)
    situation = forms.CharField(
        label=_("Situation"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=_("Seen only by the visitor, the branch secretary and the committee secretary"),
    )
    needs_help = buttons(
        [("no", _("Not for now")), ("yes", _("Yes, to the service station"))], label=_("Is help needed"), initial="no"
    )
    need = forms.CharField(label=_("What help"), max_length=500, required=False)
    need_by_whom = forms.CharField(label=_("Who helps"), max_length=40, required=False)
    need_by_day = DayField(label=_("Until when"), required=False)

    def __init__(self, *args: Any, duty: Duty | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if duty is not None:
            at_hospital = duty.occasion.kind == Kind.HOSPITAL and duty.occasion.discharged_on is None
            self.fields["how"].initial = Visit.How.HOSPITAL if at_hospital else Visit.How.HOME

    def layout(self) -> list[Any]:
        return [
            choose("when", "choose-when"),
            Div("visited_on", css_class="when-other-day"),
            choose("how", "choose-how"),
            Div(choose("obstacle"), css_class="when-not-seen"),
            "situation",
            choose("needs_help", "choose-help"),
            Div("need", Div("need_by_whom", "need_by_day", css_class="form-pair"), css_class="when-help"),
        ]

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("when") == self.PICK and not values.get("visited_on") and "visited_on" not in self.errors:
            self.add_error("visited_on", _("Choose the day of the visit."))
        if values.get("how") == Visit.How.NOT_POSSIBLE and not values.get("obstacle"):
            self.add_error("obstacle", _("Choose why the person could not be seen."))
        if values.get("needs_help") == "yes" and not values.get("need"):
            self.add_error("need", _("Write what help is needed, e.g. bring vegetables every other day."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        when, needs_help = values.pop("when"), values.pop("needs_help")
        values["visited_on"] = self._day(when, values["visited_on"])
        if needs_help != "yes":
            values |= {"need": "", "need_by_whom": "", "need_by_day": None}
        return values

    def _day(self, when: str, picked: date) -> date:
        if when == self.PICK:
            return picked
        return timezone.localdate() - timedelta(days=when == self.YESTERDAY)


class BehalfForm(VisitForm):
    """For somebody who does not type himself: which of the due days, and who was there."""

    duty = buttons([], label=_("Which visit was made"))
    visitor = forms.ModelChoiceField(
        label=_("Who made the visit"), queryset=User.objects.none(), empty_label=_("Choose …")
    )
    field_order = ["duty", "visitor"]

    def __init__(self, *args: Any, duties: "QuerySet[Duty]", member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duties = {str(duty.pk): duty for duty in duties}
        self.fields["duty"].choices = [(pk, duty.due_words) for pk, duty in self.duties.items()]  # type: ignore[attr-defined]
        if len(self.duties) == 1:
            self.fields["duty"].initial = next(iter(self.duties))
        self.fields["visitor"].queryset = visitors_for(member)  # type: ignore[attr-defined]
        self.fields["situation"].help_text = _("After saving you cannot read this any more.")

    def layout(self) -> list[Any]:
        return [choose("duty"), "visitor", *super().layout()]

    @property
    def values(self) -> dict[str, Any]:
        values = super().values
        return {**values, "duty": self.duties[values["duty"]]}


def visitors_for(member: Member) -> "QuerySet[User]":
    """Who may make visits to the member: users with a role in force that visits, a branch secretary in his branch."""
    grants = member.committee.grants.in_force().filter(role__in=MAY["visits.log"])
    grants = grants.filter(branch__isnull=True) | grants.filter(branch=member.branch_id)
    return User.objects.filter(is_active=True, grants__in=grants).distinct().order_by("full_name", "pk")
