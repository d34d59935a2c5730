from visits.due import Anchor, Unit
from visits.models.duties import Duty, DutyQuerySet
from visits.models.occasions import Kind, Occasion, OccasionQuerySet
from visits.models.rules import VisitRule
from visits.models.visits import SEEN, Visit, VisitQuerySet

__all__ = [
    "SEEN",
    "Anchor",
    "Duty",
    "DutyQuerySet",
    "Kind",
    "Occasion",
    "OccasionQuerySet",
    "Unit",
    "Visit",
    "VisitQuerySet",
    "VisitRule",
]
