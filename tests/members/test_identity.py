from datetime import date

import pytest
from django.core.exceptions import ValidationError

from members.identity import check_character, check_id_number, initials, phone_tail, tidy, tidy_number
from tests.factories.members import make_id_number

pytestmark = pytest.mark.usefixtures("english")

BORN = date(1952, 3, 14)
GOOD = make_id_number(BORN, male=True, serial=7)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("单田芳", "dtf ctf stf"),
        ("曾国华", "cgh zgh"),
        ("仇和", "ch qh jh"),
        ("查良", "cl zl"),
        ("欧阳修", "oyx"),
        ("李 雷", "ll"),
        ("买买提·艾合买提", "mmtahmt"),
        ("Adil", "adil"),
        ("🌸🌸", ""),
        ("李🌸", "l"),
    ],
)
def test_initials_have_every_reading_of_the_surname(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_initials_of_the_longest_name_fit_the_column() -> None:
    assert len(initials("单" * 40)) <= 80


def test_check_character_is_that_of_the_standard() -> None:
    assert check_character("11010519491231002") == "X"


def test_good_id_number_passes() -> None:
    check_id_number(GOOD, BORN, True)
    check_id_number("11010519491231002X", date(1949, 12, 31), False)


@pytest.mark.parametrize(
    ("number", "born", "is_male", "part"),
    [
        (GOOD[:15], BORN, True, "You typed 15 characters"),
        (GOOD[:10] + "13" + GOOD[12:], BORN, True, "Places 7 to 14"),
        (GOOD[:17] + ("1" if GOOD[17] != "1" else "2"), BORN, True, "does not fit the others"),
        (GOOD, date(1952, 3, 15), True, "born on 1952-03-14"),
        (GOOD, BORN, False, "17th digit"),
    ],
)
def test_wrong_id_number_says_what_is_wrong(number: str, born: date, is_male: bool, part: str) -> None:
    with pytest.raises(ValidationError) as found:
        check_id_number(number, born, is_male)
    assert part in found.value.messages[0]


def test_full_width_digits_and_small_x_are_tidied() -> None:
    assert tidy_number("１１０１０５ 19491231 002x") == "11010519491231002X"
    assert tidy("  王　 五 ") == "王 五"


def test_phone_tail_is_a_fingerprint_of_the_last_four_digits() -> None:
    assert phone_tail("100-0000 8000") == phone_tail("8000")
    assert phone_tail("8000") != "8000"
    assert phone_tail("12") == ""
