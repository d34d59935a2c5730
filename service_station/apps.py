from django.apps import AppConfig


class ServiceStationConfig(AppConfig):
    name = "service_station"
