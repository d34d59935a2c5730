from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from journal.models import Notice


def notices(request: HttpRequest) -> dict[str, Any]:
    """`notice_count` for the header; asked only when a template shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"notice_count": SimpleLazyObject(lambda: Notice.objects.of(user).unread().count())}
