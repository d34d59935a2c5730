"""What happens to a person of the register. Each action locks, checks, writes, and leaves one audit row."""

from members.actions.absences import end_absence, start_absence
from members.actions.people import add_member, amend_member, reveal_member
from members.actions.relations import (
    end_relation,
    move_between_branches,
    record_transfer_in,
    record_transfer_out,
)

__all__ = [
    "add_member",
    "amend_member",
    "end_absence",
    "end_relation",
    "move_between_branches",
    "record_transfer_in",
    "record_transfer_out",
    "reveal_member",
    "start_absence",
]
