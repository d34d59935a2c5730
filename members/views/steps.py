"""The dated steps of one person: in, out, to another branch, away and back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.http import StaffRequest
from config.permissions import may
from members.actions import end_absence, end_relation, move_between_branches, record_transfer_in, start_absence
from members.forms import AbsenceEndForm, AbsenceForm, MoveForm, StepForm, TransferInForm, TransferOutForm, tell
from members.models import Absence, Member


def _changeable(request: StaffRequest, pk: int) -> Member:
    return get_object_or_404(Member.objects.visible_to(request.user, "members.change"), pk=pk)


def _step(
    request: StaffRequest,
    member: Member,
    form_class: type[StepForm],
    act: Callable[..., Any],
    *,
    heading: str | Promise,
    note: str | Promise,
) -> HttpResponse:
    """Show the form; when it is right, call the action and go back to the person (or to the list, when he is gone)."""
    form = form_class(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            act(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Saved."))
            is_visible = Member.objects.visible_to(request.user).filter(pk=member.pk).exists()
            return redirect("members:detail", member.pk) if is_visible else redirect("members:list")
    context = {"form": form, "member": member, "heading": heading, "note": note}
    return render(request, "members/step_form.html", context)


@require_http_methods(["GET", "POST"])
@may("members.change")
def transfer_in(request: StaffRequest, pk: int) -> HttpResponse:
    member = _changeable(request, pk)
    return _step(
        request,
        member,
        TransferInForm,
        lambda **values: record_transfer_in(member=member, **values),
        heading=_("Take the relation in"),
        note=_("The formal relation comes here; from this day he or she counts."),
    )


@require_http_methods(["GET", "POST"])
@may("members.change")
def transfer_out(request: StaffRequest, pk: int) -> HttpResponse:
    member = _changeable(request, pk)
    return _step(
        request,
        member,
        TransferOutForm,
        lambda **values: end_relation(member=member, **values),
        heading=_("Leaves"),
        note=_("From this day he or she no longer counts here. A death is recorded under the four must-visits."),
    )


@require_http_methods(["GET", "POST"])
@may("members.change")
def move(request: StaffRequest, pk: int) -> HttpResponse:
    member = _changeable(request, pk)
    return _step(
        request,
        member,
        MoveForm,
        lambda **values: move_between_branches(member=member, **values),
        heading=_("Move to another branch"),
        note=_("One step: the old branch ends and the new one begins on the same day."),
    )


@require_http_methods(["GET", "POST"])
@may("members.change")
def absence_start(request: StaffRequest, pk: int) -> HttpResponse:
    member = _changeable(request, pk)
    return _step(
        request,
        member,
        AbsenceForm,
        lambda **values: start_absence(member=member, **values),
        heading=_("Goes away (floating out)"),
        note=_("He or she still counts here and keeps a floating member's card."),
    )


@require_http_methods(["GET", "POST"])
@may("members.change")
def absence_end(request: StaffRequest, pk: int) -> HttpResponse:
    """`pk` is the absence's."""
    absences = Absence.objects.select_related("member")
    members = Member.objects.visible_to(request.user, "members.change")
    absence = get_object_or_404(absences, pk=pk, member__in=members)
    return _step(
        request,
        absence.member,
        AbsenceEndForm,
        lambda **values: end_absence(absence=absence, **values),
        heading=_("Is back"),
        note=_("The first day on which he or she is no longer away."),
    )
