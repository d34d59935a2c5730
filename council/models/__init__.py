"""Seats and rules, topics and plans, sittings and decisions, the garden, measures and resolutions."""

from council.models.garden import GardenMeeting, Opinion, Posting
from council.models.resolutions import DueChange, Measure, Resolution, Snapshot
from council.models.seats import CouncilRules, RuleFields, Seat
from council.models.sittings import Attendance, Decision, Position, Sitting
from council.models.topics import Analysis, Passage, PlanVersion, Topic

__all__ = [
    "Analysis",
    "Attendance",
    "CouncilRules",
    "Decision",
    "DueChange",
    "GardenMeeting",
    "Measure",
    "Opinion",
    "Passage",
    "PlanVersion",
    "Position",
    "Posting",
    "Resolution",
    "RuleFields",
    "Seat",
    "Sitting",
    "Snapshot",
    "Topic",
]
