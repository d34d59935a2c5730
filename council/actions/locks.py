"""Every change to a topic and what hangs on it goes through a lock of the topic's row."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.templatetags.house import day as day_words
from council.models import Posting, Topic


def lock_topic(topic: Topic, *, steps: set[int] | None = None) -> Topic:
    """The locked row; refused when the topic has ended or stands at another step than `steps`. Call in a transaction."""
    locked = Topic.objects.select_for_update().get(pk=topic.pk)
    if not locked.is_open:
        raise ValidationError(_("This topic is closed or withdrawn: nothing can be changed any more."))
    if steps and locked.step not in steps:
        wanted = ", ".join(str(step) for step in sorted(steps))
        raise ValidationError(
            _("This belongs to step %(wanted)s; the topic stands at step %(step)d.")
            % {"wanted": wanted, "step": locked.step}
        )
    return locked


def required(field: str, text: str, message: str) -> str:
    """The text without spaces around it; ValidationError under the field when nothing is left."""
    text = text.strip()
    if not text:
        raise ValidationError({field: message})
    return text


def check_day_of(posting: Posting, day: date) -> None:
    """What belongs to a posting happened while it stood."""
    if not posting.opens_on <= day <= posting.closes_on:
        days = {"opens": day_words(posting.opens_on), "closes": day_words(posting.closes_on)}
        raise ValidationError({"day": _("Enter a day of the posting: from %(opens)s to %(closes)s.") % days})
