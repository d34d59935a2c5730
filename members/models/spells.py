"""What holds for a time: relations and absences. `since` is the first day, `until` the first day no longer."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.models import Branch


class SpellQuerySet(models.QuerySet):
    def in_force(self, on: date) -> "SpellQuerySet":
        return self.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)

    def open(self) -> "SpellQuerySet":
        return self.filter(until__isnull=True)


class Relation(models.Model):
    """A spell during which a member belongs to a branch. Never edited: it is closed, and another begins."""

    class Kind(models.TextChoices):
        FORMAL = "formal", _("formal relation")
        FLOATING_IN = "floating_in", _("floating in")
        IN_SERVICE = "in_service", _("in service, reports where he lives")

    member = models.ForeignKey(
        "members.Member", on_delete=models.PROTECT, related_name="relations", verbose_name=_("member")
    )
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="relations", verbose_name=_("branch"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.FORMAL)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        indexes = [models.Index(fields=["kind", "since", "until"], name="relation_in_force")]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(until__isnull=True, kind="formal"), name="relation_one_open_formal"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="relation_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.branch} {self.since}–{self.until or ''}"


class Absence(models.Model):
    """A spell during which a self-managed member lives elsewhere (floating out); he still counts here."""

    member = models.ForeignKey(
        "members.Member", on_delete=models.PROTECT, related_name="absences", verbose_name=_("member")
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("back on"), null=True, blank=True)
    destination = models.CharField(_("where to"), max_length=80)
    permit_number = models.CharField(_("floating member's card"), max_length=40, blank=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(until__isnull=True), name="absence_one_open"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="absence_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.since}–{self.until or ''}"
