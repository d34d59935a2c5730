from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def english() -> Iterator[None]:
    """Errors in English, whose words the tests look for."""
    with translation.override("en"):
        yield
