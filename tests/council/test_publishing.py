"""The publishing gate, as a table."""

import pytest
from django.core.exceptions import ValidationError

from council.publishing import check_publishable, private_numbers

PHONE = "138 0000 0000"
ID = "110101194912310021"
MOBILE = "13912345678"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"身份证 {ID}。", [ID]),
        ("证号11010119491231002X", ["11010119491231002X"]),
        ("证号11010119491231002x", ["11010119491231002x"]),
        ("１１０１０１１９４９１２３１００２１", [ID]),
        ("110101 19491231 0021", [ID]),
        ("110101-19491231-0021", [ID]),
        ("110101\n1949\r\n12310021", [ID]),
        ("110101－19491231－0021", [ID]),
        (f"电话{MOBILE}", [MOBILE]),
        ("电话139 1234 5678", [MOBILE]),
        ("电话139-1234-5678", [MOBILE]),
        ("电话139—1234—5678", [MOBILE]),
        ("电话１３９１２３４５６７８", [MOBILE]),
        ("电话139\n1234\n5678", [MOBILE]),
        ("电话139\u200b1234\u200b5678", [MOBILE]),
        ("电话1 3 9 1 2 3 4 5 6 7 8", [MOBILE]),
        ("+86 13912345678", [MOBILE]),
        ("86-13912345678", [MOBILE]),
        (f"{MOBILE}、13812345678", [MOBILE, "13812345678"]),
        (f"拨打 {PHONE}", []),
        ("拨打 13800000000", []),
        ("拨打 025-8888 0000", []),
        ("拨打 12345", []),
        ("2026年3月26日，应到 19 人，实到 17 人", []),
        ("2026-03-27 至 2026-04-02", []),
        ("莫党议〔2026〕1号", []),
        ("12800000000", []),
        ("订单 2026032700000000000012345", []),
        ("", []),
        ("😀", []),
    ],
)
def test_private_numbers_are_found_however_they_are_written(text: str, found: list[str]) -> None:
    assert private_numbers(text, PHONE) == found


def test_gate_names_the_field() -> None:
    with pytest.raises(ValidationError) as error:
        check_publishable([("title", "种菜"), ("text", f"请找 {MOBILE}")], public_phone="")
    assert list(error.value.message_dict) == ["text"]


def test_gate_lets_clean_texts_pass() -> None:
    check_publishable([("title", "种菜"), ("text", "请拨打 025-8888 0000")], public_phone="")
