"""What anybody may read of a committee without signing in."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from branches.models import ROLE_LABELS, Branch, Committee, Grant
from config.permissions import Role
from config.prepared import Prepared
from config.public_pages import public_page
from council.models import Posting, Resolution, Snapshot
from council.views.public import COMMITTEE, SLUG, TODAY, committee_page, public_snapshots

SHOWN = 5
OFFICERS = [Role.SECRETARY, Role.DEPUTY, Role.MEMBER]


@login_not_required
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The committee's home when there is exactly one, else the list of them."""
    committees = list(Committee.objects.all())
    if len(committees) == 1:
        return redirect("desk:public_home", committees[0].slug)
    return render(request, "desk/committee_list.html", {"committees": committees})


@public_page(
    COMMITTEE,
    Prepared(lambda: Posting.objects.open(TODAY).filter(topic__committee__slug=SLUG).values_list("pk", "closes_on")),
    Prepared(public_snapshots),
)
def public_home(request: HttpRequest, slug: str) -> HttpResponse:
    shown = committee_page(slug)
    postings = Posting.objects.open().filter(topic__committee=shown["committee"]).order_by("closes_on", "pk")
    newest = Resolution.objects.public().filter(committee=shown["committee"]).order_by("-posted_on", "-pk")[:SHOWN]
    latest = Snapshot.objects.latest_of(Resolution.objects.filter(pk__in=[row.pk for row in newest]))
    snapshots = latest.select_related("resolution").order_by("-resolution__posted_on", "-resolution_id")
    return render(request, "desk/public_home.html", shown | {"postings": list(postings), "snapshots": list(snapshots)})


def answerable() -> QuerySet[Grant, Any]:
    grants = Grant.objects.in_force(TODAY).filter(committee__slug=SLUG).order_by("pk")
    return grants.filter(Q(role__in=OFFICERS) | Q(branch__isnull=False)).values_list(
        "role", "branch", "user__full_name"
    )


@public_page(
    COMMITTEE, Prepared(answerable), Prepared(lambda: Branch.objects.filter(committee__slug=SLUG).values_list())
)
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """Who the committee is: its branches and who answers for them; no personal telephone."""
    shown = committee_page(slug)
    committee = shown["committee"]
    grants = list(Grant.objects.in_force().filter(committee=committee).select_related("user"))
    officers = [
        (ROLE_LABELS[role], grant.user.full_name) for role in OFFICERS for grant in grants if grant.role == role
    ]
    branches = [
        (branch.name, branch.area, [grant.user.full_name for grant in grants if grant.branch_id == branch.pk])
        for branch in committee.branches.all()
    ]
    return render(request, "desk/about.html", shown | {"officers": officers, "branches": branches})
