"""The register's list: what may be asked, and how the answer is sorted."""

from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from config.days import DayFilter
from config.http import StaffRequest
from members.cells import BANDS, LABEL_CHOICES, Cell
from members.models import Member, MemberQuerySet, Way

SORTS = (
    ("branch__position", "branch"),
    ("initials", "name"),
    ("birth_date", "born"),
    ("joined_on", "joined"),
    ("origin", "origin"),
)


def branches_of(request: StaffRequest) -> Any:
    return Branch.objects.within(request.user, "members.see")


class MemberFilter(django_filters.FilterSet):
    """Fills a Cell; the hidden three (way, since, paper) come with the links of the statistics."""

    q = django_filters.CharFilter(label=_("Name, initials or phone tail"), max_length=40)
    branch = django_filters.ModelChoiceFilter(label=_("Branch"), queryset=branches_of, empty_label=_("all"))
    label = django_filters.ChoiceFilter(label=_("Class"), choices=LABEL_CHOICES, empty_label=_("all who are here"))
    origin = django_filters.ChoiceFilter(label=_("Origin"), choices=Member.Origin.choices, empty_label=_("all"))
    band = django_filters.ChoiceFilter(
        label=_("Age"), choices=[(band.key, band.title) for band in BANDS], empty_label=_("all")
    )
    on = DayFilter(label=_("As of"))
    way = django_filters.ChoiceFilter(label=_("In or out"), choices=Way.choices, widget=forms.HiddenInput)
    since = DayFilter(label=_("After"), widget=forms.HiddenInput)
    paper = django_filters.BooleanFilter(widget=forms.HiddenInput)
    sort = django_filters.OrderingFilter(label=_("Order"), fields=SORTS, widget=forms.HiddenInput)

    class Meta:
        model = Member
        fields: list[str] = []

    @property
    def cell(self) -> Cell:
        """What was asked; where the form is wrong, the wrong part is left out."""
        asked = {name: value for name, value in self.form.cleaned_data.items() if value and name != "sort"}
        branch = asked.pop("branch", None)
        return Cell(**{"on": timezone.localdate(), **asked}, branch=branch and branch.pk)

    def filter_queryset(self, queryset: MemberQuerySet) -> MemberQuerySet:
        if self.form.errors:
            return queryset.none()
        rows = self.cell.rows(self.request.user.scope("members.see"))
        chosen = self.form.cleaned_data["sort"] or ["branch"]
        return rows.order_by(*_with_key(chosen))


def _with_key(chosen: list[str]) -> list[str]:
    """Database fields for the words in the address; the key last, so that every page is stable."""
    fields = {word: field for field, word in SORTS}
    return [("-" if word.startswith("-") else "") + fields[word.lstrip("-")] for word in chosen] + ["pk"]
