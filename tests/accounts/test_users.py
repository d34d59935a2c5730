import re
from collections.abc import Callable

from django.test import Client

from accounts.models import User
from tests.cast import Cast
from tests.factories.organisation import PASSWORD, make_user


def test_new_user_gets_a_one_time_password_and_signs_in_with_it(
    cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    page = signed_in(cast.sysadmin).post("/accounts/users/new/", {"username": "branch9", "full_name": "陈😀"})
    password = page.context["password"]
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){2}", password)
    assert page["Cache-Control"] == "no-store"
    user = User.objects.get(username="branch9")
    assert (user.full_name, user.must_change_password, user.committee_of_origin) == ("陈😀", True, cast.committee.pk)
    assert Client().post("/accounts/login/", {"username": "branch9", "password": password}).status_code == 302


def test_taken_user_name_is_refused_and_the_text_kept(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    page = signed_in(cast.sysadmin).post("/accounts/users/new/", {"username": "secretary", "full_name": "另一人"})
    assert list(page.context["form"].errors) == ["username"]
    assert page.context["form"]["full_name"].value() == "另一人"


def test_administrator_cannot_disable_or_reset_himself(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(cast.sysadmin)
    statuses = [client.post(f"/accounts/users/{cast.sysadmin.pk}/{move}/").status_code for move in ("disable", "reset")]
    assert statuses == [404, 404]


def test_user_list_shows_ones_own_committee(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    page = signed_in(cast.other_sysadmin).get("/accounts/users/")
    assert [user.username for user in page.context["page"]] == ["other_secretary", "other_sysadmin"]


def test_user_list_asks_as_often_for_many_as_for_few(cast: Cast, signed_in, django_assert_max_num_queries) -> None:
    client = signed_in(cast.sysadmin)
    client.get("/accounts/users/")
    with django_assert_max_num_queries(12) as few:
        client.get("/accounts/users/")
    for number in range(3):
        make_user(f"more{number}", cast.committee)
    with django_assert_max_num_queries(12) as many:
        client.get("/accounts/users/")
    assert len(few) == len(many)


def test_user_is_renamed_and_the_change_is_kept(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    url = f"/accounts/users/{cast.member.pk}/"
    answer = signed_in(cast.sysadmin).post(url, {"username": cast.member.username, "full_name": "新名字"})
    assert (answer.status_code, answer["Location"]) == (302, url)
    cast.member.refresh_from_db()
    assert cast.member.full_name == "新名字"


def test_disabled_user_has_no_role_left(cast: Cast) -> None:
    cast.secretary.is_active = False
    cast.secretary.save(update_fields=["is_active"])
    again = User.objects.get(pk=cast.secretary.pk)
    assert not again.has_perm("members.see")
    assert not again.scope("members.see")


def test_user_name_that_differs_by_case_alone_is_refused(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    answer = signed_in(cast.sysadmin).post("/accounts/users/new/", {"username": "SECRETARY", "full_name": "某人"})
    assert answer.context["form"].errors == {"username": ["该用户名已被使用，请换一个。"]}
    assert not User.objects.filter(username="SECRETARY").exists()


def test_too_short_password_is_refused_in_chinese(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    typed = {"old_password": PASSWORD, "new_password": "k7Gq", "again": "k7Gq"}
    answer = signed_in(cast.secretary).post("/accounts/password/", typed)
    assert answer.context["form"].errors == {"new_password": ["密码太短，至少要有 10 个字符。"]}
