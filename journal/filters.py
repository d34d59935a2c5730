"""What the auditor may narrow the trail by."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from journal.models import Audit


class AuditFilter(django_filters.FilterSet):
    since = django_filters.DateFilter(
        field_name="at", lookup_expr="date__gte", label=_("from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        field_name="at", lookup_expr="date__lte", label=_("to"), widget=forms.DateInput(attrs={"type": "date"})
    )
    who = django_filters.CharFilter(field_name="user_name", lookup_expr="icontains", label=_("who"))
    object = django_filters.CharFilter(field_name="object_label", lookup_expr="icontains", label=_("about"))

    class Meta:
        model = Audit
        fields: list[str] = []
