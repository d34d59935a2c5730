"""What comes of a topic: measures with an owner and a day, and the resolution with what the public reads of it."""

import hashlib
import json
import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Branch, Committee, PartnerUnit
from config.prepared import Slot
from council.models.topics import Topic

if TYPE_CHECKING:
    from accounts.models import User


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: "User", permission: str = "council.see") -> "MeasureQuerySet":
        scope = user.scope(permission)
        return self.filter(topic__committee_id=scope.committee) if scope else self.none()

    def unfinished(self) -> "MeasureQuerySet":
        return self.filter(done_on__isnull=True, dropped_on__isnull=True)


class Measure(models.Model):
    """One thing to do, by a branch, a resident unit or somebody named in words, until a day."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="measures")
    what = models.CharField(_("what is to be done"), max_length=120)
    branch = models.ForeignKey(
        Branch,
        on_delete=models.PROTECT,
        related_name="measures",
        null=True,
        blank=True,
        verbose_name=_("branch"),
    )
    unit = models.ForeignKey(
        PartnerUnit,
        on_delete=models.PROTECT,
        related_name="measures",
        null=True,
        blank=True,
        verbose_name=_("resident unit"),
    )
    owner = models.CharField(_("owner in words"), max_length=60, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    dropped_on = models.DateField(_("dropped"), null=True, blank=True)
    dropped_reason = models.CharField(_("reason for dropping it"), max_length=200, blank=True)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True), name="measure_done_or_dropped"
            ),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True) | ~Q(dropped_reason=""),
                name="measure_dropped_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def committee_id(self) -> int:
        return self.topic.committee_id

    @property
    def owner_name(self) -> str:
        return self.owner or str(self.branch or self.unit or "")

    @property
    def is_assigned(self) -> bool:
        return bool(self.owner_name and self.due)

    @property
    def is_finished(self) -> bool:
        return self.done_on is not None or self.dropped_on is not None


class DueChange(models.Model):
    """A due day that a measure had before, and why it was moved. Never edited."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="due_changes")
    old_due = models.DateField(_("due before"))
    reason = models.CharField(_("reason for the new day"), max_length=200)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["measure_id", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="due_change_with_reason")]

    def __str__(self) -> str:
        return f"{self.measure} {self.old_due}"


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def visible_to(self, user: "User", permission: str = "council.see") -> "ResolutionQuerySet":
        scope = user.scope(permission)
        return self.filter(committee_id=scope.committee) if scope else self.none()

    def public(self, day: date | Slot | None = None) -> "ResolutionQuerySet":
        """Posted at least once, not withdrawn, its posting time not over."""
        return self.filter(number__isnull=False, ends_on__gt=day or timezone.localdate()).exclude(
            state=Resolution.State.WITHDRAWN
        )


class Resolution(models.Model):
    """The text that step 5 makes public. Who wrote any of it never approves it."""

    class State(models.TextChoices):
        DRAFTED = "drafted", _("drafted")
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")
        POSTED = "posted", _("posted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="resolutions")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="resolutions")
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("preamble"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFTED)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("author")
    )
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("approved by"),
    )
    drafted_on = models.DateField(_("drafted"))
    proposed_on = models.DateField(_("proposed"), null=True)
    approved_on = models.DateField(_("approved"), null=True)
    posted_on = models.DateField(_("posted"), null=True)
    ends_on = models.DateField(_("posted until"), null=True)
    withdrawn_on = models.DateField(_("withdrawn"), null=True)
    withdrawn_reason = models.CharField(_("reason for withdrawing it"), max_length=200, blank=True)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "number"], name="resolution_number_once"),
            models.UniqueConstraint(fields=["topic"], condition=~Q(state="withdrawn"), name="resolution_one_a_topic"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("author")),
                name="resolution_not_approved_by_author",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "posted"]) | Q(approved_by__isnull=False),
                name="resolution_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="posted")
                | Q(number__isnull=False, year__isnull=False, posted_on__isnull=False, ends_on__isnull=False),
                name="resolution_posted_with_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdrawn_reason="") & Q(withdrawn_on__isnull=False),
                name="resolution_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Committee:
        return self.committee

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN

    @property
    def is_settled(self) -> bool:
        """Before the approver or posted: text and measures change only after it has been taken back."""
        return self.state in {self.State.PROPOSED, self.State.APPROVED, self.State.POSTED}

    @property
    def is_public(self) -> bool:
        """Posted once and not withdrawn: its last snapshot is on the public page, whatever is being revised."""
        return self.number is not None and not self.is_withdrawn


def digest_of(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def latest_of(self, resolutions: "models.QuerySet[Resolution]") -> "SnapshotQuerySet":
        newest = Snapshot.objects.filter(resolution=models.OuterRef("resolution")).order_by("-version").values("pk")[:1]
        return self.filter(resolution__in=resolutions, pk=models.Subquery(newest))


class Snapshot(models.Model):
    """What the public reads of a resolution. A row is never changed: what is new comes as the next version."""

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="snapshots")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    digest = models.CharField(max_length=32)
    at = models.DateTimeField(default=timezone.now)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["resolution_id", "version"]
        constraints = [models.UniqueConstraint(fields=["resolution", "version"], name="snapshot_version_once")]

    def __str__(self) -> str:
        return f"{self.resolution} {self.version}"
