"""Numbers, double submits, due days, promotion, what a topic's end brings."""

import re
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from config.permissions import Role
from council.hooks import ON_OUTCOME
from council.models import Topic
from journal.models import Audit, Event, Notice
from service_station import actions
from service_station.models import LETTERS, Report
from tests.cast import Cast
from tests.factories.organisation import make_grant, make_user
from tests.factories.service_station import TEXT, bring_to, make_report, make_topic


def serials(cast: Cast) -> list[int]:
    return list(Report.objects.filter(committee=cast.committee).order_by("serial").values_list("serial", flat=True))


def test_numbers_run_without_gaps_or_doubles(cast: Cast) -> None:
    for index in range(4):
        make_report(cast.committee, is_complaint=index == 2)
    make_report(cast.other_committee)
    assert serials(cast) == [1, 2, 3, 4]


def test_number_starts_again_each_year(cast: Cast) -> None:
    make_report(cast.committee, day=date(2025, 12, 31))
    first = make_report(cast.committee, day=date(2026, 1, 1))
    assert re.fullmatch(rf"2026-0001-[{LETTERS}]{{4}}", first.number)


def test_refused_report_takes_no_number(cast: Cast) -> None:
    make_report(cast.committee)
    with pytest.raises(ValidationError):
        make_report(cast.committee, text="  ")
    make_report(cast.committee)
    assert serials(cast) == [1, 2]


def test_second_submit_of_one_form_returns_the_first(cast: Cast) -> None:
    token = uuid.uuid4()
    first, second = (make_report(cast.committee, token=token) for _click in range(2))
    assert first == second
    assert serials(cast) == [1]
    assert Audit.objects.about(first).count() == 1
    assert make_report(cast.committee).serial == 2


def test_token_seen_only_after_the_counter_gives_no_number_away(cast: Cast) -> None:
    """The second half of a double click that both passed the first look."""
    token = uuid.uuid4()
    first = make_report(cast.committee, token=token)
    late = Report(
        committee=cast.committee, year=first.year, text=TEXT, channel="web", letters="AAAA", form_token=token,
        reported_on=first.reported_on, due_on=first.due_on,
    )  # fmt: skip
    rows = Report.objects.filter
    seen: list[bool] = []

    def blind(execute, sql, params, many, context):
        if "form_token" in sql and sql.startswith("SELECT") and not seen:
            seen.append(True)
            params = tuple("0" * 32 if part in (token.hex, str(token), token) else part for part in params)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(blind):
        assert actions._number(late) == first
    assert seen == [True]
    assert rows(committee=cast.committee).count() == 1
    assert make_report(cast.committee).serial == 2


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"text": ""}, "text"),
        ({"text": "很" * 2001}, "text"),
        ({"day": date(2999, 1, 1)}, "day"),
        ({"by_day": date(2020, 1, 1)}, "by_day"),
    ],
)
def test_bad_report_names_the_field(fields: dict[str, object], wrong: str, cast: Cast) -> None:
    with pytest.raises(ValidationError) as caught:
        make_report(cast.committee, **fields)
    assert set(caught.value.message_dict) == {wrong}
    assert not Report.objects.exists()


def test_area_of_another_committee_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError) as caught:
        make_report(cast.committee, branch=cast.other_branch)
    assert set(caught.value.message_dict) == {"branch"}


def test_answer_is_due_after_five_working_days(cast: Cast) -> None:
    report = make_report(cast.committee, day=date(2026, 9, 29))
    assert (report.due_on, report.counted_from) == (date(2026, 10, 12), date(2026, 9, 29))


def test_day_by_which_help_is_needed_is_the_due_day(cast: Cast) -> None:
    by_day = timezone.localdate() + timedelta(days=2)
    report = make_report(cast.committee, by_day=by_day)
    assert (report.due_on, report.counted_from) == (by_day, None)


def test_reporter_is_encrypted_and_never_in_the_audit(cast: Cast) -> None:
    report = make_report(cast.committee, name="秦桂芳", phone="13812348000", where="5幢201室", by=cast.station)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM service_station_report")
        stored = str(cursor.fetchall())
    told = str(list(Audit.objects.values())) + str(list(Event.objects.values())) + str(list(Notice.objects.values()))
    for secret in ("秦桂芳", "13812348000", "5幢201室"):
        assert secret not in stored
        assert secret not in told
    report = Report.objects.get()
    assert (report.name, report.phone, report.where) == ("秦桂芳", "13812348000", "5幢201室")


def test_report_is_told_to_the_station(cast: Cast) -> None:
    report = make_report(cast.committee)
    notices = Notice.objects.filter(object_id=report.pk)
    assert [(notice.user, notice.url) for notice in notices] == [(cast.station, f"/station/reports/{report.pk}/")]


def test_report_is_told_to_the_secretary_where_nobody_keeps_the_station(cast: Cast) -> None:
    report = make_report(cast.other_committee)
    assert [notice.user for notice in Notice.objects.filter(object_id=report.pk)] == [cast.other_secretary]


def test_own_entry_is_not_told_to_the_one_who_typed(cast: Cast) -> None:
    make_report(cast.committee, by=cast.station)
    assert not Notice.objects.exists()


def test_complaint_is_told_to_the_discipline_member_alone(cast: Cast) -> None:
    report = make_report(cast.committee, is_complaint=True)
    assert [(notice.user, notice.url) for notice in Notice.objects.all()] == [
        (cast.discipline, f"/station/complaints/{report.pk}/")
    ]


def test_several_reports_become_one_new_topic(cast: Cast) -> None:
    reports = [make_report(cast.committee), bring_to(make_report(cast.committee), "in_hand", cast.station)]
    topic = actions.promote_reports(reports=reports, title="莫让社区变农庄", area=cast.branch1, by=cast.station)
    assert (topic.title, topic.branch, topic.step) == ("莫让社区变农庄", cast.branch1, Topic.Step.ESTABLISH)
    assert set(topic.reports.values_list("pk", "state")) == {(report.pk, "promoted") for report in reports}


def test_report_joins_a_topic_that_is_open(cast: Cast) -> None:
    topic = make_topic(cast.committee, cast.secretary)
    for _time in range(2):
        assert actions.promote_reports(reports=[make_report(cast.committee)], topic=topic, by=cast.deputy) == topic
    assert topic.reports.count() == 2


def test_promotion_without_a_report_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        actions.promote_reports(reports=[], title="空", by=cast.station)


def test_promotion_without_title_or_topic_is_refused(cast: Cast) -> None:
    report = make_report(cast.committee)
    with pytest.raises(ValidationError) as caught:
        actions.promote_reports(reports=[report], title=" ", by=cast.station)
    assert set(caught.value.message_dict) == {"title"}


@pytest.mark.parametrize("state", [Topic.State.CLOSED, Topic.State.WITHDRAWN])
def test_promotion_to_an_ended_topic_is_refused(state: str, cast: Cast) -> None:
    topic = make_topic(cast.committee, cast.secretary)
    topic.step, topic.state, topic.ended_on = 5, state, timezone.localdate()
    topic.save()
    with pytest.raises(ValidationError) as caught:
        actions.promote_reports(reports=[make_report(cast.committee)], topic=topic, by=cast.station)
    assert set(caught.value.message_dict) == {"topic"}


def test_promotion_to_another_committees_topic_is_refused(cast: Cast) -> None:
    topic = make_topic(cast.other_committee, cast.other_secretary)
    report = make_report(cast.committee)
    with pytest.raises(ValidationError) as caught:
        actions.promote_reports(reports=[report], topic=topic, by=cast.station)
    assert set(caught.value.message_dict) == {"topic"}
    report.refresh_from_db()
    assert report.state == Report.State.RECEIVED


def test_complaint_is_never_promoted(cast: Cast) -> None:
    report = make_report(cast.committee, is_complaint=True)
    for user in (cast.station, cast.discipline):
        with pytest.raises((ValidationError, PermissionDenied)):
            actions.promote_reports(reports=[report], title="投诉", by=user)
    assert not Topic.objects.exists()


def test_one_report_that_may_not_go_holds_all_back(cast: Cast) -> None:
    reports = [make_report(cast.committee), bring_to(make_report(cast.committee), "solved", cast.station)]
    with pytest.raises(ValidationError):
        actions.promote_reports(reports=reports, title="种菜", by=cast.station)
    assert not Topic.objects.exists()
    assert not Report.objects.filter(state=Report.State.PROMOTED).exists()


def end_topic(report: Report, state: Topic.State, cast: Cast) -> None:
    topic = report.topic
    assert topic is not None
    topic.step, topic.state, topic.ended_on = 5, state, timezone.localdate()
    topic.save()
    for hook in ON_OUTCOME:
        hook(topic=topic, by=cast.secretary, day=timezone.localdate())
    report.refresh_from_db()


def test_closed_topic_solves_its_reports(cast: Cast) -> None:
    report = bring_to(make_report(cast.committee), "promoted", cast.station)
    end_topic(report, Topic.State.CLOSED, cast)
    assert (report.state, report.closed_on) == (Report.State.SOLVED, timezone.localdate())


def test_withdrawn_topic_gives_its_reports_back(cast: Cast) -> None:
    report = bring_to(make_report(cast.committee), "promoted", cast.station)
    end_topic(report, Topic.State.WITHDRAWN, cast)
    assert (report.state, report.handler) == (Report.State.IN_HAND, cast.station)
    assert report.topic is not None


def test_topic_without_reports_leaves_no_trace(cast: Cast) -> None:
    topic = make_topic(cast.committee, cast.secretary)
    rows = Audit.objects.count()
    assert actions.follow_topic(topic=topic, by=cast.secretary, day=timezone.localdate()) == 0
    assert Audit.objects.count() == rows


def test_amending_keeps_the_words_and_tells_the_old_due_day(cast: Cast) -> None:
    report = make_report(cast.committee)
    day = report.due_on + timedelta(days=3)
    actions.amend_report(report=report, by=cast.station, values={"title": "种菜", "due_on": day, "text": "改了"})
    report.refresh_from_db()
    assert (report.title, report.due_on, report.counted_from, report.text) == ("种菜", day, None, TEXT)
    assert report.due_on.isoformat() in str(Event.objects.about(report).first())


def test_amending_nothing_leaves_no_trace(cast: Cast) -> None:
    report = make_report(cast.committee)
    rows = Audit.objects.count()
    actions.amend_report(report=report, by=cast.station, values={"title": ""})
    assert Audit.objects.count() == rows


@pytest.mark.parametrize("field", ["branch", "due_on"])
def test_amending_with_a_bad_value_names_the_field(field: str, cast: Cast) -> None:
    value = {"branch": cast.other_branch, "due_on": date(2020, 1, 1)}[field]
    with pytest.raises(ValidationError) as caught:
        actions.amend_report(report=make_report(cast.committee), by=cast.station, values={field: value})
    assert set(caught.value.message_dict) == {field}


def test_empty_note_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        actions.add_report_note(report=make_report(cast.committee), by=cast.station, text=" \n")


def test_report_is_overdue_from_the_midnight_after_its_due_day(cast: Cast) -> None:
    report = make_report(cast.committee, day=date(2026, 11, 16))
    assert report.due_on == date(2026, 11, 23)
    for moment, late in [("2026-11-23 23:59+08:00", 0), ("2026-11-24 00:00+08:00", 1), ("2026-11-30 08:00+08:00", 7)]:
        with time_machine.travel(moment, tick=False):
            assert report.days_late == late
            assert Report.objects.overdue().filter(pk=report.pk).exists() == report.is_overdue == bool(late)


def test_closed_report_is_never_overdue(cast: Cast) -> None:
    report = bring_to(make_report(cast.committee, day=date(2026, 1, 5)), "solved", cast.station)
    assert not report.is_overdue
    assert not Report.objects.overdue().exists()


def test_complaint_reaches_every_discipline_member_in_force(cast: Cast) -> None:
    former = make_user("former", cast.committee)
    make_grant(former, Role.DISCIPLINE, cast.committee, until=date(2024, 1, 1))
    make_report(cast.committee, is_complaint=True)
    assert not Notice.objects.filter(user=former).exists()


@pytest.mark.parametrize("text", ["请打 13812348000", "110101194910011234", "1381234\u20138000"])
def test_what_the_reporter_reads_passes_the_publishing_gate(text: str, cast: Cast) -> None:
    report = bring_to(make_report(cast.committee), "in_hand", cast.station)
    for move, field in (("solve", "public_note"), ("close", "reason"), ("pass_outside", "outside_body")):
        values = {field: text, "due_on": date(2999, 1, 1)}
        with pytest.raises(ValidationError) as caught:
            actions.move_report(report=report, move=move, by=cast.station, values=values)
        assert set(caught.value.message_dict) == {field}
    with pytest.raises(ValidationError) as caught:
        actions.amend_report(report=report, by=cast.station, values={"public_note": text})
    assert set(caught.value.message_dict) == {"public_note"}
