"""A resolution's page for staff: its text, its moves."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from config.http import StaffRequest
from config.permissions import may
from council import actions
from council.forms import ResolutionForm
from council.models import Resolution
from council.views.forms import form_page, move_page
from council.views.topics import topic_to_edit
from council.workflow import RESOLUTION_MOVES, resolution_moves_for

MOVES = {move.name: move for move in RESOLUTION_MOVES}


@require_http_methods(["GET", "POST"])
@may("council.edit")
def resolution_create(request: StaffRequest, pk: int) -> HttpResponse:
    topic, back = topic_to_edit(request, pk)
    return form_page(
        request,
        ResolutionForm(request.POST or None),
        title=_("Draft the resolution"),
        intro=topic.title,
        save=lambda data: actions.draft_resolution(topic=topic, by=request.user, **data),
        back=back,
        done=lambda resolution: reverse("council:resolution_detail", args=[resolution.pk]),
    )


def _resolution(request: StaffRequest, pk: int, permission: str) -> Resolution:
    rows = Resolution.objects.visible_to(request.user, permission)
    rows = rows.select_related("topic__committee", "committee", "author", "approved_by").prefetch_related("writers")
    return get_object_or_404(rows, pk=pk)


@require_GET
@may("council.see")
def resolution_detail(request: StaffRequest, pk: int) -> HttpResponse:
    resolution = _resolution(request, pk, "council.see")
    context = {
        "resolution": resolution,
        "topic": resolution.topic,
        "decision": resolution.topic.current_decision,
        "offers": resolution_moves_for(resolution, request.user),
        "can_edit": resolution.state == Resolution.State.DRAFTED and request.user.has_perm("council.edit", resolution),
    }
    return render(request, "council/resolution_detail.html", context)


@require_http_methods(["GET", "POST"])
@may("council.edit")
def resolution_edit(request: StaffRequest, pk: int) -> HttpResponse:
    resolution = _resolution(request, pk, "council.edit")
    return form_page(
        request,
        ResolutionForm(request.POST or None, instance=resolution),
        title=_("Change the draft"),
        save=lambda data: actions.amend_resolution(resolution=resolution, by=request.user, **data),
        back=reverse("council:resolution_detail", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
@may("council.edit")
def resolution_move(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    """Who may approve and who may edit are the same roles; the table of moves tells them apart."""
    resolution = _resolution(request, pk, "council.edit")
    back = reverse("council:resolution_detail", args=[pk])
    make = partial(actions.move_resolution, resolution=resolution, move=name, by=request.user)
    return move_page(request, MOVES.get(name), intro=resolution.title, make=make, back=back)
