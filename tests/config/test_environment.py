import stat
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from config.database import SQLITE_OPTIONS, database_from_url


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the house's data in which nothing stands yet, and no variable set."""
    folder = tmp_path / "var"
    monkeypatch.setattr(environment, "VAR_DIR", folder)
    monkeypatch.setattr(environment, "KEYS_FILE", folder / "keys.env")
    for name in ("EMBEDDED", "REDIS_URL", "SECRET_KEY", "FIELD_KEYS", "INDEX_KEY", "VAR_DIR"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return folder


def test_keys_are_made_once_for_the_owner_alone(house: Path) -> None:
    environment.make_embedded_keys()
    first = (house / "keys.env").read_text()
    environment.make_embedded_keys()
    assert (house / "keys.env").read_text() == first
    assert stat.S_IMODE((house / "keys.env").stat().st_mode) == 0o600
    assert [line.partition("=")[0] for line in first.splitlines()] == ["SECRET_KEY", "FIELD_KEYS", "INDEX_KEY"]


def test_what_is_set_wins_over_the_embedded_keys(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.make_embedded_keys()
    monkeypatch.setenv("INDEX_KEY", "mine")
    environment.load_embedded_keys()
    assert environment.required("INDEX_KEY") == "mine"
    assert len(environment.required("SECRET_KEY")) > 50


def test_embedded_is_manage_py_with_keys_and_nothing_else(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["manage.py", "check"])
    assert not environment.is_embedded()
    environment.make_embedded_keys()
    assert environment.is_embedded()
    monkeypatch.setattr(sys, "argv", ["granian"])
    assert not environment.is_embedded()
    monkeypatch.setenv("EMBEDDED", "1")
    assert environment.is_embedded()


def test_run_prepares_an_address_for_its_own_valkey(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VALKEY_PORT", "VALKEY_PASSWORD"):
        monkeypatch.setenv(name, "")
    environment.prepare_embedded_run()
    port, password = environment.os.environ["VALKEY_PORT"], environment.os.environ["VALKEY_PASSWORD"]
    assert environment.os.environ["REDIS_URL"] == f"redis://:{password}@127.0.0.1:{port}/0"


def test_run_leaves_a_given_server_alone(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")
    environment.prepare_embedded_run()
    assert environment.os.environ["REDIS_URL"] == "redis://elsewhere/0"


def test_folder_that_cannot_be_made_is_one_clear_line(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = house.parent / "file"
    blocked.write_text("")
    monkeypatch.setattr(environment, "VAR_DIR", blocked / "var")
    with pytest.raises(SystemExit, match="cannot be written to") as caught:
        environment.prepare_embedded_run()
    assert "\n" not in str(caught.value)


def test_missing_variable_is_named(house: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS is not set"):
        environment.required("FIELD_KEYS")


def test_lists_and_switches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME", " a, b ,,c ")
    assert environment.listed("SOME") == ["a", "b", "c"]
    assert environment.listed("NONE_SUCH", "x,y") == ["x", "y"]
    found = []
    for value in ("", "1", "on", "0", "no"):
        monkeypatch.setenv("SOME", value)
        found.append(environment.switched_on("SOME", default=True))
    assert found == [True, True, True, False, False]


def test_database_urls() -> None:
    sqlite = database_from_url("sqlite:////var/lib/house%201.sqlite3")
    assert (sqlite["NAME"], sqlite["OPTIONS"]) == ("/var/lib/house 1.sqlite3", SQLITE_OPTIONS)
    postgres = database_from_url("postgres://us%40er:p%2Fw@db.example:5433/house?sslmode=require&host=%2Ftmp")
    assert {
        name: postgres[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "CONN_MAX_AGE", "OPTIONS")
    } == {
        "NAME": "house",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "/tmp",  # noqa: S108 (a socket's folder)
        "PORT": "5433",
        "CONN_MAX_AGE": None,
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize("url", ["mysql://x/y", "house.sqlite3", ""])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="must begin with sqlite:// or postgres://"):
        database_from_url(url)
