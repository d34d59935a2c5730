"""The community garden: an adopted plan posted for residents, and what they say about it."""

import uuid
from datetime import date

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Committee
from config.encryption import EncryptedTextField
from config.prepared import Slot
from config.rows import CommitteeQuerySet
from council.models.topics import PlanVersion, Topic


class PostingQuerySet(CommitteeQuerySet["Posting"]):
    seen_with = "council.see"
    committee_path = "topic__committee_id"

    def published(self, day: date | Slot | None = None) -> "PostingQuerySet":
        """What the public may read: begun, not withdrawn."""
        return self.filter(opens_on__lte=day or timezone.localdate(), withdrawn_on__isnull=True)

    def open(self, day: date | Slot | None = None) -> "PostingQuerySet":
        day = day or timezone.localdate()
        return self.published(day).filter(closes_on__gte=day)


class Posting(models.Model):
    """A plan posted for opinions. `content` is what the public reads, frozen when it was posted."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="postings")
    plan = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="postings", verbose_name=_("draft"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on (last day)"))
    what_changed = models.TextField(_("what changed because of the opinions"), blank=True)
    content = models.JSONField(default=dict, editable=False)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="posting_days_in_order",
                violation_error_message=_("The closing day must not be before the opening day."),
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(withdrawn_on__isnull=True), name="posting_once_a_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.opens_on}–{self.closes_on}"

    @property
    def committee_id(self) -> int:
        return self.topic.committee_id

    def is_open(self, day: date | None = None) -> bool:
        day = day or timezone.localdate()
        return self.withdrawn_on is None and self.opens_on <= day <= self.closes_on

    def is_over(self, day: date | None = None) -> bool:
        return self.closes_on < (day or timezone.localdate())

    def days_left(self, day: date | None = None) -> int:
        """Days still open, today included; 0 when it is over."""
        return max(0, (self.closes_on - (day or timezone.localdate())).days + 1)


class GardenMeetingQuerySet(CommitteeQuerySet["GardenMeeting"]):
    seen_with = "council.see"
    committee_path = "posting__topic__committee_id"


class GardenMeeting(models.Model):
    """A meeting on the spot while a plan is posted: where, when, how many came, what was said. Public, names nobody."""

    FEW = 5  # fewer are not counted in public

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="meetings")
    meeting_place = models.CharField(_("place"), max_length=80)
    day = models.DateField(_("day"))
    present = models.PositiveSmallIntegerField(
        _("number present"), validators=[MinValueValidator(1, _("Enter how many were present, at least 1."))]
    )
    said = models.TextField(_("what was said"), max_length=1000)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = GardenMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.CheckConstraint(condition=Q(present__gte=1), name="garden_meeting_somebody_present")]

    def __str__(self) -> str:
        return f"{self.meeting_place} {self.day}"

    @property
    def committee_id(self) -> int:
        return self.posting.topic.committee_id

    @property
    def has_few(self) -> bool:
        return self.present < self.FEW


class OpinionQuerySet(CommitteeQuerySet["Opinion"]):
    seen_with = "council.see"
    committee_path = "posting__topic__committee_id"

    def waiting(self) -> "OpinionQuerySet":
        return self.filter(review=Opinion.Review.WAITING)


class Opinion(models.Model):
    """One resident's opinion. Counted once it is in; shown after review, never with name or phone."""

    LONGEST = 1000  # characters

    class Stance(models.TextChoices):
        SUPPORT = "support", _("in favour")
        SUGGEST = "suggest", _("suggestion")
        OPPOSE = "oppose", _("against")

    class Channel(models.TextChoices):
        WEB = "web", _("web")
        PAPER = "paper", _("paper")
        PHONE = "phone", _("phone call")
        COUNTER = "counter", _("counter")
        MEETING = "meeting", _("meeting on the spot")

    class Review(models.TextChoices):
        WAITING = "waiting", _("waiting for review")
        SHOWN = "shown", _("shown")
        HIDDEN = "hidden", _("not shown")

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="opinions")
    stance = models.CharField(_("your stance"), max_length=7, choices=Stance)
    channel = models.CharField(_("channel"), max_length=7, choices=Channel, default=Channel.WEB)
    text = models.TextField(_("opinion"), max_length=LONGEST, blank=True)
    name = EncryptedTextField(_("name"), blank=True)
    phone = EncryptedTextField(_("phone"), blank=True)
    phone_mark = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    is_repeat = models.BooleanField(_("same phone again"), default=False, editable=False)
    token = models.UUIDField(unique=True, editable=False)
    day = models.DateField(_("day"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    review = models.CharField(_("review"), max_length=7, choices=Review, default=Review.WAITING)
    review_reason = models.CharField(_("reason for not showing it"), max_length=200, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    reply = models.TextField(_("reply"), blank=True)
    replied_on = models.DateField(_("replied"), null=True, blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["posting", "review"], name="opinion_review")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(review="hidden") | ~Q(review_reason=""), name="opinion_hidden_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(review="waiting", reviewed_by__isnull=True)
                | ~Q(review="waiting") & Q(reviewed_by__isnull=False),
                name="opinion_reviewed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()} {self.pk}"

    @property
    def committee_id(self) -> int:
        return self.posting.topic.committee_id

    @property
    def place(self) -> Committee:
        return self.posting.topic.committee

    @property
    def is_unanswered_objection(self) -> bool:
        return self.stance == self.Stance.OPPOSE and not self.reply.strip()
