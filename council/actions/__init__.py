"""Everything that is done in the council, by subject."""

from council.actions.garden import (
    enter_opinions,
    give_opinion,
    post_plan,
    reply_opinion,
    review_opinion,
    write_what_changed,
)
from council.actions.measures import add_measure, amend_measure, drop_measure, finish_measure
from council.actions.meetings import amend_meeting, record_meeting
from council.actions.moves import make_move
from council.actions.resolutions import amend_resolution, draft_resolution, move_resolution
from council.actions.seats import amend_rules, end_seat, fill_seat, rules_of
from council.actions.sittings import (
    answer_position,
    call_sitting,
    record_attendance,
    record_decision,
    record_position,
)
from council.actions.topics import amend_topic, draft_plan, open_topic, set_remit, write_analysis

__all__ = [
    "add_measure",
    "amend_measure",
    "amend_meeting",
    "amend_resolution",
    "amend_rules",
    "amend_topic",
    "answer_position",
    "call_sitting",
    "draft_plan",
    "draft_resolution",
    "drop_measure",
    "end_seat",
    "enter_opinions",
    "fill_seat",
    "finish_measure",
    "give_opinion",
    "make_move",
    "move_resolution",
    "open_topic",
    "post_plan",
    "record_attendance",
    "record_decision",
    "record_meeting",
    "record_position",
    "reply_opinion",
    "review_opinion",
    "rules_of",
    "set_remit",
    "write_analysis",
    "write_what_changed",
]
