"""The demo's council tells the source's case, whatever the day."""

from datetime import date

import pytest

from council import demo
from council.models import Opinion, Seat, Topic
from members.models import Member
from tests.cast import Cast
from tests.days import AWKWARD_DAYS
from tests.factories import council as make
from tests.factories.organisation import make_branch


def build(cast: Cast, on: date) -> list[Topic]:
    for index in range(20):
        make.make_holder(cast, post="书记" if index < 3 else "", origin="retired", in_hardship=index in (4, 5))
    for kind in ("in_service", "floating_in"):
        for _i in range(2):
            member = make.make_holder(cast)
            member.relations.update(kind=kind)
    return demo.build_council(
        committee=cast.committee,
        branches=[cast.branch1, cast.branch2, make_branch(cast.committee)],
        members=Member.objects.filter(committee=cast.committee),
        on=on,
        users={
            "secretary": cast.secretary,
            "deputy": cast.deputy,
            "member": cast.member,
            "station": cast.station,
        },
    )


@pytest.mark.parametrize("on", AWKWARD_DAYS, ids=str)
def test_three_topics_stand_where_they_should(on: date, cast: Cast) -> None:
    vegetables, second, third = build(cast, on)
    vegetables.refresh_from_db()
    assert (vegetables.step, vegetables.state) == (5, "closed")
    assert Topic.objects.get(pk=second.pk).step == 2
    third = Topic.objects.get(pk=third.pk)
    assert (third.step, make.decision_of(third).method) == (4, "show_of_hands")
    assert make.posting_of(third).is_open(on)
    assert vegetables.ended_on
    assert vegetables.ended_on <= on


@pytest.mark.parametrize(
    ("on", "day"),
    [
        (date(2026, 1, 1), date(2025, 3, 26)),
        (date(2028, 2, 29), date(2027, 3, 26)),
        (date(2026, 3, 30), date(2025, 3, 26)),
        (date(2026, 5, 24), date(2025, 3, 26)),
        (date(2026, 5, 25), date(2026, 3, 26)),
        (date(2026, 10, 7), date(2026, 3, 26)),
    ],
)
def test_case_day_is_the_latest_26_march_sixty_days_ago(on: date, day: date) -> None:
    assert demo.case_day(on) == day


def test_vegetable_case_is_told_without_embellishment(cast: Cast) -> None:
    topic = build(cast, date(2026, 10, 7))[0]
    decision = make.decision_of(topic)
    assert (decision.method, decision.sitting.day, topic.title) == ("agreement", date(2026, 3, 26), "莫让社区变农庄")
    assert [plan.lines for plan in topic.plans.all()] == [
        ["先由种植户自行清除。", "再组织人员统一清除。"],
        [
            "除菊花脑以外的蔬菜必须清除，不允许施肥。",
            "清除可以逐天递减，直至彻底清除。",
            "党员家庭必须一次性清除。",
            "鼓励居民培植花草。",
        ],
    ]
    assert [(position.is_dissent, bool(position.answer)) for position in topic.positions.all()] == [(True, True)] * 2
    opinions = Opinion.objects.filter(posting__topic=topic)
    assert {(one.stance, one.channel) for one in opinions} == {("support", "paper")}
    assert make.posting_of(topic).plan == decision.plan
    resolution = topic.resolutions.get()
    assert (resolution.state, resolution.author, resolution.approved_by) == ("posted", cast.member, cast.deputy)
    assert topic.measures.filter(done_on=None).count() == 0
    assert topic.measures.count() == 4


def test_every_constituency_has_a_seat(cast: Cast) -> None:
    build(cast, date(2026, 10, 7))
    seats = Seat.objects.filter(committee=cast.committee)
    assert set(seats.values_list("constituency", flat=True)) == set(Seat.Constituency.values)
    assert seats.filter(is_chair=True).get().constituency == "unit"
    assert seats.filter(is_secretary_general=True).get().constituency == "leadership"
