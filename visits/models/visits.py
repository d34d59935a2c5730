"""What was done: a visit, a call, or an attempt that could not succeed."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.encryption import EncryptedTextField
from service_station.models import Report
from visits.models.duties import Duty
from visits.models.occasions import Occasion

if TYPE_CHECKING:
    from accounts.models import User


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: "User") -> "VisitQuerySet":
        scope = user.scope("visits.see")
        if not scope:
            return self.none()
        rows = self.filter(occasion__committee_id=scope.committee)
        return rows if scope.branches is None else rows.filter(occasion__branch_id__in=scope.branches)

    def seen(self) -> "VisitQuerySet":
        return self.filter(how__in=SEEN)


class Visit(models.Model):
    """Visitor and typist may be two people. Only seeing the person fulfils a duty; the rest is kept as contact."""

    class How(models.TextChoices):
        HOSPITAL = "hospital", _("at the hospital")
        HOME = "home", _("at home")
        PHONE = "phone", _("by phone")
        NOT_POSSIBLE = "not_possible", _("could not see")

    class Obstacle(models.TextChoices):
        HOSPITAL = "hospital", _("the hospital does not allow visits")
        FAMILY = "family", _("the family prefers no visit")
        AWAY = "away", _("nobody at home")
        OTHER = "other", _("another reason")

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="visits", verbose_name=_("occasion"))
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="visits", verbose_name=_("visit duty"))
    visitor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visits_made", verbose_name=_("visitor")
    )
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visits_typed", verbose_name=_("entered by")
    )
    visited_on = models.DateField(_("day of the visit"))
    how = models.CharField(_("how"), max_length=12, choices=How)
    obstacle = models.CharField(_("why not seen"), max_length=8, choices=Obstacle, blank=True)
    situation = EncryptedTextField(_("situation"), blank=True)
    need = EncryptedTextField(_("help needed"), blank=True)
    need_by_whom = models.CharField(_("who helps"), max_length=40, blank=True)
    need_by_day = models.DateField(_("until when"), null=True, blank=True)
    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, related_name="visit", null=True, editable=False, verbose_name=_("report")
    )
    typed_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    form_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-visited_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(how="not_possible") & ~Q(obstacle="")) | (~Q(how="not_possible") & Q(obstacle="")),
                name="visit_not_possible_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.visited_on}"

    @property
    def is_seen(self) -> bool:
        return self.how in SEEN


SEEN = (Visit.How.HOSPITAL, Visit.How.HOME)
