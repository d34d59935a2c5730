import uuid
from collections.abc import Callable

from council import actions
from council.models import Measure, Position, Seat, Sitting, Topic
from tests.cast import Cast
from tests.factories import council as make

SUBJECTS = ["topics", "moves", "seats", "sittings", "garden", "meetings", "measures", "resolutions"]
MODULES = [f"council.actions.{name}" for name in SUBJECTS]
RULES = {
    "rules_name": "议事规则",
    "quorum_numerator": 1,
    "quorum_denominator": 2,
    "majority_numerator": 1,
    "majority_denominator": 2,
    "posting_days": 5,
    "resolution_years": 3,
}


def at(step: int) -> Callable[[Cast], Topic]:
    return lambda cast: make.make_topic_at(cast, step)


def held(cast: Cast) -> Sitting:
    return make.make_sitting(cast, make.make_topic_at(cast, 3))


def said(cast: Cast) -> Position:
    sitting = held(cast)
    return actions.record_position(
        sitting=sitting, topic=sitting.topics.get(), text="有难处", is_dissent=True, by=cast.member
    )


def posted_measure(cast: Cast) -> Measure:
    return make.make_resolution(cast, state="posted").topic.measures.get()


EXAMPLES = {
    "open_topic": lambda cast: make.make_topic(cast),
    "amend_topic": (
        at(1),
        lambda cast, topic: actions.amend_topic(
            topic=topic, by=cast.member, title="新题", branch=None, area="后院", reason="居民提出"
        ),
    ),
    "write_analysis": (
        at(2),
        lambda cast, topic: actions.write_analysis(topic=topic, by=cast.member, facts="情况", options="办法"),
    ),
    "set_remit": (at(2), lambda cast, topic: actions.set_remit(topic=topic, by=cast.member, remit="members")),
    "draft_plan": (at(2), lambda cast, topic: actions.draft_plan(topic=topic, by=cast.member, text="第一条")),
    "make_move": (at(1), lambda cast, topic: actions.make_move(topic=topic, move="formulate", by=cast.member)),
    "amend_rules": (
        lambda cast: actions.rules_of(cast.committee),
        lambda cast, rules: actions.amend_rules(committee=cast.committee, by=cast.secretary, **RULES),
    ),
    "fill_seat": lambda cast: actions.fill_seat(
        seat=Seat(
            committee=cast.committee,
            constituency="self_managed",
            member=make.make_holder(cast),
            since=make.EARLY,
        ),
        by=cast.secretary,
    ),
    "end_seat": lambda cast: actions.end_seat(seat=make.make_seat(cast), until=make.days_ago(0), by=cast.secretary),
    "call_sitting": (
        at(3),
        lambda cast, topic: actions.call_sitting(
            committee=cast.committee, day=make.days_ago(-3), place="活动室", topics=[topic], by=cast.secretary
        ),
    ),
    "record_attendance": (
        held,
        lambda cast, sitting: actions.record_attendance(sitting=sitting, present=[], by=cast.secretary),
    ),
    "record_position": (
        held,
        lambda cast, sitting: actions.record_position(
            sitting=sitting, topic=sitting.topics.get(), text="赞成", by=cast.member
        ),
    ),
    "answer_position": (
        said,
        lambda cast, position: actions.answer_position(position=position, answer="采纳", by=cast.member),
    ),
    "record_decision": (
        held,
        lambda cast, sitting: actions.record_decision(
            sitting=sitting,
            topic=sitting.topics.get(),
            plan=sitting.topics.get().current_plan,
            method="agreement",
            by=cast.secretary,
        ),
    ),
    "post_plan": (at(4), lambda cast, topic: actions.post_plan(topic=topic, by=cast.member)),
    "write_what_changed": (
        make.make_posting,
        lambda cast, posting: actions.write_what_changed(posting=posting, text="未修改", by=cast.member),
    ),
    "enter_opinions": (
        make.make_posting,
        lambda cast, posting: actions.enter_opinions(
            posting=posting, lines=[("support", "")], channel="paper", token=uuid.uuid4(), by=cast.station
        ),
    ),
    "review_opinion": (
        lambda cast: make.make_opinion(cast, make.make_posting(cast)),
        lambda cast, opinion: actions.review_opinion(opinion=opinion, is_shown=True, by=cast.station),
    ),
    "reply_opinion": (
        lambda cast: make.make_opinion(cast, make.make_posting(cast)),
        lambda cast, opinion: actions.reply_opinion(opinion=opinion, reply="已采纳", by=cast.member),
    ),
    "record_meeting": (make.make_posting, lambda cast, posting: make.make_meeting(cast, posting)),
    "amend_meeting": (
        lambda cast: make.make_meeting(cast, make.make_posting(cast)),
        lambda cast, meeting: actions.amend_meeting(meeting=meeting, by=cast.member),
    ),
    "add_measure": (at(3), lambda cast, topic: make.make_measure(cast, topic)),
    "amend_measure": (
        lambda cast: make.make_measure(cast, make.make_topic_at(cast, 3)),
        lambda cast, measure: actions.amend_measure(measure=measure, by=cast.member),
    ),
    "finish_measure": (
        posted_measure,
        lambda cast, measure: actions.finish_measure(measure=measure, by=cast.member),
    ),
    "drop_measure": (
        posted_measure,
        lambda cast, measure: actions.drop_measure(measure=measure, reason="已无必要", by=cast.member),
    ),
    "draft_resolution": (at(5), lambda cast, topic: make.make_resolution(cast, topic)),
    "amend_resolution": (
        make.make_resolution,
        lambda cast, resolution: actions.amend_resolution(
            resolution=resolution, title="改题", text="正文", by=cast.secretary
        ),
    ),
    "move_resolution": (
        make.make_resolution,
        lambda cast, resolution: actions.move_resolution(resolution=resolution, move="propose", by=cast.member),
    ),
}
