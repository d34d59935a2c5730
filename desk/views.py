"""The first page of a working day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from config.http import StaffRequest
from config.permissions import may
from desk.health import sweep_state
from journal.models import JobRun


@require_GET
@may("desk.see")
def home(request: StaffRequest) -> HttpResponse:
    run = JobRun.objects.filter(name="visits.sweep").first()
    context = {"sweep": sweep_state(timezone.now()), "run": run}
    return render(request, "desk/home.html", context)
