"""How soon which visit is due: one row for each committee, kind and number, made from the defaults when first needed."""

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models import Committee
from visits.due import Anchor, Unit
from visits.models.occasions import Kind


class Default(NamedTuple):
    kind: Kind
    number: int
    anchor: Anchor
    offset: int
    unit: Unit


# The committee's own proposal, not a rule of the Party: editable rows, never constants elsewhere.
DEFAULTS = (
    Default(Kind.HOSPITAL, 1, Anchor.KNOWN, 2, Unit.WORKING),
    Default(Kind.HOSPITAL, 2, Anchor.DISCHARGED, 7, Unit.CALENDAR),
    Default(Kind.TALK, 1, Anchor.KNOWN, 2, Unit.WORKING),
    Default(Kind.TALK, 2, Anchor.FIRST_VISIT, 14, Unit.CALENDAR),
    Default(Kind.HARDSHIP, 1, Anchor.KNOWN, 5, Unit.WORKING),
    Default(Kind.HARDSHIP, 2, Anchor.QUARTER_END, 45, Unit.CALENDAR),
    Default(Kind.DEATH, 1, Anchor.KNOWN, 1, Unit.CALENDAR),
    Default(Kind.DEATH, 2, Anchor.DIED, 7, Unit.CALENDAR),
    Default(Kind.DEATH, 3, Anchor.SPRING_FESTIVAL, 30, Unit.CALENDAR),
)


class VisitRule(models.Model):
    """The `number`-th visit of a kind is due `offset` units after its anchor (least days for quarter and festival)."""

    committee = models.ForeignKey(
        Committee, on_delete=models.CASCADE, related_name="visit_rules", verbose_name=_("committee")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    number = models.PositiveSmallIntegerField(_("which visit"))
    anchor = models.CharField(_("counted from"), max_length=15, choices=Anchor)
    offset = models.PositiveSmallIntegerField(_("number of days"))
    unit = models.CharField(_("counted in"), max_length=8, choices=Unit)

    class Meta:
        ordering = ["committee_id", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "kind", "number"], name="visit_rule_once"),
            models.CheckConstraint(condition=models.Q(offset__gte=1), name="visit_rule_offset_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
