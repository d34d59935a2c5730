"""The dated steps of one person: in, out, to another branch, away and back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from config.http import StaffRequest
from config.permissions import may
from members.actions import end_absence, end_relation, move_between_branches, record_transfer_in, start_absence
from members.forms import AbsenceEndForm, AbsenceForm, MoveForm, StepForm, TransferInForm, TransferOutForm, tell
from members.models import Absence, Member


@dataclass(frozen=True)
class Step:
    """A form, the action it calls, and the words over it."""

    form: type[StepForm]
    act: Callable[..., Any]
    heading: str | Promise
    note: str | Promise


TRANSFER_IN = Step(
    TransferInForm,
    record_transfer_in,
    _("Take the relation in"),
    _("The formal relation comes here; from this day he or she counts."),
)
TRANSFER_OUT = Step(
    TransferOutForm,
    end_relation,
    _("Leaves"),
    _("From this day he or she no longer counts here. A death is recorded under the four must-visits."),
)
MOVE = Step(
    MoveForm,
    move_between_branches,
    _("Move to another branch"),
    _("One step: the old branch ends and the new one begins on the same day."),
)
ABSENCE_START = Step(
    AbsenceForm,
    start_absence,
    _("Goes away (floating out)"),
    _("He or she still counts here and keeps a floating member's card."),
)
ABSENCE_END = Step(
    AbsenceEndForm,
    end_absence,
    _("Is back"),
    _("The first day on which he or she is no longer away."),
)


def _take(request: StaffRequest, step: Step, member: Member, /, **about: Any) -> HttpResponse:
    """Show the form; when it is right, call the action and go back to the person (or to the list, when he is gone)."""
    form = step.form(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            step.act(by=request.user, **about, **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Saved."))
            is_visible = Member.objects.visible_to(request.user).filter(pk=member.pk).exists()
            return redirect("members:detail", member.pk) if is_visible else redirect("members:list")
    context = {"form": form, "member": member, "heading": step.heading, "note": step.note}
    return render(request, "members/step_form.html", context)


def _take_by_member(request: StaffRequest, step: Step, pk: int) -> HttpResponse:
    member = get_object_or_404(Member.objects.visible_to(request.user, "members.change"), pk=pk)
    return _take(request, step, member, member=member)


@require_http_methods(["GET", "POST"])
@may("members.change")
def transfer_in(request: StaffRequest, pk: int) -> HttpResponse:
    return _take_by_member(request, TRANSFER_IN, pk)


@require_http_methods(["GET", "POST"])
@may("members.change")
def transfer_out(request: StaffRequest, pk: int) -> HttpResponse:
    return _take_by_member(request, TRANSFER_OUT, pk)


@require_http_methods(["GET", "POST"])
@may("members.change")
def move(request: StaffRequest, pk: int) -> HttpResponse:
    return _take_by_member(request, MOVE, pk)


@require_http_methods(["GET", "POST"])
@may("members.change")
def absence_start(request: StaffRequest, pk: int) -> HttpResponse:
    return _take_by_member(request, ABSENCE_START, pk)


@require_http_methods(["GET", "POST"])
@may("members.change")
def absence_end(request: StaffRequest, pk: int) -> HttpResponse:
    """`pk` is the absence's."""
    absences = Absence.objects.select_related("member")
    members = Member.objects.visible_to(request.user, "members.change")
    absence = get_object_or_404(absences, pk=pk, member__in=members)
    return _take(request, ABSENCE_END, absence.member, absence=absence)
