"""Who may do what: one table. Nothing else in the house asks for a role by name.

`has_perm(p)` is true when a grant in force allows p somewhere; `has_perm(p, obj)` when its place covers `obj.place`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


class Role(StrEnum):
    SECRETARY = "secretary"
    DEPUTY = "deputy"
    MEMBER = "member"
    BRANCH_SECRETARY = "branch_secretary"
    STATION = "station"
    DISCIPLINE = "discipline_member"
    ADMIN = "system_admin"
    AUDITOR = "auditor"


S, D, M, B = Role.SECRETARY, Role.DEPUTY, Role.MEMBER, Role.BRANCH_SECRETARY
K, C, A, U = Role.STATION, Role.DISCIPLINE, Role.ADMIN, Role.AUDITOR
EVERYONE = frozenset(Role)

MAY: dict[str, frozenset[Role]] = {
    "desk.see": EVERYONE,
    "notices.see": EVERYONE,
    "branches.see": EVERYONE,
    "branches.change": frozenset({S, D}),
    "grants.give": frozenset({A}),
    "users.manage": frozenset({A}),
    "audit.see": frozenset({C, U}),
    "members.names": frozenset({S, D, M, B, K}),
    "members.see": frozenset({S, D, M, B}),
    "members.reveal": frozenset({S, D, B}),
    "members.change": frozenset({S, D, M, B}),
    "members.export": frozenset({S, D}),
    "statistics.see": frozenset({S, D, M, B}),
    "council.see": EVERYONE - {A},
    "council.edit": frozenset({S, D, M}),
    "council.approve": frozenset({S, D, M}),
    "opinions.review": frozenset({S, D, M, K}),
    "opinions.enter": frozenset({S, D, M, K}),
    "reports.handle": frozenset({S, D, K, B}),
    "reports.promote": frozenset({S, D, K}),
    "reports.complaints": frozenset({C}),
    "visits.see": frozenset({S, D, M, B}),
    "visits.log": frozenset({S, D, M, B}),
    "visits.log_on_behalf": frozenset({S, D, M, B, K}),
    "visits.notes": frozenset({S, B}),
    "visits.open": frozenset({S, D, M, B}),
    "visits.death": frozenset({S, D, M, B}),
    "rules.change": frozenset({S, D}),
}

# A committee member has these only for the branches linked to him (BranchLink).
LINKED_ONLY: dict[Role, frozenset[str]] = {M: frozenset({"visits.see", "visits.log"})}

# A branch secretary's grant names a branch; all the others cover the whole committee.
BRANCH_ROLES = frozenset({B})
# At most one of these a user, and never together (graded protection: administrator and auditor are different people).
WATCHING_ROLES = frozenset({A, U, C})


class Place(Protocol):
    """A Committee (branch half None) or a Branch."""

    @property
    def place_key(self) -> tuple[int, int | None]: ...


@dataclass(frozen=True)
class Scope:
    """Where a permission holds: nowhere (committee None), a whole committee (branches None), or some branches of it."""

    committee: int | None = None
    branches: frozenset[int] | None = frozenset()

    def __bool__(self) -> bool:
        return self.committee is not None and self.branches != frozenset()

    @property
    def is_whole(self) -> bool:
        return bool(self) and self.branches is None

    def covers(self, place: Place) -> bool:
        committee, branch = place.place_key
        if not self or committee != self.committee:
            return False
        return self.branches is None or branch in self.branches


NOWHERE = Scope()


def may(permission: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """View decorator: 403 for a role that never may. The row itself is looked up with `visible_to(user)` (404)."""
    if permission not in MAY:
        raise KeyError(permission)

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
