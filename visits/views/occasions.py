"""Reasons for care: opened, read, moved and closed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.http import StaffRequest
from config.permissions import may
from journal.models import Event
from visits import actions
from visits.actions.notes import is_reader
from visits.forms import ActionForm, CloseForm, DeathForm, DischargeForm, FamilyForm, OccasionForm, PageForm
from visits.models import Kind, Occasion
from visits.views.cards import cards


def show_occasion(request: StaffRequest, occasion: Occasion) -> HttpResponse:
    """To the occasion, or to the list when it lies in a branch the user is not linked to."""
    if request.user.has_perm("visits.see", occasion):
        return redirect("visits:occasion_detail", occasion.pk)
    return redirect("visits:list")


def _record(
    request: StaffRequest, form: ActionForm, act: Callable[..., Occasion], template: str, done: str, **renamed: str
) -> HttpResponse:
    """Show the form; when it is right, call the action and go to what it opened."""
    if request.method == "POST" and form.is_valid():
        try:
            occasion = act(by=request.user, **form.values)
        except ValidationError as error:
            form.refuse(error, **renamed)
        else:
            messages.success(request, done)
            return show_occasion(request, occasion)
    return render(request, template, {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
@may("visits.open")
def occasion_create(request: StaffRequest) -> HttpResponse:
    initial = {"member": request.GET.get("member", ""), "kind": request.GET.get("kind", "")}
    form = OccasionForm(request.POST or None, user=request.user, initial=initial)
    done = _("Opened. The visits are on the list with their days.")
    return _record(request, form, actions.open_occasion, "visits/occasion_form.html", done)


@never_cache
@require_http_methods(["GET", "POST"])
@may("visits.open")
def family_create(request: StaffRequest) -> HttpResponse:
    form = FamilyForm(request.POST or None, user=request.user)
    done = _("Opened. The visits are on the list with their days.")
    return _record(request, form, actions.open_occasion, "visits/family_form.html", done, happened_on="known_on")


@never_cache
@require_http_methods(["GET", "POST"])
@may("visits.death")
def death_create(request: StaffRequest) -> HttpResponse:
    form = DeathForm(request.POST or None, user=request.user, initial={"member": request.GET.get("member", "")})
    done = _("Recorded. The visits to the family are on the list with their days.")
    days = {"happened_on": "died_on", "day": "died_on"}
    return _record(request, form, actions.record_death, "visits/death_form.html", done, **days)


@require_GET
@may("visits.see")
def occasion_detail(request: StaffRequest, pk: int) -> HttpResponse:
    return render_occasion(request, occasion_of(request, pk))


@never_cache
@require_POST
@may("visits.see")
def occasion_notes(request: StaffRequest, pk: int) -> HttpResponse:
    """The same page with reason and notes opened; the reading is logged, and refused to all but the three readers."""
    occasion = occasion_of(request, pk)
    notes = actions.read_notes(occasion=occasion, by=request.user)
    return render_occasion(request, occasion, notes=notes)


@require_POST
@may("visits.log")
def occasion_discharge(request: StaffRequest, pk: int) -> HttpResponse:
    occasion = occasion_of(request, pk, "visits.log")
    done = _("Saved. The visit after the discharge is on the list.")
    return _change(request, occasion, actions.set_discharged, done, discharge_form=DischargeForm(request.POST))


@require_POST
@may("visits.open")
def occasion_close(request: StaffRequest, pk: int) -> HttpResponse:
    occasion = occasion_of(request, pk, "visits.open")
    done = _("Closed. What was still owed is cancelled.")
    return _change(request, occasion, actions.close_occasion, done, close_form=CloseForm(request.POST))


def _change(
    request: StaffRequest, occasion: Occasion, act: Callable[..., Any], done: str, **named: PageForm
) -> HttpResponse:
    """One of the small forms on the page of an occasion: change it, or show the page again with what is wrong."""
    (form,) = named.values()
    if form.is_valid():
        try:
            act(occasion=occasion, by=request.user, **form.values)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, done)
            return redirect("visits:occasion_detail", occasion.pk)
    return render_occasion(request, occasion, **named)


def occasion_of(request: StaffRequest, pk: int, permission: str = "visits.see") -> Occasion:
    """Whoever may do something to an occasion must see it, too."""
    rows = Occasion.objects.visible_to(request.user) & Occasion.objects.visible_to(request.user, permission)
    return get_object_or_404(rows.select_related("member", "branch", "opened_by"), pk=pk)


def render_occasion(request: StaffRequest, occasion: Occasion, **context: Any) -> HttpResponse:
    today = timezone.localdate()
    duties = list(occasion.duties.select_related("branch"))
    for duty in duties:
        duty.occasion = occasion
    context = {
        "occasion": occasion,
        "cards": cards(duties, request.user, today),
        "visits": occasion.visits.select_related("visitor", "typed_by"),
        "events": Event.objects.about(occasion),
        "is_reader": is_reader(occasion, request.user),
        **forms_for(request, occasion),
        **context,
    }
    return render(request, "visits/occasion_detail.html", context)


def forms_for(request: StaffRequest, occasion: Occasion) -> dict[str, Any]:
    """The forms that fit the state of the occasion and what the user may do."""
    forms: dict[str, Any] = {}
    if not occasion.is_open:
        return forms
    if occasion.kind == Kind.HOSPITAL and request.user.has_perm("visits.log", occasion):
        forms["discharge_form"] = DischargeForm(
            initial={"discharged_on": occasion.discharged_on or timezone.localdate()}
        )
    forms["close_form"] = CloseForm()  # whoever sees an occasion may open one in its place, and close it
    return forms
