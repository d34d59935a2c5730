"""Compiles the Chinese catalogue when it is older than its source, before Django reads it."""

import os
from collections.abc import Generator

import pytest

from config.catalogues import CATALOGUE, bring_up_to_date


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        bring_up_to_date(CATALOGUE)
    return (yield)
