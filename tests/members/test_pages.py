"""The register's pages: what they show, to whom, and what they say to bad input."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from journal.models import Audit
from members.actions import move_between_branches, record_transfer_out, start_absence
from members.models import Member, Relation, Way
from tests.cast import Cast
from tests.factories.members import make_id_number, make_member
from tests.factories.organisation import make_branch

SignIn = Callable[[User], Client]
MaxQueries = Callable[..., Any]
DAY = date(2024, 5, 6)
LIST = "/members/"


def listed(client: Client, **query: Any) -> list[str]:
    """The names on the first page, in order."""
    return [row["member"].name for row in client.get(LIST, query).context["rows"]]


def form_data(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "name": "新同志",
        "sex": "male",
        "birth_date": "1955-05-05",
        "joined_on": "1980-07-01",
        "full_member_on": "1981-07-01",
        "standing": "full",
        "origin": "retired",
        "branch": cast.branch1.pk,
        "kind": "formal",
        "way": "transfer_in",
        "since": "2024-05-06",
        "counterpart": "某厂党委",
        "token": str(uuid4()),
    } | changes


def test_list_shows_the_branch_secretary_his_branch_alone(cast: Cast, signed_in: SignIn) -> None:
    make_member(cast.branch1, name="甲")
    make_member(cast.branch2, name="乙")
    make_member(cast.other_branch, name="丙")
    assert listed(signed_in(cast.secretary)) == ["甲", "乙"]
    assert listed(signed_in(cast.branch1_secretary)) == ["甲"]
    assert listed(signed_in(cast.branch2_secretary)) == ["乙"]
    assert listed(signed_in(cast.other_secretary)) == ["丙"]
    # Asking for another's branch does not help.
    page = signed_in(cast.branch1_secretary).get(LIST, {"branch": cast.branch2.pk})
    assert (page.status_code, page.context["rows"]) == (400, [])


def test_list_filters_by_branch_label_origin_age_text_and_day(cast: Cast, signed_in: SignIn) -> None:
    old = make_member(cast.branch1, name="单老", phone="10000001234")
    young: dict[str, Any] = {
        "birth_date": date(2000, 1, 1),
        "joined_on": date(2020, 1, 1),
        "full_member_on": date(2021, 1, 1),
    }
    make_member(cast.branch2, name="小李", origin=Member.Origin.GRADUATE, way=Way.TRANSFER_IN, since=DAY, **young)
    make_member(cast.branch2, name="在职人", kind=Relation.Kind.IN_SERVICE, origin=Member.Origin.OTHER)
    client = signed_in(cast.secretary)
    assert listed(client) == ["单老", "小李", "在职人"]
    assert listed(client, branch=cast.branch2.pk) == ["小李", "在职人"]
    assert listed(client, label="self_managed") == ["单老", "小李"]
    assert listed(client, label="transferred_in") == ["小李"]
    assert listed(client, label="in_service") == ["在职人"]
    assert listed(client, origin="graduate") == ["小李"]
    assert listed(client, band="60-") == ["单老", "在职人"]
    assert listed(client, q="sl") == ["单老"]
    assert listed(client, q="1234") == ["单老"]
    assert listed(client, q="李") == ["小李"]
    assert listed(client, on="2024-05-05") == ["单老", "在职人"]
    record_transfer_out(member=old, day=DAY, by=None)
    assert listed(client) == ["小李", "在职人"]
    assert listed(client, label="gone") == ["单老"]
    assert listed(client, on="2024-05-05") == ["单老", "在职人"]


def test_list_sorts_both_ways(cast: Cast, signed_in: SignIn) -> None:
    make_member(cast.branch2, name="张一", birth_date=date(1950, 1, 1))
    make_member(cast.branch1, name="王二", birth_date=date(1940, 1, 1))
    client = signed_in(cast.secretary)
    assert listed(client) == ["王二", "张一"]
    assert listed(client, sort="-branch") == ["张一", "王二"]
    assert listed(client, sort="name") == ["王二", "张一"]
    assert listed(client, sort="-born") == ["张一", "王二"]


def test_list_masks_the_phone_and_never_shows_id_number_or_address(cast: Cast, signed_in: SignIn) -> None:
    number = make_id_number(date(1955, 5, 5))
    make_member(cast.branch1, phone="10012348000", id_number=number, address="秘密路 1 号")
    text = signed_in(cast.secretary).get(LIST).content.decode()
    assert "100****8000" in text
    assert [secret in text for secret in ("10012348000", number, "秘密路")] == [False, False, False]


def test_list_has_twenty_five_rows_a_page_and_takes_any_page_number(cast: Cast, signed_in: SignIn) -> None:
    for number in range(26):
        make_member(cast.branch1, name=f"人{number:02d}")
    client = signed_in(cast.secretary)
    assert len(listed(client)) == 25
    assert listed(client, page=2) == ["人25"]
    assert listed(client, page=99) == ["人25"]
    assert len(listed(client, page="x")) == 25


def test_empty_list_says_how_to_begin(cast: Cast, signed_in: SignIn) -> None:
    assert "请用“新增人员”登记第一位。" in signed_in(cast.secretary).get(LIST).content.decode()
    assert "没有符合条件的人。" in signed_in(cast.secretary).get(LIST, {"q": "无"}).content.decode()


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ({"on": "2026-02-30"}, "没有这一天"),
        ({"on": "1800-01-01"}, "日期太早"),
        ({"label": "vip"}, "vip"),
        ({"branch": "999999999999999999999"}, "支部"),
        ({"sort": "id_number"}, "id_number"),
        ({"since": "x", "way": "died"}, "没有这一天"),
        ({"q": "\x00"}, "姓名"),
    ],
)
def test_wrong_question_is_explained(cast: Cast, signed_in: SignIn, query: dict[str, str], part: str) -> None:
    make_member(cast.branch1)
    page = signed_in(cast.secretary).get(LIST, query)
    assert (page.status_code, page.context["rows"]) == (400, [])
    assert part in page.content.decode().partition('role="alert"')[2].partition("</div>")[0]


def test_list_of_the_past_opens_only_whom_one_may_see_today(cast: Cast, signed_in: SignIn) -> None:
    member = make_member(cast.branch1, name="调走人")
    move_between_branches(member=member, branch=cast.branch2, day=DAY, by=None)
    client = signed_in(cast.branch1_secretary)
    page = client.get(LIST, {"on": "2024-05-05"})
    assert [(row["member"].name, row["branch"].name, row["may_open"]) for row in page.context["rows"]] == [
        ("调走人", "第一支部", False)
    ]
    assert f"/members/{member.pk}/" not in page.content.decode()
    assert client.get(f"/members/{member.pk}/").status_code == 404


def test_unknown_person_is_404(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.secretary)
    assert client.get("/members/999999/").status_code == 404
    assert client.get("/members/99999999999999999999999/").status_code == 404


def test_detail_shows_facts_labels_spells_and_timeline(cast: Cast, signed_in: SignIn) -> None:
    member = make_member(cast.branch1, name="王🌸", way=Way.TRANSFER_IN)
    start_absence(member=member, since=DAY, destination="上海市", by=cast.secretary, permit_number="LD001")
    text = signed_in(cast.secretary).get(f"/members/{member.pk}/").content.decode()
    parts = ("王🌸", "自管党员", "转入", "流出", "上海市", "LD001", "外出到上海市（流出）", "组织关系转入第一支部")
    assert [part for part in parts if part not in text] == []


def test_detail_of_the_dead_offers_no_step(cast: Cast, signed_in: SignIn) -> None:
    member = make_member(cast.branch1)
    Member.objects.filter(pk=member.pk).update(died_on=DAY)
    text = signed_in(cast.secretary).get(f"/members/{member.pk}/").content.decode()
    assert "2024年5月6日去世" in text
    assert f"/members/{member.pk}/move/" not in text


def test_secrets_are_shown_once_uncached_and_recorded(cast: Cast, signed_in: SignIn) -> None:
    member = make_member(cast.branch1, phone="10012348000", address="秘密路 1 号")
    client = signed_in(cast.branch1_secretary)
    assert "10012348000" not in client.get(f"/members/{member.pk}/").content.decode()
    page = client.post(f"/members/{member.pk}/reveal/")
    assert page["Cache-Control"] == "no-store"
    assert [part in page.content.decode() for part in ("10012348000", "秘密路 1 号")] == [True, True]
    row = Audit.objects.about(member).first()
    assert row is not None
    assert (row.action, row.user_id) == ("ID number, phone and address read", cast.branch1_secretary.pk)
    assert "10012348000" not in client.get(f"/members/{member.pk}/").content.decode()


def test_committee_member_sees_no_button_to_reveal(cast: Cast, signed_in: SignIn) -> None:
    member = make_member(cast.branch1)
    assert "reveal" not in signed_in(cast.member).get(f"/members/{member.pk}/").content.decode()
    assert "reveal" in signed_in(cast.deputy).get(f"/members/{member.pk}/").content.decode()


def test_new_person_is_entered_once(cast: Cast, signed_in: SignIn) -> None:
    client, data = signed_in(cast.branch1_secretary), form_data(cast, name="王🌸")
    first = client.post("/members/new/", data)
    second = client.post("/members/new/", data)
    member = Member.objects.get()
    assert first["Location"] == second["Location"] == f"/members/{member.pk}/"
    assert (member.name, member.branch, member.register_events.get().way) == ("王🌸", cast.branch1, "transfer_in")


@pytest.mark.parametrize(
    ("changes", "field", "part"),
    [
        ({"birth_date": "2999-01-01"}, "birth_date", "出生日期晚于今天"),
        ({"birth_date": "1955-02-30"}, "birth_date", "没有这一天"),
        ({"birth_date": ""}, "birth_date", "必填"),
        ({"joined_on": "1970-01-01"}, "joined_on", "须年满 18 周岁"),
        ({"id_number": "11010119550505"}, "id_number", "应为 18 位"),
        ({"since": "2999-01-01"}, "since", "日期晚于今天"),
        ({"since": "1970-01-01"}, "since", "不能早于 1980-07-01"),
        ({"asked_on": "2024-05-07"}, "asked_on", "申请日期晚于生效日期"),
        ({"phone": "abc"}, "phone", "请填写电话号码"),
        ({"name": ""}, "name", "必填"),
        ({"name": "长" * 41}, "name", "40"),
    ],
)
def test_bad_input_is_explained_kept_and_writes_nothing(
    cast: Cast, signed_in: SignIn, changes: dict[str, str], field: str, part: str
) -> None:
    page = signed_in(cast.secretary).post("/members/new/", form_data(cast, **changes))
    form = page.context["form"]
    assert [part in error for error in form.errors[field]] == [True]
    assert (Member.objects.count(), Relation.objects.count()) == (0, 0)
    assert 'value="某厂党委"' in page.content.decode()


def test_branch_secretary_cannot_enter_into_another_branch(cast: Cast, signed_in: SignIn) -> None:
    page = signed_in(cast.branch1_secretary).post("/members/new/", form_data(cast, branch=cast.branch2.pk))
    assert list(page.context["form"].errors) == ["branch"]
    assert Member.objects.count() == 0


def edit_data(member: Member, **changes: Any) -> dict[str, Any]:
    names = ("name", "sex", "standing", "origin")
    days = ("birth_date", "joined_on", "full_member_on")
    values = {name: getattr(member, name) for name in names}
    return values | {name: getattr(member, name).isoformat() for name in days} | changes


def test_editing_keeps_removes_and_replaces_the_secrets_without_showing_them(cast: Cast, signed_in: SignIn) -> None:
    number = make_id_number(date(1955, 5, 5))
    member = make_member(cast.branch1, phone="10012348000", address="旧址", id_number=number)
    client, url = signed_in(cast.member), f"/members/{member.pk}/edit/"
    text = client.get(url).content.decode()
    assert [secret in text for secret in ("10012348000", "旧址", number)] == [False, False, False]
    client.post(url, edit_data(member, name="改名", address="新址", phone="-"))
    member.refresh_from_db()
    assert (member.name, member.phone, member.address, member.id_number) == ("改名", "", "新址", number)
    assert list(Member.objects.matching("8000")) == []


def test_birth_date_and_id_number_are_corrected_together(cast: Cast, signed_in: SignIn) -> None:
    member = make_member(cast.branch1, id_number=make_id_number(date(1955, 5, 5)))
    number = make_id_number(date(1956, 6, 6))
    client, url = signed_in(cast.secretary), f"/members/{member.pk}/edit/"
    page = client.post(url, edit_data(member, birth_date="1956-06-06"))
    assert list(page.context["form"].errors) == ["id_number"]
    client.post(url, edit_data(member, birth_date="1956-06-06", id_number=number))
    member.refresh_from_db()
    assert (member.birth_date, member.id_number) == (date(1956, 6, 6), number)


def test_id_number_of_somebody_else_is_refused_on_the_form(cast: Cast, signed_in: SignIn) -> None:
    number = make_id_number(date(1955, 5, 5))
    make_member(cast.branch2, id_number=number)
    member = make_member(cast.branch1)
    client = signed_in(cast.branch1_secretary)
    page = client.post(f"/members/{member.pk}/edit/", edit_data(member, id_number=number))
    assert page.context["form"].errors == {"id_number": ["名册中已有这个公民身份号码的人，请按姓名查找。"]}
    page = client.post("/members/new/", form_data(cast, id_number=number))
    assert list(page.context["form"].errors) == ["id_number"]
    assert Member.objects.count() == 2


def test_steps_lead_through_a_life(cast: Cast, signed_in: SignIn) -> None:
    member = make_member(cast.branch1)
    client, base = signed_in(cast.secretary), f"/members/{member.pk}"
    client.post(f"{base}/absence/", {"since": "2024-01-01", "destination": "上海市"})
    absence = member.absences.get()
    client.post(f"/members/absences/{absence.pk}/end/", {"day": "2024-02-01"})
    client.post(f"{base}/move/", {"branch": cast.branch2.pk, "day": "2024-03-01"})
    client.post(f"{base}/transfer-out/", {"way": "transfer_out", "day": "2024-04-01", "counterpart": "城南党委"})
    page = client.post(f"{base}/transfer-in/", {"way": "transfer_in", "branch": cast.branch1.pk, "day": "2024-05-01"})
    assert page["Location"] == f"{base}/"
    assert [event.way for event in member.register_events.all()] == [
        "opening",
        "moved_out",
        "moved_in",
        "transfer_out",
        "transfer_in",
    ]
    absence.refresh_from_db()
    assert absence.until == date(2024, 2, 1)


def test_who_gives_a_member_away_goes_back_to_the_list(cast: Cast, signed_in: SignIn) -> None:
    member = make_member(cast.branch1)
    data = {"branch": cast.branch2.pk, "day": "2024-03-01"}
    page = signed_in(cast.branch1_secretary).post(f"/members/{member.pk}/move/", data)
    assert page["Location"] == "/members/"


@pytest.mark.parametrize(
    ("step", "data", "field", "part"),
    [
        ("transfer-out", {"way": "transfer_out", "day": "2021-12-31"}, "day", "不能早于 2022-01-01"),
        ("transfer-out", {"way": "transfer_out", "day": "2024-02-30"}, "day", "没有这一天"),
        ("transfer-out", {"way": "died", "day": "2024-02-01"}, "way", "died"),
        ("transfer-in", {"way": "transfer_in", "day": "2024-02-01", "branch": "{branch2}"}, "day", "已有正式组织关系"),
        ("move", {"branch": "{branch1}", "day": "2024-02-01"}, "branch", "已在该支部"),
        ("move", {"branch": "{other_branch}", "day": "2024-02-01"}, "branch", "选择"),
        ("absence", {"since": "2999-01-01", "destination": "上海市"}, "since", "日期晚于今天"),
        ("absence", {"since": "2024-01-01", "destination": ""}, "destination", "必填"),
    ],
)
def test_bad_step_is_explained_and_writes_nothing(
    cast: Cast, signed_in: SignIn, step: str, data: dict[str, str], field: str, part: str
) -> None:
    member = make_member(cast.branch1)
    places = {name: getattr(cast, name).pk for name in ("branch1", "branch2", "other_branch")}
    filled = {name: value.format(**places) for name, value in data.items()}
    page = signed_in(cast.secretary).post(f"/members/{member.pk}/{step}/", filled)
    assert [part in error for error in page.context["form"].errors[field]] == [True]
    assert (member.relations.get().until, member.absences.count()) == (None, 0)


def test_absence_that_ended_is_not_ended_again(cast: Cast, signed_in: SignIn) -> None:
    member = make_member(cast.branch1)
    absence = start_absence(member=member, since=DAY, destination="上海市", by=None)
    client, url = signed_in(cast.secretary), f"/members/absences/{absence.pk}/end/"
    client.post(url, {"day": "2024-06-01"})
    page = client.post(url, {"day": "2024-07-01"})
    assert page.context["form"].errors == {"day": ["这段外出已于 2024-06-01 结束。"]}


def queries(client: Client, url: str, limit: int, count: MaxQueries) -> int:
    client.get(url)  # the first request of a session writes it
    with count(limit) as found:
        client.get(url)
    return len(found)


@pytest.mark.parametrize("query", ["", "?q=%E5%85%9A", "?way=opening&since=2020-01-01&on=2026-01-01", "?label=gone"])
def test_lists_queries_do_not_grow(
    cast: Cast, signed_in: SignIn, query: str, django_assert_max_num_queries: MaxQueries
) -> None:
    def add() -> None:
        record_transfer_out(member=make_member(make_branch(cast.committee)), day=DAY, by=None)
        make_member(make_branch(cast.committee), group=None)

    client = signed_in(cast.secretary)
    add()
    one = queries(client, LIST + query, 15, django_assert_max_num_queries)
    add()
    add()
    assert queries(client, LIST + query, 15, django_assert_max_num_queries) == one


def test_details_queries_do_not_grow(cast: Cast, signed_in: SignIn, django_assert_max_num_queries: MaxQueries) -> None:
    member = make_member(cast.branch1)
    client, url = signed_in(cast.secretary), f"/members/{member.pk}/"
    one = queries(client, url, 15, django_assert_max_num_queries)
    for day in (date(2023, 1, 1), date(2023, 6, 1)):
        branch = make_branch(cast.committee)
        move_between_branches(member=member, branch=branch, day=day, by=cast.secretary)
    assert queries(client, url, 15, django_assert_max_num_queries) == one


def test_today_is_the_lists_day(cast: Cast, signed_in: SignIn) -> None:
    make_member(cast.branch1, since=timezone.localdate())
    page = signed_in(cast.secretary).get(LIST)
    assert (page.context["cell"].on, len(page.context["rows"])) == (timezone.localdate(), 1)
