"""State × role × move, written out; what each guard asks for; what a move leaves behind."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from journal.models import Event
from service_station.actions import move_report
from service_station.models import Report
from service_station.workflow import MOVES, moves_for
from tests.cast import ROLES, Cast
from tests.factories.service_station import bring_to, make_report

STATION = ("secretary", "deputy", "branch1_secretary", "station")
PROMOTERS = ("secretary", "deputy", "station")

# state: {move: roles that may make it with a report of branch 1}
ORDINARY: dict[str, dict[str, tuple[str, ...]]] = {
    "received": {"take": STATION, "pass_outside": STATION, "promote": PROMOTERS},
    "in_hand": {"pass_outside": STATION, "promote": PROMOTERS, "solve": STATION, "close": STATION},
    "outside": {"take_back": STATION, "promote": PROMOTERS, "solve": STATION, "close": STATION},
    "promoted": {"release": PROMOTERS},
    "solved": {"reopen": STATION},
    "unsolved": {"reopen": STATION},
}
COMPLAINT: dict[str, tuple[str, ...]] = {
    "received": ("take", "pass_outside"),
    "in_hand": ("pass_outside", "solve", "close"),
    "outside": ("take_back", "solve", "close"),
    "solved": ("reopen",),
    "unsolved": ("reopen",),
}
VALUES: dict[str, dict[str, Any]] = {
    "pass_outside": {"outside_body": "街道城管科", "due_on": date(2999, 1, 1)},
    "release": {"reason": "另案处理。"},
    "solve": {"public_note": "已清理。"},
    "close": {"reason": "不属于社区范围。"},
    "reopen": {"reason": "居民表示没有解决。"},
}
TARGETS = {
    "take": "in_hand",
    "pass_outside": "outside",
    "take_back": "in_hand",
    "release": "in_hand",
    "solve": "solved",
    "close": "unsolved",
    "reopen": "in_hand",
}


@pytest.mark.parametrize("state", ORDINARY)
def test_moves_of_a_report_are_as_written(state: str, cast: Cast) -> None:
    report = bring_to(make_report(cast.committee, branch=cast.branch1), state, cast.station)
    found: dict[str, list[str]] = {}
    for role in ROLES:
        for move in moves_for(report, getattr(cast, role)):
            found.setdefault(move.name, []).append(role)
    assert {name: tuple(roles) for name, roles in found.items()} == ORDINARY[state]


@pytest.mark.parametrize("state", COMPLAINT)
def test_moves_of_a_complaint_are_the_discipline_members_alone(state: str, cast: Cast) -> None:
    report = make_report(cast.committee, branch=cast.branch1, is_complaint=True)
    report = bring_to(report, state, cast.discipline)
    found = {role: tuple(move.name for move in moves_for(report, getattr(cast, role))) for role in ROLES}
    assert found == dict.fromkeys(ROLES, ()) | {"discipline": COMPLAINT[state]}


@pytest.mark.parametrize(
    ("state", "move"),
    [(state, move) for state, moves in ORDINARY.items() for move in moves if move != "promote"],
)
def test_move_leads_to_its_target(state: str, move: str, cast: Cast) -> None:
    report = bring_to(make_report(cast.committee), state, cast.station)
    before = Event.objects.about(report).count()
    moved = move_report(report=report, move=move, by=cast.station, values=VALUES.get(move))
    assert moved.state == TARGETS[move]
    assert (moved.closed_on is not None) == (moved.state in Report.CLOSED)
    assert Event.objects.about(report).count() == before + 1


@pytest.mark.parametrize("state", ORDINARY)
@pytest.mark.parametrize("move", [move.name for move in MOVES])
def test_move_from_a_wrong_state_is_refused(state: str, move: str, cast: Cast) -> None:
    if move in ORDINARY[state]:
        return
    report = bring_to(make_report(cast.committee), state, cast.station)
    with pytest.raises(ValidationError):
        move_report(report=report, move=move, by=cast.station, values=VALUES.get(move))
    report.refresh_from_db()
    assert report.state == state


@pytest.mark.parametrize("role", sorted(set(ROLES) - set(STATION)))
def test_move_without_the_permission_is_refused(role: str, cast: Cast) -> None:
    report = make_report(cast.committee, branch=cast.branch1)
    with pytest.raises(PermissionDenied):
        move_report(report=report, move="take", by=getattr(cast, role))


def test_promotion_needs_its_own_page(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        move_report(report=make_report(cast.committee), move="promote", by=cast.station)


@pytest.mark.parametrize(
    ("move", "state", "values", "fields"),
    [
        ("pass_outside", "received", {}, {"outside_body"}),
        ("pass_outside", "received", {"outside_body": "物业", "due_on": date(2020, 1, 1)}, {"due_on"}),
        ("pass_outside", "received", {"outside_body": "", "due_on": date(2020, 1, 1)}, {"outside_body", "due_on"}),
        ("solve", "in_hand", {"public_note": ""}, {"public_note"}),
        ("close", "in_hand", {}, {"reason"}),
        ("reopen", "unsolved", {}, {"reason"}),
        ("release", "promoted", {"reason": ""}, {"reason"}),
    ],
)
def test_guard_names_what_is_missing(
    move: str, state: str, values: dict[str, Any], fields: set[str], cast: Cast
) -> None:
    report = bring_to(make_report(cast.committee), state, cast.station)
    with pytest.raises(ValidationError) as caught:
        move_report(report=report, move=move, by=cast.station, values=values)
    assert set(caught.value.message_dict) == fields
    report.refresh_from_db()
    assert report.state == state


def test_taking_in_hand_names_the_handler(cast: Cast) -> None:
    report = move_report(report=make_report(cast.committee), move="take", by=cast.station)
    assert report.handler == cast.station


def test_passing_outside_sets_the_follow_up_day(cast: Cast) -> None:
    day = timezone.localdate() + timedelta(days=20)
    report = move_report(
        report=make_report(cast.committee),
        move="pass_outside",
        by=cast.station,
        values={"outside_body": "街道城管科", "due_on": day},
    )
    assert (report.due_on, report.counted_from, report.outside_body) == (day, None, "街道城管科")


def test_taking_back_counts_five_working_days_anew(cast: Cast) -> None:
    with time_machine.travel("2026-09-25 10:00+08:00", tick=False):
        report = bring_to(make_report(cast.committee), "outside", cast.station)
    with time_machine.travel("2026-09-29 10:00+08:00", tick=False):  # the national holiday lies ahead
        report = move_report(report=report, move="take_back", by=cast.station)
    assert report.due_on == date(2026, 10, 12)  # 30 September, 8, 9, 10 (make-up Saturday), 12 October
    assert report.counted_from == date(2026, 9, 29)


def test_taking_off_the_topic_loosens_the_link_and_keeps_the_story(cast: Cast) -> None:
    report = bring_to(make_report(cast.committee), "promoted", cast.station)
    moved = move_report(report=report, move="release", by=cast.station, values={"reason": "另案处理。"})
    assert moved.topic is None
    assert "另案处理。" in str(Event.objects.about(report).first())
