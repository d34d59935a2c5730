"""The figures of the first page: cards with the list behind each number, and a line for each branch."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from branches.models import Branch
from council.models import Topic
from desk.today import visits_ahead
from members.models import Member
from service_station.models import Report
from visits.models import Duty


@dataclass(frozen=True)
class Card:
    label: str
    number: int
    url: str
    note: str = ""
    state: str = ""
    word: str = ""


def cards_for(user: User, day: date) -> list[Card]:
    """One card for each room in which the user has something to see."""
    makers = [
        ("statistics.see", members_card),
        ("visits.see", visits_card),
        ("council.see", topics_card),
        ("reports.handle", reports_card),
    ]
    return [make(user, day) for permission, make in makers if user.has_perm(permission)]


def members_card(user: User, day: date) -> Card:
    people = Member.objects.visible_to(user)
    note = _("floating out %(out)d · floating in %(in)d") % {
        "out": people.floating_out(day).count(),
        "in": people.floating_in(day).count(),
    }
    return Card(_("Self-managed members"), people.on_the_books(day).count(), reverse("members:statistics"), note)


def visits_card(user: User, day: date) -> Card:
    ahead = visits_ahead(user, day)
    note = _("due today %(today)d · within a week %(week)d") % ahead
    word = _("overdue %(number)d") % {"number": ahead["overdue"]} if ahead["overdue"] else ""
    return Card(_("Visits to make"), ahead["open"], reverse("visits:list"), note, "late" if word else "", word)


def topics_card(user: User, day: date) -> Card:
    steps = dict(Topic.objects.visible_to(user).open().values_list("step").annotate(Count("pk")).order_by("step"))
    note = " · ".join(_("step %(step)d: %(number)d") % {"step": step, "number": n} for step, n in steps.items())
    return Card(_("Topics under way"), sum(steps.values()), reverse("council:list"), note)


def reports_card(user: User, day: date) -> Card:
    rows = Report.objects.visible_to(user).ordinary()
    late = rows.overdue(day).count()
    word = _("overdue %(number)d") % {"number": late} if late else ""
    return Card(_("Reports in work"), rows.in_work().count(), reverse("station:list"), "", "late" if word else "", word)


@dataclass(frozen=True)
class BranchLine:
    """Where help may be needed; no rates, no ranks."""

    branch: Branch
    members: int
    visits: int
    overdue: int


def branch_lines(user: User, day: date) -> list[BranchLine]:
    """A line for each branch, for those who see the whole committee."""
    if not (user.scope("members.see").is_whole and user.scope("visits.see").is_whole):
        return []
    members = dict(
        Member.objects.visible_to(user).on_the_books(day).order_by().values_list("branch").annotate(Count("pk"))
    )
    late = Count("pk", filter=Q(due_on__lt=day))
    duties = (
        Duty.objects.visible_to(user).open().order_by().values_list("branch").annotate(number=Count("pk"), overdue=late)
    )
    visits = {branch: (number, overdue) for branch, number, overdue in duties}
    return [
        BranchLine(branch, members.get(branch.pk, 0), *visits.get(branch.pk, (0, 0)))
        for branch in Branch.objects.visible_to(user)
    ]
