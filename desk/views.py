"""The first page of a working day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from config.http import StaffRequest
from config.permissions import may
from desk.board import branch_lines, cards_for
from desk.health import last_sweep, sweep_state
from desk.today import lines_for


@require_GET
@may("desk.see")
def home(request: StaffRequest) -> HttpResponse:
    day = timezone.localdate()
    swept_at = last_sweep()
    lines = lines_for(request.user, day)
    context = {
        "today": day,
        "lines": lines,
        "pressing": sum(line.state != "info" for line in lines),
        "cards": cards_for(request.user, day),
        "branches": branch_lines(request.user, day),
        "sweep": sweep_state(swept_at, timezone.now()),
        "swept_at": swept_at,
        "can_log": request.user.has_perm("visits.see"),
        "can_take_reports": request.user.has_perm("reports.handle"),
    }
    return render(request, "desk/home.html", context)
