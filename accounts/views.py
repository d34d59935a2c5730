"""Signing in, one's own password, and the system administrator's pages for users."""

from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions
from accounts.forms import OwnPasswordForm, SignInForm, UserForm
from accounts.models import User
from config.http import StaffRequest
from config.pages import page_of
from config.permissions import may
from journal.actions import record


class SignInView(LoginView):
    authentication_form = SignInForm
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user: User = form.get_user()
        record(action=gettext_noop("Signed in"), by=user, obj=user)
        return super().form_valid(form)


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """After too many failures: how long it lasts, and whom to phone."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)


@require_http_methods(["GET", "POST"])
def password_change(request: StaffRequest) -> HttpResponse:
    form = OwnPasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.change_own_password(by=request.user, password=form.cleaned_data["new_password"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed."))
        return redirect("desk:home")
    return render(request, "accounts/password_change.html", {"form": form})


@require_GET
@may("users.manage")
def user_list(request: StaffRequest) -> HttpResponse:
    users = User.objects.visible_to(request.user).prefetch_related("grants__branch", "grants__committee")
    return render(request, "accounts/user_list.html", {"page": page_of(request, users)})


@require_http_methods(["GET", "POST"])
@may("users.manage")
def user_create(request: StaffRequest) -> HttpResponse:
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user, password = actions.create_user(**form.cleaned_data, by=request.user, committee=request.committee.pk)
        return _show_password(request, user, password)
    return render(request, "accounts/user_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@may("users.manage")
def user_edit(request: StaffRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = UserForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        actions.amend_user(user=user, full_name=form.cleaned_data["full_name"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("accounts:user_edit", pk=pk)
    is_locked = AccessAttempt.objects.filter(
        username=user.username, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
    ).exists()
    context = {"form": form, "person": user, "is_locked": is_locked, "is_self": user == request.user}
    return render(request, "accounts/user_form.html", context)


@require_POST
@may("users.manage")
def user_disable(request: StaffRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User.objects.visible_to(request.user).exclude(pk=request.user.pk), pk=pk)
    actions.set_user_active(user=user, is_active=False, by=request.user)
    messages.success(request, _("%(name)s can no longer sign in.") % {"name": user.full_name})
    return redirect("accounts:user_edit", pk=pk)


@require_POST
@may("users.manage")
def user_enable(request: StaffRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    actions.set_user_active(user=user, is_active=True, by=request.user)
    messages.success(request, _("%(name)s can sign in again.") % {"name": user.full_name})
    return redirect("accounts:user_edit", pk=pk)


@require_POST
@may("users.manage")
def user_reset(request: StaffRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User.objects.visible_to(request.user).exclude(pk=request.user.pk), pk=pk)
    return _show_password(request, user, actions.reset_password(user=user, by=request.user))


@require_POST
@may("users.manage")
def user_unlock(request: StaffRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    actions.unlock_user(user=user, by=request.user)
    messages.success(request, _("%(name)s can try again at once.") % {"name": user.full_name})
    return redirect("accounts:user_edit", pk=pk)


def _show_password(request: StaffRequest, user: User, password: str) -> HttpResponse:
    """The one-time password, shown once and kept nowhere."""
    response = render(request, "accounts/one_time_password.html", {"person": user, "password": password})
    response["Cache-Control"] = "no-store"
    return response
