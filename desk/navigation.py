"""The side bar (by work) and the phone's bottom bar, as the user's permissions allow."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from branches.models import Committee


@dataclass
class Item:
    label: str
    url: str
    icon: str
    is_current: bool = False
    count: int = 0


@dataclass(frozen=True)
class Entry:
    """One line of the bar: the permission that shows it and the address it opens."""

    label: Any
    view: str
    icon: str
    permission: str


@dataclass(frozen=True)
class Group:
    title: Any
    items: list[Item]


GROUPS: list[tuple[Any, list[Entry]]] = [
    (
        "",
        [
            Entry(_("Today"), "desk:home", "sun", "desk.see"),
            Entry(_("Must-visits"), "visits:list", "heart-handshake", "visits.see"),
            Entry(_("Log for a visitor"), "visits:behalf_list", "notebook-pen", "visits.log_on_behalf"),
            Entry(_("Register"), "members:list", "book-user", "members.see"),
            Entry(_("Statistics"), "members:statistics", "chart-column", "statistics.see"),
            Entry(_("Members' council"), "council:list", "messages-square", "council.see"),
            Entry(_("Service station"), "station:list", "store", "reports.handle"),
            Entry(_("Complaints"), "station:complaints", "mail-warning", "reports.complaints"),
            Entry(_("Branches"), "branches:list", "network", "branches.see"),
        ],
    ),
    (
        _("Open to the public"),
        [
            Entry(_("Resolutions"), "council:public_resolutions", "scroll", "council.see"),
            Entry(_("Garden"), "council:public_garden", "flower-2", "council.see"),
        ],
    ),
    (
        _("Administration"),
        [
            Entry(_("Users"), "accounts:users", "users", "users.manage"),
            Entry(_("Roles"), "branches:grants", "key-round", "grants.give"),
            Entry(_("Audit trail"), "journal:audit", "scroll-text", "audit.see"),
        ],
    ),
]
BAR = ["visits:list", "desk:home", "members:list", "station:list", "council:list", "branches:list"]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`navigation` (groups) and `navigation_bar` (at most four items) for staff; for all others, whom to phone."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"committees": Committee.objects.all()}
    shown: dict[str, Item] = {}
    groups = []
    for title, entries in GROUPS:
        items = []
        for entry in entries:
            if user.has_perm(entry.permission):
                shown[entry.view] = Item(entry.label, _url(entry.view, request), entry.icon)
                items.append(shown[entry.view])
        if items:
            groups.append(Group(title, items))
    here = [item for item in shown.values() if request.path.startswith(item.url)]
    for item in sorted(here, key=lambda item: len(item.url))[-1:]:
        item.is_current = True
    return {"navigation": groups, "navigation_bar": [shown[view] for view in BAR if view in shown][:4]}


def _url(view: str, request: HttpRequest) -> str:
    """Public pages are addressed by the committee's name."""
    is_public = view.partition(":")[2].startswith("public_")
    committee: Committee | None = getattr(request, "committee", None)
    return reverse(view, args=[committee.slug] if is_public and committee else [])
