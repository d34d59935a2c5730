"""Compiles the Chinese catalogue before the first test when it is older than its source."""

import os

from config.catalogues import CATALOGUE, compile_catalogue, is_compiled


def pytest_sessionstart() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ and not is_compiled(CATALOGUE):
        compile_catalogue(CATALOGUE)
