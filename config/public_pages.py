"""Pages that are the same for everybody: kept in the process, answered with 304 when nothing is new."""

import hashlib
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from config.prepared import Prepared

KEPT = 24 * 3600  # seconds; the day is part of the tag

View = Callable[..., HttpResponse]


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


def public_page(*questions: Prepared) -> Callable[[View], View]:
    """Decorator for a page without sign-in, form or token.

    `questions` are asked at every request, with the address's arguments and `today`: their rows must differ whenever
    the page would. They make the ETag, so that no writer has to remember that a page is kept.
    """

    def decorate(view: View) -> View:
        @login_not_required
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, **arguments: Any) -> HttpResponse:
            tag = _tag(request, questions, arguments)
            if (fresh := get_conditional_response(request, etag=tag)) is not None:
                return _with_headers(fresh, tag)
            body = caches["pages"].get(tag)
            if body is None:
                response = view(request, **arguments)
                if response.status_code != 200 or _has_private_words(request):
                    return response
                if _tag(request, questions, arguments) != tag:
                    return response  # something was written meanwhile: what was shown may be newer than the tag
                body = response.content
                caches["pages"].set(tag, body, KEPT)
            return _with_headers(HttpResponse(body), tag)

        return answer

    return decorate


def _tag(request: HttpRequest, questions: tuple[Prepared, ...], arguments: dict[str, Any]) -> str:
    today = timezone.localdate()
    parts = [_house(), request.get_host(), request.path, get_language() or "", today.isoformat()]
    parts += [repr(question.ask(today=today, **arguments)) for question in questions]
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def _has_private_words(request: HttpRequest) -> bool:
    """A message to one person stands on this rendering."""
    return bool(len(get_messages(request)))


def _with_headers(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "public, no-cache"
    return response
