"""Ways in and out of the register, as dated events: the other half of the movement table."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Branch


class Way(models.TextChoices):
    OPENING = "opening", _("at the start")
    TRANSFER_IN = "transfer_in", _("transferred in")
    ADMITTED = "admitted", _("admitted")
    RESTORED = "restored", _("restored")
    TRANSFER_OUT = "transfer_out", _("transferred out")
    DIED = "died", _("died")
    REMOVED = "removed", _("expelled or removed")
    STOPPED = "stopped", _("membership stopped")
    MOVED_IN = "moved_in", _("came from another branch")
    MOVED_OUT = "moved_out", _("went to another branch")


WAYS_IN = (Way.TRANSFER_IN, Way.ADMITTED, Way.RESTORED)
WAYS_OUT = (Way.TRANSFER_OUT, Way.DIED, Way.REMOVED, Way.STOPPED)
MOVES = (
    Way.MOVED_IN,
    Way.MOVED_OUT,
)  # always both on the same day: they cancel in the committee, not in a branch
COMINGS = (Way.OPENING, *WAYS_IN, Way.MOVED_IN)
GOINGS = (*WAYS_OUT, Way.MOVED_OUT)


class RegisterEvent(models.Model):
    """One member's way in or out on one effective day. "Counted" comes from relations, "in" and "out" from these,
    so that a loss shows."""

    member = models.ForeignKey(
        "members.Member", on_delete=models.PROTECT, related_name="register_events", verbose_name=_("member")
    )
    way = models.CharField(_("way"), max_length=12, choices=Way)
    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="register_events", verbose_name=_("branch")
    )
    asked_on = models.DateField(_("asked"), null=True, blank=True)
    effective_on = models.DateField(_("effective"))
    counterpart = models.CharField(_("from or to"), max_length=80, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    entered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["effective_on", "pk"]
        indexes = [models.Index(fields=["way", "effective_on"], name="register_event_way")]
        constraints = [
            models.UniqueConstraint(fields=["member", "way", "effective_on"], name="register_event_once"),
            models.CheckConstraint(
                condition=Q(asked_on__isnull=True) | Q(asked_on__lte=F("effective_on")),
                name="register_event_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.way} {self.effective_on}"
