"""The five-step bar and the state of a topic in words."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.templatetags.house import day as day_words
from config.templatetags.house import short_day
from council.models import Decision, Posting, Topic
from council.models.topics import POST_WITHIN, TopicQuerySet


@dataclass(frozen=True)
class Step:
    number: int
    label: str
    note: str
    state: str  # done, current, todo


def steps_of(topic: Topic, day: date | None = None) -> list[Step]:
    day = day or timezone.localdate()
    left = {passage.from_step: passage.day for passage in topic.passages.all() if passage.to_step > passage.from_step}
    if topic.state == Topic.State.CLOSED and topic.ended_on:
        left[Topic.Step.IMPLEMENT.value] = topic.ended_on
    steps = []
    for number, label in Topic.Step.choices:
        state = _state(topic, number)
        if state == "done":
            note = _joined(short_day(left.get(number)), _what(topic, number))
        elif state == "current":
            note = _joined(_("in progress") if topic.is_open else topic.get_state_display(), _what(topic, number))
        else:
            note = "—"
        steps.append(Step(number, str(label), note, state))
    return steps


def _state(topic: Topic, number: int) -> str:
    if number < topic.step or topic.state == Topic.State.CLOSED:
        return "done"
    return "current" if number == topic.step else "todo"


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _what(topic: Topic, number: int) -> str:
    """One word on what the step brought."""
    if number == Topic.Step.ESTABLISH:
        reports = len(topic.reports.all())
        return ngettext("%(n)d report", "%(n)d reports", reports) % {"n": reports} if reports else ""
    if number == Topic.Step.FORMULATE:
        return _("analysis sheet") if getattr(topic, "analysis", None) else ""
    if number == Topic.Step.ADOPT:
        return decided_word(topic.current_decision)
    if number == Topic.Step.EVALUATE:
        posting = topic.current_posting
        opinions = len(posting.opinions.all()) if posting else 0
        return ngettext("%(n)d opinion", "%(n)d opinions", opinions) % {"n": opinions} if opinions else ""
    measures = list(topic.measures.all())  # no topic enters the last step without one
    done = sum(measure.is_finished for measure in measures)
    return _("%(done)d of %(total)d measures") % {"done": done, "total": len(measures)}


def decided_word(decision: Decision | None) -> str:
    """How it was settled, in a word, as it was."""
    if decision is None:
        return ""
    return _("agreed by discussion") if decision.method == Decision.Method.AGREEMENT else _("carried by vote")


def post_by_sentence(topic: Topic) -> str:
    """Why the resolution is due when it is; "" when the public can read it or it is not yet time."""
    entered, due = topic.implemented_on, topic.post_by
    if entered is None or due is None:
        return ""
    return _("Entered step 5 on %(entered)s, +%(n)d working days = to be posted by %(due)s") % {
        "entered": day_words(entered),
        "n": POST_WITHIN,
        "due": day_words(due),
    }


def postings_over(topics: TopicQuerySet, day: date) -> list[Posting]:
    """Postings of the plans now adopted whose time is over and whose topics wait for the next step."""
    rows = topics.open().filter(step=Topic.Step.EVALUATE, postings__closes_on__lt=day).distinct()
    postings = [topic.current_posting for topic in rows.prefetch_related("decisions", "postings__topic")]
    return [posting for posting in postings if posting and posting.is_over(day)]


def state_of(topic: Topic, day: date | None = None) -> tuple[str, str]:
    """The badge beside the title: its kind and its words."""
    day = day or timezone.localdate()
    if topic.state == Topic.State.CLOSED:
        return "ok", topic.get_state_display()
    if topic.state == Topic.State.WITHDRAWN:
        return "plain", topic.get_state_display()
    posting = topic.current_posting if topic.step == Topic.Step.EVALUATE else None
    if posting is None:
        return "info", topic.get_step_display()
    if posting.is_open(day):
        left = posting.days_left(day)
        text = ngettext("open until %(day)s (%(n)d day left)", "open until %(day)s (%(n)d days left)", left)
        return "info", _joined(topic.get_step_display(), text % {"day": short_day(posting.closes_on), "n": left})
    word = (
        _("posting is over")
        if posting.is_over(day)
        else _("posting begins %(day)s") % {"day": short_day(posting.opens_on)}
    )
    return "due", _joined(topic.get_step_display(), word)
