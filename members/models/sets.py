"""The sets of persons that every count, list and export goes by. One definition each, as of a day."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from members.identity import phone_tail
from members.models.events import COMINGS, RegisterEvent, Way
from members.models.spells import Absence, Relation

if TYPE_CHECKING:
    from accounts.models import User
    from members.models.people import Member  # noqa: F401 (the linter does not see it in the base class)

Branches = frozenset[int] | None  # None: the whole committee
FORMAL = Relation.Kind.FORMAL


class Label(models.TextChoices):
    """The classes of members. They are not one list: who came by transfer is self-managed too."""

    SELF_MANAGED = "self_managed", _("self-managed")
    TRANSFERRED_IN = "transferred_in", _("transferred in")
    FLOATING_OUT = "floating_out", _("floating out")
    FLOATING_IN = "floating_in", _("floating in")
    IN_SERVICE = "in_service", _("in service")


def birth_date_limit(age: int, on: date) -> date:
    """Born on or before the returned day means `age` years completed on `on` (born 29 February: on 1 March)."""
    year = on.year - age
    try:
        return on.replace(year=year)
    except ValueError:  # `on` is 29 February and the birth year has none
        return date(year, 2, 28)


def aged_between(low: int, high: int | None, on: date) -> Q:
    """Completed years in [low, high) on the day; no upper end without `high`."""
    condition = Q(birth_date__lte=birth_date_limit(low, on)) if low else Q()
    return condition if high is None else condition & Q(birth_date__gt=birth_date_limit(high, on))


def placed(branches: Branches) -> Q:
    return Q() if branches is None else Q(branch_id__in=branches)


def has_relation(on: date, kind: str | None = None, branches: Branches = None) -> Exists:
    rows = Relation.objects.in_force(on).filter(placed(branches), member=OuterRef("pk"))
    return Exists(rows if kind is None else rows.filter(kind=kind))


def has_label(label: str, on: date, branches: Branches = None) -> Q:
    """Whether the label holds on the day."""
    formal = Q(has_relation(on, FORMAL, branches))
    match label:
        case Label.SELF_MANAGED:
            return formal
        case Label.TRANSFERRED_IN:
            came = RegisterEvent.objects.filter(member=OuterRef("pk"), way=Way.TRANSFER_IN, effective_on__lte=on)
            return formal & Q(Exists(came))
        case Label.FLOATING_OUT:
            return formal & Q(Exists(Absence.objects.in_force(on).filter(member=OuterRef("pk"))))
        case _:
            return Q(has_relation(on, label, branches))


def balance(on: date, branches: Branches = None) -> Coalesce:
    """Ways in less ways out up to the day, from the dated events: 1 for a person who is on the books, else 0."""
    events = RegisterEvent.objects.filter(placed(branches), member=OuterRef("pk"), effective_on__lte=on)
    step = Case(When(way__in=COMINGS, then=Value(1)), default=Value(-1), output_field=IntegerField())
    total = events.order_by().values("member").annotate(total=Sum(step)).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, user: "User", permission: str = "members.see") -> "MemberQuerySet":
        """Those whose place lies where the user has the permission."""
        scope = user.scope(permission)
        if not scope:
            return self.none()
        return self.filter(placed(scope.branches), committee_id=scope.committee)

    def with_relation(self, kind: str | None, on: date, branches: Branches = None) -> "MemberQuerySet":
        return self.filter(has_relation(on, kind, branches))

    def on_the_books(self, on: date, branches: Branches = None) -> "MemberQuerySet":
        """The self-managed members of a day: those with a formal relation in force. Every count goes by this."""
        return self.labelled(Label.SELF_MANAGED, on, branches)

    def floating_out(self, on: date) -> "MemberQuerySet":
        return self.labelled(Label.FLOATING_OUT, on)

    def floating_in(self, on: date) -> "MemberQuerySet":
        return self.labelled(Label.FLOATING_IN, on)

    def in_service(self, on: date) -> "MemberQuerySet":
        return self.labelled(Label.IN_SERVICE, on)

    def labelled(self, label: str, on: date, branches: Branches = None) -> "MemberQuerySet":
        return self.filter(has_label(label, on, branches))

    def gone(self, on: date, branches: Branches = None) -> "MemberQuerySet":
        """Those of whom no relation is in force on the day, though one was before; by their last place."""
        began = Relation.objects.filter(member=OuterRef("pk"), since__lte=on)
        return self.filter(~Q(has_relation(on)), Exists(began), placed(branches))

    def on_paper(self, on: date, branches: Branches = None) -> "MemberQuerySet":
        """Those whom the dated ways in and out say to be here: what `on_the_books` is compared with."""
        return self.alias(paper_balance=balance(on, branches)).filter(paper_balance__gt=0)

    def who_went(self, way: str, since: date, on: date, branches: Branches = None) -> "MemberQuerySet":
        """One row per event of the kind in (since, on]: a person who came twice is there twice. With `event_day`."""
        condition = Q(
            register_events__way=way, register_events__effective_on__gt=since, register_events__effective_on__lte=on
        )
        if branches is not None:
            condition &= Q(register_events__branch_id__in=branches)
        return self.filter(condition).annotate(event_day=F("register_events__effective_on"))

    def aged(self, low: int, high: int | None, on: date) -> "MemberQuerySet":
        return self.filter(aged_between(low, high, on))

    def matching(self, text: str) -> "MemberQuerySet":
        """By part of the name, by the first of its pinyin initials, or by the phone's last four digits."""
        text = " ".join(text.split())
        condition = Q(name__icontains=text)
        if re.fullmatch(r"[A-Za-z]+", text):
            condition |= Q(initials__startswith=text.lower()) | Q(initials__contains=f" {text.lower()}")
        if re.fullmatch(r"[0-9]{4}", text):
            condition |= Q(phone_tail=phone_tail(text))
        return self.filter(condition)

    def with_labels(self, on: date) -> "MemberQuerySet":
        """Each row with what `Member.labels` reads, and with `branch_on`, its branch on the day (formal first)."""
        flags: dict[str, Any] = {
            f"is_{label.value}": Case(
                When(has_label(label, on), then=Value(True)), default=Value(False), output_field=models.BooleanField()
            )
            for label in Label
        }
        formal_first = Case(When(kind=FORMAL, then=Value(0)), default=Value(1))
        relation = Relation.objects.in_force(on).filter(member=OuterRef("pk")).order_by(formal_first, "pk")
        branch = Coalesce(
            Subquery(relation.values("branch_id")[:1]), F("branch_id"), output_field=models.BigIntegerField()
        )
        return self.annotate(branch_on=branch, **flags)

    def label_table(self, on: date) -> dict[int, tuple[list[Label], int]]:
        """Labels and branch on the day by person: for a page of rows, so that a sort need not work them all out."""
        flags = {label: f"is_{label.value}" for label in Label}
        rows = self.with_labels(on).order_by().values("pk", "branch_on", *flags.values())
        return {row["pk"]: ([label for label, flag in flags.items() if row[flag]], row["branch_on"]) for row in rows}
