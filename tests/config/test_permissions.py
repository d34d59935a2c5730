"""The table of definitions.md, written out once more by role."""

import pytest

from config.permissions import MAY, Scope, may

BY_ROLE = {
    "secretary": "branches.change branches.see council.approve council.edit council.see desk.see members.change"
    " members.export members.names members.reveal members.see notices.see opinions.enter opinions.review"
    " reports.handle reports.promote rules.change statistics.see visits.death visits.log visits.log_on_behalf"
    " visits.notes visits.open visits.see",
    "deputy": "branches.change branches.see council.approve council.edit council.see desk.see members.change"
    " members.export members.names members.reveal members.see notices.see opinions.enter opinions.review"
    " reports.handle reports.promote rules.change statistics.see visits.death visits.log visits.log_on_behalf"
    " visits.open visits.see",
    "member": "branches.see council.approve council.edit council.see desk.see members.change members.names"
    " members.see notices.see opinions.enter opinions.review statistics.see visits.death visits.log"
    " visits.log_on_behalf visits.open visits.see",
    "branch_secretary": "branches.see council.see desk.see members.change members.names members.reveal members.see"
    " notices.see reports.handle statistics.see visits.death visits.log visits.log_on_behalf visits.notes"
    " visits.open visits.see",
    "station": "branches.see council.see desk.see members.names notices.see opinions.enter opinions.review"
    " reports.handle reports.promote visits.log_on_behalf",
    "discipline_member": "audit.see branches.see council.see desk.see notices.see reports.complaints",
    "system_admin": "branches.see desk.see grants.give notices.see users.manage",
    "auditor": "audit.see branches.see council.see desk.see notices.see",
}


def test_may_table() -> None:
    found = {role: " ".join(sorted(p for p, roles in MAY.items() if role in roles)) for role in BY_ROLE}
    assert found == BY_ROLE


def test_unknown_permission_is_loud() -> None:
    with pytest.raises(KeyError):
        may("members.sea")


def test_scope_of_nowhere_is_false() -> None:
    assert [bool(Scope()), bool(Scope(1, frozenset())), bool(Scope(1, frozenset({2}))), bool(Scope(1, None))] == [
        False,
        False,
        True,
        True,
    ]
