"""Compiles the Chinese catalogue when it is older than its source, before Django reads it."""

import os
from collections.abc import Generator

import pytest

from config.catalogues import CATALOGUE, compile_catalogue, is_compiled


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    if "PYTEST_XDIST_WORKER" not in os.environ and not is_compiled(CATALOGUE):
        compile_catalogue(CATALOGUE)
    return (yield)
