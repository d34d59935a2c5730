"""The table of moves: step × role × move, and what is missing before each, written out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from council import actions
from council.models import Opinion, Passage, Topic
from council.workflow import moves_for, way_on
from journal.models import Event
from tests.cast import Cast
from tests.factories import council as make

EDITORS = ["secretary", "deputy", "member"]
READERS = ["branch1_secretary", "branch2_secretary", "station", "discipline", "sysadmin", "auditor", "nobody"]
MOVES = {
    1: ["formulate", "withdraw"],
    2: ["adopt", "back_to_establish", "withdraw"],
    3: ["evaluate", "back_to_formulate", "withdraw"],
    4: ["implement", "back_to_adopt", "withdraw"],
    5: ["close", "back_to_evaluate", "withdraw"],
}


def fresh(topic: Topic) -> Topic:
    return Topic.objects.with_everything().get(pk=topic.pk)


def missing(topic: Topic, cast: Cast) -> list[str]:
    with translation.override("zh-hans"):
        offer = way_on(fresh(topic), cast.secretary)
        assert offer is not None
        return offer.missing


@pytest.mark.parametrize("step", MOVES)
def test_moves_of_each_step_by_role(step: int, cast: Cast) -> None:
    topic = make.make_topic_at(cast, step)
    found = {role: [offer.move.name for offer in moves_for(topic, getattr(cast, role))] for role in EDITORS + READERS}
    assert found == dict.fromkeys(EDITORS, MOVES[step]) | {role: [] for role in READERS}
    assert moves_for(topic, cast.other_secretary) == []


def test_missing_before_step_two(cast: Cast) -> None:
    topic = make.make_topic(cast, reason="", area="")
    assert missing(topic, cast) == ["片区或地点", "居民反映，或写明缘由"]
    assert missing(make.make_topic(cast), cast) == []


def test_missing_before_step_three(cast: Cast) -> None:
    topic = make.make_topic_at(cast, 2)
    assert missing(topic, cast) == ["情况", "可选办法（至少一种）", "明确由谁决定", "实施方案第一稿"]
    make.analyse(cast, topic)
    assert missing(topic, cast) == []


def test_missing_before_step_four(cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    assert missing(topic, cast) == ["达到法定人数的会议讨论", "议事会议定第 1 稿"]
    sitting = make.make_sitting(cast, topic, present=1)
    assert missing(topic, cast) == ["达到法定人数的会议讨论", "议事会议定第 1 稿"]
    actions.record_attendance(
        sitting=sitting, present=[row.seat for row in sitting.attendances.all()], by=cast.secretary
    )
    said = actions.record_position(sitting=sitting, topic=topic, text="有难处", is_dissent=True, by=cast.member)
    assert missing(topic, cast) == ["不同意见逐条答复（1 条中 0 条已答复）", "议事会议定第 1 稿"]
    actions.answer_position(position=said, answer="采纳", by=cast.member)
    make.adopt(cast, topic)
    assert missing(topic, cast) == []
    actions.draft_plan(topic=topic, by=cast.member, text="另一条", note="改了")
    assert missing(topic, cast) == ["议事会议定第 2 稿"]


def test_missing_before_step_five(cast: Cast) -> None:
    topic = make.make_topic_at(cast, 4)
    assert missing(topic, cast) == ["方案在议事园公布", "意见汇总说明", "指定实施事项的责任人和期限（0 项中 0 项已定）"]
    posting = make.make_posting(cast, topic, opens_on=make.days_ago(3), closes_on=make.days_ago(-2))
    make.make_opinion(cast, posting, stance="oppose", text="不同意")
    make.make_measure(cast, topic, due=None)
    make.make_measure(cast, topic, what="种花")
    actions.set_remit(topic=topic, by=cast.member, remit="owners")
    assert missing(topic, cast) == [
        "征求意见期未满（还剩 3 天）",
        "反对意见逐条回复（1 条中 0 条已回复）",
        "意见汇总说明",
        "有权决定的一方作出决定：业主大会",
        "指定实施事项的责任人和期限（2 项中 1 项已定）",
    ]
    actions.reply_opinion(opinion=Opinion.objects.get(), reply="已说明", by=cast.member)
    actions.write_what_changed(posting=posting, text="未修改", by=cast.member)
    actions.set_remit(topic=topic, by=cast.member, remit="owners", decided_on=make.days_ago(1), note="业主大会决定")
    topic.measures.filter(due=None).delete()
    assert missing(topic, cast) == ["征求意见期未满（还剩 3 天）"]
    actions.draft_plan(topic=topic, by=cast.member, text="改过的", note="据意见修改")
    assert missing(topic, cast) == ["征求意见期未满（还剩 3 天）", "方案与议定稿一致（有改动须退回第三步）"]


def test_missing_before_closing(cast: Cast) -> None:
    topic = make.make_topic_at(cast, 5)
    assert missing(topic, cast) == ["决议公布", "实施事项完成，或写明原因取消（1 项中 0 项）"]
    make.make_resolution(cast, topic, state="posted")
    actions.drop_measure(measure=topic.measures.get(), reason="已无必要", by=cast.member)
    assert missing(topic, cast) == []
    closed = actions.make_move(topic=topic, move="close", by=cast.secretary)
    assert (closed.state, way_on(fresh(closed), cast.secretary)) == ("closed", None)


def test_incomplete_move_is_refused_and_leaves_nothing(cast: Cast) -> None:
    topic = make.make_topic(cast, reason="")
    with pytest.raises(ValidationError) as error, translation.override("zh-hans"):
        actions.make_move(topic=topic, move="formulate", by=cast.secretary)
    assert error.value.messages == ["还差：居民反映，或写明缘由"]
    assert (fresh(topic).step, Passage.objects.count()) == (1, 0)


@pytest.mark.parametrize("role", READERS)
def test_move_is_refused_to_readers(role: str, cast: Cast) -> None:
    topic = make.make_topic(cast)
    with pytest.raises(ValidationError, match="not yours"), translation.override("en"):
        actions.make_move(topic=topic, move="formulate", by=getattr(cast, role))
    assert fresh(topic).step == 1


@pytest.mark.parametrize("move", ["adopt", "close", "no such move"])
def test_move_of_another_step_is_refused(move: str, cast: Cast) -> None:
    topic = make.make_topic(cast)
    with pytest.raises(ValidationError, match="not yours"), translation.override("en"):
        actions.make_move(topic=topic, move=move, by=cast.secretary)


@pytest.mark.parametrize(("step", "move"), [(2, "back_to_establish"), (5, "back_to_evaluate"), (3, "withdraw")])
def test_stepping_back_and_withdrawing_need_a_reason(step: int, move: str, cast: Cast) -> None:
    topic = make.make_topic_at(cast, step)
    with pytest.raises(ValidationError) as error:
        actions.make_move(topic=topic, move=move, by=cast.secretary, reason=" ")
    assert list(error.value.message_dict) == ["reason"]
    moved = actions.make_move(topic=topic, move=move, by=cast.secretary, reason="情况有变")
    assert Passage.objects.latest("pk").reason == "情况有变"
    assert Event.objects.about(moved)[0].params == {"reason": "情况有变"}


def test_changed_plan_goes_back_to_the_council_and_ends_the_posting(cast: Cast) -> None:
    topic = make.make_topic_at(cast, 4)
    posting = make.make_posting(cast, topic)
    actions.draft_plan(topic=topic, by=cast.member, text="改过的", note="据意见修改")
    topic = actions.make_move(topic=topic, move="back_to_adopt", by=cast.secretary, reason="据意见修改")
    posting.refresh_from_db()
    assert (topic.step, posting.withdrawn_on) == (3, make.days_ago(0))
    make.make_sitting(cast, topic, day=make.days_ago(1))
    actions.record_decision(
        sitting=topic.sittings.all()[0], topic=topic, plan=make.plan_of(topic), method="agreement", by=cast.secretary
    )
    topic = actions.make_move(topic=topic, move="evaluate", by=cast.secretary)
    assert topic.current_posting is None


def test_step_cannot_go_back_or_end_while_its_resolution_is_public(cast: Cast) -> None:
    topic = make.make_resolution(cast, state="posted").topic
    for move in ("back_to_evaluate", "withdraw"):
        with pytest.raises(ValidationError, match="withdraw it first"), translation.override("en"):
            actions.make_move(topic=topic, move=move, by=cast.secretary, reason="有误")


def tries(cast: Cast, topic: Topic) -> dict[str, Callable[[], Any]]:
    return {
        "amend": lambda: actions.amend_topic(
            topic=topic, by=cast.member, title="新", branch=None, area="后院", reason=""
        ),
        "plan": lambda: actions.draft_plan(topic=topic, by=cast.member, text="甲"),
        "measure": lambda: make.make_measure(cast, topic),
        "move": lambda: actions.make_move(topic=topic, move="formulate", by=cast.secretary),
    }


@pytest.mark.parametrize("name", ["amend", "plan", "measure", "move"])
def test_ended_topic_is_not_changed(name: str, cast: Cast) -> None:
    topic = make.make_topic(cast)
    actions.make_move(topic=topic, move="withdraw", by=cast.secretary, reason="重复")
    with pytest.raises(ValidationError, match="closed or withdrawn"), translation.override("en"):
        tries(cast, topic)[name]()


def test_work_of_another_step_is_refused(cast: Cast) -> None:
    topic = make.make_topic(cast)
    with translation.override("en"), pytest.raises(ValidationError) as error:
        actions.post_plan(topic=topic, by=cast.member)
    assert error.value.messages == ["This belongs to step 4; the topic stands at step 1."]
