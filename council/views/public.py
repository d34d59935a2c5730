"""What everybody reads without signing in: resolutions and the garden, from what was published."""

import hashlib
from itertools import groupby
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from branches.models import Committee
from config.public_pages import public_page
from council.models import Opinion, Posting, Resolution, Snapshot, Topic
from council.public_text import trace_of, view_of
from council.views.topic_page import opinion_counts

Shown = dict[str, Any]


def committee_page(slug: str) -> tuple[Shown, str]:
    """What every public page shows of the committee, and the version of it."""
    committee = get_object_or_404(Committee, slug=slug)
    open_postings = Posting.objects.open().filter(topic__committee=committee).count()
    facts = (committee.name, committee.phone, committee.address, committee.is_demo, open_postings)
    return {"committee": committee, "open_postings": open_postings}, repr(facts)


def resolutions_page(slug: str) -> tuple[Shown, str]:
    shown, version = committee_page(slug)
    resolutions = Resolution.objects.public().filter(committee=shown["committee"])
    snapshots = list(Snapshot.objects.latest_of(resolutions).order_by("-resolution__year", "-resolution__number"))
    return shown | {"snapshots": snapshots}, version + "".join(snapshot.digest for snapshot in snapshots)


@public_page(resolutions_page)
def public_resolutions(request: HttpRequest, shown: Shown, slug: str) -> HttpResponse:
    rows = [view_of(snapshot.content) for snapshot in shown["snapshots"]]
    years = [(year, list(group)) for year, group in groupby(rows, key=lambda row: row["year"])]
    return render(request, "council/public_resolution_list.html", shown | {"years": years})


def resolution_page(slug: str, year: int, number: int) -> tuple[Shown, str]:
    shown, version = committee_page(slug)
    chosen = Resolution.objects.public().filter(committee=shown["committee"], year=year, number=number)
    snapshot = get_object_or_404(Snapshot.objects.latest_of(chosen))
    return shown | {"snapshot": snapshot}, version + snapshot.digest


@public_page(resolution_page)
def public_resolution(request: HttpRequest, shown: Shown, slug: str, year: int, number: int) -> HttpResponse:
    resolution = view_of(shown["snapshot"].content)
    context = shown | {"resolution": resolution, "trace": trace_of(resolution)}
    return render(request, "council/public_resolution.html", context)


def garden_page(slug: str) -> tuple[Shown, str]:
    shown, version = committee_page(slug)
    postings = list(Posting.objects.published().filter(topic__committee=shown["committee"])[:200])
    facts = [(posting.pk, posting.closes_on, posting.what_changed) for posting in postings]
    return shown | {"postings": postings}, version + repr(facts)


@public_page(garden_page)
def public_garden(request: HttpRequest, shown: Shown, slug: str) -> HttpResponse:
    postings = shown["postings"]
    context = shown | {
        "open": [posting for posting in postings if posting.is_open()],
        "closed": [posting for posting in postings if not posting.is_open()],
    }
    return render(request, "council/public_garden.html", context)


def posting_page(slug: str, pk: int) -> tuple[Shown, str]:
    """The posting with its opinions: what was shown after review in full, of the others only that they count."""
    shown, version = committee_page(slug)
    posting = get_object_or_404(Posting.objects.published().filter(topic__committee=shown["committee"]), pk=pk)
    opinions = list(
        Opinion.objects.filter(posting=posting).only(
            "stance", "channel", "text", "review", "reply", "replied_on", "day"
        )
    )
    facts = [(one.pk, one.review, one.reply, one.stance, one.channel) for one in opinions]
    meetings = list(posting.meetings.all())
    held = [(one.pk, one.day, one.meeting_place, one.present, one.said) for one in meetings]
    facts_text = repr((posting.closes_on, posting.what_changed, posting.content, facts, held))
    shown |= {"posting": posting, "opinions": opinions, "meetings": meetings}
    return shown, version + hashlib.sha256(facts_text.encode()).hexdigest()


@public_page(posting_page)
def public_posting(request: HttpRequest, shown: Shown, slug: str, pk: int) -> HttpResponse:
    posting, opinions = shown["posting"], shown["opinions"]
    readable = [one for one in opinions if one.review == Opinion.Review.SHOWN and one.text]
    context = shown | {
        "opinions": readable,
        "counts": opinion_counts(opinions),
        "is_open": posting.is_open(),
        "days_left": posting.days_left(),
        "remit": remit_words(posting.content.get("remit", "")),
    }
    return render(request, "council/public_posting.html", context)


@public_page(posting_page)
def public_notice(request: HttpRequest, shown: Shown, slug: str, pk: int) -> HttpResponse:
    """For the notice board: A4, large, with the way to the opinion form as a QR code."""
    address = request.build_absolute_uri(reverse("council:public_posting", args=[slug, pk]))
    drawing = segno.make(address, error="m").svg_inline(border=2, omitsize=True)
    context = shown | {"address": address, "qr": mark_safe(drawing)}  # noqa: S308 (drawn here, holds no typed text)
    context["remit"] = remit_words(shown["posting"].content.get("remit", ""))
    return render(request, "council/public_notice.html", context)


def remit_words(remit: str) -> str:
    return str(Topic.Remit(remit).label) if remit in Topic.Remit.values else ""
