"""What staff may type in the council's room."""

import uuid
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Branch, Committee, PartnerUnit
from config.days import DayField
from config.seen import SeenForm
from council.models import (
    Analysis,
    CouncilRules,
    Decision,
    GardenMeeting,
    Measure,
    Opinion,
    PlanVersion,
    Posting,
    Resolution,
    Seat,
    Sitting,
    Topic,
)
from members.models import Member


def lines_input(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class HouseForm(SeenForm, forms.Form):
    """Every form here: crispy, its button last."""

    save_label: Any = _("Save")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", self.save_label, css_class="btn-primary"))

    def take(self, error: ValidationError) -> None:
        """Show an action's errors at their fields, the others on top."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for field, errors in error.error_dict.items():
            self.add_error(field if field in self.fields else None, errors)


class ModelForm(HouseForm, forms.ModelForm):
    """A form over a model."""


class TokenField(forms.UUIDField):
    """One form, counted once however often it is sent."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, initial=uuid.uuid4)


class TopicForm(ModelForm):
    token = TokenField()

    class Meta:
        model = Topic
        fields = ["title", "branch", "area", "reason"]
        widgets = {"reason": lines_input(3)}
        help_texts = {
            "title": _("In a few words, as residents would say it."),
            "area": _("Only when no branch's area fits."),
            "reason": _("Needed when no resident's report is linked: how the question came up."),
        }

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = committee.branches.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("branch") and not cleaned.get("area"):
            self.add_error("branch", _("Choose the branch whose area it is, or name the area in words."))
        return cleaned


class AnalysisForm(ModelForm):
    class Meta:
        model = Analysis
        fields = ["facts", "options", "cost", "affected", "recommendation"]
        widgets = {name: lines_input(3) for name in ("facts", "options", "cost", "affected", "recommendation")}


class RemitForm(HouseForm):
    is_edit = True
    remit = forms.ChoiceField(label=_("Whose decision"), choices=Topic.Remit, widget=forms.RadioSelect)
    decided_on = DayField(
        label=_("Decided by its owner on"),
        required=False,
        help_text=_("Only when somebody else than the council decides; step 5 waits for it."),
    )
    note = forms.CharField(label=_("How it was decided"), max_length=200, required=False)

    def clean_decided_on(self) -> date | None:
        return not_later_than_today(self.cleaned_data["decided_on"])


def not_later_than_today(day: date | None) -> date | None:
    if day and day > timezone.localdate():
        raise ValidationError(_("This day is in the future. Enter today or an earlier day."))
    return day


class PlanForm(ModelForm):
    class Meta:
        model = PlanVersion
        fields = ["text", "note"]
        widgets = {"text": lines_input(8)}


class ReasonForm(HouseForm):
    """For every move and every step that asks why."""

    reason = forms.CharField(label=_("Reason"), widget=lines_input(3), max_length=200)


class SittingForm(ModelForm):
    class Meta:
        model = Sitting
        fields = ["day", "sitting_place", "topics"]
        field_classes = {"day": DayField}
        widgets = {"topics": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Topic.objects.open().filter(committee=committee, step=Topic.Step.ADOPT)
        self.fields["topics"].queryset = rows  # type: ignore[attr-defined]
        self.fields["topics"].help_text = _("Topics that have reached step 3.")


class SeatChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Seat) -> str:
        return f"{obj.holder_name} · {obj.get_constituency_display()}"


class AttendanceForm(HouseForm):
    is_edit = True
    present = SeatChoice(
        label=_("Present"), queryset=Seat.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, sitting: Sitting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entitled = Seat.objects.filter(committee_id=sitting.committee_id).filled_on(sitting.day)
        self.fields["present"].queryset = entitled.select_related("member", "unit")  # type: ignore[attr-defined]


class SittingChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Sitting) -> str:
        return f"{obj.day:%Y-%m-%d} {obj.sitting_place}"


class PositionForm(HouseForm):
    token = TokenField()
    sitting = SittingChoice(label=_("Sitting"), queryset=Sitting.objects.none())
    text = forms.CharField(
        label=_("What was said"), widget=lines_input(3), help_text=_("No names: “some comrades” is enough.")
    )
    is_dissent = forms.BooleanField(label=_("A differing view"), required=False)
    answer = forms.CharField(label=_("Answer"), widget=lines_input(3), required=False)

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sitting"].queryset = topic.sittings.all()  # type: ignore[attr-defined]
        self.fields["sitting"].initial = topic.sittings.first()


class AnswerForm(HouseForm):
    is_edit = True
    answer = forms.CharField(label=_("Answer"), widget=lines_input(3))


class DraftChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: PlanVersion) -> str:
        return str(_("Draft %(number)d") % {"number": obj.number})


class DecisionForm(HouseForm):
    sitting = SittingChoice(label=_("Sitting"), queryset=Sitting.objects.none())
    plan = DraftChoice(label=_("Draft decided on"), queryset=PlanVersion.objects.none())
    method = forms.ChoiceField(label=_("How it was decided"), choices=Decision.Method, widget=forms.RadioSelect)
    votes_for = forms.IntegerField(label=_("For"), min_value=0, max_value=9999, initial=0)
    against = forms.IntegerField(label=_("Against"), min_value=0, max_value=9999, initial=0)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=9999, initial=0)

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sitting"].queryset = topic.sittings.exclude(frozen_at=None)  # type: ignore[attr-defined]
        self.fields["sitting"].help_text = _("Sittings whose attendance is recorded.")
        self.fields["plan"].queryset = topic.plans.all()  # type: ignore[attr-defined]
        self.fields["sitting"].initial = topic.sittings.exclude(frozen_at=None).first()
        self.fields["plan"].initial = topic.current_plan
        self.fields["method"].initial = Decision.Method.AGREEMENT


class PostingForm(ModelForm):
    class Meta:
        model = Posting
        fields = ["opens_on", "closes_on"]
        field_classes = {"opens_on": DayField, "closes_on": DayField}


class MeetingForm(ModelForm):
    token = TokenField()

    class Meta:
        model = GardenMeeting
        fields = ["meeting_place", "day", "present", "said"]
        field_classes = {"day": DayField}
        widgets = {"said": lines_input(4)}
        help_texts = {
            "present": _("Fewer than 5 are shown in public as “fewer than 5”."),
            "said": _("Residents read it on the public page. No names, no door numbers."),
        }


class WhatChangedForm(HouseForm):
    is_edit = True
    what_changed = forms.CharField(
        label=_("What changed because of the opinions"),
        widget=lines_input(4),
        help_text=_("Residents read this on the page. If nothing changed, say why."),
    )


class OpinionsForm(HouseForm):
    """Paper, phone, counter or a meeting: several opinions at once, one a line."""

    token = TokenField()
    channel = forms.ChoiceField(
        label=_("How they came"),
        choices=[(key, label) for key, label in Opinion.Channel.choices if key != Opinion.Channel.WEB],
        widget=forms.RadioSelect,
        initial=Opinion.Channel.PAPER,
    )
    day = DayField(label=_("Day"), initial=timezone.localdate)
    plain_support = forms.IntegerField(
        label=_("In favour, without a word"), min_value=0, max_value=500, initial=0, required=False
    )
    support = forms.CharField(label=_("In favour"), widget=lines_input(3), required=False)
    suggest = forms.CharField(label=_("Suggestions"), widget=lines_input(3), required=False)
    oppose = forms.CharField(
        label=_("Against"),
        widget=lines_input(3),
        required=False,
        help_text=_("One opinion a line, as it was written. No names, no door numbers."),
    )

    def clean_day(self) -> date | None:
        return not_later_than_today(self.cleaned_data["day"])

    @property
    def opinions(self) -> list[tuple[str, str]]:
        """(stance, text), in the order of the form."""
        rows = [("support", "")] * (self.cleaned_data["plain_support"] or 0)
        for stance in Opinion.Stance.values:
            rows += [(stance, line.strip()) for line in self.cleaned_data[stance].splitlines() if line.strip()]
        return rows


class ReplyForm(HouseForm):
    is_edit = True
    reply = forms.CharField(
        label=_("Reply"), widget=lines_input(3), help_text=_("Residents read it below the opinion. Name nobody.")
    )


class MeasureForm(ModelForm):
    token = TokenField()

    class Meta:
        model = Measure
        fields = ["what", "branch", "unit", "owner", "due"]
        field_classes = {"due": DayField}
        help_texts = {"owner": _("When it is neither a branch nor a unit, e.g. the service station.")}

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = Branch.objects.filter(committee=committee)  # type: ignore[attr-defined]
        self.fields["unit"].queryset = PartnerUnit.objects.filter(committee=committee)  # type: ignore[attr-defined]


class MeasureEditForm(MeasureForm):
    reason = forms.CharField(
        label=_("Reason for another day"),
        max_length=200,
        required=False,
        help_text=_("Needed when the due day is moved; the old day stays on record."),
    )


class MeasureDoneForm(HouseForm):
    save_label = _("Done")
    done_on = DayField(label=_("Done on"), initial=timezone.localdate)
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, help_text=_("For the committee only; it is not published.")
    )

    def clean_done_on(self) -> date | None:
        return not_later_than_today(self.cleaned_data["done_on"])


class ResolutionForm(ModelForm):
    class Meta:
        model = Resolution
        fields = ["title", "text"]
        widgets = {"text": lines_input(6)}
        help_texts = {"text": _("The points of the adopted plan and the measures are added below it by themselves.")}


class SeatForm(ModelForm):
    class Meta:
        model = Seat
        fields = ["constituency", "member", "unit", "representative", "since", "is_chair", "is_secretary_general"]
        field_classes = {"since": DayField}
        help_texts = {"representative": _("Who speaks for the unit.")}

    def __init__(self, *args: Any, committee: Committee, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["unit"].queryset = committee.partner_units.all()  # type: ignore[attr-defined]


class SeatEndForm(HouseForm):
    save_label = _("End the seat")
    until = DayField(label=_("First day without the seat"), initial=timezone.localdate)


class RulesForm(ModelForm):
    class Meta:
        model = CouncilRules
        fields = [
            "rules_name",
            "quorum_numerator",
            "quorum_denominator",
            "majority_numerator",
            "majority_denominator",
            "posting_days",
            "resolution_years",
        ]


def seat_holders(committee: Committee) -> Any:
    """Those who may take a seat: living members of the committee without an open one."""
    taken = Seat.objects.filter(committee=committee, until=None, member__isnull=False).values("member")
    return Member.objects.filter(committee=committee, died_on=None).exclude(pk__in=taken).order_by("name")
