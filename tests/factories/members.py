"""Persons of the register for tests, written by the same actions the pages use."""

from datetime import date
from itertools import count
from typing import Any

from branches.models import Branch
from members.actions import add_member
from members.identity import check_character
from members.models import Member, Relation, Way
from tests.factories.organisation import make_branch

_number = count(1)
SINCE = date(2022, 1, 1)


def make_id_number(birth_date: date, *, male: bool = True, serial: int = 0) -> str:
    """A made-up ID number that passes every check."""
    order = (serial or next(_number)) * 2 % 998 + (1 if male else 2)
    first = f"110101{birth_date:%Y%m%d}{order:03d}"
    return first + check_character(first)


def make_values(**values: Any) -> dict[str, Any]:
    """What a person may type about a member, complete and valid."""
    number = next(_number)
    return {
        "name": f"党员{number}",
        "sex": Member.Sex.MALE,
        "birth_date": date(1955, 5, 5),
        "joined_on": date(1980, 7, 1),
        "full_member_on": date(1981, 7, 1),
        "origin": Member.Origin.RETIRED,
        "phone": f"1990000{number % 10000:04d}",
        "address": f"{number}幢",
    } | values


def make_member(
    branch: Branch | None = None,
    *,
    since: date = SINCE,
    way: Way = Way.OPENING,
    kind: str = Relation.Kind.FORMAL,
    by: Any = None,
    **values: Any,
) -> Member:
    return add_member(
        branch=branch or make_branch(), values=make_values(**values), since=since, by=by, way=way, kind=kind
    )
