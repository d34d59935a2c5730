"""The demo community's organisation and sign-ins, after the source: one committee, five area branches. Names are made up."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from accounts.models import User
from branches.actions import create_committee, give_role
from branches.models import Branch, Committee, Group, PartnerUnit
from config.permissions import Role

NAME, SHORT_NAME, SLUG, DOCUMENT_WORD = "莫愁新寓社区党委", "莫愁新寓", "mochou", "莫党议"
AREAS = ["一", "二", "三", "四", "五"]
PEOPLE = {
    "secretary": "王庆余",
    "deputy": "陆文霞",
    "member": "沈立群",
    "branch1": "赵国栋",
    "branch2": "孙玉梅",
    "branch3": "张宏声",
    "branch4": "郑素琴",
    "branch5": "蒋志远",
    "station": "周晓兰",
    "discipline": "顾明远",
    "sysadmin": "何维",
    "auditor": "秦岚",
}
ROLES = {
    "secretary": Role.SECRETARY,
    "deputy": Role.DEPUTY,
    "member": Role.MEMBER,
    "station": Role.STATION,
    "discipline": Role.DISCIPLINE,
    "sysadmin": Role.ADMIN,
    "auditor": Role.AUDITOR,
}


@dataclass(frozen=True)
class Organisation:
    committee: Committee
    branches: list[Branch]
    users: dict[str, User]


def build_organisation(*, name: str, on: date, password: str) -> Organisation:
    """The committee as it stands on the day, its people with one password, their roles since the founding year."""
    founded = date(on.year - 4, 12, 18)
    committee = create_committee(
        name=name,
        slug=SLUG,
        short_name=SHORT_NAME if name == NAME else name.removesuffix("社区党委")[:20],
        document_word=DOCUMENT_WORD if name == NAME else f"{name[:1]}党议",
        street="莫愁湖街道党工委",
        address="鼓楼区莫愁新寓 1 号（社区服务中心一楼）",
        phone="025-0000 0000",
        introduction=(
            "社区党委由党员公推直选产生，设委员五名，按片区设五个党支部。"
            "党员议事会按五步议程把居民反映的问题议成决议、落到实处；"
            "党员服务站是党员的家，服务站服务党员，党员服务居民。"
        ),
        founded_on=founded,
        is_demo=True,
    )
    branches = [
        Branch.objects.create(committee=committee, name=f"第{area}支部", area=f"第{area}片区", position=number)
        for number, area in enumerate(AREAS, start=1)
    ]
    Group.objects.bulk_create(
        [
            Group(branch=branch, name=f"{4 * branch.position + n - 4}幢党小组")
            for branch in branches
            for n in (1, 2, 3, 4)
        ]
    )
    PartnerUnit.objects.bulk_create(
        [
            PartnerUnit(committee=committee, name="莫愁实验小学", has_agreement=True, contact="方老师"),
            PartnerUnit(committee=committee, name="区第二公共交通分公司", contact="石师傅"),
            PartnerUnit(
                committee=committee, name="长江路设计院", is_located_here=False, has_agreement=True, contact="范工"
            ),
        ]
    )
    return Organisation(committee, branches, _build_users(committee, branches, founded, password))


def _build_users(committee: Committee, branches: list[Branch], since: date, password: str) -> dict[str, User]:
    encoded = make_password(password)
    users = {
        username: User.objects.create(
            username=username,
            full_name=full_name,
            password=encoded,
            must_change_password=False,
            committee_of_origin=committee.pk,
        )
        for username, full_name in PEOPLE.items()
    }
    for username, role in ROLES.items():
        linked = branches[:3] if role == Role.MEMBER else []
        give_role(user=users[username], role=role, committee=committee, since=since, by=None, linked=linked)
    for number, branch in enumerate(branches, start=1):
        give_role(
            user=users[f"branch{number}"],
            role=Role.BRANCH_SECRETARY,
            committee=committee,
            branch=branch,
            since=since,
            by=users["sysadmin"],
        )
    return users
