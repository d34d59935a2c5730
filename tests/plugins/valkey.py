"""A Valkey of the tests' own, and a clean cache for every test."""

import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest
from django.core.cache import cache

from config.valkey import answers, free_port, valkey_command


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """Address of a real, empty Valkey server."""
    folder: Path = tmp_path_factory.mktemp("valkey")
    port = free_port()
    process = subprocess.Popen(
        valkey_command(port=port, folder=folder, keep=False),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert answers(port), "the embedded Valkey did not start"
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture(autouse=True)
def _clean_cache() -> Generator[None]:
    yield
    cache.clear()
