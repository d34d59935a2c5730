"""Call a sitting, record who was there, what was said and what was decided."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from branches.models import Committee
from council.actions.locks import lock_topic, required
from council.actions.seats import RULE_FIELDS, rules_of
from council.decision import Count, Method, decide
from council.models import Attendance, Decision, PlanVersion, Position, Seat, Sitting, Topic
from journal.actions import add_event, record

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def call_sitting(*, committee: Committee, day: date, place: str, topics: Iterable[Topic], by: "User") -> Sitting:
    """Call the council for a day and a place with an agenda of topics at step 3."""
    topics = [lock_topic(topic, steps={Topic.Step.ADOPT}) for topic in topics]
    if not topics:
        raise ValidationError({"topics": _("Choose at least one topic that has reached step 3.")})
    place = required("sitting_place", place, _("Enter where the council meets."))
    if Sitting.objects.filter(committee=committee, day=day, sitting_place=place).exists():
        raise ValidationError({"day": _("There is a sitting on this day at this place already.")})
    sitting = Sitting.objects.create(committee=committee, day=day, sitting_place=place)
    sitting.topics.set(topics)
    record(action=gettext_noop("Sitting called"), by=by, obj=sitting)
    return sitting


@transaction.atomic
def record_attendance(*, sitting: Sitting, present: Iterable[Seat], by: "User") -> Sitting:
    """Freeze those entitled on the day, with who came, and the rules in force; possible until something is decided."""
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if sitting.decisions.exists():
        raise ValidationError(_("A decision rests on this attendance: it can no longer be changed."))
    entitled = list(
        Seat.objects.filter(committee_id=sitting.committee_id).filled_on(sitting.day).select_related("member", "unit")
    )
    came = {seat.pk for seat in present}
    if came - {seat.pk for seat in entitled}:
        raise ValidationError({"present": _("Somebody ticked has no seat on the day of the sitting.")})
    sitting.attendances.all().delete()
    Attendance.objects.bulk_create(
        Attendance(
            sitting=sitting,
            seat=seat,
            name=seat.holder_name,
            constituency=seat.constituency,
            is_present=seat.pk in came,
        )
        for seat in entitled
    )
    rules = rules_of(sitting.committee)
    for field in RULE_FIELDS:
        setattr(sitting, field, getattr(rules, field))
    sitting.frozen_at = timezone.now()
    sitting.save(update_fields=[*RULE_FIELDS, "frozen_at"])
    record(action=gettext_noop("Attendance recorded"), by=by, obj=sitting, count=len(came))
    return sitting


@transaction.atomic
def record_position(
    *,
    sitting: Sitting,
    topic: Topic,
    text: str,
    by: "User",
    is_dissent: bool = False,
    answer: str = "",
    token: uuid.UUID | None = None,
) -> Position:
    """Keep what one side said, without its names; the same form sent twice counts once."""
    token = token or uuid.uuid4()
    known = Position.objects.filter(token=token, topic=topic).first()
    if known is not None:
        return known
    topic = lock_topic(topic, steps={Topic.Step.ADOPT})
    _on_agenda(sitting, topic)
    text = required("text", text, _("Enter what was said."))
    position = Position.objects.create(
        sitting=sitting, topic=topic, text=text, is_dissent=is_dissent, answer=answer.strip(), token=token
    )
    record(action=gettext_noop("Position recorded"), by=by, obj=position, committee=topic.committee_id)
    return position


@transaction.atomic
def answer_position(*, position: Position, answer: str, by: "User") -> Position:
    topic = lock_topic(position.topic)
    position = Position.objects.select_for_update().get(pk=position.pk)
    position.answer = required("answer", answer, _("Enter the answer to this view."))
    position.save(update_fields=["answer"])
    record(action=gettext_noop("Position answered"), by=by, obj=position, committee=topic.committee_id)
    return position


def _on_agenda(sitting: Sitting, topic: Topic) -> None:
    if not sitting.topics.filter(pk=topic.pk).exists():
        raise ValidationError(_("This topic is not on the agenda of the sitting."))


@transaction.atomic
def record_decision(
    *,
    sitting: Sitting,
    topic: Topic,
    plan: PlanVersion,
    method: str,
    by: "User",
    votes_for: int = 0,
    against: int = 0,
    abstained: int = 0,
) -> Decision:
    """Settle a draft at a sitting; the outcome is computed from those present and the rules frozen with them."""
    topic = lock_topic(topic, steps={Topic.Step.ADOPT})
    sitting = Sitting.objects.select_for_update().get(pk=sitting.pk)
    _on_agenda(sitting, topic)
    if sitting.frozen_at is None:
        raise ValidationError(_("Record first who was present."))
    if plan.topic_id != topic.pk:
        raise ValidationError({"plan": _("Choose a draft of this topic.")})
    if Decision.objects.filter(sitting=sitting, topic=topic).exists():
        raise ValidationError(_("This sitting has decided the topic already."))
    count = _count(sitting, method, votes_for, against, abstained)
    decision = Decision(
        sitting=sitting,
        topic=topic,
        plan=plan,
        method=method,
        votes_for=votes_for,
        against=against,
        abstained=abstained,
        is_adopted=decide(count, sitting.rules).is_adopted,
    )
    decision.save()
    record(action=gettext_noop("Decision recorded"), by=by, obj=decision, committee=topic.committee_id)
    add_event(obj=topic, text=_event(decision), day=sitting.day, by=by, params={"number": plan.number})
    return decision


def _count(sitting: Sitting, method: str, votes_for: int, against: int, abstained: int) -> Count:
    if method not in Decision.Method.values:
        raise ValidationError({"method": _("Choose how it was decided.")})
    votes = votes_for + against + abstained
    if method == Decision.Method.AGREEMENT and votes:
        raise ValidationError({"votes_for": _("Agreement by discussion has no votes: leave the numbers at 0.")})
    if votes > sitting.present:
        raise ValidationError(
            {
                "votes_for": _("%(votes)d votes, but only %(present)d people were present. Correct the numbers.")
                % {"votes": votes, "present": sitting.present}
            }
        )
    return Count(sitting.entitled, sitting.present, Method(method), votes_for, against, abstained)


def _event(decision: Decision) -> str:
    if not decision.is_adopted:
        return gettext_noop("The council did not adopt draft %(number)s")
    if decision.method == Decision.Method.AGREEMENT:
        return gettext_noop("The council agreed by discussion (draft %(number)s)")
    return gettext_noop("The council adopted draft %(number)s by show of hands")
