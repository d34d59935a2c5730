"""A Valkey of the tests' own, and a clean cache for every test."""

import subprocess
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from django.core.cache import cache

from config.processes import die_with_parent
from config.valkey import free_port, valkey_answers, valkey_command, valkey_url

START_SECONDS = 20


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """Address of a real, empty Valkey server."""
    folder: Path = tmp_path_factory.mktemp("valkey")
    port, password = free_port(), "test"
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            valkey_command(port=port, password=password, folder=folder, keep=False),
            stdout=log,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
    deadline = time.monotonic() + START_SECONDS
    while not valkey_answers(port, password):
        assert time.monotonic() < deadline, (folder / "log").read_text()
        time.sleep(0.05)
    yield valkey_url(port, password)
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture(autouse=True)
def _clean_cache() -> Generator[None]:
    yield
    cache.clear()
