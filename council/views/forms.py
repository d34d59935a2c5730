"""The one way a form page works here: show, save, tell what is wrong, keep what was typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from config.http import StaffRequest
from council.forms import HouseForm, ReasonForm
from council.workflow import Move


def form_page(
    request: StaffRequest,
    form: HouseForm,
    *,
    title: Any,
    save: Callable[[dict[str, Any]], Any],
    back: str,
    intro: Any = "",
    done: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """`save` calls one action with the cleaned data; `done` turns its result into the next address (else `back`)."""
    if request.method == "POST" and form.is_valid():
        try:
            saved = save(form.cleaned_data)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Saved."))
            return redirect(done(saved) if done else back)
    context = {"form": form, "page_title": title, "intro": intro, "back": back}
    return render(request, "council/form.html", context)


def move_page(
    request: StaffRequest, move: Move | None, *, intro: str, make: Callable[..., Any], back: str
) -> HttpResponse:
    """A button for a move on; a form for one that asks for a reason. A name that is no move is refused by the action."""
    if move is not None and move.needs_reason:
        return form_page(
            request,
            ReasonForm(request.POST or None),
            title=move.label,
            intro=intro,
            save=lambda data: make(reason=data["reason"]),
            back=back,
        )
    if request.method == "POST":
        try_action(request, make)
    return redirect(back)


def try_action(request: StaffRequest, act: Callable[[], Any], success: str = "") -> None:
    """For buttons: what went wrong, or that it is done, is told on the next page."""
    try:
        act()
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        messages.success(request, success or _("Done."))
