"""Committees, branches, users and roles for tests; every field that matters can be passed."""

from datetime import date
from itertools import count
from typing import Any

from accounts.models import User
from branches.models import Branch, BranchLink, Committee, Grant
from config.permissions import Role

PASSWORD = "a long password 1"
_number = count(1)
EARLY = date(2020, 1, 1)


def make_committee(**fields: Any) -> Committee:
    number = next(_number)
    defaults = {
        "name": f"试验{number}社区党委",
        "short_name": f"试验{number}",
        "slug": f"test-{number}",
        "document_word": "试党议",
        "phone": "025-0000 0000",
    }
    return Committee.objects.create(**defaults | fields)


def make_branch(committee: Committee | None = None, **fields: Any) -> Branch:
    number = next(_number)
    return Branch.objects.create(
        **{"committee": committee or make_committee(), "name": f"第{number}支部", "position": number} | fields
    )


def new_user(username: str = "", committee: Committee | None = None, **fields: Any) -> User:
    """Not yet saved, for those who save several at once."""
    username = username or f"user{next(_number)}"
    password = fields.pop("password", PASSWORD)
    user = User(
        username=username,
        **{
            "full_name": f"{username}同志",
            "must_change_password": False,
            "committee_of_origin": committee and committee.pk,
        }
        | fields,
    )
    user.set_password(password)
    return user


def make_user(username: str = "", committee: Committee | None = None, **fields: Any) -> User:
    user = new_user(username, committee, **fields)
    user.save()
    return user


def make_grant(
    user: User,
    role: Role,
    committee: Committee,
    branch: Branch | None = None,
    linked: tuple[Branch, ...] = (),
    **fields: Any,
) -> Grant:
    grant = Grant.objects.create(
        **{"user": user, "role": role, "committee": committee, "branch": branch, "since": EARLY} | fields
    )
    BranchLink.objects.bulk_create([BranchLink(grant=grant, branch=place) for place in linked])
    return grant
