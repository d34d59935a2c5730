from datetime import date, timedelta

import pytest
from django.utils import timezone

from journal.actions import notify, read_notices
from journal.delivery import MAX_ATTEMPTS, claim, outgoing_text, with_message_id
from journal.models import REMINDER, Delivery, Notice
from journal.tasks import deliver, deliver_waiting
from tests.cast import Cast
from tests.plugins.receiver import Receiver

DAY = date(2026, 11, 23)
MESSAGE = REMINDER


def notices(cast: Cast, number: int = 1, **fields: object) -> list[Notice]:
    defaults = {
        "user": cast.secretary,
        "kind": "test",
        "object_type": "branches.branch",
        "due_day": DAY,
        "text": "Saved.",
        "url": "/notices/",
        "message": MESSAGE,
    }
    return [Notice(**defaults | {"object_id": index} | fields) for index in range(number)]


def test_notice_comes_once_a_due_day(cast: Cast) -> None:
    notify(notices(cast))
    notify(notices(cast))
    notify(notices(cast, due_day=DAY + timedelta(days=1)))
    assert Notice.objects.of(cast.secretary).count() == 2


def test_notices_of_one_day_make_one_message(cast: Cast, settings, receiver: Receiver) -> None:
    settings.NOTIFY_URLS = [receiver.url]
    assert notify(notices(cast, 3)) == 1
    assert notify(notices(cast, 3)) == 0
    delivery = Delivery.objects.get()
    assert outgoing_text(delivery) == "您有 3 条工作提醒，请登录查看。"
    deliver(delivery.pk)
    deliver(delivery.pk)
    assert [(call.body["message"], call.message_id) for call in receiver.calls] == [
        ("您有 3 条工作提醒，请登录查看。", str(delivery.message_id))
    ]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("sent", 1)


def test_message_without_address_is_not_made(cast: Cast, settings) -> None:
    settings.NOTIFY_URLS = []
    assert notify(notices(cast, 2)) == 0
    assert not Delivery.objects.exists()


def test_message_is_claimed_by_one_sender(cast: Cast) -> None:
    delivery = Delivery.objects.create(user=cast.secretary, text=MESSAGE, params={"count": 1, "day": "2026-11-23"})
    assert [claim(delivery.pk) is not None, claim(delivery.pk) is not None] == [True, False]


def test_message_of_a_dead_sender_is_sent_by_the_next(cast: Cast, settings, receiver: Receiver) -> None:
    settings.NOTIFY_URLS = [receiver.url]
    delivery = Delivery.objects.create(user=cast.secretary, text=MESSAGE, params={"count": 1, "day": "2026-11-23"})
    claim(delivery.pk)
    deliver(delivery.pk)
    assert receiver.calls == []
    Delivery.objects.update(claimed_at=timezone.now() - timedelta(minutes=6))
    deliver(delivery.pk)
    assert [call.message_id for call in receiver.calls] == [str(delivery.message_id)]


def test_message_is_tried_again_with_growing_pauses_and_fails_visibly(cast: Cast, settings, receiver: Receiver) -> None:
    settings.NOTIFY_URLS = [receiver.url]
    receiver.status = 500
    delivery = Delivery.objects.create(user=cast.secretary, text=MESSAGE, params={"count": 1, "day": "2026-11-23"})
    pauses = []
    for _attempt in range(MAX_ATTEMPTS):
        Delivery.objects.update(next_try_at=timezone.now())
        before = timezone.now()
        deliver(delivery.pk)
        delivery.refresh_from_db()
        pauses.append(round((delivery.next_try_at - before).total_seconds() / 60))
    assert pauses[:-1] == [1, 2, 4, 8, 16, 32, 64]
    assert (delivery.state, delivery.attempts) == ("failed", MAX_ATTEMPTS)


def test_reading_touches_only_ones_own(cast: Cast) -> None:
    notify(notices(cast) + notices(cast, user=cast.deputy))
    assert read_notices(by=cast.secretary) == 1
    assert [Notice.objects.of(user).unread().count() for user in (cast.secretary, cast.deputy)] == [0, 1]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("json://host/", "json://host/?%2BX-Message-Id=7"),
        ("jsons://host/?a=b", "jsons://host/?a=b&%2BX-Message-Id=7"),
        ("wecombot://key", "wecombot://key"),
    ],
)
def test_only_web_hooks_carry_the_message_id(url: str, expected: str) -> None:
    assert with_message_id(url, "7") == expected


def test_waiting_messages_are_sent_by_the_next_round(cast: Cast, settings, receiver: Receiver, eager: None) -> None:
    Delivery.objects.create(user=cast.secretary, text=MESSAGE, params={"count": 1, "day": "2026-11-23"})
    settings.NOTIFY_URLS = []
    deliver_waiting()
    assert receiver.calls == []
    settings.NOTIFY_URLS = [receiver.url]
    deliver_waiting()
    deliver_waiting()
    assert len(receiver.calls) == 1


def test_worker_without_address_leaves_the_message_alone(cast: Cast, settings) -> None:
    delivery = Delivery.objects.create(user=cast.secretary, text=MESSAGE, params={"count": 1, "day": "2026-11-23"})
    settings.NOTIFY_URLS = []
    deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (Delivery.State.WAITING, 0)
