"""A cell of the statistics: a question to the register whose answer is both a number and the list behind it."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.permissions import Scope
from members.models import Label, Member, MemberQuerySet
from members.models.sets import Branches

GONE = "gone"
LABEL_CHOICES = [*Label.choices, (GONE, _("has left"))]


class Band(NamedTuple):
    """Completed years in [low, high); no upper end without `high`."""

    low: int
    high: int | None
    title: str | Promise

    @property
    def key(self) -> str:
        return f"{self.low}-{self.high or ''}"


BANDS = (
    Band(0, 30, _("under 30")),
    Band(30, 40, "30–39"),
    Band(40, 50, "40–49"),
    Band(50, 60, "50–59"),
    Band(60, None, _("60 and over")),
)


def band_called(key: str) -> Band | None:
    return next((band for band in BANDS if band.key == key), None)


@dataclass(frozen=True)
class Cell:
    """Who, as of `on`. Without label, way or paper: everybody with some relation here."""

    on: date
    label: str = ""
    branch: int | None = None
    origin: str = ""
    band: str = ""
    way: str = ""  # with `since`: one row per event in (since, on]
    since: date | None = None
    paper: bool = False  # those whom the dated events say to be here
    q: str = ""

    def rows(self, scope: Scope) -> MemberQuerySet:
        """The persons, within the scope as it was on the day. The number shown anywhere is their count."""
        if not scope:
            return Member.objects.none()
        rows = self._chosen(Member.objects.filter(committee_id=scope.committee or 0), self._branches(scope))
        band = band_called(self.band)
        if band is not None:
            rows = rows.aged(band.low, band.high, self.on)
        if self.origin:
            rows = rows.filter(origin=self.origin)
        return rows.matching(self.q) if self.q else rows

    def _branches(self, scope: Scope) -> Branches:
        if self.branch is None:
            return scope.branches
        wanted = frozenset({self.branch})
        return wanted if scope.branches is None else wanted & scope.branches

    def _chosen(self, members: MemberQuerySet, branches: Branches) -> MemberQuerySet:
        if self.way and self.since is not None:
            members = members.who_went(self.way, self.since, self.on, branches)
        elif self.paper:
            members = members.on_paper(self.on, branches)
        elif not self.label:
            members = members.with_relation(None, self.on, branches)
        if self.label == GONE:
            return members.gone(self.on, branches)
        return members.labelled(self.label, self.on, branches) if self.label else members

    @property
    def parameters(self) -> dict[str, Any]:
        return {name: 1 if value is True else value for name, value in asdict(self).items() if value}

    @property
    def url(self) -> str:
        return f"{reverse('members:list')}?{urlencode(self.parameters)}"
