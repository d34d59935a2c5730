from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config import urls

BYTES = (settings.VAR_DIR / "bench-page.html").read_bytes()


@login_not_required
def same_bytes(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BYTES)


handler404 = urls.handler404
urlpatterns = [*urls.urlpatterns, path("bench/same-bytes/", same_bytes)]
