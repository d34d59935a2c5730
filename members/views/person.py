"""One person: what is known, put on the register, amended, read in full."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.http import StaffRequest
from config.permissions import may
from journal.models import Event
from members.actions import add_member, amend_member, reveal_member
from members.forms import MemberCreateForm, MemberForm, tell
from members.models import Member, Relation


@require_GET
@may("members.see")
def member_detail(request: StaffRequest, pk: int) -> HttpResponse:
    return render(request, "members/member_detail.html", _person(request, pk))


@require_POST
@may("members.reveal")
def member_reveal(request: StaffRequest, pk: int) -> HttpResponse:
    """The detail page with ID number, phone and address in full: kept nowhere, masked again on the next look."""
    member = get_object_or_404(Member.objects.visible_to(request.user, "members.reveal"), pk=pk)
    context = _person(request, pk) | {"revealed": reveal_member(member=member, by=request.user)}
    response = render(request, "members/member_detail.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _person(request: StaffRequest, pk: int) -> dict[str, Any]:
    today = timezone.localdate()
    members = Member.objects.visible_to(request.user).with_labels(today).select_related("branch", "group")
    member = get_object_or_404(members, pk=pk)
    relations = list(member.relations.select_related("branch").order_by("-since", "-pk"))
    absences = list(member.absences.order_by("-since", "-pk"))
    open_kinds = {relation.kind for relation in relations if relation.until is None}
    return {
        "member": member,
        "age": member.age(today),
        "relations": relations,
        "absences": absences,
        "open_absence": next((absence for absence in absences if absence.until is None), None),
        "events": [
            {"day": event.day, "text": str(event), "by": event.by_name} for event in Event.objects.about(member)
        ],
        "is_here": bool(open_kinds),
        "is_self_managed": Relation.Kind.FORMAL in open_kinds,
        "may_change": request.user.has_perm("members.change", member),
        "may_reveal": request.user.has_perm("members.reveal", member),
    }


@require_http_methods(["GET", "POST"])
@may("members.change")
def member_create(request: StaffRequest) -> HttpResponse:
    form = MemberCreateForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            member = add_member(values=form.values, by=request.user, **form.arrival)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("%(name)s is on the register.") % {"name": member})
            return redirect("members:detail", member.pk)
    return render(request, "members/member_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@may("members.change")
def member_edit(request: StaffRequest, pk: int) -> HttpResponse:
    members = Member.objects.visible_to(request.user, "members.change").select_related("branch")
    member = get_object_or_404(members, pk=pk)
    form = MemberForm(request.POST or None, instance=member, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            amend_member(member=member, values=form.values, by=request.user)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("members:detail", member.pk)
    context = {"form": form, "member": get_object_or_404(members, pk=pk)}
    return render(request, "members/member_form.html", context)
