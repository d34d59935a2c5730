from members.models.events import COMINGS, GOINGS, MOVES, WAYS_IN, WAYS_OUT, RegisterEvent, Way
from members.models.people import Member
from members.models.sets import Label, MemberQuerySet
from members.models.spells import Absence, Relation

__all__ = [
    "COMINGS",
    "GOINGS",
    "MOVES",
    "WAYS_IN",
    "WAYS_OUT",
    "Absence",
    "Label",
    "Member",
    "MemberQuerySet",
    "RegisterEvent",
    "Relation",
    "Way",
]
