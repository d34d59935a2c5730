"""Occasions, duties and visits for tests, written by the same actions the pages use."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from branches.models import Branch
from members.models import Member, Relation
from tests.factories.members import make_values
from visits.actions import log_visit, open_occasion
from visits.models import Anchor, Duty, Kind, Occasion, Unit, Visit

KNOWN = date(2026, 11, 19)  # a Thursday; two working days later is Monday, 23 November


def make_occasion(member: Member, *, by: User, **fields: Any) -> Occasion:
    known_on = fields.get("known_on", KNOWN)
    defaults: dict[str, Any] = {
        "kind": Kind.HOSPITAL,
        "known_on": known_on,
        "happened_on": known_on,
        "told_by": "family",
    }
    return open_occasion(member=member, by=by, **defaults | fields)


def make_duty(member: Member, *, by: User, **fields: Any) -> Duty:
    """The first duty of a new occasion."""
    return make_occasion(member, by=by, **fields).duties.get(number=1)


def make_visit(duty: Duty, *, by: User, **fields: Any) -> Visit:
    defaults: dict[str, Any] = {"visitor": by, "visited_on": duty.due_on, "how": Visit.How.HOME}
    return log_visit(duty=duty, by=by, **defaults | fields)


def bare_member(branch: Branch) -> Member:
    """Written without an action, so that no audit row arises."""
    member = Member.objects.create(committee=branch.committee, branch=branch, **make_values(name="李秀兰"))
    Relation.objects.create(member=member, branch=branch, since=date(2022, 1, 1))
    return member


def bare_occasion(branch: Branch, by: User, **fields: Any) -> Occasion:
    today = timezone.localdate()
    defaults: dict[str, Any] = {
        "committee": branch.committee,
        "branch": branch,
        "kind": Kind.HOSPITAL,
        "known_on": today,
        "happened_on": today,
        "told_by": "family",
        "opened_by": by,
    }
    if "person_name" not in fields and "member" not in fields:
        defaults["member"] = bare_member(branch)
    return Occasion.objects.create(**defaults | fields)


def bare_duty(occasion: Occasion, **fields: Any) -> Duty:
    defaults: dict[str, Any] = {
        "occasion": occasion,
        "branch": occasion.branch,
        "number": 1,
        "anchor": Anchor.KNOWN,
        "anchor_on": occasion.known_on,
        "offset": 2,
        "unit": Unit.WORKING,
        "due_on": occasion.known_on + timedelta(days=2),
    }
    return Duty.objects.create(**defaults | fields)
