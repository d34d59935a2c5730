"""Sending what leaves the system.

A message is claimed by one UPDATE, sent, then marked: never lost, and at most once too often for each sender that is
killed between the two.
"""

from datetime import date, timedelta

import apprise
from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import pgettext

from journal.models import Delivery, words

MAX_ATTEMPTS = 8
STALE_CLAIM = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)  # doubled after each failure


def ready_to_send() -> "Q":
    """Waiting and due, or claimed so long ago that its sender must have died."""
    now = timezone.now()
    return Q(state=Delivery.State.WAITING, next_try_at__lte=now) | Q(
        state=Delivery.State.SENDING, claimed_at__lte=now - STALE_CLAIM
    )


def claim(pk: int) -> Delivery | None:
    """Take the message for this sender, or None when another has it or it is not due."""
    claimed = Delivery.objects.filter(ready_to_send(), pk=pk).update(
        state=Delivery.State.SENDING, claimed_at=timezone.now(), attempts=F("attempts") + 1
    )
    return Delivery.objects.get(pk=pk) if claimed else None


def outgoing_text(delivery: Delivery) -> str:
    """The only words that leave the system: how many, and until when; in Chinese, whoever triggered it."""
    with translation.override("zh-hans"):
        day = date_format(date.fromisoformat(delivery.params["day"]), pgettext("date format", "j M"))
        return words(delivery.text, {**delivery.params, "day": day})


def with_message_id(url: str, message_id: str) -> str:
    """Web hooks carry the message's id as a header, so that a receiver can tell a repeat."""
    if not url.startswith(("json://", "jsons://")):
        return url
    return f"{url}{'&' if '?' in url else '?'}%2BX-Message-Id={message_id}"


def send(delivery: Delivery) -> None:
    """Send one claimed message through every address of NOTIFY_URLS and keep what came of it."""
    sender = apprise.Apprise()
    for url in settings.NOTIFY_URLS:
        sender.add(with_message_id(url, str(delivery.message_id)))
    if sender.notify(body=outgoing_text(delivery)):
        _keep(delivery, state=Delivery.State.SENT, sent_at=timezone.now(), error="")
    elif delivery.attempts >= MAX_ATTEMPTS:
        _keep(delivery, state=Delivery.State.FAILED, error="no answer")
    else:
        pause = FIRST_PAUSE * 2 ** (delivery.attempts - 1)
        _keep(delivery, state=Delivery.State.WAITING, next_try_at=timezone.now() + pause, error="no answer")


def _keep(delivery: Delivery, **values: object) -> None:
    Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).update(**values)
