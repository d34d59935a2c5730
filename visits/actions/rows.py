"""The single steps under every action on visits: lock, refuse, save, add what is owed, end it."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from branches.models import Branch, Committee
from config.templatetags.house import day as spoken
from journal.actions import add_event
from visits.due import due_day
from visits.models import Duty, Kind, Occasion, VisitRule
from visits.models.rules import DEFAULTS

if TYPE_CHECKING:
    from accounts.models import User


def locked(occasion: Occasion) -> Occasion:
    """The occasion's own row under lock: every action takes it before it touches duties or visits."""
    rows = Occasion.objects.select_for_update(of=("self",)).select_related("member", "branch", "committee")
    return rows.get(pk=occasion.pk)


def ensure_rules(*, committee: Committee) -> None:
    """Give the committee the default rules it does not have yet; what it has changed stays."""
    VisitRule.objects.bulk_create(
        [VisitRule(committee=committee, **default._asdict()) for default in DEFAULTS], ignore_conflicts=True
    )


def rules_of(occasion: Occasion) -> list[VisitRule]:
    ensure_rules(committee=occasion.committee)
    return list(VisitRule.objects.filter(committee=occasion.committee_id, kind=occasion.kind))


def add_duty(occasion: Occasion, *, number: int, anchor: str, anchor_on: date, offset: int, unit: str) -> Duty:
    due_on = due_day(anchor=anchor, anchor_on=anchor_on, offset=offset, unit=unit)
    duty, _made = Duty.objects.get_or_create(
        occasion=occasion,
        number=number,
        defaults={
            "branch": occasion.branch,
            "anchor": anchor,
            "anchor_on": anchor_on,
            "offset": offset,
            "unit": unit,
            "due_on": due_on,
        },
    )
    return duty


def add_duties(occasion: Occasion, anchors: dict[str, date]) -> None:
    """Open the duties of those rules whose anchor is known."""
    for rule in rules_of(occasion):
        if rule.anchor in anchors:
            add_duty(
                occasion,
                number=rule.number,
                anchor=rule.anchor,
                anchor_on=anchors[rule.anchor],
                offset=rule.offset,
                unit=rule.unit,
            )


def keep_occasion(occasion: Occasion, branch: Branch, *, today: date) -> Occasion:
    """Check and save under a lock of the branch; returns what the same form has saved before, if it has."""
    branch = Branch.objects.select_for_update().get(pk=branch.pk)
    earlier = Occasion.objects.filter(form_token=occasion.form_token).first()
    if earlier:
        return earlier
    occasion.committee_id, occasion.branch = branch.committee_id, branch
    if occasion.member:
        occasion.member.refresh_from_db(fields=["died_on"])
    check_occasion(occasion, today)
    occasion.save()
    add_event(obj=occasion, text=gettext_noop("Learned of"), day=occasion.known_on, by=occasion.opened_by)
    return occasion


def check_occasion(occasion: Occasion, today: date) -> None:
    errors = {**_wrong_days(occasion, today), **_wrong_person(occasion)}
    if occasion.is_discontent and (occasion.kind != Kind.TALK or occasion.told_by != Occasion.Source.PERSON):
        errors["told_by"] = _("Discontent is entered only from what the person told us himself: choose “the person”.")
    if errors:
        raise ValidationError(errors)


def _wrong_days(occasion: Occasion, today: date) -> dict[str, str]:
    errors = {}
    for field in ("happened_on", "known_on"):
        if getattr(occasion, field) > today:
            errors[field] = _("This day lies in the future. Enter a day up to today, %(day)s.") % {"day": spoken(today)}
    if not errors and occasion.known_on < occasion.happened_on:
        errors["known_on"] = _("We cannot have learned of it before it happened. Enter %(day)s or a later day.") % {
            "day": spoken(occasion.happened_on)
        }
    return errors


def _wrong_person(occasion: Occasion) -> dict[str, str]:
    member = occasion.member
    if member is None:
        return _wrong_family(occasion)
    if member.died_on and occasion.kind != Kind.DEATH:
        return {"member": _("%(name)s has died; visits to the family are planned already.") % {"name": member.name}}
    if not member.died_on and not member.relations.open().exists():
        return {"member": _("%(name)s is no longer in the register.") % {"name": member.name}}
    if Occasion.objects.open().filter(member=member, kind=occasion.kind).exists():
        return {"kind": _("An occasion of this kind is open for %(name)s already.") % {"name": member.name}}
    return {}


def _wrong_family(occasion: Occasion) -> dict[str, str]:
    if occasion.kind != Kind.HARDSHIP:
        return {"member": _("Choose the member. Only families in hardship can be entered by name.")}
    if not occasion.person_name:
        return {"member": _("Choose a member, or enter the name of the resident family.")}
    if occasion.consent_on is None:
        return {"consent": _("A resident's family is entered only with its consent. Ask first, then tick the box.")}
    return {}


def move_duty(duty: Duty, anchor_on: date) -> None:
    """Count again from another day; the old due day is kept."""
    due_on = due_day(anchor=duty.anchor, anchor_on=anchor_on, offset=duty.offset, unit=duty.unit)
    if due_on != duty.due_on:
        duty.former_due_on = duty.due_on
    duty.anchor_on, duty.due_on = anchor_on, due_on
    duty.save(update_fields=["anchor_on", "due_on", "former_due_on"])


def end_care(occasion: Occasion, *, closing: str, day: date, by: "User | None") -> int:
    """Close the locked occasion and cancel its open duties; returns how many."""
    occasion.closed_on, occasion.closing = day, closing
    occasion.save(update_fields=["closed_on", "closing"])
    number = occasion.duties.open().update(state=Duty.State.CANCELLED, cancelled_because=closing)
    add_event(obj=occasion, text=gettext_noop("Visits ended"), day=day, by=by)
    return number
