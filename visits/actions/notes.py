"""Reading what is encrypted, logged each time; and erasing it when its time is over."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_noop

from journal.actions import record
from visits.models import Occasion, Visit

if TYPE_CHECKING:
    from accounts.models import User

KEPT_AFTER_CLOSING = timedelta(days=90)


@dataclass(frozen=True)
class Notes:
    reason: str
    is_discontent: bool
    visits: list[Visit]


def is_reader(occasion: Occasion, user: "User") -> bool:
    """The branch secretary and the committee secretary, and whoever made a visit."""
    return user.has_perm("visits.notes", occasion) or occasion.visits.filter(visitor=user).exists()


@transaction.atomic
def read_notes(*, occasion: Occasion, by: "User") -> Notes:
    """The reason, and the notes of all visits; a visitor who is neither secretary reads his own notes only."""
    if not is_reader(occasion, by):
        raise PermissionDenied
    visits = occasion.visits.select_related("visitor")
    if not by.has_perm("visits.notes", occasion):
        visits = visits.filter(visitor=by)
    notes = Notes(reason=occasion.reason, is_discontent=occasion.is_discontent, visits=list(visits))
    record(action=gettext_noop("Reason and notes of visits read"), by=by, obj=occasion, count=len(notes.visits))
    return notes


@transaction.atomic
def erase_old_notes(*, on: date) -> int:
    """Empty reasons and notes 90 days after closing; that a visit was made, when and by whom stays."""
    old = Occasion.objects.filter(closed_on__lte=on - KEPT_AFTER_CLOSING)
    visits = Visit.objects.filter(occasion__in=old).exclude(situation__isnull=True)
    number = 0
    for visit in visits.iterator(chunk_size=500):
        if visit.situation or visit.need:
            Visit.objects.filter(pk=visit.pk).update(situation="", need="", need_by_whom="")
            number += 1
    for occasion in old.iterator(chunk_size=500):
        if occasion.reason:
            Occasion.objects.filter(pk=occasion.pk).update(reason="")
            number += 1
    return number


@transaction.atomic
def reveal_phone(*, occasion: Occasion, by: "User") -> str:
    """The member's telephone number, to call before a visit; who read it is kept."""
    if occasion.member is None or not by.has_perm("members.reveal", occasion):
        raise PermissionDenied
    record(action=gettext_noop("Phone number read"), by=by, obj=occasion.member, count=1)
    return occasion.member.phone
