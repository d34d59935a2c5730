"""What residents tell the service station, and what became of it."""

import re
import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Branch, Committee
from config.encryption import EncryptedTextField, fingerprint
from council.models import Topic

if TYPE_CHECKING:
    from accounts.models import User

LETTERS = "ACDEFGHJKMNPQRTUVWXY"  # none that is taken for another letter or a digit
TAIL_LENGTH = 4
NUMBER = re.compile(rf"(\d{{4}})(\d{{4,6}})([{LETTERS}]{{4}})$", re.ASCII)


def phone_digits(phone: str) -> str:
    return "".join(mark for mark in phone if mark.isascii() and mark.isdigit())


def tail_fingerprint(phone: str) -> str:
    """What the look-up compares: the keyed hash of the last four digits; "" without a phone."""
    return fingerprint("report phone tail", phone_digits(phone)[-TAIL_LENGTH:])


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: "User") -> "ReportQuerySet":
        """Reports where the user may handle them; a complaint about a person for the discipline member alone."""
        handled, complained = user.scope("reports.handle"), user.scope("reports.complaints")
        shown = Q(pk__in=[])
        if handled:
            shown |= Q(committee_id=handled.committee, is_complaint=False) & self._within(handled.branches)
        if complained:
            shown |= Q(committee_id=complained.committee, is_complaint=True)
        return self.filter(shown)

    @staticmethod
    def _within(branches: frozenset[int] | None) -> Q:
        return Q() if branches is None else Q(branch_id__in=branches)

    def ordinary(self) -> "ReportQuerySet":
        return self.filter(is_complaint=False)

    def complaints(self) -> "ReportQuerySet":
        return self.filter(is_complaint=True)

    def looked_up(self, committee: Committee, number: str, tail: str) -> "ReportQuerySet":
        """The one whose number (without dashes) and phone tail are both right; without a phone left, only the clerk can look."""
        parts = NUMBER.match(number)
        if not parts or not tail:
            return self.none()
        return self.filter(
            committee=committee, year=parts[1], serial=parts[2], letters=parts[3], phone_tail=tail_fingerprint(tail)
        )

    def in_work(self) -> "ReportQuerySet":
        """Those the station still has to move; what was promoted is in the council's hands."""
        return self.filter(state__in=Report.IN_WORK)

    def overdue(self, day: date | None = None) -> "ReportQuerySet":
        return self.in_work().filter(due_on__lt=day or timezone.localdate())


class Report(models.Model):
    """One thing a resident (or the station itself) told. Never deleted, never merged: duplicates share a topic."""

    class Channel(models.TextChoices):
        WEB = "web", _("web page")
        COUNTER = "counter", _("counter")
        PHONE = "phone", _("phone call")
        VISIT = "visit", _("visit")
        STATION = "station", _("the station itself")
        CHAT = "chat", _("chat group")
        HOTLINE = "12345", _("12345 hotline")
        GRID = "grid", _("grid worker")

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        IN_HAND = "in_hand", _("in hand")
        OUTSIDE = "outside", _("passed outside")
        PROMOTED = "promoted", _("made a topic")
        SOLVED = "solved", _("solved")
        UNSOLVED = "unsolved", _("closed, not solved")

    IN_WORK = (State.RECEIVED, State.IN_HAND, State.OUTSIDE)
    CLOSED = (State.SOLVED, State.UNSOLVED)

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="reports", verbose_name=_("committee")
    )
    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="reports", null=True, blank=True, verbose_name=_("area")
    )
    year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    letters = models.CharField(max_length=4, editable=False)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    text = models.TextField(_("what was told"))
    title = models.CharField(_("in short"), max_length=60, blank=True)
    name = EncryptedTextField(_("name"), blank=True)
    phone = EncryptedTextField(_("phone"), blank=True)
    phone_tail = models.CharField(max_length=64, blank=True, editable=False)
    where = EncryptedTextField(_("where"), blank=True)
    by_day = models.DateField(_("needed by"), null=True, blank=True)
    is_complaint = models.BooleanField(_("complaint about a person"), default=False, editable=False)
    reported_on = models.DateField(_("reported"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RECEIVED, editable=False)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="handled_reports",
        null=True,
        blank=True,
        verbose_name=_("handler"),
    )
    due_on = models.DateField(_("due"))
    counted_from = models.DateField(null=True, blank=True, editable=False)
    outside_body = models.CharField(_("passed to"), max_length=60, blank=True)
    public_note = models.TextField(_("what the look-up tells"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True, editable=False)
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, related_name="reports", null=True, blank=True, verbose_name=_("topic")
    )
    form_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="entered_reports", null=True, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_on", "-pk"]
        indexes = [
            models.Index(fields=["committee", "is_complaint", "state", "due_on"], name="report_work_list"),
            models.Index(fields=["committee", "-reported_on"], name="report_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "serial"], name="report_number_once"),
            models.CheckConstraint(
                condition=Q(is_complaint=False) | Q(topic__isnull=True), name="report_complaint_never_a_topic"
            ),
            models.CheckConstraint(
                condition=~Q(state="promoted") | Q(topic__isnull=False), name="report_promoted_has_topic"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["solved", "unsolved"], closed_on__isnull=False)
                | (~Q(state__in=["solved", "unsolved"]) & Q(closed_on__isnull=True)),
                name="report_closed_has_day",
            ),
            models.CheckConstraint(condition=~Q(state="unsolved") | ~Q(reason=""), name="report_unsolved_has_reason"),
            models.CheckConstraint(condition=~Q(state="outside") | ~Q(outside_body=""), name="report_outside_has_body"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("reported_on")), name="report_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.serial:04d}"

    @property
    def number(self) -> str:
        """As the reporter has it. The letters are half of the look-up's key, so the audit trail names `str(report)`."""
        return f"{self.year}-{self.serial:04d}-{self.letters}"

    @property
    def place(self) -> Branch | Committee:
        return self.branch or self.committee

    @property
    def heading(self) -> str:
        """The short title, else the beginning of what was told."""
        text = self.title or " ".join(self.text.split())
        return text if len(text) <= 30 else f"{text[:30]}…"

    @property
    def is_in_work(self) -> bool:
        return self.state in self.IN_WORK

    @property
    def is_closed(self) -> bool:
        return self.state in self.CLOSED

    @property
    def days_late(self) -> int:
        """How many days past its due day today, while it is in work; 0 on the day itself."""
        return max((timezone.localdate() - self.due_on).days, 0) if self.is_in_work else 0

    @property
    def is_overdue(self) -> bool:
        return self.days_late > 0

    @property
    def due_kind(self) -> str:
        """The colour of the due day's word."""
        if self.is_overdue:
            return "late"
        return "due" if self.due_on == timezone.localdate() else "plain"


class ReportNote(models.Model):
    """A line among colleagues; the reporter never sees it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("internal note"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="report_notes")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.report} {self.at:%Y-%m-%d}"
