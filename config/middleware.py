"""What every request passes first: its size, its language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from config import errors

GetResponse = Callable[[HttpRequest], HttpResponse]


class ClientAddressMiddleware:
    """Behind one's own proxy the visitor's address is the last that the proxy named; limits and lock-outs go by it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        named = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if settings.BEHIND_PROXY and named:
            request.META["REMOTE_ADDR"] = named
        return self.get_response(request)


class BodyLimitMiddleware:
    """Refuse a body by its announced length, before anything reads it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            return errors.page(request, 400)
        if int(length) > settings.BODY_LIMIT:
            return errors.page(request, 413)
        return self.get_response(request)


class LanguageMiddleware:
    """Chinese, unless this person chose otherwise by a link; what the browser prefers is not asked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = next((one for one in (asked, chosen) if is_spoken(one)), settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        if asked == language and asked != chosen:
            remember(response, language)
        return response


def is_spoken(language: str) -> bool:
    return language in dict(settings.LANGUAGES)


def remember(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
