"""The council's list, a topic's page and its first two steps."""

from functools import partial
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from config.http import StaffRequest
from config.permissions import may
from council import actions
from council.difference import difference
from council.forms import AnalysisForm, PlanForm, RemitForm, TopicForm
from council.models import Analysis, Opinion, PlanVersion, Seat, Sitting, Topic
from council.steps import state_of
from council.views.forms import form_page, move_page
from council.views.topic_page import topic_context
from council.workflow import TOPIC_MOVES

MOVES = {move.name: move for move in TOPIC_MOVES}


@require_GET
@may("council.see")
def council_list(request: StaffRequest) -> HttpResponse:
    """Topics by step, what comes next, who sits in the council."""
    user, today = request.user, timezone.localdate()
    topics = list(Topic.objects.visible_to(user).open().with_posting().order_by("-step", "-year", "-number"))
    ended = Topic.objects.visible_to(user).exclude(state=Topic.State.OPEN).select_related("branch")[:20]
    seats = Seat.objects.visible_to(user).filled_on(today).select_related("member", "unit")
    rows = [(topic, *state_of(topic, today)) for topic in topics]
    context = {
        "steps": [(Topic.Step(step).label, list(group)) for step, group in groupby(rows, key=lambda row: row[0].step)],
        "ended": ended,
        "upcoming": Sitting.objects.visible_to(user).upcoming(today).prefetch_related("topics")[:5],
        "seats": seats,
        "waiting": Opinion.objects.visible_to(user, "opinions.review").waiting().count(),
        "can_edit": user.has_perm("council.edit"),
        "can_review": user.has_perm("opinions.review"),
        "can_set_rules": user.has_perm("rules.change"),
        "rules": getattr(request.committee, "council_rules", None),
    }
    return render(request, "council/topic_list.html", context)


@require_http_methods(["GET", "POST"])
@may("council.edit")
def topic_create(request: StaffRequest) -> HttpResponse:
    committee = request.committee

    def save(data: dict[str, Any]) -> Topic:
        area = data["branch"] or data["area"]
        return actions.open_topic(
            committee=committee,
            title=data["title"],
            area=area,
            reason=data["reason"],
            token=data["token"],
            by=request.user,
        )

    return form_page(
        request,
        TopicForm(request.POST or None, committee=committee),
        title=_("New topic"),
        save=save,
        back=reverse("council:list"),
        done=lambda topic: reverse("council:topic_detail", args=[topic.pk]),
    )


@require_GET
@may("council.see")
def topic_detail(request: StaffRequest, pk: int) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.visible_to(request.user).with_everything(), pk=pk)
    return render(request, "council/topic_detail.html", topic_context(topic, request.user))


def topic_to_edit(request: StaffRequest, pk: int) -> tuple[Topic, str]:
    """The row, and the address of its page."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user, "council.edit"), pk=pk)
    return topic, reverse("council:topic_detail", args=[pk])


@require_http_methods(["GET", "POST"])
@may("council.edit")
def topic_edit(request: StaffRequest, pk: int) -> HttpResponse:
    topic, back = topic_to_edit(request, pk)

    def save(data: dict[str, Any]) -> Topic:
        fields = {name: data[name] for name in ("title", "branch", "area", "reason")}
        return actions.amend_topic(topic=topic, by=request.user, **fields)

    form = TopicForm(request.POST or None, instance=topic, committee=topic.committee)
    return form_page(request, form, title=_("Amend the topic"), save=save, back=back)


@require_http_methods(["GET", "POST"])
@may("council.edit")
def analysis_edit(request: StaffRequest, pk: int) -> HttpResponse:
    topic, back = topic_to_edit(request, pk)
    form = AnalysisForm(request.POST or None, instance=Analysis.objects.filter(topic=topic).first())
    return form_page(
        request,
        form,
        title=_("Analysis sheet"),
        intro=topic.title,
        save=lambda data: actions.write_analysis(topic=topic, by=request.user, **data),
        back=back,
    )


@require_http_methods(["GET", "POST"])
@may("council.edit")
def remit_edit(request: StaffRequest, pk: int) -> HttpResponse:
    topic, back = topic_to_edit(request, pk)
    initial = {"remit": topic.remit, "decided_on": topic.remit_decided_on, "note": topic.remit_note}
    return form_page(
        request,
        RemitForm(request.POST or None, initial=initial),
        title=_("Whose decision it is"),
        intro=_(
            "The council binds Party members and appeals to residents; everything else is for its owner to decide."
        ),
        save=lambda data: actions.set_remit(topic=topic, by=request.user, **data),
        back=back,
    )


@require_http_methods(["GET", "POST"])
@may("council.edit")
def plan_create(request: StaffRequest, pk: int) -> HttpResponse:
    topic, back = topic_to_edit(request, pk)
    last = topic.current_plan
    return form_page(
        request,
        PlanForm(request.POST or None, initial={"text": last.text if last else ""}),
        title=_("Draft %(number)d of the plan") % {"number": last.number + 1 if last else 1},
        intro=topic.title,
        save=lambda data: actions.draft_plan(topic=topic, by=request.user, **data),
        back=back,
    )


@require_GET
@may("council.see")
def plan_compare(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """A draft beside the one before it."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user), pk=pk)
    new = get_object_or_404(PlanVersion, topic=topic, number=number)
    old = get_object_or_404(PlanVersion, topic=topic, number=number - 1)
    context = {"topic": topic, "old": old, "new": new, "lines": difference(old.lines, new.lines)}
    return render(request, "council/plan_compare.html", context)


@require_http_methods(["GET", "POST"])
@may("council.edit")
def topic_move(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    topic, back = topic_to_edit(request, pk)
    make = partial(actions.make_move, topic=topic, move=name, by=request.user)
    return move_page(request, MOVES.get(name), intro=topic.title, make=make, back=back)
