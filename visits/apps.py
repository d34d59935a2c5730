from django.apps import AppConfig
from django.utils.module_loading import import_string

from members.hooks import ON_EXIT


class VisitsConfig(AppConfig):
    name = "visits"

    def ready(self) -> None:
        ON_EXIT.append(import_string("visits.actions.cancel_care"))
