"""What identifies a person: the ID number and its check, initials for searching, the phone's tail."""

import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pypinyin import Style, lazy_pinyin, pinyin

from config.encryption import fingerprint

ID_NUMBER = re.compile(r"\d{17}[\dX]")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
MAX_READINGS = 6
MAX_LETTERS = 12  # six readings of twelve letters fit the column


def tidy(text: str) -> str:
    """Full-width digits and letters made plain, spaces at the ends and doubled ones removed."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def tidy_number(text: str) -> str:
    """An ID or phone number as it is kept: plain capitals and digits without any space."""
    return tidy(text).replace(" ", "").upper()


def check_character(first_seventeen: str) -> str:
    """The eighteenth character by ISO 7064 MOD 11-2."""
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def born_by_id_number(id_number: str) -> date | None:
    """The date in places 7 to 14, or None when there is no such day."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def check_id_number(id_number: str, birth_date: date | None, is_male: bool | None) -> None:
    """ValidationError unless length, date and check character are right and agree with what else is known."""
    if not ID_NUMBER.fullmatch(id_number):
        raise ValidationError(
            _("An ID number has 18 characters: 17 digits, then a digit or X. You typed %(count)s characters."),
            params={"count": len(id_number)},
        )
    born = born_by_id_number(id_number)
    if born is None:
        raise ValidationError(_("Places 7 to 14 of the ID number must be a date of birth, e.g. 19520314."))
    if check_character(id_number[:17]) != id_number[17]:
        raise ValidationError(_("The last character of the ID number does not fit the others: a digit is mistyped."))
    if birth_date is not None and born != birth_date:
        raise ValidationError(
            _("The ID number says born on %(id_day)s, the date of birth says %(day)s. Correct the wrong one."),
            params={"id_day": born.isoformat(), "day": birth_date.isoformat()},
        )
    if is_male is not None and bool(int(id_number[16]) % 2) != is_male:
        raise ValidationError(
            _("The 17th digit of an ID number is odd for men and even for women: it does not fit the sex.")
        )


def id_fingerprint(id_number: str) -> str:
    return fingerprint("id_number", id_number)


def phone_tail(phone: str) -> str:
    """A keyed fingerprint of the last four digits, for searching; "" for a phone with fewer."""
    digits = re.sub(r"\D", "", phone)
    return fingerprint("phone_tail", digits[-4:]) if len(digits) >= 4 else ""


def initials(name: str) -> str:
    """Lower-case pinyin initials, once for every reading of the surname: 单田芳 → "dtf stf ctf"."""
    letters = [part for part in name if part.isalnum()]
    if not letters:
        return ""
    rest = "".join(part[:1].lower() for part in lazy_pinyin("".join(letters), Style.FIRST_LETTER, errors=list)[1:])  # type: ignore[arg-type]
    readings = pinyin(letters[0], Style.FIRST_LETTER, heteronym=True, errors=list)[0]  # type: ignore[arg-type]
    variants = dict.fromkeys((reading[:1].lower() + rest)[:MAX_LETTERS] for reading in readings)
    return " ".join(list(variants)[:MAX_READINGS])
