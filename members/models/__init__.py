from members.models.events import RegisterEvent, Way
from members.models.people import Member, MemberQuerySet
from members.models.spells import Absence, Relation

__all__ = ["Absence", "Member", "MemberQuerySet", "RegisterEvent", "Relation", "Way"]
