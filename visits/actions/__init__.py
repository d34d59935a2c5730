from visits.actions.deaths import record_death
from visits.actions.exits import cancel_care
from visits.actions.notes import Notes, erase_old_notes, read_notes, reveal_phone
from visits.actions.occasions import close_occasion, open_occasion, set_discharged
from visits.actions.rows import ensure_rules
from visits.actions.visits import log_visit

__all__ = [
    "Notes",
    "cancel_care",
    "close_occasion",
    "ensure_rules",
    "erase_old_notes",
    "log_visit",
    "open_occasion",
    "read_notes",
    "record_death",
    "reveal_phone",
    "set_discharged",
]
