"""Who signs in. What somebody may do comes from grants (branches.Grant), read once per request."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.permissions import LINKED_ONLY, MAY, NOWHERE, Place, Role, Scope

if TYPE_CHECKING:
    from branches.models import Grant


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> "UserQuerySet":
        """The users of the chosen committee, for its system administrator."""
        scope = user.scope("users.manage")
        return self.filter(committee_of_origin=scope.committee) if scope else self.none()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user: User = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. Never deleted, because the audit trail names him; disabled instead."""

    username = models.CharField(
        _("user name"),
        max_length=40,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This user name is taken. Choose another one.")},
    )
    full_name = models.CharField(_("name"), max_length=40)
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(_("must choose a new password"), default=True)
    committee_of_origin = models.BigIntegerField(null=True, editable=False, db_index=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_once_in_any_case",
                violation_error_message=_("This user name is taken. Choose another one."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    chosen_committee_id: int | None = None

    @cached_property
    def _all_grants(self) -> "list[Grant]":
        if not self.is_active:
            return []
        return list(
            self.grants.in_force().select_related("committee", "branch").prefetch_related("links").order_by("pk")
        )

    @property
    def committee_id(self) -> int | None:
        """The committee chosen in the header; without a choice the first one with a grant in force."""
        ids = [grant.committee_id for grant in self._all_grants]
        return self.chosen_committee_id if self.chosen_committee_id in ids else next(iter(ids), None)

    @property
    def committees(self) -> list[Any]:
        """The committees in which the user has a grant in force, each once."""
        return list({grant.committee_id: grant.committee for grant in self._all_grants}.values())

    @property
    def grants_in_force(self) -> "list[Grant]":
        """The grants in force in the chosen committee."""
        return [grant for grant in self._all_grants if grant.committee_id == self.committee_id]

    def scope(self, permission: str) -> Scope:
        """Where in the chosen committee the user has the permission (a key of MAY; KeyError for another word)."""
        allowed = MAY[permission]
        branches: set[int] = set()
        for grant in self.grants_in_force:
            if grant.role not in allowed:
                continue
            if permission in LINKED_ONLY.get(Role(grant.role), frozenset()):
                branches |= {link.branch_id for link in grant.links.all()}
            elif grant.branch_id is None:
                return Scope(self.committee_id, None)
            else:
                branches.add(grant.branch_id)
        return Scope(self.committee_id, frozenset(branches)) if branches else NOWHERE

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        """True when some grant in force allows it; with an object, when the grant's place covers `obj.place`.

        A committee member with no linked branch still *may* see visits: he just sees none.
        """
        if obj is None:
            return any(grant.role in MAY[permission] for grant in self.grants_in_force)
        place: Place = obj.place
        return self.scope(permission).covers(place)
