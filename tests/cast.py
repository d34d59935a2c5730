"""The named cast: one person per role, in two branches of two committees."""

from dataclasses import dataclass

from accounts.models import User
from branches.models import Branch, Committee
from config.permissions import Role
from tests.factories.organisation import make_branch, make_committee, make_grant, make_user

ROLES = [
    "secretary",
    "deputy",
    "member",
    "branch1_secretary",
    "branch2_secretary",
    "station",
    "discipline",
    "sysadmin",
    "auditor",
    "nobody",
]


@dataclass
class Cast:
    committee: Committee
    branch1: Branch
    branch2: Branch
    other_committee: Committee
    other_branch: Branch
    secretary: User
    deputy: User
    member: User
    branch1_secretary: User
    branch2_secretary: User
    station: User
    discipline: User
    sysadmin: User
    auditor: User
    nobody: User
    other_secretary: User
    other_sysadmin: User


def make_cast() -> Cast:
    committee = make_committee(name="甲社区党委", short_name="甲", slug="jia")
    branch1, branch2 = make_branch(committee, name="第一支部"), make_branch(committee, name="第二支部")
    other_committee = make_committee(name="乙社区党委", short_name="乙", slug="yi")
    other_branch = make_branch(other_committee, name="第一支部")

    def person(username: str, role: Role | None, branch: Branch | None = None, linked: tuple[Branch, ...] = ()) -> User:
        user = make_user(username, committee)
        if role:
            make_grant(user, role, committee, branch, linked)
        return user

    other_secretary = make_user("other_secretary", other_committee)
    make_grant(other_secretary, Role.SECRETARY, other_committee)
    other_sysadmin = make_user("other_sysadmin", other_committee)
    make_grant(other_sysadmin, Role.ADMIN, other_committee)
    return Cast(
        committee=committee,
        branch1=branch1,
        branch2=branch2,
        other_committee=other_committee,
        other_branch=other_branch,
        secretary=person("secretary", Role.SECRETARY),
        deputy=person("deputy", Role.DEPUTY),
        member=person("member", Role.MEMBER, linked=(branch1,)),
        branch1_secretary=person("branch1_secretary", Role.BRANCH_SECRETARY, branch1),
        branch2_secretary=person("branch2_secretary", Role.BRANCH_SECRETARY, branch2),
        station=person("station", Role.STATION),
        discipline=person("discipline", Role.DISCIPLINE),
        sysadmin=person("sysadmin", Role.ADMIN),
        auditor=person("auditor", Role.AUDITOR),
        nobody=person("nobody", None),
        other_secretary=other_secretary,
        other_sysadmin=other_sysadmin,
    )
