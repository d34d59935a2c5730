"""The one form of the garden: a resident's opinion, without sign-in."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from branches.models import Committee
from config.limits import Limit, address_of
from council import actions
from council.models import Opinion, Posting
from council.public_forms import OpinionForm

TEN_MINUTES = 10 * 60
FROM_ADDRESS = Limit("opinion-address", 5, TEN_MINUTES)
FOR_POSTING = Limit("opinion-posting", 100, TEN_MINUTES)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def public_opinion(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Takes one opinion while the posting is open; what was typed stays whatever happens."""
    committee = get_object_or_404(Committee, slug=slug)
    posting = get_object_or_404(Posting.objects.published().filter(topic__committee=committee), pk=pk)
    context = {
        "committee": committee,
        "posting": posting,
        "open_postings": Posting.objects.open().filter(topic__committee=committee).count(),
    }
    if "received" in request.GET:
        return render(request, "council/public_opinion_received.html", context)
    if not posting.is_open():
        return render(request, "council/public_opinion_closed.html", context, status=410)
    form = OpinionForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        status = _take(request, committee, posting, form)
        if status == 302:
            return redirect(f"{request.path}?received")
    return render(request, "council/public_opinion.html", context | {"form": form}, status=status)


def _take(request: HttpRequest, committee: Committee, posting: Posting, form: OpinionForm) -> int:
    """302 when the opinion is in, 429 when there were too many, 200 when something is wrong in the form."""
    data = form.cleaned_data
    is_new = not Opinion.objects.filter(token=data["token"]).exists()
    if is_new and (until := too_many_until(posting, address_of(request))):
        form.add_error(None, _too_many(committee, until))
        return 429
    try:
        actions.give_opinion(posting=posting, **data)
    except ValidationError as error:
        form.take(error)
        return 200
    return 302


def too_many_until(posting: Posting, address: str) -> datetime | None:
    """Count one opinion; when to try again if it was too many from the address, or for the posting."""
    return FROM_ADDRESS.count(f"{posting.pk} {address}") or FOR_POSTING.count(str(posting.pk))


def _too_many(committee: Committee, until: datetime) -> str:
    return _(
        "Too many opinions came from here. Try again after %(time)s, or phone %(phone)s. Your words are kept below."
    ) % {
        "time": f"{timezone.localtime(until):%H:%M}",
        "phone": committee.phone,
    }
