"""Who sits in the members' council, and by which rules it decides."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.models import Committee, PartnerUnit
from config.rows import CommitteeQuerySet
from council.chinese import RULES_NAME
from council.decision import Rules
from members.models import Member


class RuleFields(models.Model):
    """The rules of deciding, with the name of the paper they stand in; copied into each sitting."""

    rules_name = models.CharField(_("name of the rules"), max_length=60, default=RULES_NAME)
    quorum_numerator = models.PositiveSmallIntegerField(
        _("quorum: parts"), default=2, validators=[MinValueValidator(1)]
    )
    quorum_denominator = models.PositiveSmallIntegerField(
        _("quorum: of parts of all seats"), default=3, validators=[MinValueValidator(1)]
    )
    majority_numerator = models.PositiveSmallIntegerField(_("majority: more than parts"), default=1)
    majority_denominator = models.PositiveSmallIntegerField(
        _("majority: of parts of all seats"), default=2, validators=[MinValueValidator(1)]
    )

    class Meta:
        abstract = True

    @property
    def rules(self) -> Rules:
        return Rules(
            self.rules_name,
            (self.quorum_numerator, self.quorum_denominator),
            (self.majority_numerator, self.majority_denominator),
        )


class CouncilRules(RuleFields):
    """The rules now in force in a committee's council."""

    committee = models.OneToOneField(Committee, on_delete=models.PROTECT, related_name="council_rules")
    posting_days = models.PositiveSmallIntegerField(
        _("days a plan is posted in the garden"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )
    resolution_years = models.PositiveSmallIntegerField(
        _("years a resolution stays posted"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_numerator__gte=1, quorum_numerator__lte=F("quorum_denominator")),
                name="council_rules_quorum_is_a_part",
                violation_error_message=_("The quorum is a part of all seats, e.g. 2 of 3 parts."),
            ),
            models.CheckConstraint(
                condition=Q(majority_denominator__gte=1, majority_numerator__lt=F("majority_denominator")),
                name="council_rules_majority_is_a_part",
                violation_error_message=_("The majority is more than a part of all seats, e.g. 1 of 2."),
            ),
        ]

    def __str__(self) -> str:
        return self.rules_name


class SeatQuerySet(CommitteeQuerySet["Seat"]):
    seen_with = "council.see"

    def filled_on(self, day: date) -> "SeatQuerySet":
        """Those entitled on a day: taken on or before it and not yet left."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class Seat(models.Model):
    """A seat of one constituency, held by a member or by a resident unit's Party organisation through its representative."""

    class Constituency(models.TextChoices):
        UNIT = "unit", _("resident unit's Party organisation")
        SELF_MANAGED = "self_managed", _("self-managed members")
        IN_SERVICE = "in_service", _("in-service members")
        FLOATING = "floating", _("floating migrant-worker members")
        HARDSHIP = "hardship", _("members in hardship")
        LEADERSHIP = "leadership", _("committee's leadership")

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="seats", verbose_name=_("committee")
    )
    constituency = models.CharField(_("constituency"), max_length=12, choices=Constituency)
    member = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        related_name="seats",
        null=True,
        blank=True,
        verbose_name=_("member"),
    )
    unit = models.ForeignKey(
        PartnerUnit,
        on_delete=models.PROTECT,
        related_name="seats",
        null=True,
        blank=True,
        verbose_name=_("resident unit"),
    )
    representative = models.CharField(_("representative"), max_length=40, blank=True)
    since = models.DateField(_("first day of the seat"))
    until = models.DateField(_("left on"), null=True, blank=True)
    is_chair = models.BooleanField(_("chair (presides)"), default=False)
    is_secretary_general = models.BooleanField(_("secretary-general"), default=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["-is_chair", "-is_secretary_general", "constituency", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(constituency="unit", unit__isnull=False, member__isnull=True) & ~Q(representative="")
                | ~Q(constituency="unit") & Q(unit__isnull=True, member__isnull=False, representative=""),
                name="seat_holder_fits_constituency",
                violation_error_message=_(
                    "A resident unit's seat needs the unit and its representative's name; every other seat needs a member."
                ),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="seat_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(is_chair=False) | Q(is_secretary_general=False),
                name="seat_chair_is_not_secretary_general",
                violation_error_message=_("Chair and secretary-general are two people."),
            ),
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(is_chair=True, until__isnull=True),
                name="seat_one_chair",
                violation_error_message=_("There is a chair already: end that seat first."),
            ),
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(is_secretary_general=True, until__isnull=True),
                name="seat_one_secretary_general",
                violation_error_message=_("There is a secretary-general already: end that seat first."),
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(until__isnull=True, member__isnull=False),
                name="seat_one_a_member",
                violation_error_message=_("This member has a seat already."),
            ),
        ]

    def __str__(self) -> str:
        return self.holder_name

    @property
    def holder_name(self) -> str:
        if self.unit is not None:
            return gettext("%(name)s (%(unit)s)") % {"name": self.representative, "unit": self.unit.name}
        return self.member.name if self.member else ""
