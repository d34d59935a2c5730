"""What the council has decided: one pure function of the count and the rules, and the sentence that explains it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Method(StrEnum):
    AGREEMENT = "agreement"
    SHOW_OF_HANDS = "show_of_hands"


class Result(StrEnum):
    AGREED = "agreed"
    CARRIED = "carried"
    NOT_CARRIED = "not_carried"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True)
class Rules:
    """Quorum: at least this part of all seats. Majority: more than this part of all seats."""

    name: str
    quorum: tuple[int, int]
    majority: tuple[int, int]


@dataclass(frozen=True)
class Count:
    entitled: int
    present: int
    method: Method
    votes_for: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def votes(self) -> int:
        return self.votes_for + self.against + self.abstained


@dataclass(frozen=True)
class Outcome:
    result: Result
    count: Count
    rules: Rules
    quorum_needed: int
    votes_needed: int

    @property
    def is_adopted(self) -> bool:
        return self.result in (Result.AGREED, Result.CARRIED)

    @property
    def sentence(self) -> str:
        return explain(self)


def quorum_of(entitled: int, rules: Rules) -> int:
    """The fewest present that reach the quorum; never 0, so that an empty council decides nothing."""
    numerator, denominator = rules.quorum
    return max(1, -(-entitled * numerator // denominator))


def majority_of(entitled: int, rules: Rules) -> int:
    """The fewest votes that are more than the rule's part of all seats."""
    numerator, denominator = rules.majority
    return entitled * numerator // denominator + 1


def decide(count: Count, rules: Rules) -> Outcome:
    """The outcome; ValueError for a count that cannot be (more votes than present, more present than entitled)."""
    if min(count.entitled, count.present, count.votes_for, count.against, count.abstained) < 0:
        raise ValueError("a count is never negative")
    if count.present > count.entitled or count.votes > count.present:
        raise ValueError("more present than entitled, or more votes than present")
    quorum, majority = quorum_of(count.entitled, rules), majority_of(count.entitled, rules)
    if count.present < quorum:
        result = Result.NO_QUORUM
    elif count.method == Method.AGREEMENT:
        result = Result.AGREED
    else:
        result = Result.CARRIED if count.votes_for >= majority else Result.NOT_CARRIED
    return Outcome(result, count, rules, quorum, majority)


def part_in_words(part: tuple[int, int]) -> str:
    known = {
        (1, 2): _("half"),
        (1, 3): _("one third"),
        (2, 3): _("two thirds"),
        (3, 4): _("three quarters"),
        (1, 1): _("all"),
    }
    return known.get(part) or f"{part[0]}/{part[1]}"


def quorum_sentence(entitled: int, present: int, rules: Rules) -> str:
    quorum = quorum_of(entitled, rules)
    text = (
        _(
            "Entitled %(entitled)d, present %(present)d: reaches %(part)s of those entitled (at least %(quorum)d); "
            "under the “%(rules)s” the council may decide."
        )
        if present >= quorum
        else _(
            "Entitled %(entitled)d, present %(present)d: short of %(part)s of those entitled (at least %(quorum)d); "
            "under the “%(rules)s” the council may not decide."
        )
    )
    return text % {
        "entitled": entitled,
        "present": present,
        "part": part_in_words(rules.quorum),
        "quorum": quorum,
        "rules": rules.name,
    }


def explain(outcome: Outcome) -> str:
    """Entitled, present, quorum, votes and the rule, so that nobody has to look the rule up."""
    count = outcome.count
    sentence = quorum_sentence(count.entitled, count.present, outcome.rules)
    if outcome.result == Result.NO_QUORUM:
        return sentence
    if outcome.result == Result.AGREED:
        return sentence + _(" Agreed by discussion, without a vote.")
    text = (
        _(
            " Show of hands: %(for)d for, %(against)d against, %(abstained)d abstained; more than %(part)s of the seats "
            "(at least %(needed)d votes) are needed: carried."
        )
        if outcome.result == Result.CARRIED
        else _(
            " Show of hands: %(for)d for, %(against)d against, %(abstained)d abstained; more than %(part)s of the seats "
            "(at least %(needed)d votes) are needed: not carried."
        )
    )
    return sentence + text % {
        "for": count.votes_for,
        "against": count.against,
        "abstained": count.abstained,
        "part": part_in_words(outcome.rules.majority),
        "needed": outcome.votes_needed,
    }
