"""The request as every page behind the sign-in gets it."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from accounts.models import User
    from branches.models import Committee


class StaffRequest(HttpRequest):
    """For type checkers: signed in, with the chosen committee set by the middleware."""

    user: "User"
    committee: "Committee"
    htmx: HtmxDetails
