"""Encrypted fields and keyed fingerprints. A wrong key is loud, a look-up by an encrypted value is refused."""

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    return _cipher(tuple(settings.FIELD_KEYS))


def fingerprint(purpose: str, value: str) -> str:
    """A keyed hash (HMAC-SHA-256 with INDEX_KEY) for equality and uniqueness; "" stays ""."""
    if not value:
        return ""
    return hmac.new(settings.INDEX_KEY.encode(), f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that is encrypted in the database with the newest of FIELD_KEYS; raises InvalidToken when no key fits."""

    def get_prep_value(self, value: Any) -> Any:
        if not value:
            return value
        return cipher().encrypt(str(value).encode()).decode()

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return cipher().decrypt(value.encode()).decode() if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is encrypted: it cannot be looked up by {lookup_name}.")
