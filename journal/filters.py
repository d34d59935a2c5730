"""What the auditor may narrow the trail by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from config.days import DayFilter
from journal.models import Audit


class AuditFilter(django_filters.FilterSet):
    since = DayFilter(field_name="at", lookup_expr="date__gte", label=_("from"))
    until = DayFilter(field_name="at", lookup_expr="date__lte", label=_("to"))
    who = django_filters.CharFilter(field_name="user_name", lookup_expr="icontains", label=_("who"))
    object = django_filters.CharFilter(field_name="object_label", lookup_expr="icontains", label=_("about"))

    class Meta:
        model = Audit
        fields: list[str] = []
