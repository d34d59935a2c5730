"""The work list and the form of a visit: what they show, to whom, and what they refuse."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from branches.models import BranchLink
from journal.models import Audit
from members.models import Member
from service_station.models import Report
from tests.cast import Cast
from tests.factories.members import make_member
from tests.factories.visits import bare_duty, bare_occasion, make_duty, make_visit
from tests.pages import SignIn, queries, words
from visits.actions import close_occasion, reveal_phone
from visits.models import Duty, Kind, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
TODAY = date(2026, 11, 24)


# The work list


def test_list_shows_name_age_kind_and_the_sentence(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    text = words(signed_in(cast.branch1_secretary), "/visits/")
    sentence = "11月19日（周四）得知，+2 个工作日 = 11月23日（周一）"
    shown = ("李秀兰", "76 岁", "生病住院 · 首次走访", sentence, "逾期 1 天")
    assert [word for word in shown if word not in text] == []
    assert [word for word in ("周五手术", "13800008000", "幢") if word in text] == []


def test_list_has_sections_in_order(cast: Cast, signed_in: SignIn) -> None:
    for known_on in (date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 24)):
        make_duty(make_member(cast.branch1), by=cast.branch1_secretary, known_on=known_on)
    make_duty(make_member(cast.branch1), by=cast.branch1_secretary, kind=Kind.HARDSHIP, known_on=TODAY)
    response = signed_in(cast.branch1_secretary).get("/visits/")
    cards = response.context["cards"]
    assert [(card.section, card.state_kind, card.state_text) for card in cards] == [
        ("已逾期", "late", "逾期 1 天"),
        ("今日到期", "due", "今日到期"),
        ("本周", "plain", "周四到期"),
        ("以后", "plain", "12月1日到期"),
    ]


def test_list_shows_own_branch_only(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    second = make_duty(make_member(cast.branch2, name="陈二"), by=cast.branch2_secretary)
    foreign = make_duty(make_member(cast.other_branch, name="王外"), by=cast.other_secretary)
    seen = {
        name: {card.duty.pk for card in signed_in(getattr(cast, name)).get("/visits/").context["cards"]}
        for name in ("secretary", "deputy", "member", "branch1_secretary", "branch2_secretary", "other_secretary")
    }
    assert seen == {
        "secretary": {duty.pk, second.pk},
        "deputy": {duty.pk, second.pk},
        "member": {duty.pk},
        "branch1_secretary": {duty.pk},
        "branch2_secretary": {second.pk},
        "other_secretary": {foreign.pk},
    }


def test_list_of_the_week_and_of_all(cast: Cast, member: Member, duty: Duty, signed_in: SignIn) -> None:
    client = signed_in(cast.branch1_secretary)
    assert "本周还没有登记走访" in words(client, "/visits/", show="done")
    make_visit(duty, by=cast.branch1_secretary)
    close_occasion(occasion=duty.occasion, closing="recovered", by=cast.branch1_secretary)
    assert "11月23日（周一） · branch1_secretary同志 · 上门" in words(client, "/visits/", show="done")
    assert "康复或已解决" in words(client, "/visits/", show="all")


def test_empty_list_says_what_appears(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.branch1_secretary)
    assert "目前没有待访任务" in words(client, "/visits/")
    assert "还没有登记过必访事由" in words(client, "/visits/", show="all", page="nonsense")


def test_unknown_part_of_the_list_is_explained(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    page = signed_in(cast.branch1_secretary).get("/visits/?show=nonsense")
    assert (page.status_code, "没有这一部分" in page.content.decode()) == (400, True)


@pytest.mark.parametrize("show", ["open", "done", "all"])
def test_list_asks_as_often_for_three_as_for_one(cast: Cast, duty: Duty, signed_in: SignIn, show: str) -> None:
    make_visit(make_duty(make_member(cast.branch1), by=cast.secretary), by=cast.secretary)
    for_one = queries(signed_in(cast.secretary), f"/visits/?show={show}")
    for branch, by in ((cast.branch1, cast.branch1_secretary), (cast.branch2, cast.branch2_secretary)):
        make_duty(make_member(branch), by=by)
        make_visit(make_duty(make_member(branch), by=by), by=by)
    assert queries(signed_in(cast.secretary), f"/visits/?show={show}") == for_one
    assert for_one <= 15


# Entering a visit


def visit_data(**data: Any) -> dict[str, Any]:
    return {"when": "today", "how": "hospital", "needs_help": "no"} | data


def test_visit_entered_in_few_taps(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    client = signed_in(cast.branch1_secretary)
    form = client.get(f"/visits/duties/{duty.pk}/log/").context["form"]
    given = {name: form[name].value() for name in ("when", "how", "needs_help", "form_token")}
    assert {name: given[name] for name in ("when", "how", "needs_help")} == visit_data()
    response = client.post(f"/visits/duties/{duty.pk}/log/", given)
    client.post(f"/visits/duties/{duty.pk}/log/", given)
    visit = Visit.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/visits/")
    assert (visit.visitor, visit.typed_by, visit.visited_on) == (cast.branch1_secretary, cast.branch1_secretary, TODAY)


def test_visit_saved_meanwhile_by_another_keeps_what_was_typed(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    """Two went, or one had the page open twice: the second one's words are not thrown away."""
    url = f"/visits/duties/{duty.pk}/log/"
    client = signed_in(cast.branch1_secretary)
    assert client.post(url, visit_data(situation="第一次填写")).status_code == 302
    page = client.post(url, visit_data(situation="第二个窗口写的话")).content.decode()
    assert "这次走访已登记或已取消。" in page
    assert "第二个窗口写的话" in page
    assert Visit.objects.get().situation == "第一次填写"
    assert "第二个窗口写的话" not in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("data", "day"),
    [({"when": "yesterday"}, date(2026, 11, 23)), ({"when": "pick", "visited_on": "2026-11-20"}, date(2026, 11, 20))],
)
def test_visit_on_another_day(cast: Cast, duty: Duty, signed_in: SignIn, data: dict[str, str], day: date) -> None:
    signed_in(cast.branch1_secretary).post(f"/visits/duties/{duty.pk}/log/", visit_data(**data))
    assert Visit.objects.get().visited_on == day


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"when": "pick"}, "visited_on", "请选择走访的日期。"),
        (
            {"when": "pick", "visited_on": "2026-11-25"},
            "visited_on",
            "这个日期还没有到。请填写今天（11月24日（周二））或以前的日期。",
        ),
        (
            {"when": "pick", "visited_on": "2026-11-18"},
            "visited_on",
            "11月19日（周四）才得知此事，走访不能早于这一天，请填写当天或以后的日期。",
        ),
        ({"how": "not_possible"}, "obstacle", "请选择未能见到的原因。"),
        ({"needs_help": "yes"}, "need", "请写明需要什么帮助，例如：每两天送一次菜。"),
        (
            {"needs_help": "yes", "need": "送菜", "need_by_day": "2026-11-23"},
            "need_by_day",
            "办理期限不能早于今天，请填写11月24日（周二）或以后的日期。",
        ),
    ],
)
def test_visit_refused_keeps_what_was_typed(
    cast: Cast, duty: Duty, signed_in: SignIn, data: dict[str, str], field: str, message: str
) -> None:
    url = f"/visits/duties/{duty.pk}/log/"
    response = signed_in(cast.branch1_secretary).post(url, visit_data(situation="精神较好", **data))
    form = response.context["form"]
    assert (dict(form.errors), form["situation"].value()) == ({field: [message]}, "精神较好")
    assert "精神较好" in response.content.decode()
    assert (Visit.objects.count(), Report.objects.count()) == (0, 0)


def test_need_reaches_the_station(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    data = visit_data(needs_help="yes", need="每两天送一次菜", need_by_whom="小周", need_by_day="2026-11-26")
    signed_in(cast.branch1_secretary).post(f"/visits/duties/{duty.pk}/log/", data)
    assert Report.objects.get().text == "每两天送一次菜（小周）"


def test_visit_of_a_done_duty_says_so(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    make_visit(duty, by=cast.branch1_secretary)
    text = words(signed_in(cast.branch1_secretary), f"/visits/duties/{duty.pk}/log/")
    assert "这次走访已登记或已取消，无需再办。" in text


def test_phone_opened_on_click_and_logged(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    client = signed_in(cast.branch1_secretary)
    response = client.post(f"/visits/duties/{duty.pk}/phone/")
    assert ("tel:13800008000" in response.content.decode(), response["Cache-Control"]) == (
        True,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert Audit.objects.latest("pk").action == "Phone number read"
    assert client.get(f"/visits/duties/{duty.pk}/phone/").status_code == 405


def test_phone_of_a_resident_family_is_not_in_the_register(cast: Cast, signed_in: SignIn) -> None:
    family = bare_occasion(cast.branch1, cast.secretary, kind=Kind.HARDSHIP, person_name="周大妈", consent_on=TODAY)
    duty = bare_duty(family)
    assert signed_in(cast.secretary).post(f"/visits/duties/{duty.pk}/phone/").status_code == 404
    with pytest.raises(PermissionDenied):
        reveal_phone(occasion=family, by=cast.secretary)


def test_call_is_kept_as_contact(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    client = signed_in(cast.branch1_secretary)
    response = client.post(f"/visits/duties/{duty.pk}/log/", visit_data(how="phone"), follow=True)
    assert "已记为联系，走访任务仍待完成。" in response.content.decode()
    assert [card.duty for card in response.context["cards"]] == [duty]


def test_member_without_a_linked_branch_sees_nothing(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    make_visit(duty, by=cast.branch1_secretary)
    BranchLink.objects.all().delete()
    client = signed_in(cast.member)
    pages = [client.get("/visits/", {"show": show}).context["page"].paginator.count for show in ("open", "done", "all")]
    assert pages == [0, 0, 0]
    assert client.get(f"/visits/occasions/{duty.occasion_id}/").status_code == 404


# For somebody else


def test_station_keeper_sees_a_name_and_days_only(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    client = signed_in(cast.station)
    assert "李秀兰" in words(client, "/visits/on-behalf/", q="秀兰")
    assert "李秀兰" in words(client, "/visits/on-behalf/", q="LXL")
    assert "名册里没有这个姓名" in words(client, "/visits/on-behalf/", q="赵")
    text = words(client, f"/visits/on-behalf/{duty.occasion.member_id}/")
    assert [word in text for word in ("李秀兰", "11月23日（周一）到期")] == [True, True]
    assert [word for word in ("住院 ", "首次走访", "得知", "周五手术", "13800008000") if word in text] == []


def test_station_keeper_enters_for_the_visitor_and_reads_it_no_more(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    client = signed_in(cast.station)
    url = f"/visits/on-behalf/{duty.occasion.member_id}/"
    data = visit_data(duty=duty.pk, visitor=cast.branch1_secretary.pk, situation="精神较好")
    assert client.post(url, data)["Location"] == "/visits/on-behalf/"
    visit = Visit.objects.get()
    assert (visit.visitor, visit.typed_by) == (cast.branch1_secretary, cast.station)
    assert client.post(f"/visits/occasions/{duty.occasion_id}/notes/").status_code == 403
    assert "精神较好" not in words(client, url)


@pytest.mark.parametrize("field", ["duty", "visitor"])
def test_entering_for_somebody_else_refused(cast: Cast, duty: Duty, signed_in: SignIn, field: str) -> None:
    other = make_duty(make_member(cast.branch1), by=cast.branch1_secretary)
    wrong = {"duty": other.pk, "visitor": cast.branch2_secretary.pk}
    data = visit_data(duty=duty.pk, visitor=cast.branch1_secretary.pk) | {field: wrong[field]}
    response = signed_in(cast.station).post(f"/visits/on-behalf/{duty.occasion.member_id}/", data)
    assert (list(response.context["form"].errors), Visit.objects.count()) == ([field], 0)


def test_entering_for_somebody_else_before_the_occasion_refused(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    data = visit_data(duty=duty.pk, visitor=cast.branch1_secretary.pk, when="pick", visited_on="2026-11-01")
    response = signed_in(cast.station).post(f"/visits/on-behalf/{duty.occasion.member_id}/", data)
    assert (list(response.context["form"].errors), Visit.objects.count()) == (["visited_on"], 0)


def test_nothing_open_said_when_entering_for_somebody_else(cast: Cast, member: Member, signed_in: SignIn) -> None:
    assert "此人目前没有待完成的走访" in words(signed_in(cast.station), f"/visits/on-behalf/{member.pk}/")
