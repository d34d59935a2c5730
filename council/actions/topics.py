"""Open a topic, amend it, and what step 2 adds to it: the analysis sheet and the drafts of the plan."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from branches.models import Branch, Committee
from council.models import Topic
from journal.actions import add_event, next_number, record

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def open_topic(
    *, committee: Committee, title: str, area: Branch | str, by: "User", reason: str = "", day: date | None = None
) -> Topic:
    """Open a topic at step 1 with the next number of the year; `area` is a branch of the committee, or words."""
    day = day or timezone.localdate()
    title = title.strip()
    if not title:
        raise ValidationError({"title": _("Enter the topic in a few words.")})
    branch = area if isinstance(area, Branch) else None
    if branch is not None and branch.committee_id != committee.pk:
        raise ValidationError({"branch": _("Choose a branch of this committee.")})
    topic = Topic.objects.create(
        committee=committee,
        year=day.year,
        number=next_number(committee=committee.pk, use="topic", year=day.year),
        title=title,
        branch=branch,
        area="" if branch is not None else str(area).strip(),
        reason=reason.strip(),
        opened_on=day,
        opened_by=by,
    )
    record(action=gettext_noop("Topic opened"), by=by, obj=topic)
    add_event(obj=topic, text=gettext_noop("Topic opened"), day=day, by=by)
    return topic
