"""A topic on its way through the five steps: its analysis, the versions of its plan, the moves it has made."""

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.calendar import add_working_days, day_entered_before
from branches.models import Branch, Committee
from config.rows import CommitteeQuerySet

if TYPE_CHECKING:
    from council.models.garden import Posting
    from council.models.resolutions import Resolution
    from council.models.sittings import Decision


POST_WITHIN = 3  # working days from entering step 5 to the posting of the resolution


class TopicQuerySet(CommitteeQuerySet["Topic"]):
    seen_with = "council.see"

    def open(self) -> "TopicQuerySet":
        return self.filter(state=Topic.State.OPEN)

    def unposted(self, day: date) -> "TopicQuerySet":
        """Those whose resolution should have been posted before the day and is not (`post_by` < day)."""
        entered = Passage.objects.filter(topic=OuterRef("pk"), from_step__lt=5, to_step=5).order_by("-pk").values("day")
        public = Topic.objects.filter(resolutions__number__isnull=False, resolutions__withdrawn_on__isnull=True)
        rows = self.open().filter(step=Topic.Step.IMPLEMENT).exclude(pk__in=public.values("pk"))
        late = day_entered_before(day, POST_WITHIN)
        return rows.alias(entered=Subquery(entered[:1])).filter(entered__lt=late)

    def with_posting(self) -> "TopicQuerySet":
        """What the badge of a topic in a list is told from."""
        return self.select_related("branch").prefetch_related("decisions", "postings")

    def with_everything(self) -> "TopicQuerySet":
        """All that the topic's page and the guards read, in as many queries as there are tables."""
        return self.select_related("committee", "branch", "analysis").prefetch_related(
            "reports",
            "plans",
            "passages",
            "positions__sitting",
            "sittings__attendances",
            "decisions__sitting__attendances",
            "decisions__plan",
            "postings__opinions",
            "postings__meetings",
            "postings__plan",
            "measures__branch",
            "measures__unit",
            "measures__due_changes",
            "resolutions__author",
            "resolutions__writers",
        )


class Topic(models.Model):
    """A question that residents raise, from the first report to the finished work."""

    class Step(models.IntegerChoices):
        ESTABLISH = 1, _("establish the agenda")
        FORMULATE = 2, _("formulate the agenda")
        ADOPT = 3, _("adopt the agenda")
        EVALUATE = 4, _("evaluate the agenda")
        IMPLEMENT = 5, _("implement the agenda")

    class State(models.TextChoices):
        OPEN = "open", _("in progress")
        CLOSED = "closed", _("closed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Remit(models.TextChoices):
        MEMBERS = "members", _("members' council: binding on members, an appeal to residents")
        APPEAL = "appeal", _("appeal to residents only")
        RESIDENTS = "residents", _("residents' assembly or their representatives")
        OWNERS = "owners", _("owners' assembly")
        PROPERTY = "property", _("property management")
        DEPARTMENT = "department", _("a government department")

    OWN_REMITS = frozenset({Remit.MEMBERS, Remit.APPEAL})  # what the council itself decides by adopting

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="topics", verbose_name=_("committee")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=60)
    branch = models.ForeignKey(
        Branch,
        on_delete=models.PROTECT,
        related_name="topics",
        null=True,
        blank=True,
        verbose_name=_("area branch"),
    )
    area = models.CharField(_("area in words"), max_length=80, blank=True)
    step = models.PositiveSmallIntegerField(_("step"), choices=Step, default=Step.ESTABLISH)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    reason = models.TextField(_("reason without a report"), blank=True)
    remit = models.CharField(_("whose decision"), max_length=10, choices=Remit, blank=True)
    remit_decided_on = models.DateField(_("decided by its owner on"), null=True, blank=True)
    remit_note = models.CharField(_("how its owner decided"), max_length=200, blank=True)
    opened_on = models.DateField(_("opened"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="opened_topics")
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "number"], name="topic_number_once"),
            models.CheckConstraint(condition=Q(step__gte=1, step__lte=5), name="topic_step_one_to_five"),
            models.CheckConstraint(
                condition=Q(state="open", ended_on__isnull=True) | ~Q(state="open") & Q(ended_on__isnull=False),
                name="topic_ended_when_not_open",
            ),
            models.CheckConstraint(condition=~Q(state="closed") | Q(step=5), name="topic_closes_at_step_five"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Committee:
        return self.committee

    @property
    def number_text(self) -> str:
        return gettext("No. %(number)d of %(year)d") % {"number": self.number, "year": self.year}

    @property
    def area_name(self) -> str:
        """Where it is: the words, the branch, or both."""
        parts = [
            self.area or (self.branch.area if self.branch else ""),
            self.branch.name if self.branch else "",
        ]
        return " · ".join(dict.fromkeys(part for part in parts if part))

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def needs_owner_decision(self) -> bool:
        """True while somebody else than the council must decide and has not."""
        return self.remit not in self.OWN_REMITS and self.remit_decided_on is None

    @property
    def current_plan(self) -> "PlanVersion | None":
        return max(self.plans.all(), key=lambda plan: plan.number, default=None)

    @property
    def current_decision(self) -> "Decision | None":
        """The latest decision that adopted something."""
        adopted = [decision for decision in self.decisions.all() if decision.is_adopted]
        return max(adopted, key=lambda decision: decision.pk, default=None)

    @property
    def current_posting(self) -> "Posting | None":
        """The latest posting not withdrawn, of the plan now adopted."""
        decision = self.current_decision
        postings = [
            posting
            for posting in self.postings.all()
            if posting.withdrawn_on is None and decision and posting.plan_id == decision.plan_id
        ]
        return max(postings, key=lambda posting: posting.pk, default=None)

    @property
    def implemented_on(self) -> date | None:
        """The day it entered step 5, the last time if it went back."""
        entered = [row for row in self.passages.all() if row.from_step < row.to_step == self.Step.IMPLEMENT]
        return max(entered, key=lambda row: row.pk).day if entered else None

    @property
    def post_by(self) -> date | None:
        """The last day to post the resolution; None before step 5 and as soon as the public can read one."""
        resolution = self.current_resolution
        if not self.is_open or self.step != self.Step.IMPLEMENT or (resolution and resolution.is_public):
            return None
        return add_working_days(self.implemented_on, POST_WITHIN) if self.implemented_on else None

    @property
    def current_resolution(self) -> "Resolution | None":
        rows = [row for row in self.resolutions.all() if not row.is_withdrawn]
        return max(rows, key=lambda row: row.pk, default=None)


class Analysis(models.Model):
    """The sheet of step 2: what is the case, what could be done, what it costs, whom it touches."""

    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, related_name="analysis")
    facts = models.TextField(_("facts"), blank=True)
    options = models.TextField(_("options"), blank=True, help_text=_("One option a line."))
    cost = models.TextField(_("cost"), blank=True)
    affected = models.TextField(_("households affected"), blank=True)
    recommendation = models.TextField(_("recommendation"), blank=True)

    class Meta:
        verbose_name = _("analysis sheet")

    def __str__(self) -> str:
        return str(self.topic)

    @property
    def option_lines(self) -> list[str]:
        return [line.strip() for line in self.options.splitlines() if line.strip()]


class PlanVersion(models.Model):
    """One draft of the plan, a point a line. Never edited: a change is a new draft."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveSmallIntegerField(_("draft"))
    text = models.TextField(_("plan"), help_text=_("One point a line, without numbers in front."))
    note = models.CharField(_("what changed and why"), max_length=200, blank=True)
    made_on = models.DateField(_("day"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["topic_id", "number"]
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="plan_number_once")]

    def __str__(self) -> str:
        return f"{self.topic} {self.number}"

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]


class Passage(models.Model):
    """One move that a topic has made, with its day; the five-step bar is drawn from these."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="passages")
    move = models.CharField(max_length=20)
    from_step = models.PositiveSmallIntegerField()
    to_step = models.PositiveSmallIntegerField()
    day = models.DateField(_("day"))
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["topic_id", "pk"]

    def __str__(self) -> str:
        return f"{self.topic} {self.move}"
