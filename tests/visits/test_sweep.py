"""The sweep: what is due and not yet told, once for each reader, whatever was missed before."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import BranchLink
from config.permissions import Role
from journal.delivery import outgoing_text
from journal.models import Delivery, JobRun, Notice
from members.models import Member
from tests.cast import Cast
from tests.factories.members import make_member
from tests.factories.organisation import make_grant, make_user
from tests.factories.visits import make_duty, make_visit
from visits.models import Duty, Kind
from visits.sweep import sweep

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 23)  # a Monday


@pytest.fixture
def member(cast: Cast) -> Member:
    return make_member(cast.branch1, name="李秀兰")


@pytest.fixture
def duty(cast: Cast, member: Member) -> Duty:
    with time_machine.travel("2026-11-19 10:00+08:00", tick=False):
        return make_duty(member, by=cast.branch1_secretary)


def run(moment: str) -> int:
    with time_machine.travel(f"2026-{moment}+08:00", tick=False):
        return sweep()


def told() -> list[tuple[str, str]]:
    return sorted(Notice.objects.values_list("user__username", "kind"))


def test_nothing_told_two_days_before(duty: Duty) -> None:
    assert (run("11-21 10:00"), told()) == (0, [])


@pytest.mark.parametrize(
    ("moment", "kind", "text"),
    [
        ("11-22 07:00", "visit.due_tomorrow", "明日到期：走访李秀兰（生病住院）"),
        ("11-23 12:00", "visit.due_today", "今日到期：走访李秀兰（生病住院）"),
        ("11-24 21:00", "visit.overdue", "已逾期：走访李秀兰（生病住院）"),
    ],
)
def test_branch_secretary_told(duty: Duty, moment: str, kind: str, text: str) -> None:
    assert run(f"{moment}") == 1
    notice = Notice.objects.get()
    assert (notice.user.username, notice.kind, str(notice)) == ("branch1_secretary", kind, text)
    assert (notice.due_day, notice.url) == (DUE, f"/visits/duties/{duty.pk}/log/")


def test_help_asked_two_working_days_after(duty: Duty) -> None:
    assert run("11-24 10:00") == 1
    assert run("11-25 10:00") == 2
    assert told() == [
        ("branch1_secretary", "visit.overdue"),
        ("member", "visit.help"),
        ("secretary", "visit.help"),
    ]


def test_missed_runs_caught_up_once(duty: Duty) -> None:
    assert run("12-07 10:00") == 3
    assert run("12-07 10:15") == 0
    assert run("12-08 10:00") == 0


@pytest.mark.parametrize("moment", ["11-24 06:59", "11-24 21:01", "11-24 00:00"])
def test_nobody_told_at_night(duty: Duty, moment: str) -> None:
    assert (run(moment), told()) == (0, [])
    assert JobRun.objects.get(name="visits.sweep").good_at is not None


def test_committee_secretary_told_where_no_branch_secretary_is_in_force(cast: Cast, duty: Duty) -> None:
    cast.branch1_secretary.grants.update(until=date(2026, 11, 20))
    run("11-23 10:00")
    assert told() == [("secretary", "visit.due_today")]


def test_every_branch_secretary_in_force_told(cast: Cast, duty: Duty) -> None:
    second = make_user("second", cast.committee)
    make_grant(second, Role.BRANCH_SECRETARY, cast.committee, cast.branch1)
    disabled = make_user("disabled", cast.committee, is_active=False)
    make_grant(disabled, Role.BRANCH_SECRETARY, cast.committee, cast.branch1)
    run("11-23 10:00")
    assert told() == [("branch1_secretary", "visit.due_today"), ("second", "visit.due_today")]


def test_without_a_linked_member_the_secretary_alone_helps(cast: Cast, duty: Duty) -> None:
    BranchLink.objects.all().delete()
    run("11-25 10:00")
    assert told() == [("branch1_secretary", "visit.overdue"), ("secretary", "visit.help")]


def test_done_and_cancelled_are_not_told(cast: Cast, duty: Duty) -> None:
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        make_visit(duty, by=cast.branch1_secretary)
    assert (run("11-24 10:00"), told()) == (0, [])


def test_talk_with_and_without_discontent_told_alike(cast: Cast, member: Member) -> None:
    other = make_member(cast.branch1, name="李秀兰")
    with time_machine.travel("2026-11-19 10:00+08:00", tick=False):
        make_duty(member, by=cast.branch1_secretary, kind=Kind.TALK, told_by="person")
        make_duty(other, by=cast.branch1_secretary, kind=Kind.TALK, told_by="person", is_discontent=True)
    run("11-23 10:00")
    first, second = Notice.objects.order_by("pk")
    assert (first.text, first.params, first.kind) == (second.text, second.params, second.kind)
    assert str(first) == "今日到期：走访李秀兰（谈心走访）"


def test_message_outside_says_a_number_and_a_day_only(settings: Any, eager: Any, cast: Cast, duty: Duty) -> None:
    settings.NOTIFY_URLS = ["json://127.0.0.1:1/"]
    other = make_member(cast.branch1)
    with time_machine.travel("2026-11-19 10:00+08:00", tick=False):
        make_duty(other, by=cast.branch1_secretary)
    run("11-23 10:00")
    run("11-24 10:00")
    assert [outgoing_text(delivery) for delivery in Delivery.objects.order_by("pk")] == [
        "您有 2 项走访任务将于 11月23日 到期，请登录查看。",
        "您有 2 项走访任务已于 11月23日 到期，请登录查看。",
    ]


def test_person_who_moved_takes_his_duties_along(cast: Cast, member: Member, duty: Duty) -> None:
    Member.objects.filter(pk=member.pk).update(branch=cast.branch2)
    run("11-23 10:00")
    duty.refresh_from_db()
    assert (duty.branch, duty.occasion.branch) == (cast.branch2, cast.branch2)
    assert told() == [("branch2_secretary", "visit.due_today")]


def test_job_run_kept(duty: Duty) -> None:
    run("11-23 10:00")
    job = JobRun.objects.get(name="visits.sweep")
    assert (job.count, job.error, job.good_at == job.ended_at) == (1, "", True)


@pytest.mark.parametrize(
    ("moment", "is_overdue"),
    [
        ("2026-11-23 23:59:59+08:00", False),
        ("2026-11-24 00:00:00+08:00", True),
        ("2026-11-23 15:59:59+00:00", False),
        ("2026-11-23 16:00:00+00:00", True),
    ],
)
def test_overdue_from_midnight_in_both_definitions(duty: Duty, moment: str, is_overdue: bool) -> None:
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        today = timezone.localdate()
        assert duty.is_overdue() is is_overdue
        assert Duty.objects.overdue(today).exists() is is_overdue


def test_overdue_agrees_for_every_state(duty: Duty) -> None:
    for state, because in (("open", ""), ("done", ""), ("cancelled", "moved")):
        Duty.objects.filter(pk=duty.pk).update(state=state, cancelled_because=because)
        duty.refresh_from_db()
        for day in (date(2026, 11, 22), DUE, date(2026, 11, 24)):
            assert Duty.objects.overdue(day).exists() is duty.is_overdue(day)


def queries_of_a_run(moment: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        run(moment)
    return len(queries)


def test_sweep_asks_as_often_for_three_as_for_one(cast: Cast, duty: Duty) -> None:
    run("11-19 10:00")
    for_one = queries_of_a_run("11-23 10:00")
    for _number in range(3):
        with time_machine.travel("2026-11-19 10:00+08:00", tick=False):
            make_duty(make_member(cast.branch1), by=cast.branch1_secretary)
    assert queries_of_a_run("11-23 10:15") == for_one
    assert len(told()) == 4
