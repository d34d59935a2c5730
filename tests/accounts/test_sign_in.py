from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from journal.models import Audit
from tests.cast import Cast
from tests.factories.organisation import make_user

LOGIN = "/accounts/login/"


def sign_in(client: Client, username: str, password: str) -> int:
    return client.post(LOGIN, {"username": username, "password": password}).status_code


def test_sign_in_leads_to_the_desk(cast: Cast) -> None:
    response = Client().post(LOGIN, {"username": "secretary", "password": "a long password 1"})
    assert (response.status_code, response["Location"]) == (302, "/desk/")


def test_sign_in_stands_in_the_audit_trail(cast: Cast) -> None:
    sign_in(Client(), "secretary", "wrong")
    sign_in(Client(), "secretary", "a long password 1")
    assert list(Audit.objects.values_list("action", "user_name", "committee_id")) == [
        ("Signed in", "secretary同志", cast.committee.pk)
    ]


def test_fifth_failure_locks_and_says_whom_to_phone(cast: Cast) -> None:
    client = Client()
    statuses = [sign_in(client, "secretary", "wrong") for _n in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    response = client.post(LOGIN, {"username": "secretary", "password": "a long password 1"})
    assert response.status_code == 429
    assert "025-0000 0000" in response.content.decode()


def test_lock_out_is_for_one_user_at_one_address_only(cast: Cast) -> None:
    client = Client()
    for _n in range(5):
        sign_in(client, "secretary", "wrong")
    assert sign_in(client, "deputy", "a long password 1") == 302
    assert sign_in(Client(REMOTE_ADDR="127.0.0.2"), "secretary", "a long password 1") == 302


def test_lock_out_ends_after_fifteen_minutes(cast: Cast) -> None:
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _n in range(5):
            sign_in(client, "secretary", "wrong")
        clock.shift(timedelta(minutes=14))
        assert sign_in(client, "secretary", "a long password 1") == 429
        clock.shift(timedelta(minutes=2))
        assert sign_in(client, "secretary", "a long password 1") == 302


def test_administrator_unlocks_at_once(cast: Cast, signed_in) -> None:
    client = Client()
    for _n in range(5):
        sign_in(client, "secretary", "wrong")
    admin = signed_in(cast.sysadmin)
    page = admin.get(reverse("accounts:user_edit", args=[cast.secretary.pk]))
    assert page.context["is_locked"]
    admin.post(reverse("accounts:user_unlock", args=[cast.secretary.pk]))
    assert sign_in(client, "secretary", "a long password 1") == 302


def test_idle_user_is_signed_out_after_thirty_minutes(cast: Cast) -> None:
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(cast.secretary)
        assert client.get("/desk/").status_code == 200
        clock.shift(timedelta(minutes=29))
        assert client.get("/desk/").status_code == 200
        clock.shift(timedelta(minutes=29))
        assert client.get("/desk/").status_code == 200
        clock.shift(timedelta(minutes=31))
        assert client.get("/desk/").status_code == 302


def test_session_is_written_at_most_once_a_minute(cast: Cast, django_assert_num_queries) -> None:
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(cast.secretary)
        client.get("/desk/")
        first = client.session["last_seen"]
        clock.shift(timedelta(seconds=59))
        client.get("/desk/")
        assert client.session["last_seen"] == first
        clock.shift(timedelta(seconds=1))
        client.get("/desk/")
        assert client.session["last_seen"] == first + 60


def test_disabled_user_is_out_with_the_next_click(cast: Cast, signed_in) -> None:
    client = signed_in(cast.deputy)
    User.objects.filter(pk=cast.deputy.pk).update(is_active=False)
    assert client.get("/desk/").status_code == 302


@pytest.mark.django_db
def test_first_password_must_be_changed_first() -> None:
    user = make_user("fresh", must_change_password=True)
    client = Client()
    client.force_login(user)
    assert client.get("/desk/")["Location"] == "/accounts/password/"
    answer = {"old_password": "a long password 1", "new_password": "quite another 2", "again": "quite another 2"}
    assert client.post("/accounts/password/", answer)["Location"] == "/desk/"
    user.refresh_from_db()
    assert (user.must_change_password, user.check_password("quite another 2")) == (False, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ({"old_password": "wrong", "new_password": "quite another 2", "again": "quite another 2"}, "old_password"),
        ({"old_password": "a long password 1", "new_password": "short", "again": "short"}, "new_password"),
        ({"old_password": "a long password 1", "new_password": "a long password 1", "again": "x"}, "new_password"),
        ({"old_password": "a long password 1", "new_password": "quite another 2", "again": "differs"}, "again"),
    ],
)
def test_wrong_password_change_names_the_field(answer: dict[str, str], field: str) -> None:
    client = Client()
    client.force_login(make_user("fresh"))
    page = client.post("/accounts/password/", answer)
    assert list(page.context["form"].errors) == [field]
