from django.utils import timezone

from tests.cast import Cast
from tests.factories.visits import bare_duty, bare_member, bare_occasion
from visits import actions
from visits.models import Duty, Kind, Occasion, Visit

MODULES = [
    "visits.actions.deaths",
    "visits.actions.notes",
    "visits.actions.occasions",
    "visits.actions.visits",
]


def occasion(cast: Cast) -> Occasion:
    return bare_occasion(cast.branch1, cast.branch1_secretary)


def duty(cast: Cast) -> Duty:
    return bare_duty(occasion(cast))


EXAMPLES = {
    "open_occasion": lambda cast: actions.open_occasion(
        kind=Kind.HOSPITAL,
        member=bare_member(cast.branch1),
        happened_on=timezone.localdate(),
        known_on=timezone.localdate(),
        told_by=Occasion.Source.FAMILY,
        by=cast.branch1_secretary,
    ),
    "set_discharged": lambda cast: actions.set_discharged(
        occasion=occasion(cast), discharged_on=timezone.localdate(), by=cast.branch1_secretary
    ),
    "close_occasion": lambda cast: actions.close_occasion(
        occasion=occasion(cast), closing=Occasion.Closing.RECOVERED, by=cast.branch1_secretary
    ),
    "log_visit": lambda cast: actions.log_visit(
        duty=duty(cast),
        visitor=cast.branch1_secretary,
        visited_on=timezone.localdate(),
        how=Visit.How.HOSPITAL,
        by=cast.branch1_secretary,
    ),
    "record_death": lambda cast: actions.record_death(
        member=bare_member(cast.branch1),
        died_on=timezone.localdate(),
        known_on=timezone.localdate(),
        told_by=Occasion.Source.FAMILY,
        by=cast.branch1_secretary,
    ),
    "read_notes": lambda cast: actions.read_notes(occasion=occasion(cast), by=cast.branch1_secretary),
    "reveal_phone": lambda cast: actions.reveal_phone(occasion=occasion(cast), by=cast.branch1_secretary),
}
