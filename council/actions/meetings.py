"""Meetings on the spot in the garden: what is written of them is public."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from council.actions.locks import check_day_of, lock_topic, required
from council.models import GardenMeeting, Topic
from council.publishing import check_publishable
from journal.actions import add_event, changes_of, record

if TYPE_CHECKING:
    from accounts.models import User

FIELDS = ["meeting_place", "day", "present", "said"]
EVALUATE = {Topic.Step.EVALUATE.value}


def _check(meeting: GardenMeeting, topic: Topic, today: date) -> None:
    posting = meeting.posting
    meeting.meeting_place = required("meeting_place", meeting.meeting_place, _("Enter where it was held."))
    meeting.said = required("said", meeting.said, _("Write what was said, without names."))
    if posting.withdrawn_on:
        raise ValidationError(_("This posting is withdrawn."))
    check_day_of(posting, meeting.day)
    if meeting.day > today:
        raise ValidationError({"day": _("This day is in the future. Enter today or an earlier day.")})
    if meeting.present < 1:
        raise ValidationError({"present": _("Enter how many were present, at least 1.")})
    texts = [("meeting_place", meeting.meeting_place), ("said", meeting.said)]
    check_publishable(texts, public_phone=topic.committee.phone)


@transaction.atomic
def record_meeting(*, meeting: GardenMeeting, by: "User", day: date | None = None) -> GardenMeeting:
    """Write down a meeting; the same form sent twice counts once. `day` is today unless a demo says otherwise."""
    topic = lock_topic(meeting.posting.topic, steps=EVALUATE)
    known = GardenMeeting.objects.filter(token=meeting.token, posting=meeting.posting).first()
    if known is not None:
        return known
    _check(meeting, topic, day or timezone.localdate())
    meeting.save()
    record(action=gettext_noop("Meeting on the spot recorded"), by=by, obj=meeting)
    add_event(obj=topic, text=gettext_noop("Meeting on the spot"), day=meeting.day, by=by)
    return meeting


@transaction.atomic
def amend_meeting(*, meeting: GardenMeeting, by: "User") -> GardenMeeting:
    """Save corrected words, place, day or number; the old ones stay in the audit trail."""
    topic = lock_topic(meeting.posting.topic, steps=EVALUATE)
    old = GardenMeeting.objects.select_for_update().get(pk=meeting.pk)
    _check(meeting, topic, timezone.localdate())
    meeting.save(update_fields=FIELDS)
    changes = changes_of(old, meeting, FIELDS)
    record(action=gettext_noop("Meeting on the spot amended"), by=by, obj=meeting, changes=changes)
    return meeting
