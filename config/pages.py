"""A long list comes in pages; one number of rows for the wide tables, bearable as cards on a phone, too."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

ROWS_A_PAGE = 25


def page_of(request: HttpRequest, rows: Any, size: int = ROWS_A_PAGE) -> Page[Any]:
    """The page that the address asks for; a wrong number is the first or the last."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
