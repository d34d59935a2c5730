"""Open a topic, amend it, and what step 2 adds to it: the analysis sheet, the remit, the drafts of the plan."""

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from branches.models import Branch, Committee
from council.actions.locks import lock_topic, required
from council.models import Analysis, PlanVersion, Topic
from journal.actions import add_event, changes_of, next_number, record

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def open_topic(
    *,
    committee: Committee,
    title: str,
    area: Branch | str,
    by: "User",
    reason: str = "",
    day: date | None = None,
    token: uuid.UUID | None = None,
) -> Topic:
    """Open a topic at step 1 with the next number of the year; `area` is a branch of the committee, or words.

    The same form (`token`) sent twice opens one topic.
    """
    token = token or uuid.uuid4()
    known = Topic.objects.filter(token=token, committee=committee).first()
    if known is not None:
        return known
    day = day or timezone.localdate()
    title = required("title", title, _("Enter the topic in a few words."))
    topic = Topic.objects.create(
        committee=committee,
        year=day.year,
        number=next_number(committee=committee.pk, use="topic", year=day.year),
        title=title,
        reason=reason.strip(),
        opened_on=day,
        opened_by=by,
        token=token,
        **_area(committee, area),
    )
    record(action=gettext_noop("Topic opened"), by=by, obj=topic)
    add_event(obj=topic, text=gettext_noop("Topic opened"), day=day, by=by)
    return topic


def _area(committee: Committee, area: Branch | str) -> dict[str, Branch | str | None]:
    if not isinstance(area, Branch):
        return {"branch": None, "area": area.strip()}
    if area.committee_id != committee.pk:
        raise ValidationError({"branch": _("Choose a branch of this committee.")})
    return {"branch": area, "area": ""}


@transaction.atomic
def amend_topic(*, topic: Topic, by: "User", title: str, branch: Branch | None, area: str, reason: str) -> Topic:
    old, new = lock_topic(topic), lock_topic(topic)
    new.title = required("title", title, _("Enter the topic in a few words."))
    if branch is not None:
        _area(new.committee, branch)
    new.branch, new.area, new.reason = branch, area.strip(), reason.strip()
    new.save(update_fields=["title", "branch", "area", "reason"])
    changes = changes_of(old, new, ["title", "branch", "area", "reason"])
    record(action=gettext_noop("Topic amended"), by=by, obj=new, changes=changes)
    return new


@transaction.atomic
def write_analysis(
    *,
    topic: Topic,
    by: "User",
    facts: str,
    options: str,
    cost: str = "",
    affected: str = "",
    recommendation: str = "",
    day: date | None = None,
) -> Analysis:
    """Write the sheet or write it anew; steps 2 and 3."""
    topic = lock_topic(topic, steps={Topic.Step.FORMULATE, Topic.Step.ADOPT})
    texts = {
        "facts": facts,
        "options": options,
        "cost": cost,
        "affected": affected,
        "recommendation": recommendation,
    }
    analysis, is_new = Analysis.objects.update_or_create(topic=topic, defaults=texts)
    record(action=gettext_noop("Analysis sheet written"), by=by, obj=analysis, committee=topic.committee_id)
    if is_new:
        add_event(obj=topic, text=gettext_noop("Analysis sheet written"), day=day, by=by)
    return analysis


@transaction.atomic
def set_remit(
    *, topic: Topic, by: "User", remit: str, decided_on: date | None = None, note: str = "", day: date | None = None
) -> Topic:
    """Say whose decision it is and, for somebody else's, when and how he decided."""
    old, new = lock_topic(topic), lock_topic(topic)
    if remit not in Topic.Remit.values:
        raise ValidationError({"remit": _("Choose whose decision this is.")})
    if decided_on is not None and remit not in Topic.OWN_REMITS and not note.strip():
        raise ValidationError({"note": _("Write how it was decided, e.g. the paper's name and number.")})
    new.remit, new.remit_decided_on, new.remit_note = remit, decided_on, note.strip()
    fields = ["remit", "remit_decided_on", "remit_note"]
    new.save(update_fields=fields)
    record(action=gettext_noop("Remit settled"), by=by, obj=new, changes=changes_of(old, new, fields))
    if new.remit_decided_on and new.remit_decided_on != old.remit_decided_on:
        add_event(obj=new, text=gettext_noop("The remit's owner has decided"), day=new.remit_decided_on, by=by)
    return new


@transaction.atomic
def draft_plan(*, topic: Topic, by: "User", text: str, note: str = "", day: date | None = None) -> PlanVersion:
    """Add the next draft; a draft after the first says what changed and why. Steps 2 to 4."""
    day = day or timezone.localdate()
    topic = lock_topic(topic, steps={Topic.Step.FORMULATE, Topic.Step.ADOPT, Topic.Step.EVALUATE})
    last = topic.current_plan
    plan = PlanVersion(topic=topic, number=last.number + 1 if last else 1, text=text, made_on=day, by=by)
    if not plan.lines:
        raise ValidationError({"text": _("Enter at least one point of the plan, one a line.")})
    if last and plan.lines == last.lines:
        raise ValidationError({"text": _("Nothing has changed since draft %(number)d.") % {"number": last.number}})
    if last:
        plan.note = required("note", note, _("Say in a sentence what changed and why."))
    plan.text = "\n".join(plan.lines)
    plan.save()
    record(action=gettext_noop("Plan drafted"), by=by, obj=plan, committee=topic.committee_id)
    text_key = gettext_noop("Draft %(number)s: %(note)s") if plan.note else gettext_noop("Draft %(number)s of the plan")
    add_event(obj=topic, text=text_key, day=day, by=by, params={"number": plan.number, "note": plan.note})
    return plan
