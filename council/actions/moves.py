"""The one action that moves a topic, and what a move brings with it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from council.actions.locks import lock_topic, required
from council.actions.snapshots import publish_progress
from council.hooks import ON_OUTCOME
from council.models import Passage, Topic
from council.workflow import ENDS, Move, Offer, moves_for
from journal.actions import add_event, record

if TYPE_CHECKING:
    from accounts.models import User

EVENTS = {
    "formulate": gettext_noop("Handed to the Party organisation for analysis (step 2)"),
    "adopt": gettext_noop("Analysis finished, handed to the council (step 3)"),
    "evaluate": gettext_noop("Adopted, handed to the garden for opinions (step 4)"),
    "implement": gettext_noop("Opinions heard, to be carried out (step 5)"),
    "close": gettext_noop("Topic closed"),
    "back_to_establish": gettext_noop("Back to step 1: %(reason)s"),
    "back_to_formulate": gettext_noop("Back to step 2: %(reason)s"),
    "back_to_adopt": gettext_noop("Back to step 3: %(reason)s"),
    "back_to_evaluate": gettext_noop("Back to step 4: %(reason)s"),
    "withdraw": gettext_noop("Topic withdrawn: %(reason)s"),
}


@transaction.atomic
def make_move(*, topic: Topic, move: str, by: "User", reason: str = "", day: date | None = None) -> Topic:
    """Move the topic; ValidationError names the move that is not open to this user, or all that is missing."""
    day = day or timezone.localdate()
    topic = lock_topic(topic)
    offer = chosen(moves_for(topic, by, day), move)
    if offer.move.needs_reason:
        reason = required("reason", reason, _("Write the reason: this step is on record."))
    source = topic.step
    _set_place(topic, offer.move, day)
    Passage.objects.create(topic=topic, move=move, from_step=source, to_step=topic.step, day=day, reason=reason, by=by)
    changes: dict[str, Any] = {"step": [source, topic.step], "state": topic.state, "reason": reason}
    record(action=gettext_noop("Topic moved"), by=by, obj=topic, changes=changes)
    add_event(obj=topic, text=EVENTS[move], day=day, by=by, params={"reason": reason} if "%(" in EVENTS[move] else None)
    if not topic.is_open:
        _end(topic, by, day)
    return topic


def chosen(offers: list[Offer], name: str) -> Offer:
    """The offer of that name, complete; ValidationError otherwise."""
    offer = next((offer for offer in offers if offer.move.name == name), None)
    if offer is None:
        raise ValidationError(_("This cannot be done here: it has been done already, or it is not yours to do."))
    if offer.missing:
        raise ValidationError([_("Still missing: %(what)s") % {"what": what} for what in offer.missing])
    return offer


def _set_place(topic: Topic, move: Move, day: date) -> None:
    topic.step = topic.step if move.target is None else move.target
    topic.state = ENDS.get(move.name, Topic.State.OPEN)
    topic.ended_on = None if topic.is_open else day
    topic.save(update_fields=["step", "state", "ended_on"])
    if move.name in ("back_to_adopt", "withdraw"):
        topic.postings.filter(withdrawn_on=None, closes_on__gte=day).update(withdrawn_on=day)


def _end(topic: Topic, by: "User", day: date) -> None:
    publish_progress(topic)
    for hook in ON_OUTCOME:
        hook(topic=topic, by=by, day=day)
