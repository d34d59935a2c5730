"""Staff's side of the garden: post, enter, review, reply, tell what changed. Measures."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.http import StaffRequest
from config.pages import page_of
from config.permissions import may
from council import actions
from council.forms import (
    MeasureDoneForm,
    MeasureEditForm,
    MeasureForm,
    OpinionsForm,
    PostingForm,
    ReasonForm,
    ReplyForm,
    WhatChangedForm,
)
from council.models import Measure, Opinion, Posting
from council.views.forms import form_page, try_action
from council.views.topic_page import default_days
from council.views.topics import topic_to_edit


@require_http_methods(["GET", "POST"])
@may("council.edit")
def posting_create(request: StaffRequest, pk: int) -> HttpResponse:
    topic, back = topic_to_edit(request, pk)
    days = actions.rules_of(topic.committee).posting_days
    return form_page(
        request,
        PostingForm(request.POST or None, initial=default_days(days)),
        title=_("Post in the garden"),
        intro=topic.title,
        save=lambda data: actions.post_plan(topic=topic, by=request.user, **data),
        back=back,
    )


def _posting(request: StaffRequest, pk: int, permission: str) -> tuple[Posting, str]:
    rows = Posting.objects.visible_to(request.user, permission).select_related("topic__committee")
    posting = get_object_or_404(rows, pk=pk)
    return posting, reverse("council:topic_detail", args=[posting.topic_id])


@require_http_methods(["GET", "POST"])
@may("council.edit")
def what_changed(request: StaffRequest, pk: int) -> HttpResponse:
    posting, back = _posting(request, pk, "council.edit")
    return form_page(
        request,
        WhatChangedForm(request.POST or None, initial={"what_changed": posting.what_changed}),
        title=_("What changed"),
        intro=posting.topic.title,
        save=lambda data: actions.write_what_changed(posting=posting, text=data["what_changed"], by=request.user),
        back=back,
    )


@require_http_methods(["GET", "POST"])
@may("opinions.enter")
def opinions_enter(request: StaffRequest, pk: int) -> HttpResponse:
    posting, back = _posting(request, pk, "opinions.enter")
    form = OpinionsForm(request.POST or None)

    def save(data: dict[str, Any]) -> list[Opinion]:
        return actions.enter_opinions(
            posting=posting,
            lines=form.opinions,
            channel=data["channel"],
            token=data["token"],
            day=data["day"],
            by=request.user,
        )

    return form_page(request, form, title=_("Enter opinions"), intro=posting.topic.title, save=save, back=back)


@require_GET
@may("opinions.review")
def opinion_queue(request: StaffRequest) -> HttpResponse:
    """What waits to be shown, oldest first."""
    rows = Opinion.objects.visible_to(request.user, "opinions.review").waiting().select_related("posting__topic")
    page = page_of(request, rows.order_by("pk"), 30)
    return render(request, "council/opinion_queue.html", {"page": page})


@require_POST
@may("opinions.review")
def opinion_show(request: StaffRequest, pk: int) -> HttpResponse:
    opinion = _opinion(request, pk, "opinions.review")
    try_action(request, lambda: actions.review_opinion(opinion=opinion, is_shown=True, by=request.user))
    return redirect("council:opinions")


def _opinion(request: StaffRequest, pk: int, permission: str) -> Opinion:
    rows = Opinion.objects.visible_to(request.user, permission).select_related("posting__topic__committee")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
@may("opinions.review")
def opinion_hide(request: StaffRequest, pk: int) -> HttpResponse:
    opinion = _opinion(request, pk, "opinions.review")
    return form_page(
        request,
        ReasonForm(request.POST or None),
        title=_("Do not show this opinion"),
        intro=_("It counts all the same. The reason is kept for the committee."),
        save=lambda data: actions.review_opinion(
            opinion=opinion, is_shown=False, reason=data["reason"], by=request.user
        ),
        back=reverse("council:opinions"),
    )


@require_http_methods(["GET", "POST"])
@may("council.edit")
def opinion_reply(request: StaffRequest, pk: int) -> HttpResponse:
    opinion = _opinion(request, pk, "council.edit")
    return form_page(
        request,
        ReplyForm(request.POST or None, initial={"reply": opinion.reply}),
        title=_("Reply to an opinion"),
        intro=opinion.text,
        save=lambda data: actions.reply_opinion(opinion=opinion, reply=data["reply"], by=request.user),
        back=reverse("council:topic_detail", args=[opinion.posting.topic_id]),
    )


@require_http_methods(["GET", "POST"])
@may("council.edit")
def measure_create(request: StaffRequest, pk: int) -> HttpResponse:
    topic, back = topic_to_edit(request, pk)
    measure = Measure(topic=topic)
    form = MeasureForm(request.POST or None, instance=measure, committee=topic.committee)

    def save(data: dict[str, Any]) -> Measure:
        measure.token = data["token"]
        return actions.add_measure(measure=measure, by=request.user)

    return form_page(request, form, title=_("New measure"), intro=topic.title, save=save, back=back)


def _measure(request: StaffRequest, pk: int) -> tuple[Measure, str]:
    rows = Measure.objects.visible_to(request.user, "council.edit").select_related("topic__committee")
    measure = get_object_or_404(rows, pk=pk)
    return measure, reverse("council:topic_detail", args=[measure.topic_id])


@require_http_methods(["GET", "POST"])
@may("council.edit")
def measure_edit(request: StaffRequest, pk: int) -> HttpResponse:
    measure, back = _measure(request, pk)
    form = MeasureEditForm(request.POST or None, instance=measure, committee=measure.topic.committee)
    return form_page(
        request,
        form,
        title=_("Amend a measure"),
        save=lambda data: actions.amend_measure(measure=measure, by=request.user, reason=data["reason"]),
        back=back,
    )


@require_http_methods(["GET", "POST"])
@may("council.edit")
def measure_done(request: StaffRequest, pk: int) -> HttpResponse:
    measure, back = _measure(request, pk)
    return form_page(
        request,
        MeasureDoneForm(request.POST or None),
        title=_("Measure done"),
        intro=measure.what,
        save=lambda data: actions.finish_measure(measure=measure, by=request.user, **data),
        back=back,
    )


@require_http_methods(["GET", "POST"])
@may("council.edit")
def measure_drop(request: StaffRequest, pk: int) -> HttpResponse:
    measure, back = _measure(request, pk)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        title=_("Drop a measure"),
        intro=measure.what,
        save=lambda data: actions.drop_measure(measure=measure, reason=data["reason"], by=request.user),
        back=back,
    )
