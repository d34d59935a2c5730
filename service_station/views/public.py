"""What a resident sees: the form, the number, and how it stands. No sign-in; answers never differ by what exists."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from branches.models import Committee
from config.limits import Limit, address_of
from council.models import Posting, Resolution
from council.views.public import committee_page
from service_station import actions
from service_station.forms import LookupForm, PublicReportForm
from service_station.models import Report

HOUR = 60 * 60
SENDING = Limit("report-sent", 10, HOUR)  # many residents may share one address
WRONG_FROM_ADDRESS = Limit("look-up-address", 10, HOUR)
WRONG_FOR_NUMBER = Limit("look-up-number", 10, HOUR)
RECEIVED = "report received"


@dataclass(frozen=True)
class Point:
    label: str
    note: str
    done: bool
    day: date | None = None


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def public_report(request: HttpRequest, slug: str) -> HttpResponse:
    shown = committee_page(slug)
    committee = shown["committee"]
    form = PublicReportForm(request.POST or None, committee=committee)
    status = 200
    if request.method == "POST" and form.is_valid():
        until = SENDING.count(address_of(request))
        if until is None:
            report = actions.open_report(committee=committee, channel=Report.Channel.WEB, **form.cleaned_data)
            request.session[RECEIVED] = report.pk
            return redirect("station:public_received", slug)
        status = _closed(form, until, committee)
    return render(request, "service_station/public_report.html", shown | {"form": form}, status=status)


def _closed(form: Form, until: datetime, committee: Committee) -> int:
    """Say when to try again and whom to phone; what was typed stays in the form."""
    form.add_error(
        None,
        _("Too much has been sent from this connection. Try again after %(time)s, or phone %(phone)s.")
        % {"time": f"{timezone.localtime(until):%H:%M}", "phone": committee.phone},
    )
    return 429


@login_not_required
@never_cache
@require_GET
def public_received(request: HttpRequest, slug: str) -> HttpResponse:
    """The number, once, to the browser that sent the report; it never stands in an address."""
    shown = committee_page(slug)
    report = Report.objects.filter(committee=shown["committee"], pk=request.session.get(RECEIVED, 0)).first()
    return render(request, "service_station/public_received.html", shown | {"report": report})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def public_lookup(request: HttpRequest, slug: str) -> HttpResponse:
    """By POST, so that number and phone stay out of addresses and logs."""
    shown = committee_page(slug)
    committee = shown["committee"]
    form = LookupForm(request.POST or None)
    context: dict[str, Any] = shown | {"form": form}
    status = 200
    if request.method == "POST" and form.is_valid():
        keys = (WRONG_FROM_ADDRESS, address_of(request)), (WRONG_FOR_NUMBER, f"{slug} {form.cleaned_data['number']}")
        until = max((end for limit, key in keys if (end := limit.closed_until(key))), default=None)
        report = None if until else _found(form, committee)
        if until:
            status = _closed(form, until, committee)
        elif report is None:
            for limit, key in keys:
                limit.count(key)
            _not_found(form, committee)
        else:
            context |= {"report": report, "trace": trace_of(report), **published_of(report)}
    return render(request, "service_station/public_lookup.html", context, status=status)


def _found(form: LookupForm, committee: Committee) -> Report | None:
    number, tail = form.cleaned_data["number"], form.cleaned_data["tail"]
    return Report.objects.looked_up(committee, number, tail).select_related("topic").first()


def _not_found(form: LookupForm, committee: Committee) -> None:
    """One answer for a wrong number, a wrong tail and a report without a phone."""
    form.add_error(
        None,
        _(
            "No report has this number and these four digits. Compare both with your slip. If you left no phone number, "
            "ask the service station or phone %(phone)s; the number is enough there."
        )
        % {"phone": committee.phone},
    )


def trace_of(report: Report) -> list[Point]:
    """The way of the report, as far as the reporter is concerned."""
    taken = report.state != Report.State.RECEIVED
    points = [Point(_("Received"), "", True, report.reported_on), Point(_("In hand"), "", taken)]
    if report.state == Report.State.OUTSIDE:
        points.append(Point(_("Passed on"), report.outside_body, True))
    if report.topic is not None:
        step = report.topic.get_step_display() if report.topic.is_open else report.topic.get_state_display()
        points.append(Point(_("Members' council"), step, True))
    ending = _("Closed, not solved") if report.state == Report.State.UNSOLVED else _("Solved")
    points.append(Point(ending, "", report.is_closed, report.closed_on))
    return points


def published_of(report: Report) -> dict[str, Any]:
    """What the public may read of its topic: the posting in the garden, the resolution."""
    if report.topic is None:
        return {}
    return {
        "posting": Posting.objects.published().filter(topic=report.topic).first(),
        "resolution": Resolution.objects.public().filter(topic=report.topic).first(),
    }
