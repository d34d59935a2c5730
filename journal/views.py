"""Everybody's inbox, and the audit trail for those who watch."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from config.http import StaffRequest
from config.pages import page_of
from config.permissions import may
from journal.actions import read_notices
from journal.filters import AuditFilter
from journal.models import Audit, Delivery, Notice

AUDIT_CAP = 10_000  # rows counted for the pager: counting millions on each click would stop the page


@require_GET
@may("notices.see")
def notice_list(request: StaffRequest) -> HttpResponse:
    page = page_of(request, Notice.objects.of(request.user).select_related("delivery"), 30)
    failed = Delivery.objects.filter(user=request.user, state=Delivery.State.FAILED).count()
    return render(request, "journal/notice_list.html", {"page": page, "failed": failed})


@require_POST
@may("notices.see")
def notice_read_all(request: StaffRequest) -> HttpResponse:
    read_notices(by=request.user)
    return redirect("journal:notices")


@require_POST
@may("notices.see")
def notice_open(request: StaffRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go where it points."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    read_notices(by=request.user, notices=Notice.objects.filter(pk=pk))
    return redirect(notice.url)


@require_GET
@may("audit.see")
def audit_list(request: StaffRequest) -> HttpResponse:
    chosen = AuditFilter(request.GET, queryset=Audit.objects.visible_to(request.user))
    is_wrong = not chosen.is_valid()
    rows = Audit.objects.none() if is_wrong else chosen.qs
    page = page_of(request, rows[:AUDIT_CAP])
    return render(request, "journal/audit_list.html", {"filter": chosen, "page": page}, status=400 if is_wrong else 200)
