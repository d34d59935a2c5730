"""What stands between a request and every page: signed in, not idle, password one's own."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

Handler = Callable[[HttpRequest], HttpResponse]
LAST_SEEN = "last_seen"
WRITE_EVERY = 60  # seconds: a session write per click costs SQLite its throughput


class IdleSignOutMiddleware:
    """Signs out after IDLE_SIGN_OUT_SECONDS without a request."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            last = request.session.get(LAST_SEEN, now)
            if now - last > settings.IDLE_SIGN_OUT_SECONDS:
                logout(request)
            elif now - last >= WRITE_EVERY or LAST_SEEN not in request.session:
                request.session[LAST_SEEN] = now
        return self.get_response(request)


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """302 to sign-in; 401 for htmx, whose swap would otherwise show the sign-in page inside the page."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=401)
            response["HX-Redirect"] = self.get_login_url(view_func)
            return response
        return super().handle_no_permission(request, view_func)


class PasswordChangeMiddleware:
    """Nothing but the password page until a first password, known to the administrator too, is replaced."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change_password and not self._is_free(request):
            return redirect("accounts:password_change")
        return self.get_response(request)

    def _is_free(self, request: HttpRequest) -> bool:
        addresses = {reverse("accounts:password_change"), reverse("accounts:logout"), reverse("healthz")}
        return request.path in addresses or request.path.startswith("/c/")
