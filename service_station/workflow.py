"""How a report moves: the states, the table of moves, and what each move still misses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from service_station.models import Report

if TYPE_CHECKING:
    from accounts.models import User

State = Report.State
Missing = list[tuple[str, Any]]  # the field ("" for the report as a whole) and what is wrong with it
Guard = Callable[[Report, date], Missing]


def nothing(report: Report, day: date) -> Missing:
    return []


def passed_on(report: Report, day: date) -> Missing:
    missing: Missing = []
    if not report.outside_body:
        missing.append(("outside_body", _("Say to whom it is passed, e.g. the property management.")))
    if report.due_on < day:
        missing.append(("due_on", _("The follow-up day must not lie before the day of passing on.")))
    return missing


def answered(report: Report, day: date) -> Missing:
    if report.public_note:
        return []
    return [("public_note", _("Write what was done: the reporter reads it when looking the report up."))]


def reasoned(report: Report, day: date) -> Missing:
    return (
        [] if report.reason else [("reason", _("Give the reason: the reporter reads it when looking the report up."))]
    )


def no_complaint(report: Report, day: date) -> Missing:
    return [("", _("A complaint about a person is never made a topic."))] if report.is_complaint else []


@dataclass(frozen=True)
class Move:
    """One line of the table. `asks` names the fields of the report that are typed with the move."""

    name: str
    label: Any
    sources: frozenset[str]
    target: str
    event: str
    permission: str = "reports.handle"
    asks: tuple[str, ...] = ()
    guard: Guard = nothing
    for_complaints: bool = True
    page: str = ""  # the address of a page of its own, where a button is not enough

    def permission_for(self, report: Report) -> str:
        """A complaint about a person bypasses the station: whatever the move, it is the discipline member's."""
        return "reports.complaints" if report.is_complaint else self.permission


def _move(name: str, label: Any, sources: str, target: str, event: str, **more: Any) -> Move:
    return Move(
        name, label, frozenset(State(source).value for source in sources.split()), State(target).value, event, **more
    )


PAGE = "station:report_promote"
PROMOTION: dict[str, Any] = {"permission": "reports.promote", "for_complaints": False}
PASSING: dict[str, Any] = {"asks": ("outside_body", "due_on"), "guard": passed_on}
REASON: dict[str, Any] = {"asks": ("reason",), "guard": reasoned}
ANSWER: dict[str, Any] = {"asks": ("public_note",), "guard": answered}
TAKEN, PASSED = (
    gettext_noop("Taken in hand"),
    gettext_noop("Passed to %(outside_body)s, follow-up on %(due_on)s"),
)
BACK, PROMOTED = gettext_noop("Taken back"), gettext_noop("Made a topic: %(topic)s")
RELEASED = gettext_noop("Taken off the topic: %(reason)s")
SOLVED, UNSOLVED = gettext_noop("Solved"), gettext_noop("Closed, not solved: %(reason)s")
REOPENED = gettext_noop("Opened again: %(reason)s")

MOVES: list[Move] = [
    _move("take", _("Take in hand"), "received", "in_hand", TAKEN),
    _move("pass_outside", _("Pass outside"), "received in_hand", "outside", PASSED, **PASSING),
    _move("take_back", _("Take back"), "outside", "in_hand", BACK),
    _move(
        "promote",
        _("Make it a topic"),
        "received in_hand outside",
        "promoted",
        PROMOTED,
        guard=no_complaint,
        page=PAGE,
        **PROMOTION,
    ),
    _move("release", _("Take off the topic"), "promoted", "in_hand", RELEASED, **REASON, **PROMOTION),
    _move("solve", _("Mark as solved"), "in_hand outside", "solved", SOLVED, **ANSWER),
    _move("close", _("Close without solution"), "in_hand outside", "unsolved", UNSOLVED, **REASON),
    _move("reopen", _("Open again"), "solved unsolved", "in_hand", REOPENED, **REASON),
]
BY_NAME = {move.name: move for move in MOVES}


def moves_for(report: Report, user: "User") -> list[Move]:
    """The moves this user may make with this report in its present state; what they miss, their guards tell."""
    return [
        move
        for move in MOVES
        if report.state in move.sources
        and (move.for_complaints or not report.is_complaint)
        and user.has_perm(move.permission_for(report), report)
    ]
