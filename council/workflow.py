"""How a topic moves through the five steps, and a resolution to its posting. On one screen; nothing else decides."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from council import guards
from council.guards import Line
from council.models import Resolution, Topic

if TYPE_CHECKING:
    from accounts.models import User

Guard = Callable[[Any, "User", date], list[Line]]
EDIT, APPROVE = "council.edit", "council.approve"
STEP, STATE = Topic.Step, Resolution.State


@dataclass(frozen=True)
class Move:
    name: str
    label: Any
    source: frozenset[Any]
    target: Any
    permission: str
    guard: Guard = guards.nothing
    needs_reason: bool = False
    kind: str = "on"  # on, back, end: which button


def _on(name: str, label: Any, source: int, target: int, guard: Guard) -> Move:
    return Move(name, label, frozenset({source}), target, EDIT, guard)


def _back(name: str, label: Any, source: int, target: int, guard: Guard = guards.nothing) -> Move:
    return Move(name, label, frozenset({source}), target, EDIT, guard, needs_reason=True, kind="back")


# name, label, from, to, guard
TOPIC_MOVES = [
    _on("formulate", _("To step 2: formulate"), STEP.ESTABLISH, STEP.FORMULATE, guards.to_formulate),
    _on("adopt", _("To step 3: adopt"), STEP.FORMULATE, STEP.ADOPT, guards.to_adopt),
    _on("evaluate", _("To step 4: evaluate"), STEP.ADOPT, STEP.EVALUATE, guards.to_evaluate),
    _on("implement", _("To step 5: implement"), STEP.EVALUATE, STEP.IMPLEMENT, guards.to_implement),
    _on("close", _("Close the topic"), STEP.IMPLEMENT, STEP.IMPLEMENT, guards.to_close),
    _back("back_to_establish", _("Back to step 1"), STEP.FORMULATE, STEP.ESTABLISH),
    _back("back_to_formulate", _("Back to step 2"), STEP.ADOPT, STEP.FORMULATE),
    _back("back_to_adopt", _("Back to step 3"), STEP.EVALUATE, STEP.ADOPT),
    _back("back_to_evaluate", _("Back to step 4"), STEP.IMPLEMENT, STEP.EVALUATE, guards.no_public_resolution),
    Move("withdraw", _("Withdraw the topic"), frozenset(STEP), None, EDIT, guards.no_public_resolution, True, "end"),
]
ENDS = {"close": Topic.State.CLOSED, "withdraw": Topic.State.WITHDRAWN}

RESOLUTION_MOVES = [
    Move("propose", _("Propose"), frozenset({STATE.DRAFTED}), STATE.PROPOSED, EDIT, guards.is_publishable),
    Move("return", _("Return to the author"), frozenset({STATE.PROPOSED, STATE.APPROVED}), STATE.DRAFTED, APPROVE,
         needs_reason=True, kind="back"),
    Move("approve", _("Approve"), frozenset({STATE.PROPOSED}), STATE.APPROVED, APPROVE, guards.is_not_writer),
    Move("post", _("Post"), frozenset({STATE.APPROVED}), STATE.POSTED, APPROVE, guards.may_post),
    Move("revise", _("Revise the text"), frozenset({STATE.POSTED}), STATE.DRAFTED, EDIT, needs_reason=True, kind="back"),
    Move("withdraw", _("Withdraw"), frozenset(STATE) - {STATE.WITHDRAWN}, STATE.WITHDRAWN, APPROVE,
         needs_reason=True, kind="end"),
]  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """A move that this user may make here, with the lines of its guard."""

    move: Move
    lines: list[Line] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        return [line.text for line in self.lines if not line.is_done]

    @property
    def is_ready(self) -> bool:
        return not self.missing


def moves_for(topic: Topic, user: "User", day: date | None = None) -> list[Offer]:
    """The moves from the topic's step that the user's permissions allow, ready or not."""
    if not topic.is_open:
        return []
    return _offers(TOPIC_MOVES, topic.step, topic, user, day)


def resolution_moves_for(resolution: Resolution, user: "User", day: date | None = None) -> list[Offer]:
    return _offers(RESOLUTION_MOVES, resolution.state, resolution, user, day)


def _offers(moves: list[Move], here: Any, obj: Any, user: "User", day: date | None) -> list[Offer]:
    day = day or timezone.localdate()
    return [
        Offer(move, move.guard(obj, user, day))
        for move in moves
        if here in move.source and user.has_perm(move.permission, obj)
    ]


def way_on(topic: Topic, user: "User", day: date | None = None) -> Offer | None:
    """What is still missing before the next step, for every reader, whether or not he may move."""
    day = day or timezone.localdate()
    for move in TOPIC_MOVES:
        if topic.is_open and move.kind == "on" and topic.step in move.source:
            return Offer(move, move.guard(topic, user, day))
    return None
