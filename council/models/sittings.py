"""A sitting of the council: who was entitled and present, what was said, what was decided."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Committee
from config.rows import CommitteeQuerySet
from council.decision import Count, Method, Outcome, decide, quorum_of, quorum_sentence
from council.models.seats import RuleFields, Seat
from council.models.topics import PlanVersion, Topic


class SittingQuerySet(CommitteeQuerySet["Sitting"]):
    seen_with = "council.see"

    def upcoming(self, day: date | None = None) -> "SittingQuerySet":
        return self.filter(day__gte=day or timezone.localdate()).order_by("day", "pk")


class Sitting(RuleFields):
    """Called for a day and a place. With the attendance, those entitled and the rules in force are frozen."""

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="sittings", verbose_name=_("committee")
    )
    day = models.DateField(_("day"))
    sitting_place = models.CharField(_("place"), max_length=60)
    topics = models.ManyToManyField(Topic, related_name="sittings", verbose_name=_("topics on the agenda"))
    frozen_at = models.DateTimeField(null=True, editable=False)

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "day", "sitting_place"], name="sitting_once_a_day_and_place")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.sitting_place}"

    @property
    def place(self) -> Committee:
        return self.committee

    @property
    def entitled(self) -> int:
        return len(self.attendances.all())

    @property
    def present(self) -> int:
        return sum(row.is_present for row in self.attendances.all())

    @property
    def has_quorum(self) -> bool:
        return self.entitled > 0 and self.present >= quorum_of(self.entitled, self.rules)

    @property
    def quorum_sentence(self) -> str:
        return quorum_sentence(self.entitled, self.present, self.rules)


class Attendance(models.Model):
    """One person entitled on the day of the sitting, as he was then, and whether he came."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendances")
    name = models.CharField(_("name"), max_length=120)
    constituency = models.CharField(_("constituency"), max_length=12, choices=Seat.Constituency)
    is_present = models.BooleanField(_("present"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sitting", "seat"], name="attendance_once_a_seat")]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """What one side said. No name is kept: views count, not who holds them."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="positions")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="positions")
    text = models.TextField(_("what was said"))
    is_dissent = models.BooleanField(_("differing view"), default=False)
    answer = models.TextField(_("answer"), blank=True)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_unanswered(self) -> bool:
        return self.is_dissent and not self.answer.strip()


class Decision(models.Model):
    """How a sitting settled a topic. The outcome is computed from the frozen count and rules, never typed."""

    class Method(models.TextChoices):
        AGREEMENT = Method.AGREEMENT.value, _("agreed by discussion")
        SHOW_OF_HANDS = Method.SHOW_OF_HANDS.value, _("show of hands")

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="decisions")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="decisions")
    plan = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("draft decided on")
    )
    method = models.CharField(_("how it was decided"), max_length=13, choices=Method)
    votes_for = models.PositiveSmallIntegerField(_("for"), default=0)
    against = models.PositiveSmallIntegerField(_("against"), default=0)
    abstained = models.PositiveSmallIntegerField(_("abstained"), default=0)
    is_adopted = models.BooleanField(editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "topic"], name="decision_once_a_sitting"),
            models.CheckConstraint(
                condition=~Q(method="agreement") | Q(votes_for=0, against=0, abstained=0),
                name="decision_agreement_has_no_votes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.sitting}"

    @property
    def outcome(self) -> Outcome:
        return decide(self.count, self.sitting.rules)

    @property
    def count(self) -> Count:
        return Count(
            self.sitting.entitled,
            self.sitting.present,
            Method(self.method),
            self.votes_for,
            self.against,
            self.abstained,
        )
