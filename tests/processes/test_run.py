"""`manage.py run` with real processes: it starts, refuses, revives, and leaves nothing behind."""

import signal
import socket
import stat
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.processes.house import House, wait_until

pytestmark = pytest.mark.processes


@pytest.fixture
def house(tmp_path: Path) -> Generator[House]:
    house = House(tmp_path / "var")
    yield house
    for process in house.processes():
        process.kill()
    if house.process and house.process.poll() is None:
        house.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_run_leaves_nothing_behind_when_signalled(house: House, number: signal.Signals) -> None:
    house.start()
    wait_until(lambda: house.get("/accounts/login/") == 200)
    assert len(house.processes()) >= 7  # itself, Valkey, web and its two workers, worker, beat

    assert house.stop(number) == 0
    assert house.lines[-1] == "Everything is stopped."
    assert house.processes() == []
    assert not house.listens()


def test_run_killed_outright_leaves_no_process(house: House) -> None:
    house.start()
    house.kill()
    wait_until(lambda: house.processes() == [])
    assert not house.listens()


def test_second_run_keeps_keys_and_data(house: House) -> None:
    house.start()
    house.stop()
    keys, database = house.folder / "keys.env", house.folder / "house.sqlite3"
    before = keys.read_text(encoding="utf-8")
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    inode = database.stat().st_ino

    house.start()
    assert house.stop() == 0
    assert keys.read_text(encoding="utf-8") == before
    assert database.stat().st_ino == inode


def test_second_run_in_the_same_folder_is_refused(house: House) -> None:
    house.start()
    second = House(house.folder)
    assert second.refused() == [f"CommandError: The house in {house.folder} is running already; stop it first."]
    assert house.stop() == 0


def test_busy_port_is_refused_in_one_line(house: House) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", house.port))
        other.listen()
        said = house.refused()
    assert said == [
        f"CommandError: Port {house.port} on 127.0.0.1 cannot be used (Address already in use); "
        f"choose another one, for example: PORT={house.port % 65535 + 1} make run"
    ]


def test_wrong_port_is_refused_in_one_line(house: House) -> None:
    assert house.refused(PORT="eight") == ["CommandError: PORT is 'eight'; it must be a number from 1 to 65535."]


def test_unwritable_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()  # also root cannot make a folder inside a file
    folder = tmp_path / "file" / "var"
    assert House(folder).refused() == [
        f"The folder for the house's data cannot be written to: {folder} (Not a directory). VAR_DIR=… names another."
    ]


def test_unusable_database_is_refused_in_one_line(house: House, tmp_path: Path) -> None:
    said = house.refused(DATABASE_URL=f"sqlite:///{tmp_path}")  # a folder
    assert said == ["CommandError: The database cannot be used: unable to open database file"]
    assert house.processes() == []


def test_valkey_that_does_not_start_is_refused_in_one_line(house: House) -> None:
    (house.folder / "valkey").mkdir(parents=True)
    (house.folder / "valkey" / "appendonlydir").touch()  # it wants a folder of this name
    log = house.folder / "log" / "valkey.log"
    assert house.refused() == [f"CommandError: Valkey did not start; its log is {log}."]
    assert house.processes() == []


@pytest.mark.parametrize("name", ["celery -A config worker", "celery -A config beat", "granian", "valkey-server"])
def test_killed_program_is_started_again(house: House, name: str) -> None:
    house.start()
    killed = house.child(name)
    assert killed
    killed.kill()

    wait_until(lambda: (revived := house.child(name)) and revived.pid != killed.pid)
    wait_until(lambda: house.get("/accounts/login/") == 200 if house.listens() else False)
    assert house.stop() == 0
    assert [line for line in house.lines if "was killed by SIGKILL; starting it again" in line]
    assert house.processes() == []


def test_program_that_keeps_dying_stops_everything(house: House) -> None:
    said = house.refused(REDIS_URL="no-such-scheme://127.0.0.1/0")
    assert said[-1].endswith("died 5 times in a row; stopping everything.")
    assert house.processes() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_to_make_alone_stops_everything(house: House, tmp_path: Path, number: signal.Signals) -> None:
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"run:\n\t@exec {sys.executable} manage.py run\n", encoding="utf-8")
    house.command = ("make", "--file", str(makefile), "run")
    house.start()
    house.stop(number)
    assert "Everything is stopped." in house.lines
    assert house.processes() == []


def test_demo_is_loaded_once_and_its_password_kept(house: House) -> None:
    house.start(DEMO="1")
    assert house.stop() == 0
    kept = house.folder / "demo-password"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    line = f"Password of all of them: {kept.read_text(encoding='utf-8').strip()}"
    assert line in house.lines

    house.start(DEMO="1")
    assert house.stop() == 0
    assert line in house.lines
    assert "Loading the demo community …" not in house.lines


def test_demo_interrupted_while_loading_is_loaded_by_the_next_start(house: House) -> None:
    kept = house.folder / "demo-password"
    house.launch(DEMO="1")
    wait_until(kept.exists)
    assert house.stop(signal.SIGINT) == 0
    assert house.lines == ["Loading the demo community …", "Everything is stopped."]
    assert not kept.exists()
    assert house.processes() == []

    house.start(DEMO="1")
    assert house.stop() == 0
    assert house.lines[0] == "Loading the demo community …"
    assert f"Password of all of them: {kept.read_text(encoding='utf-8').strip()}" in house.lines
