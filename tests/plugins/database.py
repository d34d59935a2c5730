"""Chooses the tests' database engine before Django reads its settings.

`pytest --engine postgres`, or TEST_ENGINE=postgres; TEST_DATABASE_URL uses a server of one's own. Without either,
SQLite in files: live-server threads cannot share a database in memory. With xdist only the first process starts
the server; the workers inherit its address.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Generator
from pathlib import Path
from types import FrameType

import pytest

from tests.plugins.postgres import PostgresServer

STARTED: list[PostgresServer] = []
FOLDERS: list[Path] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=["sqlite", "postgres"],
        default=os.environ.get("TEST_ENGINE", "sqlite"),
        help="database engine of the tests (default: TEST_ENGINE, else sqlite)",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        signal.signal(signal.SIGTERM, _interrupt)
        early_config.add_cleanup(_clean_up)
        _choose_database(early_config.known_args_namespace.engine)
    return (yield)


def pytest_report_header() -> str:
    return f"database: {os.environ['DATABASE_URL'].partition(':')[0]}"


def _choose_database(engine: str) -> None:
    url = os.environ.get("TEST_DATABASE_URL", "")
    if not url and engine == "postgres":
        STARTED.append(PostgresServer())
        STARTED[-1].start()
        url = STARTED[-1].url
    if not url:
        FOLDERS.append(Path(tempfile.mkdtemp(prefix="house-tests-")))
        url = f"sqlite:///{FOLDERS[-1] / 'test.sqlite3'}"
    os.environ["DATABASE_URL"] = url


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _clean_up() -> None:
    while STARTED:
        STARTED.pop().stop()
    while FOLDERS:
        shutil.rmtree(FOLDERS.pop(), ignore_errors=True)
