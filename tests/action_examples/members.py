from datetime import date

from members import actions
from members.models import Member, Way
from tests.cast import Cast
from tests.factories.members import make_member, make_values

MODULES = ["members.actions.people", "members.actions.relations", "members.actions.absences"]
DAY = date(2024, 5, 6)


def one(cast: Cast) -> Member:
    return make_member(cast.branch1, by=cast.deputy)


def gone(cast: Cast) -> Member:
    return actions.record_transfer_out(member=one(cast), day=DAY, by=cast.deputy)


# Each value first makes what it needs and returns the call that is looked at.
EXAMPLES = {
    "add_member": lambda cast: actions.add_member(
        branch=cast.branch1, values=make_values(), since=DAY, by=cast.secretary
    ),
}
