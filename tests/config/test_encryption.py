import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from config.encryption import EncryptedTextField, fingerprint
from members.models import Member

FIELD = EncryptedTextField()


@given(st.text(min_size=1))
def test_text_comes_back_as_it_was(text: str) -> None:
    stored = FIELD.get_prep_value(text)
    assert text not in stored or len(text) < 3
    assert FIELD.from_db_value(stored, None, connection) == text


def test_empty_stays_empty() -> None:
    assert [FIELD.get_prep_value(value) for value in ("", None)] == ["", None]
    assert [FIELD.from_db_value(value, None, connection) for value in ("", None)] == ["", None]


def test_newest_key_writes_and_older_keys_still_read(settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_KEYS = [old]
    stored = FIELD.get_prep_value("电话")
    settings.FIELD_KEYS = [new, old]
    assert FIELD.from_db_value(stored, None, connection) == "电话"
    settings.FIELD_KEYS = [new]
    with pytest.raises(InvalidToken):
        FIELD.from_db_value(stored, None, connection)


def test_look_up_by_an_encrypted_value_is_refused() -> None:
    with pytest.raises(FieldError, match="phone is encrypted"):
        Member.objects.filter(phone="138")


def test_fingerprint_depends_on_purpose_and_key(settings) -> None:
    first = fingerprint("id", "11010119000101001X")
    assert first == fingerprint("id", "11010119000101001X")
    assert first != fingerprint("phone", "11010119000101001X")
    assert fingerprint("id", "") == ""
    settings.INDEX_KEY = "other"
    assert first != fingerprint("id", "11010119000101001X")
