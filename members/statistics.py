"""The register as of any day: bands, branches, origins, growth, and the movement table that must close with 0.

"Counted" comes from relations, "in" and "out" from dated events, so that a loss shows; it is then named.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Count, F, IntegerField, Min, Q, Value, When
from django.utils.functional import Promise

from branches.models import Branch
from config.permissions import Scope
from members.cells import BANDS, Cell
from members.models import WAYS_IN, WAYS_OUT, Label, Member, MemberQuerySet, RegisterEvent, Relation, Way
from members.models.sets import FORMAL, aged_between, balance, has_label, has_relation, placed

GROWTH_YEARS = 3


@dataclass(frozen=True)
class Number:
    """A number with its words and the list behind it."""

    title: str | Promise
    count: int
    cell: Cell

    @property
    def url(self) -> str:
        return self.cell.url


@dataclass(frozen=True)
class Mismatch:
    """A person for whom relations and dated events disagree: +1 counted without a way in, -1 the other way round."""

    member: Member
    difference: int

    @property
    def signed(self) -> str:
        return f"{self.difference:+d}".replace("-", "−")

    @property
    def is_earlier(self) -> bool:
        """They disagreed on the first day already, so the period itself closes."""
        return self.difference == 0


@dataclass(frozen=True)
class Movement:
    """opening + in − out = expected; counted; difference."""

    since: date
    on: date
    opening: Number
    ins: list[Number]
    outs: list[Number]
    counted: Number
    mismatches: list[Mismatch]
    still_here: int  # of those transferred in within the period

    @property
    def expected(self) -> Number:
        count = self.opening.count + sum(way.count for way in self.ins) - sum(way.count for way in self.outs)
        return Number("", count, replace(self.counted.cell, label="", paper=True))

    @property
    def difference(self) -> int:
        return self.counted.count - self.expected.count

    @property
    def is_balanced(self) -> bool:
        return self.difference == 0 and not self.mismatches

    @property
    def transferred_in(self) -> Number:
        return next(way for way in self.ins if way.cell.way == Way.TRANSFER_IN)


@dataclass(frozen=True)
class Statistics:
    on: date
    total: Number
    bands: list[Number]
    branches: list[Number]
    origins: list[Number]
    labels: list[Number]
    growth: list[Number]
    movement: Movement
    first_day: date | None  # of the records; before it nothing is known

    @property
    def begins_later(self) -> bool:
        """The period begins before the records do."""
        return self.first_day is None or self.movement.since < self.first_day


def default_since(on: date) -> date:
    """The year-end three years back: the first of the growth's four points."""
    return date(on.year - GROWTH_YEARS, 12, 31)


def statistics(scope: Scope, on: date, since: date) -> Statistics:
    """Everything the page shows. A dozen queries, however many members there are."""
    counted = Cell(on, label=Label.SELF_MANAGED)
    found = _aggregates(scope, on)
    total = Number(Label.SELF_MANAGED.label, found["total"], counted)
    first_day = _events(scope).aggregate(day=Min("effective_on"))["day"]
    return Statistics(
        on=on,
        total=total,
        bands=[Number(band.title, found[f"band{band.low}"], replace(counted, band=band.key)) for band in BANDS],
        branches=_by_branch(scope, counted),
        origins=_by_origin(found, counted),
        labels=_by_label(scope, found, on),
        growth=_growth(scope, total, first_day),
        movement=_movement(scope, total, since),
        first_day=first_day,
    )


def _members(scope: Scope) -> MemberQuerySet:
    return Member.objects.filter(committee_id=scope.committee or 0)


def _events(scope: Scope) -> Any:
    return RegisterEvent.objects.filter(placed(scope.branches), member__committee_id=scope.committee or 0)


def _aggregates(scope: Scope, on: date) -> dict[str, int]:
    """All the counts among the self-managed in one query."""
    wanted: dict[str, Count] = {"total": Count("pk")}
    for band in BANDS:
        wanted[f"band{band.low}"] = Count("pk", filter=aged_between(band.low, band.high, on))
    for origin in Member.Origin:
        wanted[f"origin_{origin.value}"] = Count("pk", filter=Q(origin=origin))
    for label in (Label.TRANSFERRED_IN, Label.FLOATING_OUT):
        wanted[label.value] = Count("pk", filter=has_label(label, on, scope.branches))
    return _members(scope).on_the_books(on, scope.branches).aggregate(**wanted)


def _by_branch(scope: Scope, counted: Cell) -> list[Number]:
    relations = Relation.objects.in_force(counted.on).filter(
        placed(scope.branches), kind=FORMAL, member__committee_id=scope.committee
    )
    counts = dict(
        relations.order_by()
        .values_list("branch")
        .annotate(number=Count("member", distinct=True))
        .values_list("branch", "number")
    )
    branches = Branch.objects.filter(committee_id=scope.committee or 0)
    if scope.branches is not None:
        branches = branches.filter(pk__in=scope.branches)
    return [Number(branch.name, counts.get(branch.pk, 0), replace(counted, branch=branch.pk)) for branch in branches]


def _by_origin(found: dict[str, int], counted: Cell) -> list[Number]:
    """The source's four origins, and whatever is none of them when there is any."""
    numbers = [
        Number(origin.label, found[f"origin_{origin.value}"], replace(counted, origin=origin.value))
        for origin in Member.Origin
    ]
    return [number for number in numbers if number.count or number.cell.origin != Member.Origin.OTHER]


def _by_label(scope: Scope, found: dict[str, int], on: date) -> list[Number]:
    outside = {
        label.value: Count("pk", filter=has_label(label, on, scope.branches))
        for label in (Label.FLOATING_IN, Label.IN_SERVICE)
    }
    found = {Label.SELF_MANAGED.value: found["total"], **found, **_members(scope).aggregate(**outside)}
    return [Number(label.label, found[label.value], Cell(on, label=label.value)) for label in Label]


def _growth(scope: Scope, total: Number, first_day: date | None) -> list[Number]:
    """The three year-ends before the day, as far as there are records, and the day itself."""
    on = total.cell.on
    year_ends = [date(year, 12, 31) for year in range(on.year - GROWTH_YEARS, on.year)]
    known = [day for day in year_ends if first_day is not None and day >= first_day]
    cells = [replace(total.cell, on=day) for day in known]
    return [Number("", cell.rows(scope).count(), cell) for cell in cells] + [total]


def _movement(scope: Scope, counted: Number, since: date) -> Movement:
    on = counted.cell.on
    window = _events(scope).filter(effective_on__gt=since, effective_on__lte=on)
    found = dict(window.order_by().values_list("way").annotate(number=Count("pk")).values_list("way", "number"))

    def numbers(always: tuple[Way, ...], when_any: tuple[Way, ...]) -> list[Number]:
        ways = [*always, *(way for way in when_any if found.get(way))]
        return [Number(way.label, found.get(way, 0), Cell(on, way=way.value, since=since)) for way in ways]

    # In the whole committee a move between branches cancels itself.
    moved_in, moved_out = ((Way.MOVED_IN,), (Way.MOVED_OUT,)) if scope.branches is not None else ((), ())
    before = Cell(since, paper=True)
    came = Cell(on, way=Way.TRANSFER_IN.value, since=since).rows(scope)
    return Movement(
        since=since,
        on=on,
        opening=Number("", before.rows(scope).count(), before),
        ins=numbers(WAYS_IN, (Way.OPENING, *moved_in)),
        outs=numbers(WAYS_OUT, moved_out),
        counted=counted,
        mismatches=_mismatches(scope, since, on),
        still_here=came.filter(has_relation(on, FORMAL, scope.branches)).values("pk").distinct().count(),
    )


def _mismatches(scope: Scope, since: date, on: date) -> list[Mismatch]:
    """Persons whose relations and dated events disagree on one of the two days."""

    def one_if(condition: Any) -> Case:
        return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())

    rows = (
        _members(scope)
        .annotate(before=balance(since, scope.branches), after=balance(on, scope.branches))
        .annotate(
            counted_before=one_if(has_relation(since, FORMAL, scope.branches)),
            counted_after=one_if(has_relation(on, FORMAL, scope.branches)),
            opened=one_if(Q(before__gt=0)),
        )
        .annotate(
            difference=F("counted_after") - F("opened") - F("after") + F("before"),
            agreed=Case(
                When(counted_before=F("before"), then=Value(True)), default=Value(False), output_field=BooleanField()
            ),
        )
        .filter(~Q(difference=0) | Q(agreed=False))
    )
    return [Mismatch(member, member.difference) for member in rows.order_by("branch_id", "pk")]
