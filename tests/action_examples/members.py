from datetime import date

from members import actions
from members.models import Absence, Member, RegisterEvent, Relation, Way
from tests.cast import Cast
from tests.factories.members import make_values

MODULES = ["members.actions.people", "members.actions.relations", "members.actions.absences"]
BEGUN, DAY = date(2022, 1, 1), date(2024, 5, 6)


def member(cast: Cast, until: date | None = None) -> Member:
    """A person made without any action, so that the example's own audit row is the only one."""
    found = Member.objects.create(committee=cast.committee, branch=cast.branch1, **make_values())
    Relation.objects.create(member=found, branch=cast.branch1, since=BEGUN, until=until)
    RegisterEvent.objects.create(member=found, way=Way.OPENING, branch=cast.branch1, effective_on=BEGUN)
    return found


def absence(cast: Cast) -> Absence:
    return Absence.objects.create(member=member(cast), since=BEGUN, destination="上海市")


EXAMPLES = {
    "add_member": lambda cast: actions.add_member(
        branch=cast.branch1, values=make_values(), since=DAY, by=cast.secretary
    ),
    "amend_member": lambda cast: actions.amend_member(
        member=member(cast), values={"name": "改名"}, by=cast.branch1_secretary
    ),
    "reveal_member": lambda cast: actions.reveal_member(member=member(cast), by=cast.deputy),
    "record_transfer_in": lambda cast: actions.record_transfer_in(
        member=member(cast, until=DAY), branch=cast.branch2, day=DAY, by=cast.secretary
    ),
    "record_transfer_out": lambda cast: actions.record_transfer_out(member=member(cast), day=DAY, by=cast.secretary),
    "end_relation": lambda cast: actions.end_relation(member=member(cast), way=Way.STOPPED, day=DAY, by=cast.secretary),
    "move_between_branches": lambda cast: actions.move_between_branches(
        member=member(cast), branch=cast.branch2, day=DAY, by=cast.secretary
    ),
    "start_absence": lambda cast: actions.start_absence(
        member=member(cast), since=DAY, destination="上海市", by=cast.secretary
    ),
    "end_absence": lambda cast: actions.end_absence(absence=absence(cast), day=DAY, by=cast.secretary),
}
