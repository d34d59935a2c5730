"""One report: its page, its moves, its notes. The same page serves complaints, at addresses of their own."""

import re
from datetime import date
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
from config.templatetags.house import short_day
from journal.models import Event, words
from service_station import actions
from service_station.forms import AmendForm, CounterReportForm, MoveForm, NoteForm, PromoteForm
from service_station.models import Report
from service_station.workflow import moves_for

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
RELATED = ("committee", "branch", "handler", "topic", "created_by")


def ordinary(request: StaffRequest, pk: int) -> Report:
    rows = Report.objects.visible_to(request.user).ordinary().select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def complaint(request: StaffRequest, pk: int) -> Report:
    rows = Report.objects.visible_to(request.user).complaints().select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def detail_address(report: Report) -> str:
    return "station:complaint_detail" if report.is_complaint else "station:report_detail"


def told(event: Event) -> str:
    """The line with its days written as people write them; they are stored as 2026-11-24."""
    params = {
        name: short_day(date.fromisoformat(value)) if ISO_DAY.fullmatch(str(value)) else value
        for name, value in event.params.items()
    }
    return words(event.text, params)


def page_of(
    request: StaffRequest,
    report: Report,
    *,
    move_form: MoveForm | None = None,
    note_form: NoteForm | None = None,
    phone: str = "",
) -> HttpResponse:
    """The whole page; a bound form shows what was wrong beside the move or note it came from."""
    kind = "complaint" if report.is_complaint else "report"
    moves: list[dict[str, Any]] = []
    for move in moves_for(report, request.user):
        bound = move_form is not None and move_form.move == move
        form = move_form if bound else MoveForm(instance=report, move=move) if move.asks else None
        moves.append({"move": move, "form": form, "is_open": bound})
    context = {
        "report": report,
        "moves": moves,
        "notes": report.notes.select_related("by"),
        "note_form": note_form or NoteForm(),
        "events": [
            {"day": event.day, "text": told(event), "by": event.by_name} for event in Event.objects.about(report)
        ],
        "phone": phone,
        "today": timezone.localdate(),
        "same_topic": report.topic.reports.exclude(pk=report.pk) if report.topic else [],
        "move_view": f"station:{kind}_move",
        "note_view": f"station:{kind}_note",
        "edit_view": f"station:{kind}_edit",
        "reveal_view": f"station:{kind}_reveal",
        "list_view": "station:complaints" if report.is_complaint else "station:list",
    }
    return render(request, "service_station/report_detail.html", context)


def moved(request: StaffRequest, report: Report, name: str) -> HttpResponse:
    known = next((move for move in moves_for(report, request.user) if move.name == name), None)
    form = MoveForm(request.POST, instance=report, move=known) if known else None
    if form is None or form.is_valid():
        try:
            values = form.cleaned_data if form else {}
            actions.move_report(report=report, move=name, by=request.user, values=values)
        except ValidationError as error:
            if form is None or not form.fields:
                messages.error(request, " ".join(error.messages))
                return redirect(detail_address(report), report.pk)
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(detail_address(report), report.pk)
    return page_of(request, report, move_form=form)


def noted(request: StaffRequest, report: Report) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page_of(request, report, note_form=form)
    actions.add_report_note(report=report, by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("Saved."))
    return redirect(detail_address(report), report.pk)


def amended(request: StaffRequest, report: Report) -> HttpResponse:
    form = AmendForm(request.POST or None, instance=report, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend_report(report=report, by=request.user, values=form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(detail_address(report), report.pk)
    context = {"form": form, "report": report, "detail_view": detail_address(report)}
    return render(request, "service_station/report_form.html", context)


@require_http_methods(["GET", "POST"])
@may("reports.handle")
def report_create(request: StaffRequest) -> HttpResponse:
    committee = request.committee
    form = CounterReportForm(request.POST or None, committee=committee, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            report = actions.open_report(committee=committee, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("station:report_slip", report.pk)
    return render(request, "service_station/report_create.html", {"form": form})


@require_GET
@may("reports.handle")
def report_slip(request: StaffRequest, pk: int) -> HttpResponse:
    """The number, big, to hand over."""
    return render(request, "service_station/report_slip.html", {"report": ordinary(request, pk)})


@require_GET
@may("reports.handle")
def report_detail(request: StaffRequest, pk: int) -> HttpResponse:
    return page_of(request, ordinary(request, pk))


@require_POST
@may("reports.handle")
def report_reveal(request: StaffRequest, pk: int) -> HttpResponse:
    report = ordinary(request, pk)
    return page_of(request, report, phone=actions.reveal_reporter(report=report, by=request.user))


@require_POST
@may("reports.handle")
def report_move(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    return moved(request, ordinary(request, pk), name)


@require_POST
@may("reports.handle")
def report_note(request: StaffRequest, pk: int) -> HttpResponse:
    return noted(request, ordinary(request, pk))


@require_http_methods(["GET", "POST"])
@may("reports.handle")
def report_edit(request: StaffRequest, pk: int) -> HttpResponse:
    return amended(request, ordinary(request, pk))


@require_http_methods(["GET", "POST"])
@may("reports.promote")
def report_promote(request: StaffRequest, pk: int) -> HttpResponse:
    report = ordinary(request, pk)
    form = PromoteForm(request.POST or None, report=report, user=request.user)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            topic = actions.promote_reports(
                reports=[report, *values["others"]],
                topic=values["topic"],
                title=values["title"],
                area=values["area"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("“%(topic)s” now has this report among its sources.") % {"topic": topic})
            return redirect("station:report_detail", report.pk)
    return render(request, "service_station/report_promote.html", {"form": form, "report": report})


@require_GET
@may("reports.complaints")
def complaint_detail(request: StaffRequest, pk: int) -> HttpResponse:
    return page_of(request, complaint(request, pk))


@require_POST
@may("reports.complaints")
def complaint_reveal(request: StaffRequest, pk: int) -> HttpResponse:
    report = complaint(request, pk)
    return page_of(request, report, phone=actions.reveal_reporter(report=report, by=request.user))


@require_POST
@may("reports.complaints")
def complaint_move(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    return moved(request, complaint(request, pk), name)


@require_POST
@may("reports.complaints")
def complaint_note(request: StaffRequest, pk: int) -> HttpResponse:
    return noted(request, complaint(request, pk))


@require_http_methods(["GET", "POST"])
@may("reports.complaints")
def complaint_edit(request: StaffRequest, pk: int) -> HttpResponse:
    return amended(request, complaint(request, pk))
