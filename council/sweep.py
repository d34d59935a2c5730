"""What the council has left lying: told once, by the state as it is, so that a missed run is caught up by the next."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from branches.models import Grant
from config.permissions import Role
from config.waking import is_waking
from council.models import Posting, Topic
from council.steps import postings_over
from journal.actions import notify, recorded, without_told
from journal.models import Notice, reference

UNPOSTED, CLOSED = "resolution.unposted", "posting.closed"
TOLD_OF_UNPOSTED = frozenset({Role.SECRETARY, Role.DEPUTY})
TOLD_OF_CLOSED = frozenset({Role.SECRETARY})


@recorded("council.sweep")
def sweep(now: datetime | None = None) -> int:
    """Tell of resolutions not posted in time and of postings whose time is over; returns how many new notices."""
    now = now or timezone.now()
    if not is_waking(now):
        return 0
    day = timezone.localdate(now)
    new = without_told([*unposted_resolutions(day), *closed_postings(day)])
    notify(new)
    return len(new)


def unposted_resolutions(day: date) -> list[Notice]:
    topics = list(Topic.objects.unposted(day).prefetch_related("passages", "resolutions"))
    users = holders(TOLD_OF_UNPOSTED, {topic.committee_id for topic in topics}, day)
    text = gettext_noop("“%(topic)s”: three working days at step 5, and no resolution is posted")
    return [
        _notice(UNPOSTED, topic, topic, topic.post_by, user, text)
        for topic in topics
        for user in users.get(topic.committee_id, [])
        if topic.post_by
    ]


def closed_postings(day: date) -> list[Notice]:
    postings = postings_over(Topic.objects.all(), day)
    users = holders(TOLD_OF_CLOSED, {posting.topic.committee_id for posting in postings}, day)
    text = gettext_noop("“%(topic)s”: the time for opinions is over")
    return [
        _notice(CLOSED, posting, posting.topic, posting.closes_on, user, text)
        for posting in postings
        for user in users.get(posting.topic.committee_id, [])
    ]


def holders(roles: Iterable[Role], committees: set[int], day: date) -> dict[int, list[int]]:
    """The users who hold one of the roles on the day, by committee."""
    return Grant.objects.in_force(day).of_roles(roles).filter(committee__in=committees).users_by_committee()


def _notice(kind: str, obj: Topic | Posting, topic: Topic, due_day: date, user: int, text: str) -> Notice:
    object_type, object_id = reference(obj)
    return Notice(
        user_id=user,
        kind=kind,
        object_type=object_type,
        object_id=object_id,
        due_day=due_day,
        text=text,
        params={"topic": topic.title},
        url=reverse("council:topic_detail", args=[topic.pk]),
    )
