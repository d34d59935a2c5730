"""Starting, reviving and stopping programs, with the smallest programs there are."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.processes import LOG_BYTES, Program, Supervisor, WaitingMake, caught_signals, describe_end
from tests.processes.house import wait_until

NO_SUCH_PROCESS = 2**22 + 1  # Linux gives no greater number than 2**22
STUBBORN = ("sh", "-c", "trap '' TERM; echo ready; exec sleep 600")  # what is ignored stays so in the next program


@pytest.fixture
def supervisor() -> Generator[Supervisor]:
    supervisor = Supervisor(say=lambda line: None)
    yield supervisor
    for child in supervisor.children:
        child.signal_group(signal.SIGKILL)


def started(supervisor: Supervisor, log: Path, *, grace: float) -> subprocess.Popen[bytes]:
    process = supervisor.start(Program("stubborn", STUBBORN, log, grace=grace), os.environ).process
    assert process
    wait_until(lambda: log.read_text(encoding="utf-8") == "ready\n")
    return process


def test_program_deaf_to_a_request_is_killed_after_its_grace(supervisor: Supervisor, tmp_path: Path) -> None:
    process = started(supervisor, tmp_path / "log", grace=0.2)
    supervisor.stop(first=["stubborn"], last=[])
    assert describe_end(process.wait()) == "was killed by SIGKILL"


def test_second_request_to_stop_waits_for_nobody(supervisor: Supervisor, tmp_path: Path) -> None:
    process = started(supervisor, tmp_path / "log", grace=600.0)
    supervisor.ask_to_stop()
    supervisor.ask_to_stop()
    before = time.monotonic()
    supervisor.stop(first=["stubborn"], last=[])
    assert time.monotonic() - before < 300
    assert describe_end(process.wait()) == "was killed by SIGKILL"


def test_log_grown_too_long_is_put_aside(supervisor: Supervisor, tmp_path: Path) -> None:
    log = tmp_path / "program.log"
    log.write_bytes(b"x" * (LOG_BYTES + 1))
    for _time in range(2):
        process = supervisor.start(Program("short", ("echo", "new"), log), os.environ).process
        assert process
        assert process.wait() == 0
    assert log.read_text(encoding="utf-8") == "new\nnew\n"
    assert log.with_suffix(".log.1").stat().st_size == LOG_BYTES + 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has ended")
def test_program_is_to_end_with_the_one_that_started_it() -> None:
    code = (
        "import ctypes; from config.processes import die_with_parent; die_with_parent(); "
        "number = ctypes.c_int(); ctypes.CDLL(None).prctl(2, ctypes.byref(number)); print(number.value)"  # PR_GET_PDEATHSIG
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(answer.stdout) == signal.SIGTERM


def test_caught_signals_are_those_with_a_handler() -> None:
    old = signal.signal(signal.SIGUSR1, lambda *_: None)
    with_handler = caught_signals(os.getpid())
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    without = caught_signals(os.getpid())
    signal.signal(signal.SIGUSR1, old)
    assert with_handler ^ without == 1 << signal.SIGUSR1 - 1
    assert caught_signals(NO_SUCH_PROCESS) == 0


def test_make_that_waits_unchanged_has_told_nothing() -> None:
    assert WaitingMake().was_told_to_stop() is False


def test_run_without_its_preparation_is_refused() -> None:
    with pytest.raises(CommandError) as error:
        call_command("run")
    assert str(error.value) == "Start it as `make run` or `python manage.py run`."
