"""The demo's care visits: all four kinds, one visit overdue by a day, one due today; gentle, made-up words."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from branches.calendar import add_working_days, is_working_day
from branches.models import Branch, Committee
from members.models import Member
from visits.actions import log_visit, open_occasion, record_death, set_discharged
from visits.models import Kind, Occasion, Visit

if TYPE_CHECKING:
    from accounts.models import User

Users = dict[str, "User"]
How, Source = Visit.How, Occasion.Source


def ago(on: date, days: int) -> date:
    return on - timedelta(days=days)


def build_visits(
    *, committee: Committee, branches: list[Branch], members: QuerySet[Member], on: date, users: Users
) -> list[Occasion]:
    """Build everything through the real actions, each on its day; exactly one visit is overdue and one due on `on`."""
    at_home = members.on_the_books(on).order_by("pk")  # type: ignore[attr-defined]
    old = at_home.aged(70, None, on)
    ill, home_again = old.filter(branch=branches[2])[:2]
    poor = at_home.filter(branch=branches[0], in_hardship=True).first() or old.filter(branch=branches[0])[0]
    listened, talked = old.filter(branch=branches[3])[0], at_home.aged(0, 60, on).filter(branch=branches[4])[0]
    dead = members.in_service(on).order_by("pk")[0]  # type: ignore[attr-defined]
    return [
        build_case(stay_in_hospital(on), ill, on, users["branch3"]),
        build_discharge(home_again, on, users["branch3"]),
        build_case(listening(on), listened, on, users["branch4"]),
        build_case(TALK, talked, on, users["branch5"]),
        build_case(HARDSHIP, poor, on, users["branch1"]),
        build_case(FAMILY, branches[1], on, users["branch2"]),
        build_death(dead, on, users[f"branch{branches.index(dead.branch) + 1}"]),
    ]


def known_for(due_on: date) -> date:
    """The day on which one learned of what is due two working days later."""
    return next(day for day in (ago(due_on, n) for n in range(1, 20)) if add_working_days(day, 2) == due_on)


@dataclass(frozen=True)
class Case:
    """One occasion as one learned of it. Days are counted back from the day on which the demo stands."""

    kind: Kind
    known: int
    told_by: Occasion.Source
    reason: str
    happened: int | None = None  # the day it became known, unless said otherwise
    is_discontent: bool = False
    family: str = ""  # a resident's family, entered with its consent; else a member
    visited: int | None = None
    how: str = How.HOME
    situation: str = ""


AFTER_DISCHARGE = Case(  # home since a week: the visit after the discharge is due today
    Kind.HOSPITAL,
    known=20,
    happened=21,
    told_by=Source.NEIGHBOUR,
    reason="夜间胸闷，住院观察。",
    visited=19,
    how=How.HOSPITAL,
    situation="精神较好，医生说再观察几天。带去了邻居们的问候。",
)
TALK = Case(
    Kind.TALK,
    known=2,
    told_by=Source.PERSON,
    reason="刚换了工作，想了解社区里能参加哪些活动。",
    visited=1,
    situation="聊了聊近况，愿意周末来服务站帮忙。",
)
HARDSHIP = Case(
    Kind.HARDSHIP,
    known=4,
    happened=6,
    told_by=Source.NEIGHBOUR,
    reason="老两口常年吃药，开销较大。",
    visited=2,
    situation="家里收拾得干净，老两口心态很好。药费报销的手续已说明。",
)
FAMILY = Case(
    Kind.HARDSHIP,
    known=3,
    told_by=Source.PERSON,
    reason="独自带孩子上学，近来活计少。",
    family="卞秋菊",
    visited=0,
    situation="孩子学习用功。说好下季度再来看看。",
)


def stay_in_hospital(on: date) -> Case:
    """Overdue since yesterday where yesterday was a working day; else known today (see listening)."""
    known = (on - known_for(ago(on, 1))).days if is_working_day(ago(on, 1)) else 0
    reason = "胆囊手术住院，老伴一人在家。"
    return Case(Kind.HOSPITAL, known=known, happened=known + 1, told_by=Source.FAMILY, reason=reason)


def listening(on: date) -> Case:
    """Discontent, as he told us himself. His second talk is the overdue one on days after a day off."""
    visited = 11 if is_working_day(ago(on, 1)) else 15
    return Case(
        Kind.TALK,
        known=visited + 1,
        told_by=Source.PERSON,
        reason="楼道漏水报修两个月没有结果，心里有气，想找人说说。",
        is_discontent=True,
        visited=visited,
        situation="坐下来听他讲完。已答应陪他一起去问物业，下次把结果告诉他。",
    )


def build_case(case: Case, where: Member | Branch, on: date, by: "User") -> Occasion:
    known_on = ago(on, case.known)
    whose: dict[str, Any] = {"member": where}
    if case.family:
        whose = {"branch": where, "person_name": case.family, "consent_on": known_on}
    occasion = open_occasion(
        kind=case.kind,
        happened_on=ago(on, case.known if case.happened is None else case.happened),
        known_on=known_on,
        told_by=case.told_by,
        reason=case.reason,
        is_discontent=case.is_discontent,
        by=by,
        day=known_on,
        **whose,
    )
    if case.visited is not None:
        visit(occasion, ago(on, case.visited), case.how, case.situation, by)
    return occasion


def build_discharge(member: Member, on: date, by: "User") -> Occasion:
    occasion = build_case(AFTER_DISCHARGE, member, on, by)
    set_discharged(occasion=occasion, discharged_on=ago(on, 7), by=by, day=ago(on, 7))
    return occasion


def build_death(member: Member, on: date, by: "User") -> Occasion:
    """An in-service member has died four days ago; the family has been seen once."""
    died_on = ago(on, 4)
    occasion = record_death(member=member, died_on=died_on, known_on=died_on, told_by=Source.FAMILY, by=by, day=died_on)
    visit(occasion, ago(on, 3), How.HOME, "看望家属，转达党组织的慰问，问清了后事还有哪些要帮忙。", by)
    return occasion


def visit(occasion: Occasion, day: date, how: str, situation: str, by: "User") -> Visit:
    """Make the occasion's next visit on that day."""
    duty = occasion.duties.open()[0]
    return log_visit(duty=duty, visitor=by, by=by, visited_on=day, how=how, situation=situation, day=day)
