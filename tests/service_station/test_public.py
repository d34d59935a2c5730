"""The resident's pages: sending, the number, looking up; what they refuse and what they never tell."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from council.models import Sitting, Topic
from service_station.actions import promote_reports
from service_station.models import Report
from service_station.views.public import SENDING, WRONG_FOR_NUMBER, WRONG_FROM_ADDRESS
from tests.cast import Cast
from tests.factories.council import make_posting, make_resolution
from tests.factories.service_station import TEXT, bring_to, make_report

FORM, LOOKUP, RECEIVED = "/c/jia/report/", "/c/jia/report/lookup/", "/c/jia/report/received/"
PHONE = "138 1234 8000"


def send(client: Client, **values: Any) -> Any:
    return client.post(FORM, {"text": TEXT, "token": str(uuid.uuid4())} | values)


def look_up(number: str, tail: str = "8000", client: Client | None = None) -> Any:
    return (client or Client()).post(LOOKUP, {"number": number, "tail": tail})


def words(response: Any) -> str:
    return response.content.decode()


def test_resident_sends_a_report_and_sees_its_number(cast: Cast) -> None:
    client = Client()
    response = send(client, name="秦桂芳", phone=PHONE, branch=cast.branch1.pk, where="五幢后")
    assert (response.status_code, response.url) == (302, RECEIVED)
    report = Report.objects.get()
    assert (report.channel, report.branch, report.name, report.phone) == ("web", cast.branch1, "秦桂芳", PHONE)
    assert report.number in words(client.get(RECEIVED))
    assert report.number not in words(Client().get(RECEIVED))


def test_resident_needs_no_name_and_no_phone(cast: Cast) -> None:
    client = Client()
    send(client)
    assert (Report.objects.get().phone_tail, Report.objects.get().name) == ("", "")
    assert cast.committee.phone in words(client.get(RECEIVED))


def test_sent_twice_counts_once(cast: Cast) -> None:
    client, token = Client(), str(uuid.uuid4())
    assert [send(client, token=token).status_code for _click in range(2)] == [302, 302]
    assert Report.objects.count() == 1


def test_number_of_one_committee_is_not_shown_by_another(cast: Cast) -> None:
    client = Client()
    send(client)
    assert Report.objects.get().number not in words(client.get("/c/yi/report/received/"))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "  \n "}, "text"),
        ({"text": "很" * 2001}, "text"),
        ({"phone": "找我儿子"}, "phone"),
        ({"phone": "12345"}, "phone"),
        ({"branch": "999999"}, "branch"),
        ({"token": "no token"}, "token"),
        ({"name": "长" * 41}, "name"),
    ],
)
def test_bad_report_names_the_field_and_keeps_what_was_typed(values: dict[str, str], field: str, cast: Cast) -> None:
    response = send(Client(), **{"where": "五幢后面的草坪"} | values)
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert "五幢后面的草坪" in words(response)
    assert not Report.objects.exists()


def test_area_of_another_committee_is_refused(cast: Cast) -> None:
    response = send(Client(), branch=cast.other_branch.pk)
    assert list(response.context["form"].errors) == ["branch"]


def test_full_width_phone_is_understood(cast: Cast) -> None:
    send(Client(), phone="１３８１２３４８０００")
    assert Report.objects.get().phone == "13812348000"


def test_emoji_in_name_and_text_are_kept(cast: Cast) -> None:
    client = Client()
    send(client, name="小明😀", text="楼道里有味道🤢，请来看看。")
    report = Report.objects.get()
    assert (report.name, report.text) == ("小明😀", "楼道里有味道🤢，请来看看。")


def test_markup_in_a_report_is_shown_as_text(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    send(Client(), text="<script>alert(1)</script>")
    page = words(signed_in(cast.station).get(f"/station/reports/{Report.objects.get().pk}/"))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_body_over_ten_megabytes_is_413(cast: Cast) -> None:
    response = send(Client(), text="很" * (4 * 1024 * 1024))
    assert response.status_code == 413
    assert "10" in words(response)
    assert not Report.objects.exists()


def test_form_without_csrf_token_is_refused(cast: Cast) -> None:
    assert Client(enforce_csrf_checks=True).post(FORM, {"text": TEXT}).status_code == 403
    assert not Report.objects.exists()


def test_ticked_complaint_reaches_the_discipline_member(cast: Cast) -> None:
    client = Client()
    send(client, is_complaint="on")
    assert Report.objects.get().is_complaint is True


def test_unknown_committee_is_404(cast: Cast) -> None:
    for url in ("/c/nowhere/report/", "/c/nowhere/report/lookup/", "/c/nowhere/report/received/"):
        assert Client().get(url).status_code == 404


def test_too_many_reports_from_one_address_wait_an_hour(cast: Cast) -> None:
    with time_machine.travel("2026-11-24 09:30+08:00", tick=False):
        assert [send(Client()).status_code for _time in range(SENDING.number)] == [302] * SENDING.number
        response = send(Client(), text="第十一条也要留住")
    assert response.status_code == 429
    page = words(response)
    assert "10:30" in page
    assert cast.committee.phone in page
    assert "第十一条也要留住" in page
    assert Report.objects.count() == SENDING.number
    with time_machine.travel("2026-11-24 10:30:01+08:00", tick=False):
        assert send(Client()).status_code == 302


def test_bad_forms_do_not_use_up_the_limit(cast: Cast) -> None:
    for _time in range(SENDING.number + 1):
        send(Client(), text="")
    assert send(Client()).status_code == 302


def test_look_up_needs_number_and_phone_tail(cast: Cast) -> None:
    report = make_report(cast.committee, phone=PHONE)
    response = look_up(report.number)
    assert response.context["report"] == report
    assert TEXT not in words(response)


@pytest.mark.parametrize("change", [("-", "-"), ("-", ""), ("-", "－"), ("-", " – ")])
def test_number_is_read_as_people_write_it(change: tuple[str, str], cast: Cast) -> None:
    report = make_report(cast.committee, phone=PHONE)
    assert look_up(report.number.lower().replace(*change)).context["report"] == report


def test_full_width_digits_are_read(cast: Cast) -> None:
    report = make_report(cast.committee, phone=PHONE)
    assert look_up(report.number, "８０００").context["report"] == report


def test_every_wrong_pair_gets_the_same_answer(cast: Cast) -> None:
    right, no_phone = make_report(cast.committee, phone=PHONE), make_report(cast.committee)
    elsewhere = make_report(cast.other_committee, phone=PHONE)
    wrong_letters = f"{right.year}-{right.serial:04d}-AAAA"
    pairs = [
        (right.number, "8001"),
        (wrong_letters, "8000"),
        (no_phone.number, "8000"),
        (elsewhere.number, "8000"),
        ("2019-0001-KXQM", "8000"),
        ("什么", "8000"),
    ]
    answers = {tuple(look_up(number, tail).context["form"].non_field_errors()) for number, tail in pairs}
    assert len(answers) == 1
    assert cast.committee.phone in answers.pop()[0]


@pytest.mark.parametrize("tail", ["", "800", "80000", "八千整整", "12a4"])
def test_tail_that_is_not_four_digits_is_named(tail: str, cast: Cast) -> None:
    report = make_report(cast.committee, phone=PHONE)
    assert list(look_up(report.number, tail).context["form"].errors) == ["tail"]


def test_wrong_look_ups_from_one_address_are_limited(cast: Cast) -> None:
    report = make_report(cast.committee, phone=PHONE)
    for index in range(WRONG_FROM_ADDRESS.number):
        assert look_up(f"2020-{index:04d}-KXQM").status_code == 200
    response = look_up(report.number)
    assert response.status_code == 429
    assert cast.committee.phone in words(response)


def test_wrong_tails_for_one_number_are_limited_from_any_address(cast: Cast) -> None:
    report = make_report(cast.committee, phone=PHONE)
    for index in range(WRONG_FOR_NUMBER.number):
        Client(REMOTE_ADDR=f"10.0.0.{index}").post(LOOKUP, {"number": report.number, "tail": f"{index:04d}"})
    assert look_up(report.number, client=Client(REMOTE_ADDR="10.0.1.1")).status_code == 429


def test_right_look_ups_are_never_limited(cast: Cast) -> None:
    report = make_report(cast.committee, phone=PHONE)
    found = [look_up(report.number).status_code for _time in range(WRONG_FROM_ADDRESS.number + 2)]
    assert found == [200] * (WRONG_FROM_ADDRESS.number + 2)


@pytest.mark.parametrize("state", Report.State.values)
def test_look_up_tells_the_state_and_nothing_of_the_reporter(state: str, cast: Cast) -> None:
    report = bring_to(make_report(cast.committee, phone=PHONE, name="秦桂芳", where="5幢201"), state, cast.station)
    page = words(look_up(report.number))
    assert report.get_state_display() in page
    for secret in ("秦桂芳", "5幢201", PHONE, TEXT):
        assert secret not in page


def test_look_up_tells_note_reason_and_body(cast: Cast) -> None:
    solved = bring_to(make_report(cast.committee, phone=PHONE), "solved", cast.station)
    unsolved = bring_to(make_report(cast.committee, phone=PHONE), "unsolved", cast.station)
    outside = bring_to(make_report(cast.committee, phone=PHONE), "outside", cast.station)
    assert "已清理。" in words(look_up(solved.number))
    assert "不属于社区范围。" in words(look_up(unsolved.number))
    assert "物业公司" in words(look_up(outside.number))


def test_internal_note_is_never_public(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    report = make_report(cast.committee, phone=PHONE)
    signed_in(cast.station).post(f"/station/reports/{report.pk}/note/", {"text": "居民情绪激动"})
    assert report.notes.get().text == "居民情绪激动"
    assert "居民情绪激动" not in words(look_up(report.number))


@pytest.mark.parametrize("step", Topic.Step.values)
def test_look_up_tells_where_the_topic_stands(step: int, cast: Cast) -> None:
    report = bring_to(make_report(cast.committee, phone=PHONE), "promoted", cast.station)
    topic = report.topic
    assert topic is not None
    topic.step = step
    topic.save()
    assert topic.get_step_display() in words(look_up(report.number))


def test_look_up_of_a_complaint_works_for_its_reporter(cast: Cast) -> None:
    report = make_report(cast.committee, phone=PHONE, is_complaint=True)
    assert look_up(report.number).context["report"] == report


def test_pages_with_a_number_are_never_stored(cast: Cast) -> None:
    for url in (FORM, LOOKUP, RECEIVED):
        assert "no-store" in Client().get(url).headers["Cache-Control"]


def test_next_step_is_announced_with_its_day(cast: Cast) -> None:
    by_day = timezone.localdate() + timedelta(days=3)
    report = make_report(cast.committee, phone=PHONE, by_day=by_day)
    assert f"{by_day.month}" in words(look_up(report.number))
    assert isinstance(report.due_on, date)


def test_look_up_leads_to_the_posting_and_the_resolution(cast: Cast) -> None:
    posted = make_posting(cast)
    Sitting.objects.update(sitting_place="议事园")  # one a day and place
    resolved = make_resolution(cast, state="posted")
    reports = [make_report(cast.committee, phone=PHONE) for _topic in range(2)]
    for report, topic in zip(reports, (posted.topic, resolved.topic), strict=True):
        promote_reports(reports=[report], topic=topic, by=cast.station)
    first, second = (words(look_up(report.number)) for report in reports)
    assert f'href="/c/jia/garden/{posted.pk}/"' in first
    assert f'href="/c/jia/resolutions/{resolved.year}-{resolved.number}/"' in second
    assert "/c/jia/resolutions/2" not in first
