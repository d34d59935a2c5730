from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from branches.models import Branch, Committee
from tests.cast import Cast


def test_secretary_makes_a_branch_and_a_group(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(cast.secretary)
    client.post("/branches/new/", {"name": "第三支部", "area": "第三片区", "position": 3})
    branch = Branch.objects.get(committee=cast.committee, name="第三支部")
    client.post(f"/branches/{branch.pk}/groups/new/", {"name": "5幢"})
    assert [group.name for group in branch.groups.all()] == ["5幢"]


def test_same_branch_name_twice_is_refused_and_kept(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    page = signed_in(cast.secretary).post("/branches/new/", {"name": "第一支部", "position": 9})
    assert page.context["form"].errors
    assert page.context["form"]["name"].value() == "第一支部"
    assert cast.committee.branches.count() == 2


def test_committee_details_are_changed_and_the_change_is_kept(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    answer = {
        "name": "甲社区党委",
        "short_name": "甲",
        "level": "committee",
        "document_word": "甲党议",
        "phone": "025-1111 1111",
    }
    assert signed_in(cast.secretary).post("/branches/committee/", answer)["Location"] == "/branches/"
    cast.committee.refresh_from_db()
    assert (cast.committee.document_word, cast.committee.phone) == ("甲党议", "025-1111 1111")
    wrong = signed_in(cast.secretary).post("/branches/committee/", answer | {"phone": "call us"})
    assert list(wrong.context["form"].errors) == ["phone"]


@pytest.mark.django_db
def test_create_committee_prints_a_one_time_password() -> None:
    output = StringIO()
    call_command(
        "create_committee", "丁社区党委", slug="ding", admin="ding-admin", phone="025-2222 2222", stdout=output
    )
    committee = Committee.objects.get(slug="ding")
    user = User.objects.get(username="ding-admin")
    password = output.getvalue().split()[-1]
    assert user.check_password(password)
    assert (user.committee_id, user.has_perm("users.manage"), committee.is_demo) == (committee.pk, True, False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [({"slug": "jia", "admin": "x"}, "slug"), ({"slug": "not a slug", "admin": "x"}, "slug")],
)
def test_create_committee_refuses_wrong_values(arguments: dict[str, str], message: str, cast: Cast) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("create_committee", "戊社区党委", **arguments)
    assert not User.objects.filter(username="x").exists()


@pytest.mark.parametrize("admin", ["a<b>", "y" * 41, "SECRETARY"])
def test_create_committee_refuses_a_wrong_user_name_and_makes_nothing(admin: str, cast: Cast) -> None:
    with pytest.raises(CommandError, match=r"^--admin: "):
        call_command("create_committee", "戊社区党委", slug="wu", admin=admin)
    assert not Committee.objects.filter(slug="wu").exists()


def test_create_committee_refuses_a_taken_user_name(cast: Cast) -> None:
    with pytest.raises(CommandError, match="secretary"):
        call_command("create_committee", "戊社区党委", slug="wu", admin="secretary")


def test_branch_is_amended_and_keeps_its_own_name(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    typed = {"name": cast.branch1.name, "area": "1—9幢", "position": 3}
    answer = signed_in(cast.secretary).post(f"/branches/{cast.branch1.pk}/", typed)
    assert (answer.status_code, answer["Location"]) == (302, "/branches/")
    cast.branch1.refresh_from_db()
    assert (cast.branch1.area, cast.branch1.position) == ("1—9幢", 3)
