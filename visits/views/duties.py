"""The work list, the form on the phone, and the call before the visit."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.http import StaffRequest
from config.pages import page_of
from config.permissions import may
from visits import actions
from visits.forms import VisitForm
from visits.models import Duty, Occasion, Visit
from visits.views.cards import Card, cards, week_of

ON_A_PAGE = 30


@require_GET
@may("visits.see")
def duty_list(request: StaffRequest) -> HttpResponse:
    """What is owed, what was done this week, or every occasion (`?show=`)."""
    show = request.GET.get("show", "open")
    today = timezone.localdate()
    duties = Duty.objects.visible_to(request.user).open()
    visits = Visit.objects.visible_to(request.user).seen().filter(visited_on__range=week_of(today))
    pages = {"done": visits_page, "all": occasions_page}
    is_wrong = show not in {"open", *pages}
    page = pages[show](request, visits) if show in pages else duties_page(request, duties)
    context = {
        "page": page,
        "show": show if show in pages else "open",
        "cards": cards(page.object_list, request.user, today) if show not in pages else [],
        "open_count": duties.count(),
        "overdue_count": duties.overdue(today).count(),
        "done_count": visits.count(),
        "today": today,
        "wrong_tab": is_wrong,
        "show_branch": request.user.scope("visits.see").branches is None,
    }
    return render(request, "visits/duty_list.html", context, status=400 if is_wrong else 200)


def duties_page(request: StaffRequest, duties: Any) -> Any:
    return page_of(request, duties.with_person(), ON_A_PAGE)


def visits_page(request: StaffRequest, visits: Any) -> Any:
    rows = visits.select_related("occasion__member", "duty__occasion", "visitor")
    return page_of(request, rows, ON_A_PAGE)


def occasions_page(request: StaffRequest, visits: Any) -> Any:
    rows = Occasion.objects.visible_to(request.user).select_related("member", "branch")
    return page_of(request, rows, ON_A_PAGE)


@never_cache
@require_http_methods(["GET", "POST"])
@may("visits.log")
def duty_log(request: StaffRequest, pk: int) -> HttpResponse:
    """The visitor enters what he did."""
    duty = get_object_or_404(Duty.objects.visible_to(request.user, "visits.log").with_person(), pk=pk)
    form = VisitForm(request.POST or None, duty=duty)
    if request.method == "POST" and form.is_valid():
        try:
            visit = actions.log_visit(duty=duty, visitor=request.user, by=request.user, **form.values)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, told(visit))
            return redirect("visits:list")
    card = Card(duty, timezone.localdate())
    return render(request, "visits/visit_form.html", {"form": form, "duty": duty, "card": card})


def told(visit: Visit) -> str:
    if visit.need:
        return _("Saved. The service station has been told of the help that is needed.")
    if not visit.is_seen:
        return _("Kept as contact. The visit itself is still to be made.")
    return _("The visit is saved.")


@never_cache
@require_POST
@may("members.reveal")
def duty_phone(request: StaffRequest, pk: int) -> HttpResponse:
    """The telephone number, opened on click and logged."""
    duty = get_object_or_404(Duty.objects.visible_to(request.user, "members.reveal").with_person(), pk=pk)
    get_object_or_404(Occasion.objects.visible_to(request.user), pk=duty.occasion_id, member__isnull=False)
    phone = actions.reveal_phone(occasion=duty.occasion, by=request.user)
    return render(request, "visits/duty_phone.html", {"duty": duty, "phone": phone})
