"""What anybody may read of a committee without signing in."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from branches.models import ROLE_LABELS, Committee, Grant
from config.permissions import Role
from config.public_pages import public_page
from council.models import Posting, Resolution, Snapshot
from council.views.public import committee_page

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


def home_page(slug: str) -> tuple[dict[str, Any], str]:
    shown, version = committee_page(slug)
    postings = list(Posting.objects.open().filter(topic__committee=shown["committee"]).order_by("closes_on", "pk"))
    newest = Resolution.objects.public().filter(committee=shown["committee"]).order_by("-posted_on", "-pk")[:SHOWN]
    latest = Snapshot.objects.latest_of(Resolution.objects.filter(pk__in=[row.pk for row in newest]))
    snapshots = list(latest.select_related("resolution").order_by("-resolution__posted_on", "-resolution_id"))
    version += repr([(posting.pk, posting.closes_on) for posting in postings])
    version += "".join(snapshot.digest for snapshot in snapshots)
    return shown | {"postings": postings, "snapshots": snapshots}, version


@public_page(home_page)
def public_home(request: HttpRequest, shown: dict[str, Any], slug: str) -> HttpResponse:
    return render(request, "desk/public_home.html", shown)


def about_page(slug: str) -> tuple[dict[str, Any], str]:
    """Who the committee is: its branches and who answers for them; no personal telephone."""
    shown, version = committee_page(slug)
    committee = shown["committee"]
    grants = list(Grant.objects.in_force().filter(committee=committee).select_related("user"))
    officers = [
        (ROLE_LABELS[role], grant.user.full_name) for role in OFFICERS for grant in grants if grant.role == role
    ]
    branches = [
        (branch.name, branch.area, [grant.user.full_name for grant in grants if grant.branch_id == branch.pk])
        for branch in committee.branches.all()
    ]
    shown |= {"officers": officers, "branches": branches}
    facts = (committee.introduction, committee.street, committee.founded_on, officers, branches)
    return shown, version + repr(facts)


@public_page(about_page)
def about(request: HttpRequest, shown: dict[str, Any], slug: str) -> HttpResponse:
    return render(request, "desk/about.html", shown)
