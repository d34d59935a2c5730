from importlib import import_module

from django.apps import AppConfig

from council.hooks import ON_OUTCOME


class ServiceStationConfig(AppConfig):
    name = "service_station"

    def ready(self) -> None:
        ON_OUTCOME.append(import_module("service_station.actions").follow_topic)  # models can be imported only now
