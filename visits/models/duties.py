"""A dated visit that is owed, and the one definition of overdue."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from config.templatetags.house import day as spoken
from visits.due import Anchor, Unit, explanation, first_day
from visits.models.occasions import Kind, Occasion

if TYPE_CHECKING:
    from accounts.models import User

FAMILY_VISITS = {
    1: _("first visit to the family"),
    2: _("visit to the family seven days on"),
    3: _("visit to the family before the Spring Festival"),
}


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, user: "User", permission: str = "visits.see") -> "DutyQuerySet":
        scope = user.scope(permission)
        if not scope:
            return self.none()
        rows = self.filter(occasion__committee_id=scope.committee)
        return rows if scope.branches is None else rows.filter(branch_id__in=scope.branches)

    def open(self) -> "DutyQuerySet":
        return self.filter(state=Duty.State.OPEN)

    def overdue(self, day: date) -> "DutyQuerySet":
        """Open and past the midnight after the due day; the same as Duty.is_overdue."""
        return self.open().filter(due_on__lt=day)

    def due_on(self, day: date) -> "DutyQuerySet":
        return self.open().filter(due_on=day)

    def with_person(self) -> "DutyQuerySet":
        return self.select_related("occasion__member", "branch")


class Duty(models.Model):
    """The `number`-th visit of an occasion. What its day was counted from is kept, so that it can be explained."""

    class State(models.TextChoices):
        OPEN = "open", _("to visit")
        DONE = "done", _("visited")
        CANCELLED = "cancelled", _("cancelled")

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="duties", verbose_name=_("occasion"))
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="duties", verbose_name=_("branch"))
    number = models.PositiveSmallIntegerField(_("which visit"))
    anchor = models.CharField(_("counted from"), max_length=15, choices=Anchor)
    anchor_on = models.DateField(_("counted from the day"))
    offset = models.PositiveSmallIntegerField(_("number of days"))
    unit = models.CharField(_("counted in"), max_length=8, choices=Unit)
    due_on = models.DateField(_("due day"))
    former_due_on = models.DateField(_("formerly due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    cancelled_because = models.CharField(_("why cancelled"), max_length=9, choices=Occasion.Closing, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on", "branch"], name="duty_work_list")]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "number"], name="duty_once"),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(cancelled_because=""))
                | (~Q(state="cancelled") & Q(cancelled_because="")),
                name="duty_cancelled_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} · {self.which}"

    @property
    def place(self) -> Branch:
        return self.branch

    @property
    def which(self) -> str:
        """First visit, visit after discharge, … in words."""
        if self.occasion.kind == Kind.DEATH:
            return str(FAMILY_VISITS.get(self.number, _("visit to the family")))
        if self.number == 1:
            return str(_("first visit"))
        if self.anchor == Anchor.DISCHARGED:
            return str(_("visit after discharge"))
        if self.anchor == Anchor.QUARTER_END:
            return str(_("visit of the quarter"))
        return str(_("second visit"))

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_overdue(self, day: date | None = None) -> bool:
        """The same as DutyQuerySet.overdue, for one row."""
        return self.is_open and self.due_on < (day or timezone.localdate())

    def days_late(self, day: date | None = None) -> int:
        return ((day or timezone.localdate()) - self.due_on).days if self.is_overdue(day) else 0

    @property
    def explanation(self) -> str:
        return explanation(
            anchor=self.anchor, anchor_on=self.anchor_on, offset=self.offset, unit=self.unit, due_on=self.due_on
        )

    @property
    def due_words(self) -> str:
        """The day alone: all that is shown to whoever enters a visit for somebody else."""
        return str(_("due %(day)s") % {"day": spoken(self.due_on)})

    @property
    def first_day(self) -> date:
        """A visit before this day does not count for the duty."""
        return first_day(anchor=self.anchor, anchor_on=self.anchor_on, offset=self.offset, due_on=self.due_on)
