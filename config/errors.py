"""Pages for when something is refused or breaks: in both languages, with what to do next."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader

MEGABYTE = 1024 * 1024


def page(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """The whole page, or only its message where htmx asked for a part of one."""
    name = message or str(status)
    context = {
        "message": f"errors/{name}.html",
        "committee": getattr(request, "committee", None),
        "limit": settings.BODY_LIMIT // MEGABYTE,
    }
    if request.headers.get("HX-Request") != "true":
        return HttpResponse(loader.render_to_string(f"{status}.html", context), status=status)
    response = HttpResponse(loader.render_to_string("errors/fragment.html", context), status=status)
    response["HX-Retarget"] = "#messages"
    response["HX-Reswap"] = "innerHTML"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, 403, "csrf")


def server_error(request: HttpRequest) -> HttpResponse:
    """No context, no database, no session: whatever broke may be any of them."""
    return HttpResponseServerError(loader.render_to_string("500.html"))
