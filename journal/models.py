"""What happened, and what must be told: the audit trail, timelines, notices and their delivery, job runs, numbers."""

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from config.rows import CommitteeQuerySet

if TYPE_CHECKING:
    from accounts.models import User


def reference(obj: models.Model) -> tuple[str, int]:
    """How a row is named where no foreign key may point: ("members.member", 12)."""
    return obj._meta.label_lower, obj.pk


def words(text: str, params: dict[str, Any]) -> str:
    """A stored English msgid in the reader's language, with its parameters filled in."""
    return gettext(text) % params if params else gettext(text)


class AuditQuerySet(CommitteeQuerySet["Audit"]):
    seen_with = "audit.see"

    def about(self, obj: models.Model) -> "AuditQuerySet":
        object_type, object_id = reference(obj)
        return self.filter(object_type=object_type, object_id=object_id)


class Audit(models.Model):
    """One thing somebody did or read. Append-only: triggers refuse UPDATE, and DELETE within the retention time."""

    at = models.DateTimeField(_("time"), default=timezone.now, editable=False, db_index=True)
    user_id = models.BigIntegerField(_("user"), null=True)
    user_name = models.CharField(_("user"), max_length=80, blank=True)
    job = models.CharField(_("background job"), max_length=80, blank=True)
    committee_id = models.BigIntegerField(_("committee"), null=True)
    action = models.CharField(_("action"), max_length=120)
    object_type = models.CharField(max_length=80, blank=True)
    object_id = models.BigIntegerField(null=True)
    object_label = models.CharField(_("object"), max_length=200, blank=True)
    changes = models.JSONField(_("changes"), default=dict)
    count = models.PositiveIntegerField(_("rows"), null=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["committee_id", "-at"], name="audit_committee_at"),
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.user_name or self.job} {self.action}"

    @property
    def action_text(self) -> str:
        return gettext(self.action)


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, obj: models.Model) -> "EventQuerySet":
        object_type, object_id = reference(obj)
        return self.filter(object_type=object_type, object_id=object_id)


class Event(models.Model):
    """One line of an object's timeline, told in the reader's language. Kept as long as the object."""

    object_type = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("entered"), default=timezone.now)
    text = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    by_name = models.CharField(_("by"), max_length=80, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id", "-day"], name="event_object")]

    def __str__(self) -> str:
        return words(self.text, self.params)


class Delivery(models.Model):
    """One message that leaves the system: a count and a day, nothing about a person. Sent at least once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "next_try_at"], name="delivery_waiting")]

    def __str__(self) -> str:
        return words(self.text, self.params)


# What leaves the system says no more than this (or visits' two messages about what is due).
REMINDER = gettext_noop("You have %(count)s work reminders. Please sign in to see them.")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: "User") -> "NoticeQuerySet":
        return self.filter(user=user)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One line in one person's inbox; never twice for the same user, kind, object and due day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    object_type = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    due_day = models.DateField()
    text = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    message = models.CharField(max_length=200, default=REMINDER)
    delivery = models.ForeignKey(Delivery, on_delete=models.SET_NULL, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "object_type", "object_id", "due_day"], name="notice_once_a_due_day"
            )
        ]
        indexes = [models.Index(fields=["user", "read_at"], name="notice_unread")]

    def __str__(self) -> str:
        return words(self.text, self.params)


class JobRun(models.Model):
    """The last run of one background job: when it began and ended, how much it did, what went wrong."""

    name = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField(_("last start"))
    ended_at = models.DateTimeField(_("last end"), null=True)
    good_at = models.DateTimeField(_("last good end"), null=True)
    count = models.PositiveIntegerField(_("count"), default=0)
    error = models.TextField(_("error"), blank=True)

    def __str__(self) -> str:
        return self.name


class Number(models.Model):
    """A counter without gaps or doubles: the last number given for a committee, a use and a year."""

    committee_id = models.BigIntegerField()
    use = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee_id", "use", "year"], name="number_once")]

    def __str__(self) -> str:
        return f"{self.use} {self.year}: {self.last}"
