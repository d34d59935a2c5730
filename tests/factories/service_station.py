"""Reports and topics for tests, through the actions that make them."""

from datetime import date
from typing import Any

from accounts.models import User
from branches.models import Committee
from council.actions import open_topic
from council.models import Topic
from service_station.actions import move_report, open_report, promote_reports
from service_station.models import Report

TEXT = "五幢后面的草坪被人种了菜，夏天有异味。"


def make_report(committee: Committee, **fields: Any) -> Report:
    defaults: dict[str, Any] = {"committee": committee, "text": TEXT, "channel": Report.Channel.COUNTER}
    return open_report(**defaults | fields)


def make_topic(committee: Committee, by: User, title: str = "莫让社区变农庄") -> Topic:
    return open_topic(committee=committee, title=title, area="", by=by, reason="居民反映")


def bring_to(report: Report, state: str, by: User, day: date | None = None) -> Report:
    """Walk a fresh report to a state by the moves of the table."""
    if state == Report.State.RECEIVED:
        return report
    if state == Report.State.PROMOTED:
        promote_reports(reports=[report], topic=make_topic(report.committee, by), by=by)
        report.refresh_from_db()
        return report
    report = move_report(report=report, move="take", by=by, day=day)
    values: dict[str, dict[str, Any]] = {
        "outside": {"move": "pass_outside", "values": {"outside_body": "物业公司", "due_on": report.due_on}},
        "solved": {"move": "solve", "values": {"public_note": "已清理。"}},
        "unsolved": {"move": "close", "values": {"reason": "不属于社区范围。"}},
    }
    return move_report(report=report, by=by, day=day, **values[state]) if state in values else report


def bare_report(committee: Committee, **fields: Any) -> Report:
    """A row as it would stand, without an action, its audit line or its timeline."""
    day = fields.pop("day", date(2026, 2, 10))
    serial = Report.objects.filter(committee=committee).count() + 1
    defaults: dict[str, Any] = {
        "committee": committee,
        "year": day.year,
        "serial": serial,
        "letters": "KXQM",
        "channel": Report.Channel.COUNTER,
        "text": TEXT,
        "reported_on": day,
        "due_on": day,
    }
    return Report.objects.create(**defaults | fields)


def bare_topic(committee: Committee, by: User, **fields: Any) -> Topic:
    day = date(2026, 3, 2)
    number = Topic.objects.filter(committee=committee).count() + 1
    defaults: dict[str, Any] = {
        "committee": committee,
        "year": day.year,
        "number": number,
        "title": "莫让社区变农庄",
        "opened_on": day,
        "opened_by": by,
    }
    return Topic.objects.create(**defaults | fields)
