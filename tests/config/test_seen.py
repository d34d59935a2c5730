"""Two tabs, one thing: the second save is told what the first one wrote, keeps its words, and replaces knowingly."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.utils import translation

from accounts.models import User
from branches.models import Branch
from config.seen import SHOWN, SeenForm
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


class Paper(SeenForm, forms.Form):
    is_edit = True
    text = forms.CharField(label="正文", required=False)
    kind = forms.ChoiceField(label="种类", choices=[("a", "甲类"), ("b", "乙类")])
    branch = forms.ModelChoiceField(label="支部", queryset=Branch.objects.all())
    linked = forms.ModelMultipleChoiceField(label="联系支部", queryset=Branch.objects.all(), required=False)


@pytest.mark.parametrize(
    ("name", "now", "typed", "told"),
    [
        ("text", "新", "我的", "正文: 新。"),
        ("text", "", "我的", "正文: —。"),
        ("text", "长" * (SHOWN + 1), "我的", f"正文: {'长' * SHOWN}…。"),
        ("kind", "b", "a", "种类: 乙类。"),
        ("branch", 1, 0, "支部: 第二支部。"),
        ("linked", [0, 1], [1], "联系支部: 第一支部, 第二支部。"),
        ("linked", [], [1], "联系支部: —。"),
    ],
)
def test_what_stands_there_now_is_told_as_the_page_shows_it(
    name: str, now: Any, typed: Any, told: str, cast: Cast
) -> None:
    branches = [cast.branch1.pk, cast.branch2.pk]

    def stored(value: Any) -> Any:
        """Branches are written by their place in the cast."""
        if isinstance(value, list):
            return [branches[one] for one in value]
        return branches[value] if isinstance(value, int) else value

    opened = {"text": "旧", "kind": "a", "branch": branches[0], "linked": [branches[0]]}
    sent = opened | {name: stored(typed), "seen": Paper(initial=opened)["seen"].initial}
    with translation.override("zh-hans"):
        form = Paper(sent, initial=opened | {name: stored(now)})
        assert len(form.non_field_errors()) == 1
        assert told in form.non_field_errors()[0]
