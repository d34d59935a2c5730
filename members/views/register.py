"""The list of persons and the statistics: two looks at the same cells."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from branches.models import Branch
from config.http import StaffRequest
from config.pages import page_of
from config.permissions import may
from members.cells import Cell
from members.filters import MemberFilter
from members.forms import PeriodForm
from members.models import Member, Way
from members.statistics import Number, default_since, statistics


@require_GET
@may("members.see")
def member_list(request: StaffRequest) -> HttpResponse:
    found = MemberFilter(request.GET, queryset=Member.objects.none(), request=request)
    is_wrong = not found.is_valid()
    cell = Cell(timezone.localdate()) if is_wrong else found.cell
    page = page_of(request, found.qs)
    context = {
        "filter": found,
        "cell": cell,
        "page": page,
        "rows": _rows(request, page.object_list, cell.on),
        "way": Way(cell.way).label if cell.way else "",
        "is_today": cell.on == timezone.localdate(),
        "may_change": request.user.has_perm("members.change"),
    }
    return render(request, "members/member_list.html", context, status=400 if is_wrong else 200)


def _rows(request: StaffRequest, members: Any, on: date) -> list[dict[str, Any]]:
    """What a line shows; somebody who is another branch's by now has no page to open."""
    scope = request.user.scope("members.see")
    branches = {branch.pk: branch for branch in Branch.objects.filter(committee=request.committee)}
    table = Member.objects.filter(pk__in={member.pk for member in members}).label_table(on)
    return [
        {
            "member": member,
            "age": member.age(on),
            "labels": table[member.pk][0],
            "branch": branches[table[member.pk][1]],
            "may_open": scope.covers(branches[member.branch_id]),
            "event_day": getattr(member, "event_day", None),
        }
        for member in members
    ]


@require_GET
@may("statistics.see")
def member_statistics(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    form = PeriodForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        return render(request, "members/statistics.html", {"form": form, "on": today}, status=400)
    days = form.cleaned_data if form.is_bound else {}
    on = days.get("on") or today
    since = days.get("since") or default_since(on)
    found = statistics(request.user.scope("statistics.see"), on, since)
    context = {
        "form": PeriodForm(initial={"on": on, "since": since}),
        "found": found,
        "movement": found.movement,
        "on": on,
        "most": {name: _most(getattr(found, name)) for name in ("bands", "branches", "origins")},
        "points": [_point(number) for number in found.growth],
        "is_first_day_later": found.first_day is None or on < found.first_day,
        "visible": _visible(request, [mismatch.member for mismatch in found.movement.mismatches]),
    }
    return render(request, "members/statistics.html", context)


def _most(numbers: list[Number]) -> int:
    return max((number.count for number in numbers), default=0)


def _point(number: Number) -> tuple[str, int, str]:
    """A year-end by its year, any other day by its date."""
    day = number.cell.on
    is_year_end = (day.month, day.day) == (12, 31)
    return _("end of %(year)s") % {"year": day.year} if is_year_end else day.isoformat(), number.count, number.url


def _visible(request: StaffRequest, members: list[Member]) -> set[int]:
    """Which of the persons the user may open."""
    if not members:
        return set()
    keys = [member.pk for member in members]
    return set(Member.objects.visible_to(request.user).filter(pk__in=keys).values_list("pk", flat=True))
