"""Seats, rules, attendance and decisions: what is frozen, what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from council import actions
from council.models import Decision, Seat, Sitting
from tests.cast import Cast
from tests.factories import council as make


def errors(act: Callable[..., Any], **values: Any) -> list[str]:
    with pytest.raises(ValidationError) as error:
        act(**values)
    return list(getattr(error.value, "error_dict", {"__all__": []}))


def test_entitled_and_rules_are_frozen(cast: Cast) -> None:
    sitting = make.make_sitting(cast, make.make_topic_at(cast, 3))
    actions.end_seat(seat=Seat.objects.all()[0], until=make.days_ago(0), by=cast.secretary)
    make.make_seat(cast)
    actions.amend_rules(
        committee=cast.committee,
        by=cast.secretary,
        rules_name="新规则",
        quorum_numerator=1,
        quorum_denominator=1,
        majority_numerator=2,
        majority_denominator=3,
    )
    sitting = Sitting.objects.get(pk=sitting.pk)
    assert (sitting.entitled, sitting.present, sitting.rules.quorum) == (3, 3, (2, 3))
    assert sitting.rules_name == "社区党员议事会议事规则"


def test_seat_counts_from_its_first_day_to_the_day_before_the_last(cast: Cast) -> None:
    seat = make.make_seat(cast, since=make.days_ago(10), until=make.days_ago(5))
    days = {days: Seat.objects.filled_on(make.days_ago(days)).filter(pk=seat.pk).exists() for days in (11, 10, 6, 5)}
    assert days == {11: False, 10: True, 6: True, 5: False}


def test_somebody_without_a_seat_cannot_be_present(cast: Cast) -> None:
    sitting = make.make_sitting(cast, make.make_topic_at(cast, 3))
    later = make.make_seat(cast, since=make.days_ago(0))
    assert errors(actions.record_attendance, sitting=sitting, present=[later], by=cast.secretary) == ["present"]
    assert sitting.attendances.count() == 3


def test_attendance_is_locked_by_a_decision(cast: Cast) -> None:
    topic = make.make_topic_at(cast, 4)
    sitting = topic.sittings.get()
    with pytest.raises(ValidationError):
        actions.record_attendance(sitting=sitting, present=[], by=cast.secretary)
    assert Sitting.objects.get(pk=sitting.pk).present == 3


@pytest.mark.parametrize(
    ("method", "votes", "wrong"),
    [
        ("show_of_hands", {"votes_for": 3, "against": 1}, ["votes_for"]),
        ("show_of_hands", {"votes_for": 4}, ["votes_for"]),
        ("agreement", {"votes_for": 1}, ["votes_for"]),
        ("lottery", {}, ["method"]),
    ],
)
def test_impossible_decision_is_refused(method: str, votes: dict[str, int], wrong: list[str], cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    sitting = make.make_sitting(cast, topic)
    plan = topic.current_plan
    found = errors(
        actions.record_decision,
        sitting=sitting,
        topic=topic,
        plan=plan,
        method=method,
        by=cast.secretary,
        **votes,
    )
    assert (found, Decision.objects.count()) == (wrong, 0)


@pytest.mark.parametrize(
    ("votes_for", "against", "is_adopted"), [(2, 1, True), (1, 2, False), (1, 0, False), (3, 0, True)]
)
def test_show_of_hands_follows_the_rules(votes_for: int, against: int, is_adopted: bool, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    make.adopt(cast, topic, "show_of_hands", votes_for=votes_for, against=against)
    assert Decision.objects.get().is_adopted is is_adopted
    assert (topic.current_decision is not None) is is_adopted


def test_decision_without_quorum_adopts_nothing(cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    make.make_sitting(cast, topic, present=1)
    make.adopt(cast, topic)
    assert Decision.objects.get().is_adopted is False


def test_decision_needs_attendance_agenda_and_own_draft(cast: Cast) -> None:
    topic, other = make.make_topic_at(cast, 3), make.make_topic_at(cast, 3)
    sitting = make.make_sitting(cast, other)
    values = {"topic": topic, "plan": topic.current_plan, "method": "agreement", "by": cast.secretary}
    assert errors(actions.record_decision, sitting=sitting, **values) == ["__all__"]
    called = actions.call_sitting(
        committee=cast.committee, day=make.days_ago(2), place="后院", topics=[topic], by=cast.secretary
    )
    assert errors(actions.record_decision, sitting=called, **values) == ["__all__"]
    actions.record_attendance(sitting=called, present=Seat.objects.all(), by=cast.secretary)
    values["plan"] = other.current_plan
    assert errors(actions.record_decision, sitting=called, **values) == ["plan"]


def test_chair_and_secretary_general_are_one_each(cast: Cast) -> None:
    make.make_seat(cast, is_chair=True)
    make.make_seat(cast, is_secretary_general=True, constituency="leadership")
    for field in ("is_chair", "is_secretary_general"):
        seat = Seat(
            committee=cast.committee,
            constituency="self_managed",
            member=make.make_holder(cast),
            since=make.EARLY,
            **{field: True},
        )
        assert errors(actions.fill_seat, seat=seat, by=cast.secretary) == [field]


def test_seat_holder_fits_the_constituency(cast: Cast) -> None:
    member, unit = make.make_holder(cast), make.make_unit(cast.committee)
    wrong: list[dict[str, Any]] = [
        {"constituency": "unit", "member": member},
        {"constituency": "unit", "unit": unit},
        {"constituency": "hardship", "unit": unit, "representative": "王"},
        {"constituency": "hardship"},
    ]
    for values in wrong:
        seat = Seat(committee=cast.committee, since=make.EARLY, **values)
        assert errors(actions.fill_seat, seat=seat, by=cast.secretary) == ["__all__"]
    assert Seat.objects.count() == 0


def test_seat_ends_once_and_not_before_it_began(cast: Cast) -> None:
    seat = make.make_seat(cast, since=make.days_ago(5))
    assert errors(actions.end_seat, seat=seat, until=make.days_ago(6), by=cast.secretary) == ["until"]
    actions.end_seat(seat=seat, until=make.days_ago(1), by=cast.secretary)
    assert errors(actions.end_seat, seat=seat, until=make.days_ago(0), by=cast.secretary) == ["until"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"quorum_numerator": 4, "quorum_denominator": 3}, "quorum_numerator"),
        ({"quorum_numerator": 0, "quorum_denominator": 3}, "quorum_numerator"),
        ({"majority_numerator": 2, "majority_denominator": 2}, "majority_numerator"),
    ],
)
def test_rules_that_are_no_parts_are_refused(values: dict[str, int], field: str, cast: Cast) -> None:
    assert errors(actions.amend_rules, committee=cast.committee, by=cast.secretary, **values) == [field]


def test_sitting_needs_place_and_topics_once(cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    values: dict[str, Any] = {"committee": cast.committee, "day": make.days_ago(-2), "by": cast.secretary}
    assert errors(actions.call_sitting, place="活动室", topics=[], **values) == ["topics"]
    assert errors(actions.call_sitting, place=" ", topics=[topic], **values) == ["sitting_place"]
    actions.call_sitting(place="活动室", topics=[topic], **values)
    assert errors(actions.call_sitting, place="活动室", topics=[topic], **values) == ["day"]
