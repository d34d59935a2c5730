"""The demo's care visits: all four kinds, one visit overdue by a day, one due today; gentle, made-up words."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

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
        build_stay_in_hospital(ill, on, users),
        build_discharge(home_again, on, users["branch3"]),
        build_listening(listened, on, users["branch4"]),
        build_talk(talked, on, users["branch5"]),
        build_hardship(poor, on, users["branch1"]),
        build_family(branches[1], on, users["branch2"]),
        build_death(dead, on, users[f"branch{branches.index(dead.branch) + 1}"]),
    ]


def known_for(due_on: date) -> date:
    """The day on which one learned of what is due two working days later."""
    return next(day for day in (ago(due_on, n) for n in range(1, 20)) if add_working_days(day, 2) == due_on)


def build_stay_in_hospital(member: Member, on: date, users: Users) -> Occasion:
    """Overdue since yesterday where yesterday was a working day; else known today (see build_listening)."""
    known_on = known_for(ago(on, 1)) if is_working_day(ago(on, 1)) else on
    return open_occasion(
        kind=Kind.HOSPITAL,
        member=member,
        happened_on=ago(known_on, 1),
        known_on=known_on,
        told_by=Source.FAMILY,
        reason="胆囊手术住院，老伴一人在家。",
        by=users["branch3"],
        day=known_on,
    )


def build_discharge(member: Member, on: date, by: "User") -> Occasion:
    """Home since a week: the visit after the discharge is due today."""
    known_on = ago(on, 20)
    occasion = open_occasion(
        kind=Kind.HOSPITAL,
        member=member,
        happened_on=ago(known_on, 1),
        known_on=known_on,
        told_by=Source.NEIGHBOUR,
        reason="夜间胸闷，住院观察。",
        by=by,
        day=known_on,
    )
    visit(occasion, ago(on, 19), How.HOSPITAL, "精神较好，医生说再观察几天。带去了邻居们的问候。", by)
    set_discharged(occasion=occasion, discharged_on=ago(on, 7), by=by, day=ago(on, 7))
    return occasion


def build_listening(member: Member, on: date, by: "User") -> Occasion:
    """Discontent, as he told us himself. His second talk is the overdue one on days after a day off."""
    first_visit = ago(on, 11 if is_working_day(ago(on, 1)) else 15)
    known_on = ago(first_visit, 1)
    occasion = open_occasion(
        kind=Kind.TALK,
        member=member,
        happened_on=known_on,
        known_on=known_on,
        told_by=Source.PERSON,
        reason="楼道漏水报修两个月没有结果，心里有气，想找人说说。",
        is_discontent=True,
        by=by,
        day=known_on,
    )
    visit(occasion, first_visit, How.HOME, "坐下来听他讲完。已答应陪他一起去问物业，下次把结果告诉他。", by)
    return occasion


def build_talk(member: Member, on: date, by: "User") -> Occasion:
    occasion = open_occasion(
        kind=Kind.TALK,
        member=member,
        happened_on=ago(on, 2),
        known_on=ago(on, 2),
        told_by=Source.PERSON,
        reason="刚换了工作，想了解社区里能参加哪些活动。",
        by=by,
        day=ago(on, 2),
    )
    visit(occasion, ago(on, 1), How.HOME, "聊了聊近况，愿意周末来服务站帮忙。", by)
    return occasion


def build_hardship(member: Member, on: date, by: "User") -> Occasion:
    occasion = open_occasion(
        kind=Kind.HARDSHIP,
        member=member,
        happened_on=ago(on, 6),
        known_on=ago(on, 4),
        told_by=Source.NEIGHBOUR,
        reason="老两口常年吃药，开销较大。",
        by=by,
        day=ago(on, 4),
    )
    visit(occasion, ago(on, 2), How.HOME, "家里收拾得干净，老两口心态很好。药费报销的手续已说明。", by)
    return occasion


def build_family(branch: Branch, on: date, by: "User") -> Occasion:
    """A resident's family, entered with its consent."""
    occasion = open_occasion(
        kind=Kind.HARDSHIP,
        branch=branch,
        person_name="卞秋菊",
        consent_on=ago(on, 3),
        happened_on=ago(on, 3),
        known_on=ago(on, 3),
        told_by=Source.PERSON,
        reason="独自带孩子上学，近来活计少。",
        by=by,
        day=ago(on, 3),
    )
    visit(occasion, on, How.HOME, "孩子学习用功。说好下季度再来看看。", by)
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
