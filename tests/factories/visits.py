"""Occasions, duties and visits for tests, written by the same actions the pages use."""

from datetime import date
from typing import Any

from accounts.models import User
from members.models import Member
from visits.actions import log_visit, open_occasion
from visits.models import Duty, Kind, Occasion, Visit

KNOWN = date(2026, 11, 19)  # a Thursday; two working days later is Monday, 23 November


def make_occasion(member: Member, *, by: User, **fields: Any) -> Occasion:
    known_on = fields.get("known_on", KNOWN)
    defaults = {"kind": Kind.HOSPITAL, "known_on": known_on, "happened_on": known_on, "told_by": "family"}
    return open_occasion(member=member, by=by, **defaults | fields)


def make_duty(member: Member, *, by: User, **fields: Any) -> Duty:
    """The first duty of a new occasion."""
    return make_occasion(member, by=by, **fields).duties.get(number=1)


def make_visit(duty: Duty, *, by: User, **fields: Any) -> Visit:
    defaults = {"visitor": by, "visited_on": duty.due_on, "how": Visit.How.HOME}
    return log_visit(duty=duty, by=by, **defaults | fields)
