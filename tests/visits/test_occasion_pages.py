"""The pages of an occasion: opened, for a family, for a death, and what they show of one person."""

from datetime import date
from typing import Any

import pytest

from journal.models import Audit
from members.models import Member
from tests.cast import Cast
from tests.factories.members import make_member
from tests.factories.visits import make_duty, make_visit
from tests.pages import SignIn, queries, words
from visits.models import Duty, Kind, Occasion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
TODAY = date(2026, 11, 24)


# Opening an occasion


def occasion_data(member: Member, **data: Any) -> dict[str, Any]:
    days = {"happened_on": "2026-11-23", "known_on": "2026-11-24"}
    return {"kind": "hospital", "member": member.pk, "told_by": "family", **days} | data


def test_occasion_opened(cast: Cast, member: Member, signed_in: SignIn) -> None:
    response = signed_in(cast.branch1_secretary).post("/visits/new/", occasion_data(member))
    occasion = Occasion.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/visits/occasions/{occasion.pk}/")


def test_occasion_opened_where_one_is_not_linked(cast: Cast, signed_in: SignIn) -> None:
    person = make_member(cast.branch2)
    response = signed_in(cast.member).post("/visits/new/", occasion_data(person))
    assert (response.status_code, response["Location"], Occasion.objects.count()) == (302, "/visits/", 1)


def test_occasion_form_has_six_fields_two_filled(cast: Cast, member: Member, signed_in: SignIn) -> None:
    form = signed_in(cast.branch1_secretary).get("/visits/new/").context["form"]
    shown = {field.name: field.value() for field in form.visible_fields()}
    assert (len(shown), shown["happened_on"], shown["known_on"]) == (6, TODAY, TODAY)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"known_on": "2026-11-25"}, "known_on"),
        ({"happened_on": "2026-11-25"}, "happened_on"),
        ({"known_on": "2026-11-22"}, "known_on"),
        ({"kind": "death"}, "kind"),
        ({"kind": "discontent", "told_by": "neighbour"}, "told_by"),
        ({"member": ""}, "member"),
        ({"known_on": "24.11."}, "known_on"),
    ],
)
def test_occasion_refused_keeps_what_was_typed(
    cast: Cast, member: Member, signed_in: SignIn, data: dict[str, str], field: str
) -> None:
    response = signed_in(cast.branch1_secretary).post("/visits/new/", occasion_data(member, reason="低保") | data)
    assert (list(response.context["form"].errors), Occasion.objects.count()) == ([field], 0)
    assert "低保" in response.content.decode()


def test_occasion_for_another_branchs_member_refused(cast: Cast, signed_in: SignIn) -> None:
    stranger = make_member(cast.branch2)
    response = signed_in(cast.branch1_secretary).post("/visits/new/", occasion_data(stranger))
    assert (list(response.context["form"].errors), Occasion.objects.count()) == (["member"], 0)


def test_discontent_is_kept_as_a_talk(cast: Cast, member: Member, signed_in: SignIn) -> None:
    data = occasion_data(member, kind="discontent", told_by="person")
    signed_in(cast.branch1_secretary).post("/visits/new/", data)
    occasion = Occasion.objects.get()
    assert (occasion.kind, occasion.is_discontent) == ("talk", True)


def test_family_opened_with_consent_only(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.branch1_secretary)
    data = {"branch": cast.branch1.pk, "person_name": "周大妈", "known_on": "2026-11-24", "told_by": "neighbour"}
    refused = client.post("/visits/new/family/", data)
    assert list(refused.context["form"].errors) == ["consent"]
    client.post("/visits/new/family/", data | {"consent": "on"})
    assert (Occasion.objects.get().person_name, Occasion.objects.get().consent_on) == ("周大妈", TODAY)


def test_family_known_tomorrow_refused(cast: Cast, signed_in: SignIn) -> None:
    data = {"branch": cast.branch1.pk, "person_name": "周", "known_on": "2026-11-25", "told_by": "neighbour"}
    refused = signed_in(cast.branch1_secretary).post("/visits/new/family/", data | {"consent": "on"})
    assert list(refused.context["form"].errors) == ["known_on"]


def test_death_recorded_on_its_page(cast: Cast, member: Member, signed_in: SignIn) -> None:
    client = signed_in(cast.branch1_secretary)
    data = {"member": member.pk, "died_on": "2026-11-20", "known_on": "2026-11-20", "told_by": "family"}
    refused = client.post("/visits/deaths/new/", data | {"died_on": "2019-01-01", "known_on": "2019-01-01"})
    assert list(refused.context["form"].errors) == ["died_on"]
    response = client.post("/visits/deaths/new/", data)
    member.refresh_from_db()
    assert (response.status_code, member.died_on) == (302, date(2026, 11, 20))
    assert "逝世党员 · 首次看望家属" in words(client, "/visits/")


# One person's visits


def test_reason_and_notes_open_on_click_and_are_logged(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    make_visit(duty, by=cast.branch1_secretary, situation="精神较好")
    client = signed_in(cast.secretary)
    page = f"/visits/occasions/{duty.occasion_id}/"
    closed, opened = client.get(page), client.post(f"{page}notes/")
    assert [text in closed.content.decode() for text in ("周五手术", "精神较好")] == [False, False]
    assert [text in opened.content.decode() for text in ("周五手术", "精神较好")] == [True, True]
    assert "no-store" in opened["Cache-Control"]
    row = Audit.objects.latest("pk")
    assert (row.action, row.user_id, row.count) == ("Reason and notes of visits read", cast.secretary.pk, 1)


def test_visitor_reads_his_own_notes_only(cast: Cast, member: Member, signed_in: SignIn) -> None:
    duty = make_duty(member, by=cast.branch1_secretary, kind=Kind.TALK, reason="邻里纠纷")
    make_visit(duty, by=cast.branch1_secretary, situation="甲说")
    make_visit(duty.occasion.duties.open().get(), by=cast.deputy, how="phone", visited_on=TODAY, situation="乙说")
    text = signed_in(cast.deputy).post(f"/visits/occasions/{duty.occasion_id}/notes/").content.decode()
    assert [word in text for word in ("邻里纠纷", "甲说", "乙说")] == [True, False, True]


def test_discharge_entered(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    client = signed_in(cast.branch1_secretary)
    url = f"/visits/occasions/{duty.occasion_id}/discharge/"
    refused = client.post(url, {"discharged_on": "2026-11-18"})
    assert list(refused.context["discharge_form"].errors) == ["discharged_on"]
    client.post(url, {"discharged_on": "2026-11-20"})
    assert duty.occasion.duties.get(number=2).due_on == date(2026, 11, 27)


def test_occasion_closed(cast: Cast, duty: Duty, signed_in: SignIn) -> None:
    client = signed_in(cast.branch1_secretary)
    url = f"/visits/occasions/{duty.occasion_id}/close/"
    assert list(client.post(url, {"closing": "died"}).context["close_form"].errors) == ["closing"]
    client.post(url, {"closing": "moved"})
    assert "已搬走" in words(client, f"/visits/occasions/{duty.occasion_id}/")
    assert list(client.post(url, {"closing": "moved"}).context["close_form"].errors) == ["__all__"]


def test_detail_asks_as_often_for_three_as_for_one(cast: Cast, member: Member, signed_in: SignIn) -> None:
    duty = make_duty(member, by=cast.branch1_secretary)
    make_visit(duty, by=cast.branch1_secretary, how="phone", visited_on=TODAY)
    url = f"/visits/occasions/{duty.occasion_id}/"
    for_one = queries(signed_in(cast.branch1_secretary), url)
    for visitor in (cast.secretary, cast.deputy):
        make_visit(duty, by=visitor, how="phone", visited_on=TODAY)
    assert queries(signed_in(cast.branch1_secretary), url) == for_one
    assert for_one <= 15
