"""What stands on the first page: the lines a person must act on, gathered from every room by permission."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from council.models import Measure, Opinion, Resolution, Topic
from council.steps import post_by_sentence, postings_over
from service_station.models import Report
from visits.models import Duty

SHOWN = 12  # lines of one kind; the rest stands on the kind's own page


@dataclass(frozen=True)
class Line:
    """One thing to act on: its state as colour and word, what it is, why it is due, and where it is done."""

    state: str
    word: str
    text: str
    url: str
    why: str = ""


def lines_for(user: User, day: date) -> list[Line]:
    """Late things first, then what is due today, then what waits."""
    found = [line for source in SOURCES for line in islice(source(user, day), SHOWN)]
    order = {"late": 0, "due": 1, "info": 2}
    return sorted(found, key=lambda line: order[line.state])


def visits_due(user: User, day: date) -> Iterator[Line]:
    """Duties overdue or due today, with the sentence that explains the day."""
    if not user.has_perm("visits.see"):
        return
    rows = Duty.objects.visible_to(user).open().filter(due_on__lte=day).with_person()
    for duty in rows[:SHOWN]:
        late = duty.days_late(day)
        word = ngettext("%(days)d day overdue", "%(days)d days overdue", late) % {"days": late}
        text = _("%(kind)s · %(name)s (%(branch)s), %(which)s") % {
            "kind": duty.occasion.get_kind_display(),
            "name": duty.occasion.name,
            "branch": duty.branch,
            "which": duty.which,
        }
        url = reverse("visits:occasion_detail", args=[duty.occasion_id])
        yield Line("late" if late else "due", word if late else _("due today"), text, url, duty.explanation)


def postings_closed(user: User, day: date) -> Iterator[Line]:
    """Topics whose time in the garden is over and which wait for the next step."""
    if not user.has_perm("council.edit"):
        return
    for posting in postings_over(Topic.objects.visible_to(user), day)[:SHOWN]:
        text = _("“%(topic)s”: the time for opinions is over") % {"topic": posting.topic.title}
        yield Line("info", _("to decide"), text, reverse("council:topic_detail", args=[posting.topic_id]))


def opinions_waiting(user: User, day: date) -> Iterator[Line]:
    if not user.has_perm("opinions.review"):
        return
    rows = Opinion.objects.visible_to(user).waiting().select_related("posting__topic").order_by("posting_id", "pk")
    by_topic: dict[Topic, int] = {}
    for opinion in rows[:500]:
        by_topic[opinion.posting.topic] = by_topic.get(opinion.posting.topic, 0) + 1
    for topic, number in by_topic.items():
        text = ngettext(
            "“%(topic)s”: %(number)d opinion waits to be reviewed",
            "“%(topic)s”: %(number)d opinions wait to be reviewed",
            number,
        ) % {"topic": topic.title, "number": number}
        yield Line("info", _("to review"), text, reverse("council:topic_detail", args=[topic.pk]))


def resolutions_to_approve(user: User, day: date) -> Iterator[Line]:
    """Proposed ones, for whoever may approve them: not for those who wrote in them."""
    if not user.has_perm("council.approve"):
        return
    rows = Resolution.objects.visible_to(user).filter(state=Resolution.State.PROPOSED).exclude(writers=user)
    for resolution in rows[:SHOWN]:
        url = reverse("council:topic_detail", args=[resolution.topic_id])
        yield Line("info", _("to approve"), _("Resolution “%(title)s”") % {"title": resolution.title}, url)


def resolutions_to_post(user: User, day: date) -> Iterator[Line]:
    """Approved ones, and whatever should be posted by now, drafted or not."""
    if not user.has_perm("council.approve"):
        return
    topics, approved = Topic.objects.visible_to(user), Q(resolutions__state=Resolution.State.APPROVED)
    rows = topics.filter(approved | Q(pk__in=topics.unposted(day).values("pk"))).distinct()
    for topic in rows.prefetch_related("passages", "resolutions")[:SHOWN]:
        resolution, due = topic.current_resolution, topic.post_by
        if resolution and resolution.state == Resolution.State.APPROVED:
            text = _("Resolution “%(title)s” is approved") % {"title": resolution.title}
        else:
            text = _("“%(topic)s”: no resolution is posted") % {"topic": topic.title}
        late = due is not None and due < day
        word = _("not posted") if late else _("to post")
        url = reverse("council:topic_detail", args=[topic.pk])
        yield Line("late" if late else "due", word, text, url, post_by_sentence(topic))


def measures_due(user: User, day: date) -> Iterator[Line]:
    if not user.has_perm("council.edit"):
        return
    rows = Measure.objects.visible_to(user).unfinished().filter(due__lte=day, topic__state=Topic.State.OPEN)
    for measure in rows.select_related("topic", "branch")[:SHOWN]:
        late = (day - measure.due).days if measure.due else 0
        word = ngettext("%(days)d day overdue", "%(days)d days overdue", late) % {"days": late}
        url = reverse("council:topic_detail", args=[measure.topic_id])
        yield Line("late" if late else "due", word if late else _("due today"), measure.what, url)


def reports_waiting(user: User, day: date) -> Iterator[Line]:
    """Reports that nobody has taken in hand, and those past their day; complaints for the discipline member."""
    if not (user.has_perm("reports.handle") or user.has_perm("reports.complaints")):
        return
    rows = Report.objects.visible_to(user).in_work()
    for report in rows.filter(Q(state=Report.State.RECEIVED) | Q(due_on__lt=day)).order_by("due_on", "pk")[:SHOWN]:
        view = "station:complaint_detail" if report.is_complaint else "station:report_detail"
        late = report.due_on < day
        word = _("overdue") if late else _("new")
        yield Line("late" if late else "info", word, report.heading, reverse(view, args=[report.pk]), report.number)


SOURCES: list[Callable[[User, date], Iterator[Line]]] = [
    visits_due,
    measures_due,
    resolutions_to_post,
    resolutions_to_approve,
    reports_waiting,
    postings_closed,
    opinions_waiting,
]


def visits_ahead(user: User, day: date) -> dict[str, int]:
    """How many open duties are overdue, due today, and due within the next seven days."""
    week = day + timedelta(days=7)
    return (
        Duty.objects.visible_to(user)
        .open()
        .aggregate(
            open=Count("pk"),
            overdue=Count("pk", filter=Q(due_on__lt=day)),
            today=Count("pk", filter=Q(due_on=day)),
            week=Count("pk", filter=Q(due_on__gt=day, due_on__lte=week)),
        )
    )
