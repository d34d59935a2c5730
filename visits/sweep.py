"""What is due and not yet told: every run asks for the state, never for the last quarter of an hour, so a missed run is
caught up by the next. Two runs at once are safe by the unique key of Notice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, islice

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from branches.calendar import add_working_days
from branches.models import Committee, Grant
from config.permissions import Role
from config.waking import is_waking
from journal.actions import notify, recorded, without_told
from journal.models import Notice, reference
from visits.models import Duty, Kind, Occasion

TOMORROW, TODAY, OVERDUE, HELP = "visit.due_tomorrow", "visit.due_today", "visit.overdue", "visit.help"
HELP_AFTER = 2  # working days

TEXTS = {
    (TOMORROW, Kind.HOSPITAL): gettext_noop("Due tomorrow: visit %(name)s (in hospital)"),
    (TOMORROW, Kind.TALK): gettext_noop("Due tomorrow: visit %(name)s (talk and visit)"),
    (TOMORROW, Kind.HARDSHIP): gettext_noop("Due tomorrow: visit %(name)s (family in hardship)"),
    (TOMORROW, Kind.DEATH): gettext_noop("Due tomorrow: visit the family of %(name)s (member who has died)"),
    (TODAY, Kind.HOSPITAL): gettext_noop("Due today: visit %(name)s (in hospital)"),
    (TODAY, Kind.TALK): gettext_noop("Due today: visit %(name)s (talk and visit)"),
    (TODAY, Kind.HARDSHIP): gettext_noop("Due today: visit %(name)s (family in hardship)"),
    (TODAY, Kind.DEATH): gettext_noop("Due today: visit the family of %(name)s (member who has died)"),
    (OVERDUE, Kind.HOSPITAL): gettext_noop("Overdue: visit %(name)s (in hospital)"),
    (OVERDUE, Kind.TALK): gettext_noop("Overdue: visit %(name)s (talk and visit)"),
    (OVERDUE, Kind.HARDSHIP): gettext_noop("Overdue: visit %(name)s (family in hardship)"),
    (OVERDUE, Kind.DEATH): gettext_noop("Overdue: visit the family of %(name)s (member who has died)"),
    (HELP, Kind.HOSPITAL): gettext_noop("Please help, overdue for two working days: visit %(name)s (in hospital)"),
    (HELP, Kind.TALK): gettext_noop("Please help, overdue for two working days: visit %(name)s (talk and visit)"),
    (HELP, Kind.HARDSHIP): gettext_noop(
        "Please help, overdue for two working days: visit %(name)s (family in hardship)"
    ),
    (HELP, Kind.DEATH): gettext_noop(
        "Please help, overdue for two working days: visit the family of %(name)s (member who has died)"
    ),
}
WILL_BE_DUE = gettext_noop("You have %(count)s visits due by %(day)s. Please sign in to see them.")
WAS_DUE = gettext_noop("You have %(count)s visits that were due by %(day)s. Please sign in to see them.")


@dataclass
class Recipients:
    """Who is told, by user id, for one committee on one day."""

    branch_secretaries: dict[int | None, set[int]]
    linked_members: dict[int | None, set[int]]
    secretaries: set[int]

    @classmethod
    def of(cls, committee: int, day: date) -> "Recipients":
        in_branch: dict[int | None, set[int]] = defaultdict(set)
        linked: dict[int | None, set[int]] = defaultdict(set)
        secretaries: set[int] = set()
        grants = (
            Grant.objects.in_force(day).filter(committee_id=committee, user__is_active=True).prefetch_related("links")
        )
        for grant in grants:
            if grant.role == Role.BRANCH_SECRETARY:
                in_branch[grant.branch_id].add(grant.user_id)
            elif grant.role == Role.SECRETARY:
                secretaries.add(grant.user_id)
            elif grant.role == Role.MEMBER:
                for link in grant.links.all():
                    linked[link.branch_id].add(grant.user_id)
        return cls(in_branch, linked, secretaries)

    def of_branch(self, branch: int) -> set[int]:
        """The secretaries of the branch; where none is in force, the committee secretary."""
        return self.branch_secretaries.get(branch) or self.secretaries

    def helpers(self, branch: int) -> set[int]:
        return self.linked_members.get(branch, set()) | self.secretaries


def kinds_of(duty: Duty, day: date) -> list[str]:
    """What is to be told on a day about an open duty that is due by the day after."""
    if not duty.is_overdue(day):
        return [TODAY] if duty.due_on == day else [TOMORROW]
    return [OVERDUE, HELP] if add_working_days(duty.due_on, HELP_AFTER) <= day else [OVERDUE]


def notices_for(duty: Duty, recipients: Recipients, day: date) -> Iterator[Notice]:
    object_type, object_id = reference(duty)
    for kind in kinds_of(duty, day):
        users = recipients.helpers(duty.branch_id) if kind == HELP else recipients.of_branch(duty.branch_id)
        for user in sorted(users):
            yield Notice(
                user_id=user,
                kind=kind,
                object_type=object_type,
                object_id=object_id,
                due_day=duty.due_on,
                text=TEXTS[kind, Kind(duty.occasion.kind)],
                params={"name": duty.occasion.name},
                url=reverse("visits:duty_log", args=[duty.pk]),
                message=WILL_BE_DUE if kind in (TOMORROW, TODAY) else WAS_DUE,
            )


@recorded("visits.sweep")
def sweep(now: datetime | None = None) -> int:
    """Tell what is due tomorrow, due today, overdue, or overdue for two working days; returns how many new notices."""
    now = now or timezone.now()
    if not is_waking(now):
        return 0
    follow_moves()
    return sum(sweep_committee(pk, timezone.localdate(now)) for pk in Committee.objects.values_list("pk", flat=True))


def sweep_committee(committee: int, day: date) -> int:
    duties = (
        Duty.objects.open()
        .filter(occasion__committee_id=committee, due_on__lte=day + timedelta(days=1))
        .with_person()
        .order_by("branch_id", "due_on", "pk")
    )
    recipients = Recipients.of(committee, day)
    number = 0
    for _branch, rows in groupby(duties.iterator(chunk_size=500), key=lambda duty: duty.branch_id):
        for chunk in in_chunks(rows, 500):
            new = without_told([notice for duty in chunk for notice in notices_for(duty, recipients, day)])
            notify(new)
            number += len(new)
    return number


def in_chunks(rows: Iterable[Duty], size: int) -> Iterator[list[Duty]]:
    rows = iter(rows)
    while chunk := list(islice(rows, size)):
        yield chunk


def follow_moves() -> None:
    """A person who has moved to another branch takes what is open with him, so that nobody is lost between two."""
    moved = Occasion.objects.open().filter(member__isnull=False).exclude(branch=F("member__branch"))
    for pk, branch in moved.values_list("pk", "member__branch_id"):
        Occasion.objects.filter(pk=pk).update(branch=branch)
        Duty.objects.open().filter(occasion=pk).update(branch=branch)
