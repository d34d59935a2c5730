"""The staff's pages: who sees what, what the counter needs, how many questions a page asks the database."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from council.models import Topic
from journal.models import Audit
from service_station.models import Report
from tests.cast import ROLES, Cast
from tests.factories.service_station import TEXT, bring_to, make_report, make_topic
from tests.pages import SignIn, queries

HANDLERS = ("secretary", "deputy", "branch1_secretary", "branch2_secretary", "station")


def shown(client: Client, url: str = "/station/") -> set[int]:
    return {report.pk for report in client.get(url).context["page"]}


def counted(client: Client, url: str = "/station/") -> dict[str, int]:
    return {tab["name"]: tab["number"] for tab in client.get(url).context["tabs"]}


def test_branch_secretary_sees_his_own_branch_alone(cast: Cast, signed_in: SignIn) -> None:
    first = make_report(cast.committee, branch=cast.branch1)
    second = make_report(cast.committee, branch=cast.branch2)
    nowhere = make_report(cast.committee)
    make_report(cast.other_committee, branch=cast.other_branch)
    assert shown(signed_in(cast.branch1_secretary)) == {first.pk}
    assert shown(signed_in(cast.branch2_secretary)) == {second.pk}
    assert shown(signed_in(cast.station)) == {first.pk, second.pk, nowhere.pk}


@pytest.mark.parametrize("role", ROLES)
def test_complaint_is_visible_to_the_discipline_member_alone(role: str, cast: Cast) -> None:
    report = make_report(cast.committee, branch=cast.branch1, is_complaint=True)
    expected = {report.pk} if role == "discipline" else set()
    assert set(Report.objects.visible_to(getattr(cast, role)).values_list("pk", flat=True)) == expected


@pytest.mark.parametrize("role", HANDLERS)
def test_complaint_is_in_no_list_and_no_count(role: str, cast: Cast, signed_in: SignIn) -> None:
    report = make_report(cast.committee, branch=cast.branch1, is_complaint=True, day=date(2026, 1, 5))
    client = signed_in(getattr(cast, role))
    assert shown(client) == shown(client, "/station/?text=2026-0001") == shown(client, "/station/?text=草坪") == set()
    assert counted(client) == dict.fromkeys(("work", "received", "in_hand", "outside", "promoted", "closed"), 0)
    assert client.get("/station/").context["numbers"] == {"work": 0, "overdue": 0}
    assert client.get(f"/station/reports/{report.pk}/").status_code == 404


def test_discipline_member_sees_complaints_and_no_other_report(cast: Cast, signed_in: SignIn) -> None:
    make_report(cast.committee)
    complaint = make_report(cast.committee, is_complaint=True)
    make_report(cast.other_committee, is_complaint=True)
    assert shown(signed_in(cast.discipline), "/station/complaints/") == {complaint.pk}


def test_complaint_is_not_offered_beside_other_reports(cast: Cast, signed_in: SignIn) -> None:
    report, other = make_report(cast.committee), make_report(cast.committee)
    make_report(cast.committee, is_complaint=True)
    form = signed_in(cast.station).get(f"/station/reports/{report.pk}/promote/").context["form"]
    assert set(form.fields["others"].queryset) == {other}


def test_tabs_count_and_narrow_by_state(cast: Cast, signed_in: SignIn) -> None:
    by_state = {state: bring_to(make_report(cast.committee), state, cast.station).pk for state in Report.State.values}
    client = signed_in(cast.station)
    assert counted(client) == {"work": 3, "received": 1, "in_hand": 1, "outside": 1, "promoted": 1, "closed": 2}
    assert shown(client, "/station/?state=outside") == {by_state["outside"]}
    assert shown(client, "/station/?state=closed") == {by_state["solved"], by_state["unsolved"]}


@pytest.mark.parametrize(
    ("name", "wrong_tab"), [("channel", False), ("branch", False), ("only", False), ("state", True)]
)
def test_wrong_question_is_explained(name: str, wrong_tab: bool, cast: Cast, signed_in: SignIn) -> None:
    make_report(cast.committee)
    page = signed_in(cast.station).get("/station/", {name: "nonsense"})
    assert (page.status_code, list(page.context["page"])) == (400, [])
    assert list(page.context["filter"].form.errors) == ([] if wrong_tab else [name])
    assert ("没有这一部分" in page.content.decode(), 'role="alert"' in page.content.decode()) == (wrong_tab, True)


def test_due_day_from_before_the_party_is_refused(cast: Cast, signed_in: SignIn) -> None:
    report = bring_to(make_report(cast.committee), "in_hand", cast.station)
    page = signed_in(cast.station).post(f"/station/reports/{report.pk}/edit/", {"due_on": "0001-01-01"})
    assert page.context["form"].errors["due_on"] == ["日期太早，请填写 1921-07-01 或之后的日期。"]


def test_wrong_tab_of_complaints_is_explained(cast: Cast, signed_in: SignIn) -> None:
    make_report(cast.committee, is_complaint=True)
    page = signed_in(cast.discipline).get("/station/complaints/?state=nonsense")
    assert (page.status_code, list(page.context["page"])) == (400, [])
    assert "没有这一部分" in page.content.decode()


def test_list_narrows_by_words_number_area_channel_and_handler(cast: Cast, signed_in: SignIn) -> None:
    lamp = make_report(cast.committee, text="路灯不亮", channel="phone", branch=cast.branch1, day=date(2026, 1, 5))
    greens = bring_to(make_report(cast.committee, day=timezone.localdate()), "in_hand", cast.station)
    client = signed_in(cast.station)
    for query, found in [
        ("text=路灯", lamp),
        (f"text={lamp}", lamp),
        (f"text={lamp.number.lower()}", lamp),
        (f"branch={cast.branch1.pk}", lamp),
        ("channel=phone", lamp),
        ("only=mine", greens),
        ("only=overdue", lamp),
    ]:
        assert shown(client, f"/station/?{query}") == {found.pk}, query


def test_filter_knows_only_ones_own_branches(cast: Cast, signed_in: SignIn) -> None:
    form = signed_in(cast.branch1_secretary).get("/station/").context["filter"].form
    assert list(form.fields["branch"].queryset) == [cast.branch1]


def test_list_pages_by_twenty(cast: Cast, signed_in: SignIn) -> None:
    for _index in range(21):
        make_report(cast.committee)
    client = signed_in(cast.station)
    assert (len(shown(client)), len(shown(client, "/station/?page=2"))) == (20, 1)


def test_counter_entry_shows_the_number(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.station)
    values = {"text": TEXT, "channel": "phone", "day": timezone.localdate().isoformat(), "token": str(uuid.uuid4())}
    response = client.post("/station/reports/new/", values, follow=True)
    report = Report.objects.get()
    assert response.redirect_chain == [(f"/station/reports/{report.pk}/slip/", 302)]
    assert report.number in response.content.decode()
    assert (report.channel, report.created_by, report.is_complaint) == ("phone", cast.station, False)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": ""}, "text"),
        ({"channel": "web"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"day": "2999-01-01"}, "day"),
        ({"day": "昨天"}, "day"),
        ({"by_day": "2020-01-01"}, "by_day"),
        ({"phone": "没有"}, "phone"),
    ],
)
def test_bad_counter_entry_names_the_field(values: dict[str, str], field: str, cast: Cast, signed_in: SignIn) -> None:
    good = {"text": TEXT, "channel": "counter", "day": timezone.localdate().isoformat(), "where": "五幢后面"}
    response = signed_in(cast.station).post("/station/reports/new/", good | values)
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert "五幢后面" in response.content.decode()
    assert not Report.objects.exists()


def test_branch_secretary_enters_in_his_own_branch(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.branch1_secretary)
    good = {"text": TEXT, "channel": "counter", "day": timezone.localdate().isoformat()}
    assert list(client.post("/station/reports/new/", good).context["form"].errors) == ["branch"]
    other = client.post("/station/reports/new/", good | {"branch": cast.branch2.pk})
    assert list(other.context["form"].errors) == ["branch"]
    assert client.post("/station/reports/new/", good | {"branch": cast.branch1.pk}).status_code == 302


def test_move_without_its_words_shows_the_error_and_keeps_the_rest(cast: Cast, signed_in: SignIn) -> None:
    report = make_report(cast.committee)
    url = f"/station/reports/{report.pk}/move/pass_outside/"
    due = (timezone.localdate() + timedelta(days=9)).isoformat()
    response = signed_in(cast.station).post(url, {"outside_body": "", "due_on": due})
    bound = next(one for one in response.context["moves"] if one["is_open"])
    assert list(bound["form"].errors) == ["outside_body"]
    assert due in response.content.decode()
    report.refresh_from_db()
    assert report.state == Report.State.RECEIVED


def test_move_from_the_page(cast: Cast, signed_in: SignIn) -> None:
    report = make_report(cast.committee)
    client = signed_in(cast.station)
    client.post(f"/station/reports/{report.pk}/move/take/")
    client.post(f"/station/reports/{report.pk}/move/solve/", {"public_note": "已清理。"})
    report.refresh_from_db()
    assert (report.state, report.public_note, report.handler) == ("solved", "已清理。", cast.station)


@pytest.mark.parametrize("move", ["take_back", "nonsense", "promote"])
def test_move_that_is_not_possible_says_so(move: str, cast: Cast, signed_in: SignIn) -> None:
    report = make_report(cast.committee)
    client = signed_in(cast.station)
    response = client.post(f"/station/reports/{report.pk}/move/{move}/", follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    report.refresh_from_db()
    assert report.state == Report.State.RECEIVED


def test_branch_secretary_may_not_release_from_a_topic(cast: Cast, signed_in: SignIn) -> None:
    report = bring_to(make_report(cast.committee, branch=cast.branch1), "promoted", cast.station)
    url = f"/station/reports/{report.pk}/move/release/"
    assert signed_in(cast.branch1_secretary).post(url, {"reason": "另案处理"}).status_code == 403


def test_phone_is_masked_until_opened_and_that_is_logged(cast: Cast, signed_in: SignIn) -> None:
    report = make_report(cast.committee, phone="13812348000")
    client = signed_in(cast.station)
    page = client.get(f"/station/reports/{report.pk}/").content.decode()
    assert "138****8000" in page
    assert "13812348000" not in page
    before = Audit.objects.about(report).count()
    assert "13812348000" in client.post(f"/station/reports/{report.pk}/phone/").content.decode()
    assert Audit.objects.about(report).count() == before + 1
    assert Audit.objects.about(report).values_list("user_id", flat=True)[0] == cast.station.pk


def test_report_is_promoted_with_its_duplicates(cast: Cast, signed_in: SignIn) -> None:
    report, same = make_report(cast.committee), make_report(cast.committee)
    client = signed_in(cast.station)
    values = {"title": "莫让社区变农庄", "area": cast.branch1.pk, "others": [same.pk]}
    assert client.post(f"/station/reports/{report.pk}/promote/", values).status_code == 302
    topic = Topic.objects.get()
    assert set(topic.reports.all()) == {report, same}
    assert str(same) in client.get(f"/station/reports/{report.pk}/").content.decode()


def test_report_joins_an_open_topic_from_the_page(cast: Cast, signed_in: SignIn) -> None:
    topic, report = make_topic(cast.committee, cast.secretary), make_report(cast.committee)
    make_topic(cast.other_committee, cast.other_secretary)
    client = signed_in(cast.station)
    form = client.get(f"/station/reports/{report.pk}/promote/").context["form"]
    assert list(form.fields["topic"].queryset) == [topic]
    client.post(f"/station/reports/{report.pk}/promote/", {"topic": topic.pk})
    assert list(topic.reports.all()) == [report]


def test_promotion_without_title_or_topic_names_the_field(cast: Cast, signed_in: SignIn) -> None:
    report = make_report(cast.committee)
    response = signed_in(cast.station).post(f"/station/reports/{report.pk}/promote/", {"title": " "})
    assert list(response.context["form"].errors) == ["title"]


def test_promoting_twice_is_refused(cast: Cast, signed_in: SignIn) -> None:
    report = bring_to(make_report(cast.committee), "promoted", cast.station)
    response = signed_in(cast.station).post(f"/station/reports/{report.pk}/promote/", {"title": "再来一次"})
    assert len(response.context["form"].non_field_errors()) == 1
    assert Topic.objects.count() == 1


def test_amending_from_the_page(cast: Cast, signed_in: SignIn) -> None:
    report = make_report(cast.committee)
    values = {
        "title": "草坪种菜",
        "branch": cast.branch1.pk,
        "due_on": report.due_on.isoformat(),
        "handler": cast.station.pk,
    }
    assert signed_in(cast.station).post(f"/station/reports/{report.pk}/edit/", values).status_code == 302
    report.refresh_from_db()
    assert (report.title, report.branch, report.handler) == ("草坪种菜", cast.branch1, cast.station)


def test_due_day_before_the_report_is_refused(cast: Cast, signed_in: SignIn) -> None:
    report = make_report(cast.committee)
    response = signed_in(cast.station).post(f"/station/reports/{report.pk}/edit/", {"due_on": "2020-01-01"})
    assert list(response.context["form"].errors) == ["due_on"]


def test_handler_must_be_one_who_may_handle_it(cast: Cast, signed_in: SignIn) -> None:
    report = make_report(cast.committee, branch=cast.branch1)
    form = signed_in(cast.station).get(f"/station/reports/{report.pk}/edit/").context["form"]
    names = {user.username for user in form.fields["handler"].queryset}
    assert names == {"secretary", "deputy", "branch1_secretary", "station"}


def test_complaints_handler_is_the_discipline_member(cast: Cast, signed_in: SignIn) -> None:
    report = make_report(cast.committee, is_complaint=True)
    form = signed_in(cast.discipline).get(f"/station/complaints/{report.pk}/edit/").context["form"]
    assert list(form.fields["handler"].queryset) == [cast.discipline]


def test_empty_note_is_named(cast: Cast, signed_in: SignIn) -> None:
    report = make_report(cast.committee)
    response = signed_in(cast.station).post(f"/station/reports/{report.pk}/note/", {"text": ""})
    assert list(response.context["note_form"].errors) == ["text"]


def test_unknown_report_is_404(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.station)
    for path in ("", "slip/", "edit/", "promote/"):
        assert client.get(f"/station/reports/999999/{path}").status_code == 404


@pytest.mark.parametrize("complaint", [False, True])
def test_lists_ask_the_same_number_of_questions_for_one_and_three(
    complaint: bool, cast: Cast, signed_in: SignIn
) -> None:
    url, user = ("/station/complaints/", cast.discipline) if complaint else ("/station/", cast.station)
    client = signed_in(user)
    numbers = []
    for index in range(3):
        report = make_report(cast.committee, branch=cast.branch1, is_complaint=complaint)
        bring_to(report, "in_hand", user)
        if index != 1:
            numbers.append(queries(client, url))
    assert numbers[0] == numbers[1] <= 15


def test_detail_asks_the_same_number_of_questions_for_one_and_three(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.station)
    topic = make_topic(cast.committee, cast.secretary)
    numbers = []
    first: Any = None
    for index in range(3):
        report = make_report(cast.committee, branch=cast.branch1)
        client.post(f"/station/reports/{report.pk}/promote/", {"topic": topic.pk})
        first = first or report
        for _note in range(index + 1):
            client.post(f"/station/reports/{first.pk}/note/", {"text": "已电话联系"})
        if index == 0:
            second = make_report(cast.committee)
            client.post(f"/station/reports/{second.pk}/promote/", {"topic": topic.pk})
            numbers.append(queries(client, f"/station/reports/{first.pk}/"))
    numbers.append(queries(client, f"/station/reports/{first.pk}/"))
    assert numbers[0] == numbers[1] <= 25


def test_promote_page_asks_the_same_number_of_questions_for_one_and_three(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.station)
    report = make_report(cast.committee)
    numbers = []
    for index in range(3):
        make_report(cast.committee)
        make_topic(cast.committee, cast.secretary, f"议题{index}")
        if index != 1:
            numbers.append(queries(client, f"/station/reports/{report.pk}/promote/"))
    assert numbers[0] == numbers[1] <= 25


@pytest.mark.parametrize(("days", "kind"), [(-1, "late"), (0, "due"), (1, "plain")])
def test_due_day_has_its_colour(days: int, kind: str, cast: Cast) -> None:
    report = make_report(cast.committee)
    report.due_on = timezone.localdate() + timedelta(days=days)
    assert report.due_kind == kind


def test_move_with_a_day_that_is_none_keeps_what_was_typed(cast: Cast, signed_in: SignIn) -> None:
    report = bring_to(make_report(cast.committee), Report.State.IN_HAND, cast.station)
    url = f"/station/reports/{report.pk}/move/pass_outside/"
    page = signed_in(cast.station).post(url, {"outside_body": "物业公司", "due_on": "明天"})
    bound = next(one for one in page.context["moves"] if one["is_open"])
    assert list(bound["form"].errors) == ["due_on"]
    assert "物业公司" in page.content.decode()
    report.refresh_from_db()
    assert report.state == Report.State.IN_HAND
