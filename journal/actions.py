"""The one way to leave a trace (`record`), to feed a timeline (`add_event`), to tell somebody (`notify`)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count
from django.utils import timezone

from config.encryption import EncryptedTextField
from journal.models import Audit, Delivery, Event, JobRun, Notice, Number, reference
from journal.tasks import deliver

if TYPE_CHECKING:
    from accounts.models import User

HIDDEN = "•••"


def record(
    *,
    action: str,
    by: "User | None" = None,
    obj: models.Model | None = None,
    committee: int | None = None,
    changes: dict[str, Any] | None = None,
    count: int | None = None,
    job: str = "",
) -> Audit:
    """Write one audit row; `action` is an English msgid marked with gettext_noop.

    `committee` is an id; without it the object's or else the actor's is taken. `changes` maps field names to
    [old, new] (see `changes_of`); the values of encrypted fields are replaced, whatever is passed.
    """
    if committee is None:
        committee = getattr(obj, "committee_id", None) or (by.committee_id if by else None)
    object_type, object_id = reference(obj) if obj is not None else ("", None)
    return Audit.objects.create(
        action=action,
        user_id=by.pk if by else None,
        user_name=by.full_name if by else "",
        job=job,
        committee_id=committee,
        object_type=object_type,
        object_id=object_id,
        object_label=str(obj)[:200] if obj is not None else "",
        changes=_without_secrets(obj, changes or {}),
        count=count,
    )


def _without_secrets(obj: models.Model | None, changes: dict[str, Any]) -> dict[str, Any]:
    secret = set()
    if obj is not None:
        secret = {field.name for field in obj._meta.get_fields() if isinstance(field, EncryptedTextField)}
    return {name: HIDDEN if name in secret else _plain(value) for name, value in changes.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def changes_of(old: models.Model, new: models.Model, fields: Iterable[str]) -> dict[str, list[Any]]:
    """{field: [old value, new value]} for those of `fields` that differ."""
    pairs = {name: [getattr(old, name), getattr(new, name)] for name in fields}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def add_event(
    *,
    obj: models.Model,
    text: str,
    day: date | None = None,
    by: "User | None" = None,
    params: dict[str, Any] | None = None,
) -> Event:
    """Add a line to the timeline; `text` is an English msgid marked with gettext_noop, `day` when it happened."""
    object_type, object_id = reference(obj)
    return Event.objects.create(
        object_type=object_type,
        object_id=object_id,
        day=day or timezone.localdate(),
        text=text,
        params={name: _plain(value) for name, value in (params or {}).items()},
        by_name=by.full_name if by else "",
    )


@transaction.atomic
def notify(notices: Iterable[Notice]) -> int:
    """Put unsaved notices into their inboxes and hand one message per user, message text and due day to the sender.

    A notice that is there already (same user, kind, object, due day) is left alone and sends nothing. Two callers at
    once are safe by the unique constraint. Returns how many messages were handed over.
    """
    notices = list(notices)
    if not notices:
        return 0
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=1000)
    if not settings.NOTIFY_URLS:
        return 0
    fresh = Notice.objects.filter(
        user__in={notice.user_id for notice in notices},
        created_at__gte=min(notice.created_at for notice in notices),
        delivery__isnull=True,
    )
    list(fresh.select_for_update().values_list("pk", flat=True))
    groups = list(fresh.order_by("user_id").values("user_id", "message", "due_day").annotate(number=Count("pk")))
    for group in groups:
        delivery = Delivery.objects.create(
            user_id=group["user_id"],
            text=group["message"],
            params={"count": group["number"], "day": group["due_day"].isoformat()},
        )
        same = {name: group[name] for name in ("user_id", "message", "due_day")}
        fresh.filter(**same).update(delivery=delivery)
        transaction.on_commit(partial(deliver.delay, delivery.pk))
    return len(groups)


def without_told(notices: list[Notice]) -> list[Notice]:
    """Those that are in nobody's inbox yet."""
    key = ("user_id", "kind", "object_type", "object_id", "due_day")
    found = Notice.objects.filter(
        object_type__in={notice.object_type for notice in notices},
        object_id__in={notice.object_id for notice in notices},
    )
    told = set(found.values_list(*key))
    return [notice for notice in notices if tuple(getattr(notice, name) for name in key) not in told]


@transaction.atomic
def read_notices(*, by: "User", notices: "models.QuerySet[Notice] | None" = None) -> int:
    """Mark the user's own unread notices (or those given) as read; returns how many."""
    chosen = Notice.objects.of(by).unread() if notices is None else notices.of(by).unread()  # type: ignore[attr-defined]
    return chosen.update(read_at=timezone.now())


@transaction.atomic
def next_number(*, committee: int, use: str, year: int) -> int:
    """The next number of a yearly counter; call it inside the transaction that uses it, so that no gap can arise."""
    Number.objects.bulk_create([Number(committee_id=committee, use=use, year=year)], ignore_conflicts=True)
    counter = Number.objects.select_for_update().get(committee_id=committee, use=use, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def recorded(name: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Decorator for a background job that returns how much it did: keeps its last start, end, count and error."""

    def decorate(job: Callable[..., int]) -> Callable[..., int]:
        @wraps(job)
        def run(*args: Any, **kwargs: Any) -> int:
            JobRun.objects.update_or_create(name=name, defaults={"started_at": timezone.now()})
            try:
                count = job(*args, **kwargs)
            except Exception as error:
                JobRun.objects.filter(name=name).update(
                    ended_at=timezone.now(), error=f"{type(error).__name__}: {error}"[:500]
                )
                raise
            now = timezone.now()
            JobRun.objects.filter(name=name).update(ended_at=now, good_at=now, count=count, error="")
            return count

        return run

    return decorate
