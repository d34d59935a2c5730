"""What visits do when a person leaves the register; called by members inside its transaction (members.hooks.ON_EXIT)."""

from datetime import date
from typing import TYPE_CHECKING

from members.models import Member, Way
from visits.actions.rows import end_care
from visits.models import Kind, Occasion

if TYPE_CHECKING:
    from accounts.models import User


def cancel_care(*, member: Member, way: str, day: date, by: "User | None") -> None:
    """Cancel what is owed to somebody who has gone; the visits to a dead member's family stay."""
    closing = Occasion.Closing.DIED if way == Way.DIED else Occasion.Closing.LEFT
    occasions = Occasion.objects.open().filter(member=member).exclude(kind=Kind.DEATH).select_for_update(of=("self",))
    for occasion in occasions.order_by("pk"):
        end_care(occasion, closing=closing, day=day, by=by)
