"""The sentences of a person's timeline: English msgids, said the same way by the actions and by the demo."""

from typing import Any

from django.utils.translation import gettext_noop

from members.models import Relation, Way

ADDED = gettext_noop("Put on the register")
AMENDED = gettext_noop("Personal data amended")
MOVED = gettext_noop("Moved from %(old)s to %(branch)s")
ABSENCE_BEGUN = gettext_noop("Went away to %(destination)s (floating out)")
ABSENCE_ENDED = gettext_noop("Came back from %(destination)s")
STAY_ENDED = gettext_noop("No longer reports at %(branch)s")

COMING = {
    Way.OPENING: gettext_noop("On the register of %(branch)s from the start"),
    Way.TRANSFER_IN: gettext_noop("Transferred in to %(branch)s"),
    Way.ADMITTED: gettext_noop("Admitted to the Party in %(branch)s"),
    Way.RESTORED: gettext_noop("Membership restored in %(branch)s"),
}
TRANSFERRED_IN_FROM = gettext_noop("Transferred in from %(counterpart)s to %(branch)s")
STAY_BEGUN = {
    Relation.Kind.FLOATING_IN: gettext_noop("Reported at %(branch)s as floating in"),
    Relation.Kind.IN_SERVICE: gettext_noop("Reported at %(branch)s as in service"),
}
GOING = {
    Way.TRANSFER_OUT: gettext_noop("Transferred out of %(branch)s"),
    Way.DIED: gettext_noop("Died"),
    Way.REMOVED: gettext_noop("Expelled or removed from the Party"),
    Way.STOPPED: gettext_noop("Membership stopped"),
}
TRANSFERRED_OUT_TO = gettext_noop("Transferred out of %(branch)s to %(counterpart)s")

Sentence = tuple[str, dict[str, Any]]


def arrival(kind: str, way: str, branch: object, counterpart: str = "") -> Sentence:
    """What the timeline says about a relation that begins."""
    params = {"branch": str(branch)}
    if kind != Relation.Kind.FORMAL:
        return STAY_BEGUN[Relation.Kind(kind)], params
    if way == Way.TRANSFER_IN and counterpart:
        return TRANSFERRED_IN_FROM, {**params, "counterpart": counterpart}
    return COMING[Way(way)], params


def departure(kind: str, way: str, branch: object, counterpart: str = "") -> Sentence:
    """What the timeline says about a relation that ends."""
    params = {"branch": str(branch)}
    if kind != Relation.Kind.FORMAL and way == Way.TRANSFER_OUT:
        return STAY_ENDED, params
    if way == Way.TRANSFER_OUT and counterpart:
        return TRANSFERRED_OUT_TO, {**params, "counterpart": counterpart}
    return GOING[Way(way)], params if way == Way.TRANSFER_OUT else {}
