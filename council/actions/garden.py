"""Post a plan in the garden; take in, review and answer opinions."""

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.encryption import fingerprint
from council.actions.locks import check_day_of, lock_topic, required
from council.actions.seats import rules_of
from council.models import Opinion, Posting, Topic
from council.publishing import check_publishable, digits_of
from journal.actions import add_event, record

if TYPE_CHECKING:
    from accounts.models import User

EVALUATE = {Topic.Step.EVALUATE.value}


@transaction.atomic
def post_plan(*, topic: Topic, by: "User", opens_on: date | None = None, closes_on: date | None = None) -> Posting:
    """Post the adopted draft; open for the rules' number of days when no last day is given."""
    topic = lock_topic(topic, steps=EVALUATE)
    decision = topic.current_decision
    if decision is None:
        raise ValidationError(_("The council has adopted no draft yet."))
    if topic.current_posting is not None:
        raise ValidationError(_("This draft is posted already."))
    opens_on = opens_on or timezone.localdate()
    closes_on = closes_on or opens_on + timedelta(days=rules_of(topic.committee).posting_days - 1)
    if closes_on < opens_on:
        raise ValidationError({"closes_on": _("The closing day must not be before the opening day.")})
    content = {
        "title": topic.title,
        "number": [topic.year, topic.number],
        "points": decision.plan.lines,
        "remit": topic.remit,
        "draft": decision.plan.number,
        "decided_on": decision.sitting.day.isoformat(),
        "method": decision.method,
    }
    check_publishable([("title", topic.title), ("plan", decision.plan.text)], public_phone=topic.committee.phone)
    posting = Posting.objects.create(
        topic=topic, plan=decision.plan, opens_on=opens_on, closes_on=closes_on, content=content
    )
    record(action=gettext_noop("Plan posted in the garden"), by=by, obj=posting)
    add_event(obj=topic, text=gettext_noop("Posted in the garden for opinions"), day=opens_on, by=by)
    return posting


@transaction.atomic
def write_what_changed(*, posting: Posting, text: str, by: "User", day: date | None = None) -> Posting:
    """Tell residents what became of their opinions."""
    topic = lock_topic(posting.topic, steps=EVALUATE)
    text = required("what_changed", text, _("Say what changed because of the opinions, or that nothing did and why."))
    check_publishable([("what_changed", text)], public_phone=topic.committee.phone)
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    posting.what_changed = text
    posting.save(update_fields=["what_changed"])
    record(action=gettext_noop("Outcome of the posting written"), by=by, obj=posting)
    add_event(obj=topic, text=gettext_noop("Told residents what changed"), day=day, by=by)
    return posting


@transaction.atomic
def give_opinion(
    *,
    posting: Posting,
    stance: str,
    text: str,
    token: uuid.UUID,
    name: str = "",
    phone: str = "",
    day: date | None = None,
) -> Opinion:
    """A resident's opinion from the web; the same form sent twice counts once."""
    day = day or timezone.localdate()
    if not posting.is_open(day):
        raise ValidationError(_("This posting is closed: opinions are no longer taken here."))
    is_known = Opinion.objects.filter(token=token).exists()
    opinion = _add(posting, token=token, stance=stance, text=text, name=name.strip(), phone=phone, day=day)
    if not is_known:
        record(action=gettext_noop("Opinion received"), obj=opinion)
    return opinion


def _add(posting: Posting, *, token: uuid.UUID, stance: str, text: str, phone: str = "", **values: Any) -> Opinion:
    known = Opinion.objects.filter(token=token).first()
    if known is not None:
        return known
    if stance not in Opinion.Stance.values:
        raise ValidationError({"stance": _("Choose one: in favour, suggestion, against.")})
    if stance != Opinion.Stance.SUPPORT and not text.strip():
        raise ValidationError({"text": _("Please say in a few words what you suggest or object to.")})
    mark = fingerprint("opinion phone", digits_of(phone))
    is_repeat = bool(mark) and Opinion.objects.filter(posting=posting, phone_mark=mark).exists()
    try:
        with transaction.atomic():
            return Opinion.objects.create(
                posting=posting,
                token=token,
                stance=stance,
                text=text.strip(),
                phone=phone.strip(),
                phone_mark=mark,
                is_repeat=is_repeat,
                **values,
            )
    except IntegrityError:  # pragma: no cover (the same form twice at the same moment)
        return Opinion.objects.get(token=token)


@transaction.atomic
def enter_opinions(
    *,
    posting: Posting,
    lines: list[tuple[str, str]],
    channel: str,
    token: uuid.UUID,
    by: "User",
    day: date | None = None,
) -> list[Opinion]:
    """Several opinions at once, from paper, phone, counter or a meeting: (stance, text) each."""
    lock_topic(posting.topic, steps=EVALUATE)
    day = day or timezone.localdate()
    if channel not in Opinion.Channel.values or channel == Opinion.Channel.WEB:
        raise ValidationError({"channel": _("Choose paper, phone, counter or meeting.")})
    if not lines:
        raise ValidationError({"lines": _("Enter at least one opinion.")})
    _check_entered(posting, lines, day)
    opinions = [
        _add(
            posting,
            token=uuid.uuid5(token, str(index)),
            stance=stance,
            text=text,
            channel=channel,
            entered_by=by,
            day=day,
        )
        for index, (stance, text) in enumerate(lines)
    ]
    record(action=gettext_noop("Opinions entered"), by=by, obj=posting, count=len(opinions))
    return opinions


def _check_entered(posting: Posting, lines: list[tuple[str, str]], day: date) -> None:
    """Staff type under the same limits as residents: the days of the posting, and so many characters an opinion."""
    check_day_of(posting, day)
    errors: dict[str, list[str]] = {}
    for stance, text in lines:
        if len(text) > Opinion.LONGEST:
            told = {"words": text[:10], "length": len(text), "limit": Opinion.LONGEST}
            errors.setdefault(stance, []).append(
                _(
                    "The opinion that begins with “%(words)s” has %(length)d characters: at most %(limit)d fit. Shorten it."
                )
                % told
            )
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def review_opinion(*, opinion: Opinion, is_shown: bool, by: "User", reason: str = "") -> Opinion:
    """Show an opinion, or keep it from display with a reason; it counts either way."""
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if is_shown:
        check_publishable([("text", opinion.text)], public_phone=opinion.place.phone)
    else:
        reason = required("reason", reason, _("Write why it is not shown, e.g. it names a person or a door number."))
    opinion.review = Opinion.Review.SHOWN if is_shown else Opinion.Review.HIDDEN
    opinion.review_reason, opinion.reviewed_by = "" if is_shown else reason, by
    opinion.save(update_fields=["review", "review_reason", "reviewed_by"])
    record(action=gettext_noop("Opinion reviewed"), by=by, obj=opinion, changes={"review": opinion.review})
    return opinion


@transaction.atomic
def reply_opinion(*, opinion: Opinion, reply: str, by: "User", day: date | None = None) -> Opinion:
    """Answer an opinion; the reply is public with it."""
    topic = lock_topic(opinion.posting.topic)
    reply = required("reply", reply, _("Enter the reply."))
    check_publishable([("reply", reply)], public_phone=topic.committee.phone)
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    opinion.reply, opinion.replied_on = reply, day or timezone.localdate()
    opinion.save(update_fields=["reply", "replied_on"])
    record(action=gettext_noop("Opinion answered"), by=by, obj=opinion)
    return opinion
