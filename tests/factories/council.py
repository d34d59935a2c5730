"""The council for tests: a member, seats, and a topic brought to a step through the real actions."""

import uuid
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from branches.models import Committee, PartnerUnit
from council import actions
from council.models import Decision, GardenMeeting, Measure, PlanVersion, Posting, Resolution, Seat, Sitting, Topic
from members.models import Member
from tests.cast import Cast

_number = count(1)
EARLY = date(2020, 1, 1)


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def make_holder(cast: Cast, **fields: Any) -> Member:
    """A self-managed member who may hold a seat."""
    number = next(_number)
    member = Member.objects.create(
        **{
            "committee": cast.committee,
            "branch": cast.branch1,
            "name": f"委员{number}",
            "sex": "female",
            "birth_date": date(1950, 1, 1),
            "joined_on": date(1975, 1, 1),
        }
        | fields
    )
    member.relations.create(branch=member.branch, kind="formal", since=EARLY)
    return member


def make_unit(committee: Committee, **fields: Any) -> PartnerUnit:
    return PartnerUnit.objects.create(**{"committee": committee, "name": f"单位{next(_number)}党支部"} | fields)


def make_seat(cast: Cast, **fields: Any) -> Seat:
    if "member" not in fields and "unit" not in fields:
        fields["member"] = make_holder(cast)
    return Seat.objects.create(**{"committee": cast.committee, "constituency": "self_managed", "since": EARLY} | fields)


def make_seats(cast: Cast, number: int = 3) -> list[Seat]:
    return [make_seat(cast) for _i in range(number)]


def plan_of(topic: Topic) -> PlanVersion:
    plan = topic.current_plan
    assert plan is not None
    return plan


def decision_of(topic: Topic) -> Decision:
    decision = topic.current_decision
    assert decision is not None
    return decision


def posting_of(topic: Topic) -> Posting:
    posting = topic.current_posting
    assert posting is not None
    return posting


def make_topic(cast: Cast, **fields: Any) -> Topic:
    values: dict[str, Any] = {
        "committee": cast.committee,
        "title": "莫让社区变农庄",
        "area": cast.branch1,
        "by": cast.secretary,
        "reason": "居民提出",
        "day": days_ago(40),
    } | fields
    return actions.open_topic(**values)


def make_sitting(cast: Cast, topic: Topic, *, present: int | None = None, day: date | None = None) -> Sitting:
    """Held, with the first `present` of the seats there (all of them without a number)."""
    if not Seat.objects.filter(committee=cast.committee).exists():
        make_seats(cast)
    day = day or days_ago(20)
    place = f"活动室{next(_number)}"
    sitting = actions.call_sitting(committee=cast.committee, day=day, place=place, topics=[topic], by=cast.secretary)
    seats = list(Seat.objects.filter(committee=cast.committee).filled_on(day).order_by("pk"))
    return actions.record_attendance(sitting=sitting, present=seats[:present], by=cast.secretary)


def analyse(cast: Cast, topic: Topic) -> None:
    actions.write_analysis(topic=topic, by=cast.member, facts="情况", options="办法一\n办法二")
    actions.set_remit(topic=topic, by=cast.member, remit="members")
    actions.draft_plan(topic=topic, by=cast.member, text="第一条\n第二条", day=days_ago(30))


def make_topic_at(cast: Cast, step: int, **fields: Any) -> Topic:
    """A topic that has just arrived at the step, with nothing of it done."""
    topic = make_topic(cast, **fields)
    if step >= 2:
        topic = actions.make_move(topic=topic, move="formulate", by=cast.secretary, day=days_ago(35))
    if step >= 3:
        analyse(cast, topic)
        topic = actions.make_move(topic=topic, move="adopt", by=cast.secretary, day=days_ago(30))
    if step >= 4:
        adopt(cast, topic)
        topic = actions.make_move(topic=topic, move="evaluate", by=cast.secretary, day=days_ago(20))
    if step >= 5:
        evaluate(cast, topic)
        topic = actions.make_move(topic=topic, move="implement", by=cast.secretary, day=days_ago(5))
    return topic


def adopt(cast: Cast, topic: Topic, method: str = "agreement", **votes: int) -> None:
    sitting = topic.sittings.first() or make_sitting(cast, topic)
    actions.record_decision(
        sitting=sitting, topic=topic, plan=plan_of(topic), method=method, by=cast.secretary, **votes
    )


def make_posting(cast: Cast, topic: Topic | None = None, **fields: Any) -> Posting:
    """Open today, unless days are given."""
    topic = topic or make_topic_at(cast, 4)
    days = {"opens_on": days_ago(1), "closes_on": days_ago(-5)} | fields
    return actions.post_plan(topic=topic, by=cast.member, **days)


def make_measure(cast: Cast, topic: Topic, **fields: Any) -> Measure:
    measure = Measure(**{"topic": topic, "what": "清除蔬菜", "owner": "党员服务站", "due": days_ago(-20)} | fields)
    return actions.add_measure(measure=measure, by=cast.member)


def evaluate(cast: Cast, topic: Topic) -> None:
    posting = make_posting(cast, topic, opens_on=days_ago(15), closes_on=days_ago(8))
    actions.write_what_changed(posting=posting, text="居民赞成，未再修改。", by=cast.member)
    make_measure(cast, topic)


def make_opinion(cast: Cast, posting: Posting, **fields: Any) -> Any:
    values: dict[str, Any] = {
        "posting": posting,
        "stance": "suggest",
        "text": "停放点最好有雨棚",
        "token": uuid.uuid4(),
    } | fields
    return actions.give_opinion(**values)


def make_meeting(cast: Cast, posting: Posting, **fields: Any) -> GardenMeeting:
    values = {"meeting_place": "3幢楼前", "day": days_ago(0), "present": 12, "said": "大家赞成，希望多种花。"} | fields
    return actions.record_meeting(meeting=GardenMeeting(posting=posting, **values), by=cast.member)


def make_resolution(cast: Cast, topic: Topic | None = None, *, state: str = "drafted", **fields: Any) -> Resolution:
    """Written by the committee member, approved and posted by the deputy."""
    topic = topic or make_topic_at(cast, 5)
    values: dict[str, Any] = {
        "topic": topic,
        "title": "关于清除蔬菜的决议",
        "text": "现形成决议：",
        "by": cast.member,
    } | fields
    resolution = actions.draft_resolution(**values)
    states = ["drafted", "proposed", "approved", "posted"]
    moves = [("propose", cast.member), ("approve", cast.deputy), ("post", cast.deputy)]
    for move, by in moves[: states.index(state)]:
        resolution = actions.move_resolution(resolution=resolution, move=move, by=by, day=days_ago(3))
    return resolution
