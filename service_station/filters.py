"""What a list of reports may be narrowed by."""

import re
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Branch
from service_station.forms import plain
from service_station.models import Report, ReportQuerySet

NUMBER = re.compile(r"(\d{4})-(\d{1,6})(?:-[A-Z]{0,4})?$")


def branches_of(request: Any) -> Any:
    return Branch.objects.within(request.user, "reports.handle")


class ReportFilter(django_filters.FilterSet):
    text = django_filters.CharFilter(method="with_text", label=_("Number or words"))
    branch = django_filters.ModelChoiceFilter(queryset=branches_of, label=_("Area"), empty_label=_("all"))
    channel = django_filters.ChoiceFilter(choices=Report.Channel.choices, label=_("How it came"), empty_label=_("all"))
    only = django_filters.ChoiceFilter(
        method="only_these",
        choices=[("mine", _("mine")), ("overdue", _("overdue"))],
        label=_("Only"),
        empty_label=_("all"),
    )

    class Meta:
        model = Report
        fields: list[str] = []

    def with_text(self, rows: ReportQuerySet, name: str, value: str) -> Any:
        value = plain(value)
        number = NUMBER.match(value.upper())
        if number:
            return rows.filter(year=number[1], serial=number[2])
        return rows.filter(Q(title__icontains=value) | Q(text__icontains=value))

    def only_these(self, rows: ReportQuerySet, name: str, value: str) -> Any:
        if value == "mine":
            return rows.filter(handler=self.request.user)
        return rows.overdue()
