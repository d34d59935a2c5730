"""import-linter sees imports; a string in a foreign key slips past it. This does not."""

from typing import cast

from django.apps import apps
from django.conf import settings
from django.db.models import Model

ORDER = ["journal", "accounts", "branches", "members", "council", "service_station", "visits", "desk"]


def test_foreign_keys_point_up_the_page() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ORDER
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete
        for target in [cast(type[Model], field.related_model)._meta]
        if target.label != settings.AUTH_USER_MODEL
        if ORDER.index(target.app_label) > ORDER.index(model._meta.app_label)
    ]
    assert wrong == []
