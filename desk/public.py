"""What anybody may read of a committee without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from branches.models import Committee, Grant
from config.permissions import Role
from council.models import Posting, Resolution, Snapshot

SHOWN = 5


@login_not_required
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The committee's home when there is exactly one, else the list of them."""
    committees = list(Committee.objects.all())
    if len(committees) == 1:
        return redirect("desk:public_home", committees[0].slug)
    return render(request, "desk/committee_list.html", {"committees": committees})


@login_not_required
@require_safe
def public_home(request: HttpRequest, slug: str) -> HttpResponse:
    committee = get_object_or_404(Committee, slug=slug)
    postings = Posting.objects.open().filter(topic__committee=committee).order_by("closes_on", "pk")
    resolutions = Resolution.objects.public().filter(committee=committee)
    newest = resolutions.order_by("-posted_on", "-pk")[:SHOWN]
    context = {
        "committee": committee,
        "postings": postings,
        "open_postings": len(postings),
        "snapshots": Snapshot.objects.latest_of(newest).select_related("resolution"),
    }
    return render(request, "desk/public_home.html", context)


@login_not_required
@require_safe
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """Who the committee is: its branches and who answers for them; no personal telephone."""
    committee = get_object_or_404(Committee, slug=slug)
    in_force = Grant.objects.in_force().select_related("user").filter(committee=committee)
    secretaries = in_force.filter(role=Role.BRANCH_SECRETARY)
    context = {
        "committee": committee,
        "branches": committee.branches.prefetch_related(Prefetch("grants", secretaries, to_attr="secretaries")),
        "officers": in_force.filter(role__in=[Role.SECRETARY, Role.DEPUTY, Role.MEMBER]),
    }
    return render(request, "desk/about.html", context)
