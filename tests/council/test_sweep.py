"""Reminders of the council: a resolution not posted in time, a posting whose time is over; each told once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from celery.signals import worker_ready
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.permissions import Role
from config.schedule import SCHEDULE
from council import actions, tasks
from council.models import Posting, Topic
from council.sweep import sweep
from desk.today import lines_for
from journal.models import JobRun, Notice
from tests.cast import Cast
from tests.factories import council as make
from tests.factories.organisation import make_grant, make_user

NOON = "2026-11-19 12:00+08:00"  # a Thursday: the third working day after it is Tuesday, 24 November
DUE = date(2026, 11, 24)


@pytest.fixture
def topic(cast: Cast) -> Topic:
    """Entered step 5 on Thursday, 19 November."""
    with time_machine.travel(NOON, tick=False):
        topic = make.make_topic_at(cast, 4)
        make.evaluate(cast, topic)
        return actions.make_move(topic=topic, move="implement", by=cast.secretary)


def run(moment: str) -> int:
    with time_machine.travel(f"2026-{moment}+08:00", tick=False):
        return sweep()


def told() -> list[tuple[str, str, date]]:
    return sorted(Notice.objects.values_list("user__username", "kind", "due_day"))


def test_unposted_resolution_is_told_to_secretary_and_deputy_from_the_day_after(cast: Cast, topic: Topic) -> None:
    assert (run("11-24 21:00"), told()) == (0, [])
    assert run("11-25 07:00") == 2
    names = sorted([cast.secretary.username, cast.deputy.username])
    assert told() == [(name, "resolution.unposted", DUE) for name in names]
    notice = Notice.objects.first()
    assert notice
    assert str(notice) == "“莫让社区变农庄”进入实施议程已满 3 个工作日，决议尚未公布"
    assert notice.url == f"/council/topics/{topic.pk}/"


def test_sweep_tells_once_and_catches_up(topic: Topic) -> None:
    assert [run("11-30 07:00"), run("11-30 07:15"), run("12-09 12:00")] == [2, 0, 0]
    assert JobRun.objects.get(name="council.sweep").count == 0


@pytest.mark.parametrize("moment", ["11-25 06:59", "11-25 21:01"])
def test_nobody_is_reminded_at_night(moment: str, topic: Topic) -> None:
    assert (run(moment), told()) == (0, [])


@pytest.mark.parametrize("state", ["drafted", "proposed", "approved"])
def test_written_but_not_posted_is_told_all_the_same(state: str, cast: Cast, topic: Topic) -> None:
    make.make_resolution(cast, topic, state=state)
    assert run("11-25 07:00") == 2


def test_posted_one_is_not_told_not_even_while_it_is_revised(cast: Cast, topic: Topic) -> None:
    resolution = make.make_resolution(cast, topic, state="posted")
    assert run("11-25 07:00") == 0
    actions.move_resolution(resolution=resolution, move="revise", by=cast.member, reason="错字")
    assert run("11-25 07:15") == 0


def test_withdrawn_one_is_not_posted(cast: Cast, topic: Topic) -> None:
    resolution = make.make_resolution(cast, topic, state="posted")
    actions.move_resolution(resolution=resolution, move="withdraw", by=cast.secretary, reason="有误")
    assert run("11-25 07:00") == 2


def test_days_run_from_the_last_entry_of_step_five(cast: Cast, topic: Topic) -> None:
    with time_machine.travel("2026-11-24 12:00+08:00", tick=False):
        topic = actions.make_move(topic=topic, move="back_to_evaluate", by=cast.secretary, reason="再听意见")
        assert topic.post_by is None
        topic = actions.make_move(topic=topic, move="implement", by=cast.secretary)
    assert topic.post_by == date(2026, 11, 27)
    assert [run("11-27 12:00"), run("11-28 12:00")] == [0, 2]


def test_property_and_query_agree_on_every_day(cast: Cast, topic: Topic) -> None:
    with time_machine.travel(NOON, tick=False):
        make.make_topic_at(cast, 4)
        make.make_resolution(cast, make.make_topic_at(cast, 5), state="posted")
        actions.make_move(topic=make.make_topic_at(cast, 5), move="withdraw", by=cast.secretary, reason="撤回")
    topics = list(Topic.objects.all())
    for number in range(30):
        day = date(2026, 11, 10) + timedelta(days=number)
        expected = {row.pk for row in topics if row.post_by and row.post_by < day}
        assert set(Topic.objects.unposted(day).values_list("pk", flat=True)) == expected


def test_only_those_of_the_committee_who_may_sign_in_are_told(cast: Cast, topic: Topic) -> None:
    cast.deputy.is_active = False
    cast.deputy.save()
    make_grant(make_user(), Role.SECRETARY, cast.committee, since=date(2026, 1, 1), until=date(2026, 11, 24))
    run("11-25 07:00")
    assert [name for name, _kind, _day in told()] == [cast.secretary.username]


def test_closed_posting_is_told_to_the_secretary_the_day_after(cast: Cast) -> None:
    posting = make.make_posting(cast, opens_on=make.days_ago(7), closes_on=make.days_ago(1))
    noon = timezone.localtime().replace(hour=12)
    assert sweep(noon - timedelta(days=1)) == 0
    assert [sweep(noon), sweep(noon + timedelta(days=3))] == [1, 0]
    assert told() == [(cast.secretary.username, "posting.closed", posting.closes_on)]


def noon_after(posting: Posting) -> datetime:
    return timezone.localtime().replace(hour=12) + (posting.closes_on + timedelta(days=1) - timezone.localdate())


def test_posting_of_an_older_draft_is_not_told(cast: Cast) -> None:
    posting = make.make_posting(cast, opens_on=make.days_ago(9), closes_on=make.days_ago(3))
    actions.make_move(topic=posting.topic, move="back_to_adopt", by=cast.secretary, reason="改方案")
    assert sweep(noon_after(posting)) == 0
    assert not [line for line in lines_for(cast.secretary, timezone.localdate()) if "征求意见期满" in line.text]


def test_desk_and_reminder_speak_of_the_same_topics(cast: Cast, topic: Topic) -> None:
    def lines(day: date) -> list[tuple[str, str, str]]:
        return [(line.state, line.word, line.text) for line in lines_for(cast.deputy, day) if "公布" in line.word]

    assert lines(DUE) == []
    assert lines(DUE + timedelta(days=1)) == [("late", "逾期未公布", "“莫让社区变农庄”尚未公布决议")]
    make.make_resolution(cast, topic, state="approved")
    assert lines(DUE) == [("due", "待公布", "决议“关于清除蔬菜的决议”已核准")]
    assert lines(DUE + timedelta(days=1)) == [("late", "逾期未公布", "决议“关于清除蔬菜的决议”已核准")]


def test_sweep_asks_as_often_for_three_topics_as_for_one(cast: Cast, topic: Topic) -> None:
    def queries() -> int:
        Notice.objects.all().delete()
        with CaptureQueriesContext(connection) as found:
            run("11-30 12:00")
        return len(found)

    with time_machine.travel(NOON, tick=False):
        make.make_posting(cast, opens_on=make.days_ago(2), closes_on=make.days_ago(1))
    queries()  # the first one writes the job down
    one = queries()
    with time_machine.travel(NOON, tick=False):
        for _number in range(2):
            make.make_topic_at(cast, 5)
            make.make_posting(cast, opens_on=make.days_ago(2), closes_on=make.days_ago(1))
    assert queries() == one


def test_sweep_runs_by_schedule_and_when_a_worker_is_ready(eager: Any, topic: Topic) -> None:
    assert tasks.sweep.name in {entry["task"] for entry in SCHEDULE.values()}
    with time_machine.travel("2026-11-25 12:00+08:00", tick=False):
        worker_ready.send(sender=None)
    assert JobRun.objects.get(name="council.sweep").count == 2
