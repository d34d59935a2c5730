"""Rows of a committee that are seen with one permission, wherever in the committee they lie."""

from typing import Protocol, Self, TypeVar

from django.db import models

from config.permissions import Scope

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Scoped(Protocol):
    def scope(self, permission: str) -> Scope: ...


class CommitteeQuerySet(models.QuerySet[Row]):
    seen_with: str
    committee_path = "committee_id"

    def visible_to(self, user: Scoped, permission: str = "") -> Self:
        """Every row of the committee in which the user has the permission; by default the one to see them."""
        scope = user.scope(permission or self.seen_with)
        return self.filter(**{self.committee_path: scope.committee}) if scope else self.none()
