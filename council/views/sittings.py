"""Sittings: called, attended, what was said, what was decided. Seats and rules."""

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
from council.forms import (
    AnswerForm,
    AttendanceForm,
    DecisionForm,
    PositionForm,
    RulesForm,
    SeatEndForm,
    SeatForm,
    SittingForm,
    seat_holders,
)
from council.models import Position, Seat, Sitting, Topic
from council.views.forms import form_page
from council.views.topics import topic_to_edit


@require_http_methods(["GET", "POST"])
@may("council.edit")
def sitting_create(request: StaffRequest) -> HttpResponse:
    def save(data: dict[str, Any]) -> Sitting:
        return actions.call_sitting(
            committee=request.committee,
            day=data["day"],
            place=data["sitting_place"],
            topics=data["topics"],
            by=request.user,
        )

    asked = request.GET.get("topic", "")
    chosen = [int(asked)] if asked.isascii() and asked.isdigit() and len(asked) < 10 else []
    initial = {"day": timezone.localdate(), "topics": Topic.objects.visible_to(request.user).filter(pk__in=chosen)}
    return form_page(
        request,
        SittingForm(request.POST or None, committee=request.committee, initial=initial),
        title=_("Call a sitting"),
        save=save,
        back=reverse("council:list"),
        done=lambda sitting: reverse("council:sitting_detail", args=[sitting.pk]),
    )


@require_GET
@may("council.see")
def sitting_detail(request: StaffRequest, pk: int) -> HttpResponse:
    rows = Sitting.objects.visible_to(request.user).prefetch_related("topics", "attendances", "decisions")
    sitting = get_object_or_404(rows, pk=pk)
    can_record = request.user.has_perm("council.edit", sitting) and not sitting.decisions.all()
    return render(request, "council/sitting_detail.html", {"sitting": sitting, "can_record": can_record})


@require_http_methods(["GET", "POST"])
@may("council.edit")
def attendance_edit(request: StaffRequest, pk: int) -> HttpResponse:
    sitting = get_object_or_404(Sitting.objects.visible_to(request.user, "council.edit"), pk=pk)
    came = sitting.attendances.filter(is_present=True).values_list("seat_id", flat=True)
    return form_page(
        request,
        AttendanceForm(request.POST or None, sitting=sitting, initial={"present": list(came)}),
        title=_("Who was present"),
        intro=_("Those entitled are the seats filled on the day of the sitting; they and the rules are frozen now."),
        save=lambda data: actions.record_attendance(sitting=sitting, present=data["present"], by=request.user),
        back=reverse("council:sitting_detail", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
@may("council.edit")
def position_create(request: StaffRequest, pk: int) -> HttpResponse:
    topic, back = topic_to_edit(request, pk)
    return form_page(
        request,
        PositionForm(request.POST or None, topic=topic),
        title=_("Record a position"),
        intro=topic.title,
        save=lambda data: actions.record_position(topic=topic, by=request.user, **data),
        back=back,
    )


@require_http_methods(["GET", "POST"])
@may("council.edit")
def position_answer(request: StaffRequest, pk: int) -> HttpResponse:
    rows = Position.objects.filter(topic__in=Topic.objects.visible_to(request.user, "council.edit"))
    position = get_object_or_404(rows, pk=pk)
    return form_page(
        request,
        AnswerForm(request.POST or None, initial={"answer": position.answer}),
        title=_("Answer a differing view"),
        intro=position.text,
        save=lambda data: actions.answer_position(position=position, answer=data["answer"], by=request.user),
        back=reverse("council:topic_detail", args=[position.topic_id]),
    )


@require_http_methods(["GET", "POST"])
@may("council.edit")
def decision_create(request: StaffRequest, pk: int) -> HttpResponse:
    topic, back = topic_to_edit(request, pk)
    return form_page(
        request,
        DecisionForm(request.POST or None, topic=topic),
        title=_("Record the decision"),
        intro=_("Whether it is adopted follows from those present, the votes and the rules."),
        save=lambda data: actions.record_decision(topic=topic, by=request.user, **data),
        back=back,
    )


@require_GET
@may("council.see")
def seat_list(request: StaffRequest) -> HttpResponse:
    seats = Seat.objects.visible_to(request.user).select_related("member", "unit")
    today = timezone.localdate()
    context = {
        "seats": [seat for seat in seats if seat.until is None or seat.until > today],
        "former": [seat for seat in seats if seat.until is not None and seat.until <= today],
        "can_edit": request.user.has_perm("council.edit"),
    }
    return render(request, "council/seat_list.html", context)


@require_http_methods(["GET", "POST"])
@may("council.edit")
def seat_create(request: StaffRequest) -> HttpResponse:
    seat = Seat(committee=request.committee, since=timezone.localdate())
    form = SeatForm(
        request.POST or None, instance=seat, committee=request.committee, members=seat_holders(request.committee)
    )
    return form_page(
        request,
        form,
        title=_("Fill a seat"),
        save=lambda data: actions.fill_seat(seat=seat, by=request.user),
        back=reverse("council:seats"),
    )


@require_http_methods(["GET", "POST"])
@may("council.edit")
def seat_end(request: StaffRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(Seat.objects.visible_to(request.user), pk=pk)
    return form_page(
        request,
        SeatEndForm(request.POST or None),
        title=_("End the seat"),
        intro=seat.holder_name,
        save=lambda data: actions.end_seat(seat=seat, until=data["until"], by=request.user),
        back=reverse("council:seats"),
    )


@require_http_methods(["GET", "POST"])
@may("rules.change")
def rules_edit(request: StaffRequest) -> HttpResponse:
    rules = actions.rules_of(request.committee)
    return form_page(
        request,
        RulesForm(request.POST or None, instance=rules),
        title=_("Council's rules"),
        intro=_("Sittings that have been held keep the rules of their day."),
        save=lambda data: actions.amend_rules(committee=request.committee, by=request.user, **data),
        back=reverse("council:list"),
    )
