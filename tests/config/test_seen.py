"""Two tabs, one thing: the second save is told what the first one wrote, keeps its words, and replaces knowingly."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from branches.models import Branch
from tests.cast import Cast
from tests.factories import council, members, service_station

TYPED = {"name": "第一支部", "position": "1"}


def mark_of(page: str) -> str:
    return re.findall(r'name="seen" value="([0-9a-f]{64})"', page)[0]


def seen_at(client: Client, address: str) -> str:
    return mark_of(client.get(address).content.decode())


def test_second_save_is_told_what_the_first_one_wrote(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    client, address = signed_in(cast.secretary), f"/branches/{cast.branch1.pk}/"
    seen = seen_at(client, address)
    assert client.post(address, TYPED | {"area": "甲区", "seen": seen}).status_code == 302
    answer = client.post(address, TYPED | {"area": "乙区", "seen": seen})
    assert [error[:40] for error in answer.context["form"].non_field_errors()] == [
        "您填写期间，这里的内容已被他人修改，尚未保存您的修改。现在的内容是：片区: 甲区。"[:40]
    ]
    page = answer.content.decode()
    assert 'value="乙区"' in page
    assert Branch.objects.get(pk=cast.branch1.pk).area == "甲区"
    assert client.post(address, TYPED | {"area": "乙区", "seen": mark_of(page)}).status_code == 302
    assert Branch.objects.get(pk=cast.branch1.pk).area == "乙区"


def test_same_form_sent_twice_is_no_conflict(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    client, address = signed_in(cast.secretary), f"/branches/{cast.branch1.pk}/"
    typed = TYPED | {"area": "甲区", "seen": seen_at(client, address)}
    assert [client.post(address, typed).status_code for _time in range(2)] == [302, 302]


@pytest.mark.parametrize("room", ["member", "report", "topic", "measure", "committee", "user", "opinion reply"])
def test_every_page_that_edits_carries_the_mark(room: str, cast: Cast, signed_in: Callable[[User], Client]) -> None:
    topic = council.make_topic_at(cast, 3)
    posted = council.make_posting(cast)
    address, user = {
        "member": lambda: (f"/members/{members.make_member(cast.branch1).pk}/edit/", cast.secretary),
        "report": lambda: (f"/station/reports/{service_station.make_report(cast.committee).pk}/edit/", cast.station),
        "topic": lambda: (f"/council/topics/{topic.pk}/edit/", cast.secretary),
        "measure": lambda: (f"/council/measures/{council.make_measure(cast, topic).pk}/edit/", cast.secretary),
        "committee": lambda: ("/branches/committee/", cast.secretary),
        "user": lambda: (f"/accounts/users/{cast.deputy.pk}/", cast.sysadmin),
        "opinion reply": lambda: (f"/council/opinions/{council.make_opinion(cast, posted).pk}/reply/", cast.secretary),
    }[room]()
    assert len(seen_at(signed_in(user), address)) == 64
