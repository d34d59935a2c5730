"""Pages that are the same for everybody: kept in the cache, answered with 304 when nothing is new."""

import hashlib
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

KEPT = 24 * 3600  # seconds; the day is part of the key

View = Callable[..., HttpResponse]
Content = Callable[..., Any]


@lru_cache(maxsize=1)
def _house() -> str:
    """Changes with every release: the templates' and catalogues' names, sizes and times."""
    parts = []
    for folder in ("templates", "config/locale", "static"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.is_file():
                stat = path.stat()
                parts.append(f"{path.name}{stat.st_size}{stat.st_mtime_ns}")
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def public_page(content: Content) -> Callable[[View], View]:
    """Decorator for a page without sign-in, form or token. `content(**arguments)` loads what it shows (or raises
    Http404) and returns it with a string that changes whenever the page would: (what, version). The view gets `what`.
    """

    def decorate(view: View) -> View:
        @login_not_required
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, **arguments: Any) -> HttpResponse:
            shown, version = content(**arguments)
            tag = _tag(request, version)
            if (fresh := get_conditional_response(request, etag=tag)) is not None:
                return _with_headers(fresh, tag)
            body = cache.get(f"page:{tag}")
            if body is None:
                response = view(request, shown, **arguments)
                if response.status_code != 200 or _has_private_words(request):
                    return response
                body = response.content
                cache.set(f"page:{tag}", body, KEPT)
            return _with_headers(HttpResponse(body), tag)

        return answer

    return decorate


def _tag(request: HttpRequest, version: str) -> str:
    parts = [_house(), request.get_host(), request.path, get_language() or "", version]
    parts.append(timezone.localdate().isoformat())
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def _has_private_words(request: HttpRequest) -> bool:
    """A message to one person stands on this rendering."""
    return bool(len(get_messages(request)))


def _with_headers(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "public, no-cache"
    return response
