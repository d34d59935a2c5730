"""Discontent is an ordinary talk on every page, in every trace, and for everybody but its readers."""

from typing import Any

import pytest
from django.test import Client

from journal.models import Audit
from members.models import Member
from tests.cast import Cast
from tests.factories.members import make_member
from tests.factories.visits import make_duty, make_occasion, make_visit
from tests.pages import SignIn
from visits.models import Kind, Occasion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.mark.parametrize("reader", ["secretary", "deputy", "member", "branch1_secretary"])
def test_discontent_changes_no_byte_of_any_page(cast: Cast, member: Member, signed_in: SignIn, reader: str) -> None:
    occasion = make_occasion(member, by=cast.branch1_secretary, kind=Kind.TALK, told_by="person", is_discontent=True)
    duty = occasion.duties.get()
    make_visit(duty, by=cast.branch1_secretary, situation="说了心里话")
    client = signed_in(getattr(cast, reader))
    urls = ["/visits/", "/visits/?show=done", "/visits/?show=all", f"/visits/occasions/{occasion.pk}/"]
    urls += [f"/visits/duties/{occasion.duties.open().get().pk}/log/", "/notices/"]
    with_flag = pages(client, urls)
    Occasion.objects.filter(pk=occasion.pk).update(discontent="no.")
    assert pages(client, urls) == with_flag
    assert all("不满" not in page for page in with_flag)


def pages(client: Client, urls: list[str]) -> list[str]:
    """The pages without what changes with every request: the form's token and Django's."""
    found = []
    for url in urls:
        response = client.get(url)
        text = response.content.decode()
        for secret in (str(response.context["csrf_token"]), token_of(response)):
            text = text.replace(secret, "") if secret else text
        found.append(text)
    return found


def token_of(response: Any) -> str:
    form = response.context.get("form")
    return str(form["form_token"].value()) if form else ""


def test_discontent_leaves_equal_traces(cast: Cast, signed_in: SignIn) -> None:
    traces = []
    for flag in (True, False):
        person = make_member(cast.branch1, name="李秀兰")
        known = Audit.objects.latest("pk").pk
        duty = make_duty(person, by=cast.branch1_secretary, kind=Kind.TALK, told_by="person", is_discontent=flag)
        make_visit(duty, by=cast.branch1_secretary)
        rows = Audit.objects.filter(pk__gt=known).order_by("pk")
        traces.append([(row.action, row.object_label, row.changes, row.count) for row in rows])
    assert traces[0] == traces[1]


def test_discontent_read_by_its_readers(cast: Cast, member: Member, signed_in: SignIn) -> None:
    occasion = make_occasion(member, by=cast.deputy, kind=Kind.TALK, told_by="person", is_discontent=True)
    url = f"/visits/occasions/{occasion.pk}/notes/"
    found = {name: signed_in(getattr(cast, name)).post(url) for name in ("secretary", "branch1_secretary", "deputy")}
    assert {name: (answer.status_code, "有不满情绪" in answer.content.decode()) for name, answer in found.items()} == {
        "secretary": (200, True),
        "branch1_secretary": (200, True),
        "deputy": (403, False),
    }
