"""Entering a visit for somebody who does not type himself. The page tells a name and open days, and nothing else."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from config.http import StaffRequest
from config.permissions import may
from members.models import Member
from visits import actions
from visits.forms import BehalfForm
from visits.models import Duty

SHOWN = 30


@never_cache
@require_GET
@may("visits.log_on_behalf")
def behalf_list(request: StaffRequest) -> HttpResponse:
    """Pick a name: by its beginning, or by its initials."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:40]
    members = Member.objects.none()
    if text:
        wanted = Q(name__contains=text) | Q(initials__contains=text.lower())
        members = Member.objects.visible_to(request.user, "members.names").filter(wanted).select_related("branch")
    return render(request, "visits/behalf_list.html", {"members": members[:SHOWN], "text": text})


@never_cache
@require_http_methods(["GET", "POST"])
@may("visits.log_on_behalf")
def behalf_create(request: StaffRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(Member.objects.visible_to(request.user, "members.names").select_related("branch"), pk=pk)
    duties = Duty.objects.visible_to(request.user, "visits.log_on_behalf").open().filter(occasion__member=member)
    form = BehalfForm(request.POST or None, duties=duties.select_related("occasion"), member=member)
    if request.method == "POST" and form.is_valid():
        try:
            actions.log_visit(by=request.user, **form.values)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved for %(name)s. It is closed to you now.") % {"name": member.name})
            return redirect("visits:behalf_list")
    return render(request, "visits/behalf_form.html", {"form": form, "member": member})
