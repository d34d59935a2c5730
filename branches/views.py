"""Pages to see the organisation, to change it, and to give and end roles."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from branches import actions
from branches.forms import BranchForm, CommitteeForm, GrantEndForm, GrantForm, GroupForm
from branches.middleware import CHOSEN
from branches.models import Branch, BranchLink, Committee, Grant, Group
from config.http import StaffRequest
from config.pages import page_of
from config.permissions import Role, may


@require_GET
@may("branches.see")
def branch_list(request: StaffRequest) -> HttpResponse:
    in_force = Grant.objects.in_force().select_related("user")
    branches = Branch.objects.visible_to(request.user).prefetch_related(
        "groups",
        Prefetch("grants", in_force, to_attr="secretaries"),
        Prefetch(
            "links", BranchLink.objects.filter(grant__in=in_force).select_related("grant__user"), to_attr="helpers"
        ),
    )
    officers = sorted(
        in_force.filter(committee=request.committee, branch=None), key=lambda grant: list(Role).index(Role(grant.role))
    )
    context = {"branches": branches, "officers": officers, "can_change": request.user.has_perm("branches.change")}
    return render(request, "branches/branch_list.html", context)


@require_http_methods(["GET", "POST"])
@may("branches.change")
def branch_create(request: StaffRequest) -> HttpResponse:
    branch = Branch(committee=request.committee)
    form = BranchForm(request.POST or None, instance=branch)
    if request.method == "POST" and form.is_valid():
        actions.create_branch(branch=form.instance, by=request.user)
        return redirect("branches:list")
    return render(request, "branches/branch_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@may("branches.change")
def branch_edit(request: StaffRequest, pk: int) -> HttpResponse:
    branch = get_object_or_404(Branch.objects.within(request.user, "branches.change"), pk=pk)
    form = BranchForm(request.POST or None, instance=branch)
    if request.method == "POST" and form.is_valid():
        actions.amend_branch(branch=branch, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("branches:list")
    return render(request, "branches/branch_form.html", {"form": form, "branch": branch, "groups": branch.groups.all()})


@require_http_methods(["GET", "POST"])
@may("branches.change")
def group_create(request: StaffRequest, pk: int) -> HttpResponse:
    branch = get_object_or_404(Branch.objects.within(request.user, "branches.change"), pk=pk)
    form = GroupForm(request.POST or None, instance=Group(branch=branch))
    if request.method == "POST" and form.is_valid():
        actions.create_group(group=form.instance, by=request.user)
        return redirect("branches:branch_edit", pk=pk)
    return render(request, "branches/group_form.html", {"form": form, "branch": branch})


@require_http_methods(["GET", "POST"])
@may("branches.change")
def committee_edit(request: StaffRequest) -> HttpResponse:
    committee = Committee.objects.get(pk=request.committee.pk)
    form = CommitteeForm(request.POST or None, instance=committee)
    if request.method == "POST" and form.is_valid():
        actions.amend_committee(committee=committee, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("branches:list")
    return render(request, "branches/committee_form.html", {"form": form})


@require_POST
@may("desk.see")
def committee_choose(request: StaffRequest) -> HttpResponse:
    """Work in another of the committees in which one holds a role."""
    chosen = request.POST.get("committee", "")
    if chosen.isdigit() and any(committee.pk == int(chosen) for committee in request.user.committees):
        request.session[CHOSEN] = int(chosen)
    return redirect("desk:home")


@require_GET
@may("grants.give")
def grant_list(request: StaffRequest) -> HttpResponse:
    grants = (
        Grant.objects.visible_to(request.user)
        .select_related("user", "branch", "given_by")
        .prefetch_related("links__branch")
    )
    page = page_of(request, grants.order_by("until", "role", "pk"))
    return render(request, "branches/grant_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
@may("grants.give")
def grant_create(request: StaffRequest) -> HttpResponse:
    initial = {"user": request.GET.get("user", "")}
    form = GrantForm(request.POST or None, committee=request.committee, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_role(committee=request.committee, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The role is given."))
            return redirect("branches:grants")
    return render(request, "branches/grant_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@may("grants.give")
def grant_end(request: StaffRequest, pk: int) -> HttpResponse:
    grant = get_object_or_404(Grant.objects.visible_to(request.user), pk=pk)
    form = GrantEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(grant=grant, until=form.cleaned_data["until"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The role ends."))
            return redirect("branches:grants")
    return render(request, "branches/grant_end.html", {"form": form, "grant": grant})
