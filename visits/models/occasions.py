"""A reason for care: somebody is ill, needs a talk, is in hardship or has died."""

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Branch, Committee
from config.encryption import EncryptedTextField
from members.models import Member

if TYPE_CHECKING:
    from accounts.models import User

YES, NO = "yes", "no."  # equally long, so that the ciphertext does not tell them apart


class Kind(models.TextChoices):
    """Discontent has no kind of its own: it is a talk like any other (see Occasion.discontent)."""

    HOSPITAL = "hospital", _("in hospital")
    TALK = "talk", _("talk and visit")
    HARDSHIP = "hardship", _("family in hardship")
    DEATH = "death", _("member who has died")


class OccasionQuerySet(models.QuerySet["Occasion"]):
    def visible_to(self, user: "User", permission: str = "visits.see") -> "OccasionQuerySet":
        scope = user.scope(permission)
        if not scope:
            return self.none()
        rows = self.filter(committee_id=scope.committee)
        return rows if scope.branches is None else rows.filter(branch_id__in=scope.branches)

    def open(self) -> "OccasionQuerySet":
        return self.filter(closed_on__isnull=True)


class Occasion(models.Model):
    """It opens dated duties; reason and flag are encrypted and open on click, logged (visits.actions.read_notes)."""

    class Source(models.TextChoices):
        PERSON = "person", _("the person")
        FAMILY = "family", _("the family")
        NEIGHBOUR = "neighbour", _("neighbours or the group leader")
        UNIT = "unit", _("the workplace or the hospital")
        BRANCH = "branch", _("the branch itself")

    class Closing(models.TextChoices):
        RECOVERED = "recovered", _("recovered or settled")
        MOVED = "moved", _("moved away")
        DECLINED = "declined", _("visits declined")
        LEFT = "left", _("no longer in the register")
        DIED = "died", _("the person has died")
        FINISHED = "finished", _("all visits made")

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="occasions", verbose_name=_("committee")
    )
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="occasions", verbose_name=_("branch"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="occasions", null=True, blank=True, verbose_name=_("member")
    )
    person_name = models.CharField(_("resident's name"), max_length=40, blank=True)
    consent_on = models.DateField(_("consent given"), null=True, blank=True)
    happened_on = models.DateField(_("happened"))
    known_on = models.DateField(_("we learned of it"))
    told_by = models.CharField(_("told by"), max_length=9, choices=Source)
    reason = EncryptedTextField(_("reason for the visit"), blank=True)
    discontent = EncryptedTextField(default=NO, editable=False)
    discharged_on = models.DateField(_("discharged"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closing = models.CharField(_("why closed"), max_length=9, choices=Closing, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    form_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = OccasionQuerySet.as_manager()

    class Meta:
        ordering = ["-known_on", "-pk"]
        indexes = [models.Index(fields=["committee", "branch", "-known_on"], name="occasion_by_branch")]
        constraints = [
            models.CheckConstraint(
                condition=Q(known_on__gte=F("happened_on")), name="occasion_known_after_it_happened"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, person_name="")
                | (Q(member__isnull=True, kind=Kind.HARDSHIP, consent_on__isnull=False) & ~Q(person_name="")),
                name="occasion_member_or_consenting_family",
            ),
            models.CheckConstraint(
                condition=Q(discharged_on__isnull=True) | Q(kind=Kind.HOSPITAL, discharged_on__gte=F("happened_on")),
                name="occasion_discharge_from_hospital_only",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closing="") | (Q(closed_on__isnull=False) & ~Q(closing="")),
                name="occasion_closed_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(closed_on__isnull=True, member__isnull=False),
                name="occasion_one_open_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.get_kind_display()}"

    @property
    def place(self) -> Branch:
        return self.branch

    @property
    def name(self) -> str:
        return self.member.name if self.member else self.person_name

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def is_discontent(self) -> bool:
        """For the three readers only: the visitor, the branch secretary, the committee secretary."""
        return self.discontent == YES

    def note(self, on: date | None = None) -> str:
        """What stands beside the name: the age, or whose family it is."""
        if self.kind == Kind.DEATH or self.member is None:
            return str(_("family members"))
        return str(_("%(age)d years") % {"age": self.member.age(on)})
