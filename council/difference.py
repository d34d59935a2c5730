"""The readable difference between two drafts of a plan, by line."""

import difflib
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Line:
    change: Change
    text: str


def difference(old: list[str], new: list[str]) -> list[Line]:
    """Every line of both drafts once, in reading order: what went, what came, what stayed."""
    lines = []
    for tag, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [Line(Change.SAME, text) for text in new[new_from:new_to]]
            continue
        lines += [Line(Change.REMOVED, text) for text in old[old_from:old_to]]
        lines += [Line(Change.ADDED, text) for text in new[new_from:new_to]]
    return lines
