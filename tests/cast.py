"""The named cast: one person per role, in two branches of two committees."""

from dataclasses import dataclass

from accounts.models import User
from branches.models import Branch, BranchLink, Committee, Grant
from config.permissions import Role
from tests.factories.organisation import EARLY, make_branch, make_committee, new_user

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

    people = {name: new_user(name, committee) for name in ROLES}
    strangers = {name: new_user(name, other_committee) for name in ("other_secretary", "other_sysadmin")}
    User.objects.bulk_create([*strangers.values(), *people.values()])
    grants = {
        "other_secretary": Grant(role=Role.SECRETARY, committee=other_committee),
        "other_sysadmin": Grant(role=Role.ADMIN, committee=other_committee),
        "secretary": Grant(role=Role.SECRETARY),
        "deputy": Grant(role=Role.DEPUTY),
        "member": Grant(role=Role.MEMBER),
        "branch1_secretary": Grant(role=Role.BRANCH_SECRETARY, branch=branch1),
        "branch2_secretary": Grant(role=Role.BRANCH_SECRETARY, branch=branch2),
        "station": Grant(role=Role.STATION),
        "discipline": Grant(role=Role.DISCIPLINE),
        "sysadmin": Grant(role=Role.ADMIN),
        "auditor": Grant(role=Role.AUDITOR),
    }
    for name, grant in grants.items():
        grant.user, grant.since = (strangers | people)[name], EARLY
        if name in people:
            grant.committee = committee
    Grant.objects.bulk_create(grants.values())
    BranchLink.objects.create(grant=grants["member"], branch=branch1)
    return Cast(committee, branch1, branch2, other_committee, other_branch, **people, **strangers)
