"""Measures: who does what until when; done, or dropped with a reason."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from council.actions.locks import lock_topic, required
from council.actions.snapshots import publish_progress
from council.models import DueChange, Measure, Resolution, Topic
from council.publishing import check_publishable
from journal.actions import add_event, changes_of, record

if TYPE_CHECKING:
    from accounts.models import User

FIELDS = ["what", "branch", "unit", "owner", "due"]
LATE_STEPS = {Topic.Step.ADOPT.value, Topic.Step.EVALUATE.value, Topic.Step.IMPLEMENT.value}


def _check(measure: Measure, topic: Topic) -> None:
    measure.what = required("what", measure.what, _("Enter what is to be done."))
    for field in ("branch", "unit"):
        owner = getattr(measure, field)
        if owner is not None and owner.committee_id != topic.committee_id:
            raise ValidationError({field: _("Choose one of this committee.")})
    check_publishable([("what", measure.what), ("owner", measure.owner)], public_phone=topic.committee.phone)


@transaction.atomic
def add_measure(*, measure: Measure, by: "User") -> Measure:
    topic = lock_topic(measure.topic, steps=LATE_STEPS)
    known = Measure.objects.filter(token=measure.token, topic=topic).first()
    if known is not None:
        return known
    _not_posted(topic)
    _check(measure, topic)
    measure.save()
    record(action=gettext_noop("Measure added"), by=by, obj=measure)
    return measure


@transaction.atomic
def amend_measure(*, measure: Measure, by: "User", reason: str = "") -> Measure:
    """Save changed words, owner or day. A day that is moved asks for a reason and stays on record with it."""
    topic = lock_topic(measure.topic, steps=LATE_STEPS)
    old = Measure.objects.select_for_update().get(pk=measure.pk)
    _open(old)
    _not_posted(topic)
    _check(measure, topic)
    if old.due and measure.due != old.due:
        reason = required("reason", reason, _("Write why the day is moved."))
        DueChange.objects.create(measure=measure, old_due=old.due, reason=reason, by=by)
    measure.save(update_fields=FIELDS)
    record(action=gettext_noop("Measure amended"), by=by, obj=measure, changes=changes_of(old, measure, FIELDS))
    return measure


def _not_posted(topic: Topic) -> None:
    """What stands on a posted resolution is changed by a second person's approval alone; only its progress goes out by itself."""
    resolution = topic.current_resolution
    if resolution is not None and resolution.is_settled:
        raise ValidationError(
            _(
                "The resolution is proposed or posted with its measures. Take it up for revision first, then change them."
            )
        )


def _open(measure: Measure) -> None:
    if measure.is_finished:
        raise ValidationError(_("This measure is done or dropped already."))


@transaction.atomic
def finish_measure(*, measure: Measure, by: "User", done_on: date | None = None, note: str = "") -> Measure:
    """Tick a measure off; possible from the day the resolution is posted. It publishes its own line."""
    topic = lock_topic(measure.topic, steps={Topic.Step.IMPLEMENT})
    measure = Measure.objects.select_for_update().get(pk=measure.pk)
    _open(measure)
    resolution = topic.current_resolution
    if resolution is None or resolution.state != Resolution.State.POSTED:
        raise ValidationError(_("Measures start when the resolution is posted."))
    measure.done_on, measure.note = done_on or timezone.localdate(), note.strip()
    if resolution.posted_on and measure.done_on < resolution.posted_on:
        raise ValidationError({"done_on": _("The day must not be before the resolution was posted.")})
    measure.save(update_fields=["done_on", "note"])
    record(action=gettext_noop("Measure done"), by=by, obj=measure)
    add_event(obj=topic, text=gettext_noop("Done: %(what)s"), day=measure.done_on, by=by, params={"what": measure.what})
    publish_progress(topic)
    return measure


@transaction.atomic
def drop_measure(*, measure: Measure, reason: str, by: "User", day: date | None = None) -> Measure:
    topic = lock_topic(measure.topic, steps=LATE_STEPS)
    measure = Measure.objects.select_for_update().get(pk=measure.pk)
    _open(measure)
    measure.dropped_reason = required("dropped_reason", reason, _("Write why it is dropped."))
    measure.dropped_on = day or timezone.localdate()
    measure.save(update_fields=["dropped_on", "dropped_reason"])
    record(action=gettext_noop("Measure dropped"), by=by, obj=measure, changes={"reason": measure.dropped_reason})
    add_event(
        obj=topic, text=gettext_noop("Dropped: %(what)s"), day=measure.dropped_on, by=by, params={"what": measure.what}
    )
    publish_progress(topic)
    return measure
