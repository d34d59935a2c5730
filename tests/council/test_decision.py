"""The outcome of a decision: properties that hold for every count and every rule."""

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from council.decision import Count, Method, Outcome, Result, Rules, decide, majority_of, quorum_of

DEFAULT = Rules("社区党员议事会议事规则", (2, 3), (1, 2))


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    parts = draw(st.integers(1, 12))
    quorum = draw(st.integers(1, parts))
    whole = draw(st.integers(1, 12))
    return Rules("规则", (quorum, parts), (draw(st.integers(0, whole - 1)), whole))


@st.composite
def counts(draw: st.DrawFn) -> Count:
    entitled = draw(st.integers(0, 60))
    present = draw(st.integers(0, entitled))
    votes_for = draw(st.integers(0, present))
    against = draw(st.integers(0, present - votes_for))
    abstained = draw(st.integers(0, present - votes_for - against))
    return Count(entitled, present, draw(st.sampled_from(Method)), votes_for, against, abstained)


@settings(deadline=None)
@given(counts(), rules())
def test_nothing_is_adopted_without_quorum(count: Count, rule: Rules) -> None:
    outcome = decide(count, rule)
    numerator, denominator = rule.quorum
    has_quorum = count.present > 0 and count.present * denominator >= count.entitled * numerator
    assert (outcome.result == Result.NO_QUORUM) == (not has_quorum)
    assert has_quorum or not outcome.is_adopted


@settings(deadline=None)
@given(counts(), rules())
def test_carried_means_more_than_the_part_of_all_seats(count: Count, rule: Rules) -> None:
    outcome = decide(count, rule)
    if count.method == Method.SHOW_OF_HANDS and outcome.result != Result.NO_QUORUM:
        numerator, denominator = rule.majority
        assert outcome.is_adopted == (count.votes_for * denominator > count.entitled * numerator)


@settings(deadline=None)
@given(counts(), rules())
def test_one_more_vote_for_never_turns_it_down(count: Count, rule: Rules) -> None:
    if count.votes < count.present:
        more = Count(count.entitled, count.present, count.method, count.votes_for + 1, count.against, count.abstained)
        assert decide(more, rule).is_adopted >= decide(count, rule).is_adopted


@settings(deadline=None)
@given(counts(), rules())
def test_votes_against_and_abstained_change_nothing(count: Count, rule: Rules) -> None:
    bare = Count(count.entitled, count.present, count.method, count.votes_for)
    assert decide(bare, rule).result == decide(count, rule).result


@settings(deadline=None)
@given(counts(), st.integers(1, 9))
def test_more_votes_than_present_is_refused(count: Count, more: int) -> None:
    votes = count.present - count.against - count.abstained + more
    with pytest.raises(ValueError, match="more votes than present"):
        decide(
            Count(count.entitled, count.present, Method.SHOW_OF_HANDS, votes, count.against, count.abstained), DEFAULT
        )


def test_negative_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="never negative"):
        decide(Count(3, 3, Method.SHOW_OF_HANDS, 1, -1), DEFAULT)


@pytest.mark.parametrize(
    ("entitled", "quorum", "majority"), [(0, 1, 1), (1, 1, 1), (2, 2, 2), (3, 2, 2), (18, 12, 10), (19, 13, 10)]
)
def test_default_rules_in_numbers(entitled: int, quorum: int, majority: int) -> None:
    assert (quorum_of(entitled, DEFAULT), majority_of(entitled, DEFAULT)) == (quorum, majority)


def outcome(method: Method, present: int = 17, **votes: int) -> Outcome:
    return decide(Count(19, present, method, **votes), DEFAULT)


QUORUM = "应到 19 人，实到 17 人，达到应到人数的三分之二（至少 13 人），依据《社区党员议事会议事规则》可以议决。"


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (outcome(Method.AGREEMENT), f"{QUORUM}经充分讨论，商议一致，未进行表决。"),
        (
            outcome(Method.SHOW_OF_HANDS, votes_for=14, against=2, abstained=1),
            f"{QUORUM}举手表决：赞成 14 票，反对 2 票，弃权 1 票；须超过应到人数的半数（至少 10 票），表决通过。",
        ),
        (
            outcome(Method.SHOW_OF_HANDS, votes_for=9, against=8),
            f"{QUORUM}举手表决：赞成 9 票，反对 8 票，弃权 0 票；须超过应到人数的半数（至少 10 票），未通过。",
        ),
        (
            outcome(Method.AGREEMENT, present=12),
            "应到 19 人，实到 12 人，未达到应到人数的三分之二（至少 13 人），依据《社区党员议事会议事规则》不能议决。",
        ),
    ],
)
def test_every_outcome_explains_itself_in_a_sentence(found: Outcome, sentence: str) -> None:
    with translation.override("zh-hans"):
        assert found.sentence == sentence


def test_an_unusual_part_is_written_as_a_fraction() -> None:
    with translation.override("en"):
        assert "5/7 of those entitled" in decide(Count(7, 7, Method.AGREEMENT), Rules("R", (5, 7), (1, 2))).sentence
