from hypothesis import given, settings
from hypothesis import strategies as st

from council.difference import Change, difference

LINES = st.lists(st.text(alphabet="甲乙丙丁", min_size=1, max_size=3), max_size=6)


def test_difference_reads_in_order() -> None:
    lines = difference(["全部清除", "鼓励种花"], ["除菊花脑以外必须清除", "可以逐天递减", "鼓励种花"])
    assert [(line.change.value, line.text) for line in lines] == [
        ("removed", "全部清除"),
        ("added", "除菊花脑以外必须清除"),
        ("added", "可以逐天递减"),
        ("same", "鼓励种花"),
    ]


@settings(deadline=None)
@given(LINES, LINES)
def test_both_drafts_can_be_read_back(old: list[str], new: list[str]) -> None:
    lines = difference(old, new)
    assert [line.text for line in lines if line.change != Change.ADDED] == old
    assert [line.text for line in lines if line.change != Change.REMOVED] == new
