"""The roof: every room names its own addresses."""

from django.urls import include, path

from desk.health import healthz

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("journal.urls")),
    path("", include("branches.urls")),
    path("", include("members.urls")),
    path("", include("council.urls")),
    path("", include("service_station.urls")),
    path("", include("visits.urls")),
    path("", include("desk.urls")),
    path("healthz", healthz, name="healthz"),
]
