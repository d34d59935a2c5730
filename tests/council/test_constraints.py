"""What must never be false, refused by the database itself."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from council.models import (
    Attendance,
    CouncilRules,
    Decision,
    DueChange,
    GardenMeeting,
    Measure,
    Opinion,
    Passage,
    PlanVersion,
    Posting,
    Resolution,
    Seat,
    Snapshot,
    Topic,
)
from tests.cast import Cast
from tests.factories import council as make


def topic(cast: Cast, **fields: Any) -> Topic:
    return Topic.objects.create(
        **{
            "committee": cast.committee,
            "year": 2026,
            "number": 1,
            "title": "题",
            "opened_on": make.EARLY,
            "opened_by": cast.secretary,
        }
        | fields
    )


def plan(cast: Cast, one: Topic, number: int = 1) -> PlanVersion:
    return PlanVersion.objects.create(topic=one, number=number, text="甲", made_on=make.EARLY, by=cast.member)


def posting(cast: Cast, **fields: Any) -> Posting:
    one = topic(cast)
    return Posting.objects.create(
        **{"topic": one, "plan": plan(cast, one), "opens_on": make.EARLY, "closes_on": make.EARLY} | fields
    )


def opinion(cast: Cast, **fields: Any) -> Opinion:
    return Opinion.objects.create(
        **{"posting": posting(cast), "stance": "support", "token": uuid.uuid4(), "day": make.EARLY} | fields
    )


def resolution(cast: Cast, **fields: Any) -> Resolution:
    return Resolution.objects.create(
        **{
            "committee": cast.committee,
            "topic": fields.pop("topic", None) or topic(cast),
            "title": "决议",
            "text": "文",
            "author": cast.member,
            "drafted_on": make.EARLY,
        }
        | fields
    )


def twice(make_one: Callable[[], Any]) -> None:
    make_one()
    make_one()


def decision(cast: Cast, **fields: Any) -> Decision:
    one = make.make_topic_at(cast, 3)
    return Decision.objects.create(
        **{
            "sitting": make.make_sitting(cast, one),
            "topic": one,
            "plan": one.current_plan,
            "method": "agreement",
            "is_adopted": True,
        }
        | fields
    )


def repeated_posting(cast: Cast) -> None:
    one = posting(cast)
    Posting.objects.create(topic=one.topic, plan=one.plan, opens_on=make.EARLY, closes_on=make.EARLY)


def repeated_decision(cast: Cast) -> None:
    one = decision(cast)
    Decision.objects.create(sitting=one.sitting, topic=one.topic, plan=one.plan, method="agreement", is_adopted=True)


def repeated_attendance(cast: Cast) -> None:
    row = make.make_sitting(cast, make.make_topic_at(cast, 3)).attendances.all()[0]
    Attendance.objects.create(sitting=row.sitting, seat=row.seat, name="又", constituency="unit")


def repeated_snapshot(cast: Cast) -> None:
    one = resolution(cast)
    twice(lambda: Snapshot.objects.create(resolution=one, version=1, content={}, digest="x"))


def repeated_token(cast: Cast) -> None:
    one = opinion(cast)
    Opinion.objects.create(posting=one.posting, stance="support", token=one.token, day=make.EARLY)


def seat(cast: Cast, **fields: Any) -> Seat:
    return make.make_seat(cast, **fields)


POSTED = {"state": "posted", "year": 2026, "number": 1, "posted_on": make.EARLY, "ends_on": make.EARLY}
DROPPED = {"dropped_on": make.EARLY, "dropped_reason": "因"}

BROKEN: dict[str, Callable[[Cast], Any]] = {
    "topic_number_once": lambda cast: twice(lambda: topic(cast)),
    "topic_step_one_to_five": lambda cast: topic(cast, step=6),
    "topic_ended_when_not_open": lambda cast: topic(cast, state="withdrawn"),
    "topic_ended_though_open": lambda cast: topic(cast, ended_on=make.EARLY),
    "topic_closes_at_step_five": lambda cast: topic(cast, state="closed", ended_on=make.EARLY, step=4),
    "plan_number_once": lambda cast: plan(cast, plan(cast, topic(cast)).topic),
    "posting_days_in_order": lambda cast: posting(cast, closes_on=make.EARLY.replace(year=2019)),
    "posting_once_a_draft": repeated_posting,
    "opinion_token_once": repeated_token,
    "opinion_hidden_with_reason": lambda cast: opinion(cast, review="hidden", reviewed_by=cast.station),
    "opinion_reviewed_by_somebody": lambda cast: opinion(cast, review="shown"),
    "opinion_waiting_is_not_reviewed": lambda cast: opinion(cast, reviewed_by=cast.station),
    "garden_meeting_somebody_present": lambda cast: GardenMeeting.objects.create(
        posting=posting(cast), meeting_place="楼前", day=make.EARLY, present=0, said="好"
    ),
    "due_change_with_reason": lambda cast: DueChange.objects.create(
        measure=Measure.objects.create(topic=topic(cast), what="做"), old_due=make.EARLY, reason="", by=cast.member
    ),
    "measure_done_or_dropped": lambda cast: Measure.objects.create(
        topic=topic(cast), what="做", done_on=make.EARLY, **DROPPED
    ),
    "measure_dropped_with_reason": lambda cast: Measure.objects.create(
        topic=topic(cast), what="做", dropped_on=make.EARLY
    ),
    "resolution_one_a_topic": lambda cast: resolution(cast, topic=resolution(cast).topic),
    "resolution_number_once": lambda cast: (
        resolution(cast, year=2026, number=1),
        resolution(cast, year=2026, number=1, topic=topic(cast, number=2)),
    ),
    "resolution_not_approved_by_author": lambda cast: resolution(cast, approved_by=cast.member),
    "resolution_approved_by_somebody": lambda cast: resolution(cast, state="approved"),
    "resolution_posted_without_approval": lambda cast: resolution(cast, **POSTED),
    "resolution_posted_with_number": lambda cast: resolution(
        cast, **POSTED | {"number": None, "approved_by": cast.deputy}
    ),
    "resolution_withdrawn_with_reason": lambda cast: resolution(cast, state="withdrawn", withdrawn_on=make.EARLY),
    "snapshot_version_once": repeated_snapshot,
    "attendance_once_a_seat": repeated_attendance,
    "decision_once_a_sitting": repeated_decision,
    "decision_agreement_has_no_votes": lambda cast: decision(cast, votes_for=1),
    "seat_unit_without_representative": lambda cast: seat(
        cast, constituency="unit", unit=make.make_unit(cast.committee)
    ),
    "seat_member_as_unit": lambda cast: seat(cast, constituency="unit", representative="王"),
    "seat_days_in_order": lambda cast: seat(cast, until=make.EARLY.replace(year=2019)),
    "seat_chair_is_not_secretary_general": lambda cast: seat(cast, is_chair=True, is_secretary_general=True),
    "seat_one_chair": lambda cast: twice(lambda: seat(cast, is_chair=True)),
    "seat_one_secretary_general": lambda cast: twice(lambda: seat(cast, is_secretary_general=True)),
    "seat_one_a_member": lambda cast: seat(cast, member=seat(cast).member),
    "council_rules_quorum_is_a_part": lambda cast: CouncilRules.objects.create(
        committee=cast.committee, quorum_numerator=4
    ),
    "council_rules_majority_is_a_part": lambda cast: CouncilRules.objects.create(
        committee=cast.committee, majority_numerator=2
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_database_refuses(name: str, cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name](cast)


def test_passage_keeps_both_steps(cast: Cast) -> None:
    make.make_topic_at(cast, 3)
    assert list(Passage.objects.values_list("from_step", "to_step")) == [(1, 2), (2, 3)]
