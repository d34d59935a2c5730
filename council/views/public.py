"""What everybody reads without signing in: resolutions and the garden, from what was published."""

from itertools import groupby
from typing import Any

import segno
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from branches.models import Committee
from config.prepared import Prepared, Slot
from config.public_pages import public_page
from council.models import GardenMeeting, Opinion, Posting, Resolution, Snapshot, Topic
from council.models.garden import PostingQuerySet
from council.public_text import trace_of, view_of
from council.views.topic_page import opinion_counts

Shown = dict[str, Any]

SLUG = Slot("slug", models.SlugField())
TODAY = Slot("today", models.DateField())
YEAR, NUMBER, PK = (Slot(name, models.BigIntegerField()) for name in ("year", "number", "pk"))


def committee_facts() -> models.QuerySet[Committee, Any]:
    postings = Posting.objects.open(TODAY).filter(topic__committee=models.OuterRef("pk"))
    number = postings.order_by().values("topic__committee").annotate(number=models.Count("pk")).values("number")
    return Committee.objects.filter(slug=SLUG).annotate(open_postings=models.Subquery(number)).values_list()


COMMITTEE = Prepared(committee_facts)


def committee_page(slug: str) -> Shown:
    """What every public page shows of the committee (asked for by `COMMITTEE`)."""
    committee = get_object_or_404(Committee, slug=slug)
    open_postings = Posting.objects.open().filter(topic__committee=committee).count()
    return {"committee": committee, "open_postings": open_postings}


def public_snapshots(**chosen: Slot) -> models.QuerySet[Snapshot, Any]:
    resolutions = Resolution.objects.public(TODAY).filter(committee__slug=SLUG, **chosen)
    return Snapshot.objects.latest_of(resolutions).order_by("pk").values_list("digest")


@public_page(COMMITTEE, Prepared(public_snapshots))
def public_resolutions(request: HttpRequest, slug: str) -> HttpResponse:
    shown = committee_page(slug)
    resolutions = Resolution.objects.public().filter(committee=shown["committee"])
    snapshots = Snapshot.objects.latest_of(resolutions).order_by("-resolution__year", "-resolution__number")
    rows = [view_of(snapshot.content) for snapshot in snapshots]
    years = [(year, list(group)) for year, group in groupby(rows, key=lambda row: row["year"])]
    return render(request, "council/public_resolution_list.html", shown | {"years": years})


@public_page(COMMITTEE, Prepared(lambda: public_snapshots(year=YEAR, number=NUMBER)))
def public_resolution(request: HttpRequest, slug: str, year: int, number: int) -> HttpResponse:
    shown = committee_page(slug)
    chosen = Resolution.objects.public().filter(committee=shown["committee"], year=year, number=number)
    resolution = view_of(get_object_or_404(Snapshot.objects.latest_of(chosen)).content)
    context = shown | {"resolution": resolution, "trace": trace_of(resolution)}
    return render(request, "council/public_resolution.html", context)


def published_postings() -> PostingQuerySet:
    return Posting.objects.published(TODAY).filter(topic__committee__slug=SLUG)


@public_page(COMMITTEE, Prepared(lambda: published_postings().values_list("pk", "closes_on", "what_changed")))
def public_garden(request: HttpRequest, slug: str) -> HttpResponse:
    shown = committee_page(slug)
    postings = Posting.objects.published().filter(topic__committee=shown["committee"])[:200]
    context = shown | {
        "open": [posting for posting in postings if posting.is_open()],
        "closed": [posting for posting in postings if not posting.is_open()],
    }
    return render(request, "council/public_garden.html", context)


POSTING = (
    COMMITTEE,
    Prepared(lambda: published_postings().filter(pk=PK).values_list()),
    Prepared(lambda: Opinion.objects.filter(posting=PK).values_list()),
    Prepared(lambda: GardenMeeting.objects.filter(posting=PK).values_list()),
)


def posting_page(slug: str, pk: int) -> Shown:
    shown = committee_page(slug)
    posting = get_object_or_404(Posting.objects.published().filter(topic__committee=shown["committee"]), pk=pk)
    return shown | {"posting": posting, "remit": remit_words(posting.content.get("remit", ""))}


@public_page(*POSTING)
def public_posting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The posting with its opinions: what was shown after review in full, of the others only that they count."""
    shown = posting_page(slug, pk)
    posting = shown["posting"]
    opinions = list(
        Opinion.objects.filter(posting=posting).only(
            "stance", "channel", "text", "review", "reply", "replied_on", "day"
        )
    )
    context = shown | {
        "opinions": [one for one in opinions if one.review == Opinion.Review.SHOWN and one.text],
        "counts": opinion_counts(opinions),
        "meetings": list(posting.meetings.all()),
        "is_open": posting.is_open(),
        "days_left": posting.days_left(),
    }
    return render(request, "council/public_posting.html", context)


@public_page(*POSTING)
def public_notice(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """For the notice board: A4, large, with the way to the opinion form as a QR code."""
    address = request.build_absolute_uri(reverse("council:public_posting", args=[slug, pk]))
    drawing = segno.make(address, error="m").svg_inline(border=2, omitsize=True)
    qr = mark_safe(drawing)  # noqa: S308 (drawn here, holds no typed text)
    return render(request, "council/public_notice.html", posting_page(slug, pk) | {"address": address, "qr": qr})


def remit_words(remit: str) -> str:
    return str(Topic.Remit(remit).label) if remit in Topic.Remit.values else ""
