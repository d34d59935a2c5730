from django.apps import AppConfig
from django.utils.module_loading import import_string

from members.hooks import ON_EXIT


class VisitsConfig(AppConfig):
    name = "visits"

    def ready(self) -> None:
        cancel_care = import_string("visits.actions.cancel_care")
        if cancel_care not in ON_EXIT:
            ON_EXIT.append(cancel_care)
