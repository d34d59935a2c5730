"""What the council's actions refuse, and at which field; nothing is written then."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from council import actions
from council.forms import ReasonForm
from council.models import Topic
from journal.models import Audit, Event
from tests.cast import Cast
from tests.factories import council as make


def post_without_decision(cast: Cast) -> Any:
    topic = make.make_topic_at(cast, 3)
    Topic.objects.filter(pk=topic.pk).update(step=Topic.Step.EVALUATE)
    return lambda: actions.post_plan(topic=topic, by=cast.member)


def post_twice(cast: Cast) -> Any:
    posting = make.make_posting(cast)
    return lambda: actions.post_plan(topic=posting.topic, by=cast.member)


def post_backwards(cast: Cast) -> Any:
    topic = make.make_topic_at(cast, 4)
    days = {"opens_on": make.days_ago(1), "closes_on": make.days_ago(2)}
    return lambda: actions.post_plan(topic=topic, by=cast.member, **days)


def opinion_without_stance(cast: Cast) -> Any:
    posting = make.make_posting(cast)
    return lambda: actions.give_opinion(posting=posting, token=uuid.uuid4(), stance="loud", text="")


def measure_of_a_stranger(cast: Cast) -> Any:
    topic = make.make_topic_at(cast, 4)
    return lambda: make.make_measure(cast, topic, owner="", branch=cast.other_branch)


def second_seat(cast: Cast) -> Any:
    seat = make.make_seat(cast)
    again = type(seat)(committee=seat.committee, constituency=seat.constituency, member=seat.member, since=seat.since)
    return lambda: actions.fill_seat(seat=again, by=cast.secretary)


def second_decision(cast: Cast) -> Any:
    topic = make.make_topic_at(cast, 3)
    make.adopt(cast, topic)
    return lambda: make.adopt(cast, topic)


def topic_elsewhere(cast: Cast) -> Any:
    return lambda: make.make_topic(cast, area=cast.other_branch)


def move_elsewhere(cast: Cast) -> Any:
    topic = make.make_topic(cast)
    place = {"branch": cast.other_branch, "area": ""}
    return lambda: actions.amend_topic(topic=topic, by=cast.member, title="议题", reason="", **place)


def remit_of_nobody(cast: Cast) -> Any:
    topic = make.make_topic(cast)
    return lambda: actions.set_remit(topic=topic, by=cast.member, remit="mayor")


def foreign_remit_without_note(cast: Cast) -> Any:
    topic = make.make_topic(cast)
    remit = next(value for value in Topic.Remit.values if value not in Topic.OWN_REMITS)
    return lambda: actions.set_remit(topic=topic, by=cast.member, remit=remit, decided_on=make.days_ago(1))


def plan_of_blank_lines(cast: Cast) -> Any:
    topic = make.make_topic_at(cast, 2)
    return lambda: actions.draft_plan(topic=topic, by=cast.member, text=" \n ")


def same_plan_again(cast: Cast) -> Any:
    topic = make.make_topic_at(cast, 3)
    return lambda: actions.draft_plan(topic=topic, by=cast.member, text="第一条\n第二条", note="没有改")


@pytest.mark.parametrize(
    ("prepare", "field"),
    [
        (post_without_decision, None),
        (post_twice, None),
        (post_backwards, "closes_on"),
        (opinion_without_stance, "stance"),
        (measure_of_a_stranger, "branch"),
        (second_seat, "member"),
        (second_decision, None),
        (topic_elsewhere, "branch"),
        (move_elsewhere, "branch"),
        (remit_of_nobody, "remit"),
        (foreign_remit_without_note, "note"),
        (plan_of_blank_lines, "text"),
        (same_plan_again, "text"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_council_refuses(prepare: Callable[[Cast], Callable[[], Any]], field: str | None, cast: Cast) -> None:
    act = prepare(cast)
    trail = Audit.objects.count()
    with pytest.raises(ValidationError) as refused:
        act()
    assert list(getattr(refused.value, "error_dict", [None])) == [field]
    assert Audit.objects.count() == trail


def test_analysis_sheet_written_again_is_amended_without_a_second_line(cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    before = [str(event) for event in Event.objects.about(topic)]
    actions.write_analysis(topic=topic, by=cast.member, facts="新情况", options="办法一\n办法二")
    topic.refresh_from_db()
    assert topic.analysis.facts == "新情况"
    assert [str(event) for event in Event.objects.about(topic)] == before


def test_form_shows_a_refusal_without_field_on_top() -> None:
    form = ReasonForm({"reason": "因为"})
    form.take(ValidationError("不行"))
    assert form.non_field_errors() == ["不行"]
