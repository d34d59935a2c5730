"""Background work of the journal: sending, and erasing what has outlived its retention."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from config.retention import AUDIT_DAYS
from journal.delivery import claim, ready_to_send, send
from journal.models import Audit, Delivery


@shared_task
def deliver(pk: int) -> None:
    if not settings.NOTIFY_URLS:
        return
    delivery = claim(pk)
    if delivery is not None:
        send(delivery)


@shared_task
def deliver_waiting() -> None:
    """Catch up: whatever was not handed to a worker, failed and is due again, or was claimed by a sender that died."""
    if settings.NOTIFY_URLS:
        for pk in Delivery.objects.filter(ready_to_send()).order_by("pk").values_list("pk", flat=True)[:500]:
            deliver.delay(pk)


@shared_task
def erase_expired_audit() -> None:
    Audit.objects.filter(at__lt=timezone.now() - timedelta(days=AUDIT_DAYS + 1)).delete()
