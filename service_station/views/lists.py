"""The station's work list, and the discipline member's."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from config.http import StaffRequest
from config.pages import page_of
from config.permissions import may
from service_station.filters import ReportFilter
from service_station.models import Report, ReportQuerySet

PAGE_SIZE = 20
State = Report.State
TABS: list[tuple[str, Any, tuple[str, ...]]] = [
    ("work", _("In work"), Report.IN_WORK),
    ("received", _("received"), (State.RECEIVED,)),
    ("in_hand", _("in hand"), (State.IN_HAND,)),
    ("outside", _("passed outside"), (State.OUTSIDE,)),
    ("promoted", _("made a topic"), (State.PROMOTED,)),
    ("closed", _("closed"), Report.CLOSED),
]


def tabs_of(reports: ReportQuerySet, chosen: str) -> list[dict[str, Any]]:
    """The tabs with how many reports each holds, in one query."""
    numbers = dict(reports.order_by().values_list("state").annotate(Count("pk")))
    return [
        {
            "name": name,
            "label": label,
            "number": sum(numbers.get(state, 0) for state in states),
            "is_current": name == chosen,
        }
        for name, label, states in TABS
    ]


def chosen_tab(request: StaffRequest) -> tuple[str, tuple[str, ...]]:
    """The tab the address names, by default the first; an unknown one keeps its name and holds nothing."""
    wanted = request.GET.get("state") or TABS[0][0]
    return next(((name, states) for name, _label, states in TABS if name == wanted), (wanted, ()))


@require_GET
@may("reports.handle")
def report_list(request: StaffRequest) -> HttpResponse:
    visible = Report.objects.visible_to(request.user).ordinary()
    found = ReportFilter(request.GET, visible, request=request)
    name, states = chosen_tab(request)
    is_wrong = not found.is_valid() or not states
    reports = Report.objects.none() if is_wrong else found.qs
    order = ["-closed_on", "-pk"] if name == "closed" else ["due_on", "pk"]
    rows = reports.filter(state__in=states).select_related("branch", "handler", "topic").order_by(*order)
    numbers = visible.aggregate(
        work=Count("pk", filter=Q(state__in=Report.IN_WORK)),
        overdue=Count("pk", filter=Q(state__in=Report.IN_WORK, due_on__lt=timezone.localdate())),
    )
    context = {
        "filter": found,
        "tabs": tabs_of(reports, name),
        "tab": name,
        "page": page_of(request, rows, PAGE_SIZE),
        "numbers": numbers,
        "is_narrowed": is_wrong or any(request.GET.get(field) for field in found.filters),
        "wrong_tab": not states,
        "detail_view": "station:report_detail",
    }
    return render(request, "service_station/report_list.html", context, status=400 if is_wrong else 200)


@require_GET
@may("reports.complaints")
def complaint_list(request: StaffRequest) -> HttpResponse:
    visible = Report.objects.visible_to(request.user).complaints()
    name, states = chosen_tab(request)
    rows = visible.filter(state__in=states).select_related("branch", "handler", "topic").order_by("due_on", "pk")
    context = {
        "tabs": [tab for tab in tabs_of(visible, name) if tab["name"] != "promoted"],
        "tab": name,
        "page": page_of(request, rows, PAGE_SIZE),
        "wrong_tab": not states,
        "detail_view": "station:complaint_detail",
    }
    return render(request, "service_station/complaint_list.html", context, status=200 if states else 400)
