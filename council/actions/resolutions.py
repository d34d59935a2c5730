"""A resolution from its draft to its posting, and off the page again."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from branches.models import Grant
from config.permissions import MAY
from council.actions.locks import lock_topic, required
from council.actions.moves import chosen
from council.actions.seats import rules_of
from council.actions.snapshots import publish_resolution
from council.models import Resolution, Topic
from council.workflow import resolution_moves_for
from journal.actions import add_event, changes_of, next_number, notify, record
from journal.models import Notice, reference

if TYPE_CHECKING:
    from accounts.models import User

EVENTS = {
    "propose": gettext_noop("Resolution proposed"),
    "return": gettext_noop("Resolution returned: %(reason)s"),
    "approve": gettext_noop("Resolution approved"),
    "post": gettext_noop("Resolution posted"),
    "revise": gettext_noop("Resolution taken up for revision: %(reason)s"),
    "withdraw": gettext_noop("Resolution withdrawn: %(reason)s"),
}


def _texts(title: str, text: str) -> tuple[str, str]:
    return (
        required("title", title, _("Enter the resolution's title.")),
        required("text", text, _("Enter the text above the points.")),
    )


@transaction.atomic
def draft_resolution(*, topic: Topic, title: str, text: str, by: "User", day: date | None = None) -> Resolution:
    topic = lock_topic(topic, steps={Topic.Step.IMPLEMENT})
    if topic.current_resolution is not None:
        raise ValidationError(_("There is a resolution on this topic already."))
    title, text = _texts(title, text)
    resolution = Resolution.objects.create(
        committee_id=topic.committee_id,
        topic=topic,
        title=title,
        text=text,
        author=by,
        drafted_on=day or timezone.localdate(),
    )
    resolution.writers.add(by)
    record(action=gettext_noop("Resolution drafted"), by=by, obj=resolution)
    return resolution


@transaction.atomic
def amend_resolution(*, resolution: Resolution, title: str, text: str, by: "User") -> Resolution:
    """Change a draft; whoever has written in it can no longer approve it."""
    old, new = _locked(resolution), _locked(resolution)
    if new.state != Resolution.State.DRAFTED:
        raise ValidationError(_("Only a draft can be changed. Take it back first."))
    new.title, new.text = _texts(title, text)
    new.save(update_fields=["title", "text"])
    new.writers.add(by)
    record(action=gettext_noop("Resolution amended"), by=by, obj=new, changes=changes_of(old, new, ["title", "text"]))
    return new


def _locked(resolution: Resolution) -> Resolution:
    return Resolution.objects.select_for_update().get(pk=resolution.pk)


@transaction.atomic
def move_resolution(
    *, resolution: Resolution, move: str, by: "User", reason: str = "", day: date | None = None
) -> Resolution:
    """Propose, approve, post, return, revise or withdraw; refused where the table of moves does not offer it."""
    day = day or timezone.localdate()
    resolution = _locked(resolution)
    offer = chosen(resolution_moves_for(resolution, by, day), move)
    if offer.move.needs_reason:
        reason = required("reason", reason, _("Write the reason: this step is on record."))
    source = resolution.state
    resolution.state = offer.move.target
    _set_days(resolution, move, by, reason, day)
    resolution.save()
    if move == "post":
        publish_resolution(resolution)
    elif move == "propose" and day == timezone.localdate():  # what is entered afterwards tells nobody
        _tell_approvers(resolution, day)
    changes = {"state": [source, resolution.state], "reason": reason}
    record(action=gettext_noop("Resolution moved"), by=by, obj=resolution, changes=changes)
    text = EVENTS[move]
    add_event(obj=resolution.topic, text=text, day=day, by=by, params={"reason": reason} if "%(" in text else None)
    return resolution


def _tell_approvers(resolution: Resolution, day: date) -> None:
    """Everybody who may approve it; whoever has written in it may not."""
    grants = Grant.objects.in_force(day).of_roles(MAY["council.approve"]).filter(committee=resolution.committee_id)
    writers = {resolution.author_id, *resolution.writers.values_list("pk", flat=True)}
    object_type, object_id = reference(resolution)
    notify(
        Notice(
            user_id=user,
            kind="resolution.proposed",
            object_type=object_type,
            object_id=object_id,
            due_day=day,
            text=gettext_noop("To approve: resolution “%(title)s”"),
            params={"title": resolution.title},
            url=reverse("council:resolution_detail", args=[resolution.pk]),
        )
        for user in grants.users_by_committee().get(resolution.committee_id, [])
        if user not in writers
    )


def _set_days(resolution: Resolution, move: str, by: "User", reason: str, day: date) -> None:
    if move == "propose":
        resolution.proposed_on = day
    elif move == "approve":
        resolution.approved_by, resolution.approved_on = by, day
    elif move in ("return", "revise"):
        resolution.approved_by = resolution.approved_on = resolution.proposed_on = None
    elif move == "post":
        _number(resolution, day)
    else:
        resolution.withdrawn_on, resolution.withdrawn_reason = day, reason


def _number(resolution: Resolution, day: date) -> None:
    """The number comes with the first posting, so that none is lost to a draft; a revised text keeps it."""
    resolution.posted_on = day
    years = rules_of(resolution.committee).resolution_years
    resolution.ends_on = date(day.year + years, day.month, min(day.day, 28) if day.month == 2 else day.day)
    if resolution.number is None:
        resolution.year = day.year
        resolution.number = next_number(committee=resolution.committee_id, use="resolution", year=day.year)
