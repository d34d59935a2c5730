"""The organisation: committees, their area branches and groups, partner units, and who holds which role when."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.permissions import BRANCH_ROLES, WATCHING_ROLES, Role
from config.prepared import Slot

if TYPE_CHECKING:
    from accounts.models import User

phone_number = RegexValidator(
    r"^[0-9()+\- ]{5,20}$", _("Enter a phone number: digits, spaces and dashes, e.g. 025-8888 0000.")
)


class Committee(models.Model):
    """A grassroots Party organisation of a community; a site may serve several under one street."""

    class Level(models.TextChoices):
        COMMITTEE = "committee", _("Party committee")
        GENERAL_BRANCH = "general_branch", _("general Party branch")
        BRANCH = "branch", _("Party branch")

    name = models.CharField(_("full name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=20)
    level = models.CharField(_("level"), max_length=16, choices=Level, default=Level.COMMITTEE)
    slug = models.SlugField(_("address on this site"), max_length=40, unique=True)
    document_word = models.CharField(
        _("document word"), max_length=12, help_text=_("As in the numbers of resolutions.")
    )
    street = models.CharField(_("street working committee"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=20, validators=[phone_number])
    introduction = models.TextField(_("introduction"), blank=True)
    founded_on = models.DateField(_("founded"), null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def place_key(self) -> tuple[int, int | None]:
        return self.pk, None

    @property
    def place(self) -> "Committee":
        return self

    @property
    def committee_id(self) -> int:
        return self.pk


class BranchQuerySet(models.QuerySet["Branch"]):
    def visible_to(self, user: "User") -> "BranchQuerySet":
        scope = user.scope("branches.see")
        return self.filter(committee_id=scope.committee) if scope else self.none()

    def within(self, user: "User", permission: str) -> "BranchQuerySet":
        """The branches in which the user has the permission."""
        scope = user.scope(permission)
        if not scope:
            return self.none()
        rows = self.filter(committee_id=scope.committee)
        return rows if scope.branches is None else rows.filter(pk__in=scope.branches)


class Branch(models.Model):
    """A Party branch, one for each area of the community."""

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="branches", verbose_name=_("committee")
    )
    name = models.CharField(_("name"), max_length=40)
    area = models.CharField(_("area"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = BranchQuerySet.as_manager()

    class Meta:
        ordering = ["committee_id", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="branch_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def place_key(self) -> tuple[int, int | None]:
        return self.committee_id, self.pk

    @property
    def place(self) -> "Branch":
        return self


class Group(models.Model):
    """A Party group inside a branch, usually a building or a stairway."""

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="groups", verbose_name=_("branch"))
    name = models.CharField(_("name"), max_length=40)

    class Meta:
        ordering = ["branch_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["branch", "name"], name="group_name_once")]

    def __str__(self) -> str:
        return self.name


class PartnerUnit(models.Model):
    """A unit with a Party organisation of its own: located here, or bound by an agreement; two facts."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="partner_units")
    name = models.CharField(_("name"), max_length=60)
    is_located_here = models.BooleanField(_("located here"), default=True)
    has_agreement = models.BooleanField(_("has an agreement"), default=False)
    contact = models.CharField(_("contact"), max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="partner_unit_once")]

    def __str__(self) -> str:
        return self.name


ROLE_LABELS = {
    Role.SECRETARY: _("committee secretary"),
    Role.DEPUTY: _("deputy secretary"),
    Role.MEMBER: _("committee member"),
    Role.BRANCH_SECRETARY: _("branch secretary"),
    Role.STATION: _("station keeper"),
    Role.DISCIPLINE: _("discipline member"),
    Role.ADMIN: _("system administrator"),
    Role.AUDITOR: _("auditor"),
}
ROLE_CHOICES = [(role.value, label) for role, label in ROLE_LABELS.items()]


class GrantQuerySet(models.QuerySet["Grant"]):
    def visible_to(self, user: "User") -> "GrantQuerySet":
        scope = user.scope("branches.see")
        return self.filter(committee_id=scope.committee) if scope else self.none()

    def in_force(self, day: date | Slot | None = None) -> "GrantQuerySet":
        """Begun and not ended on the day (default today); the last day counts."""
        day = day or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)

    def of_roles(self, roles: Iterable[Role]) -> "GrantQuerySet":
        """Those of users who may sign in, for whoever must be told."""
        return self.filter(role__in=sorted(roles), user__is_active=True)

    def users_by_committee(self) -> dict[int, list[int]]:
        """The ids of the users who hold these grants, by the committee's id."""
        found: dict[int, list[int]] = {}
        for committee, user in self.order_by("user_id").values_list("committee_id", "user_id").distinct():
            found.setdefault(committee, []).append(user)
        return found


class Grant(models.Model):
    """A role held at a place for a time. Never edited: it ends, and another begins."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="grants", verbose_name=_("committee")
    )
    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="grants", null=True, blank=True, verbose_name=_("branch")
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="given_grants",
        null=True,
        verbose_name=_("given by"),
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["committee_id", "role", "branch_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="grant_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(BRANCH_ROLES), branch__isnull=False)
                | (~Q(role__in=sorted(BRANCH_ROLES)) & Q(branch__isnull=True)),
                name="grant_branch_for_branch_roles_only",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(role__in=sorted(WATCHING_ROLES), until__isnull=True),
                name="grant_one_watching_role",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "branch"],
                condition=Q(until__isnull=True, branch__isnull=False),
                name="grant_open_once_a_branch",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "committee"],
                condition=Q(until__isnull=True, branch__isnull=True),
                name="grant_open_once_a_committee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} ({self.branch or self.committee})"


class BranchLink(models.Model):
    """A committee member's link to a branch: the one who helps when that branch is stuck."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="links")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="links", verbose_name=_("branch"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "branch"], name="branch_link_once")]

    def __str__(self) -> str:
        return f"{self.grant.user} – {self.branch}"
