"""import-linter sees imports; a string in a foreign key slips past it. This does not."""

from django.apps import apps
from django.conf import settings

ORDER = ["journal", "accounts", "branches", "members", "council", "service_station", "visits", "desk"]


def test_foreign_keys_point_up_the_page() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ORDER
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model._meta.label != settings.AUTH_USER_MODEL
        if ORDER.index(field.related_model._meta.app_label) > ORDER.index(model._meta.app_label)
    ]
    assert wrong == []
