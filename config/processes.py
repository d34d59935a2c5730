"""Starts programs, keeps them alive and stops them so that nothing is left behind.

Each program has a process group of its own: a Ctrl-C in the terminal reaches only us, and what a program started
itself ends with it. No program outlives us, not even after kill -9.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

QUICK_SECONDS = 60.0  # a program that dies sooner than this counts towards giving up
QUICK_DEATHS_ALLOWED = 5
TICK_SECONDS = 0.25
LOG_BYTES = 5_000_000


@dataclass(frozen=True)
class Program:
    name: str
    command: Sequence[str]
    log: Path
    grace: float = 10.0  # seconds between SIGTERM and SIGKILL


@dataclass
class Child:
    """One program that should be running, and the process that runs it now (or will again at `start_at`)."""

    program: Program
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        rotate(self.program.log)
        with self.program.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 (our own programs)
                self.program.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self.started = time.monotonic()

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def bury(self) -> int:
        """Remove what a dead process left of its group; returns its exit code."""
        assert self.process is not None  # noqa: S101 (has_died() was asked)
        code = self.process.wait()
        self.signal_group(signal.SIGKILL)
        self.process = None
        lived = time.monotonic() - self.started
        self.quick_deaths = self.quick_deaths + 1 if lived < QUICK_SECONDS else 0
        self.start_at = time.monotonic() + (2.0 ** (self.quick_deaths - 1) if self.quick_deaths else 0.0)
        return code

    def signal_group(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError):  # the group is empty
            os.killpg(self.process.pid, number)

    def wait_or_kill(self, deadline: float) -> None:
        """Wait for the end until the deadline, then end the whole group."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.signal_group(signal.SIGKILL)
            self.process.wait()
        self.signal_group(signal.SIGKILL)
        self.process = None


@dataclass
class Supervisor:
    """Keeps children alive until it is asked to stop. `say` prints a line; `on_tick` runs a few times a second."""

    say: Callable[[str], None]
    on_tick: Callable[[], None] = lambda: None
    children: list[Child] = field(default_factory=list)
    stop_asked: Event = field(default_factory=Event)
    hurry: bool = False

    def listen(self) -> None:
        """From now on SIGINT, SIGTERM and SIGHUP ask to stop; a second one does not wait."""
        for number in stop_signals():
            signal.signal(number, lambda *_: self.ask_to_stop())

    def ask_to_stop(self) -> None:
        self.hurry = self.stop_asked.is_set()
        self.stop_asked.set()

    def start(self, program: Program, environment: Mapping[str, str]) -> Child:
        child = Child(program, environment)
        self.children.append(child)
        child.start()
        return child

    def watch(self) -> bool:
        """Returns when asked to stop (True), or when a program keeps dying (False)."""
        while not self.stop_asked.wait(TICK_SECONDS):
            for child in self.children:
                self._revive(child)
                if child.quick_deaths >= QUICK_DEATHS_ALLOWED:
                    self.say(f"{child.program.name} died {child.quick_deaths} times in a row; stopping everything.")
                    return False
            self.on_tick()
        return True

    def stop(self, first: Sequence[str], last: Sequence[str]) -> None:
        """SIGTERM to the first ones in this order, wait for them, then the last ones."""
        for names in (first, last):
            children = [child for name in names for child in self.children if child.program.name == name]
            for child in children:
                child.signal_group(signal.SIGTERM)
            asked = time.monotonic()
            for child in children:
                self._wait(child, asked + child.program.grace)

    def _wait(self, child: Child, deadline: float) -> None:
        while child.process and child.process.poll() is None and not self.hurry and time.monotonic() < deadline:
            time.sleep(0.05)
        child.wait_or_kill(time.monotonic())

    def _revive(self, child: Child) -> None:
        if child.has_died():
            code = child.bury()
            self.say(f"{child.program.name} {describe_end(code)}; starting it again. {last_line(child.program.log)}")
        if child.process is None and time.monotonic() >= child.start_at:
            child.start()


def stop_signals() -> list[signal.Signals]:
    """Under nohup SIGHUP stays ignored."""
    is_kept = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    return [signal.SIGINT, signal.SIGTERM, *([] if is_kept else [signal.SIGHUP])]


def interrupt_on_signal() -> None:
    """While there is nothing to stop in order yet, a signal interrupts whatever is being done."""
    for number in stop_signals():
        signal.signal(number, signal.default_int_handler)


def describe_end(code: int) -> str:
    return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"


def last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f"Its log ends: {lines[-1][:200]} ({log})" if lines else f"Its log is empty ({log})"


def rotate(log: Path) -> None:
    """Keep one older log; a house that runs for months does not fill the disk."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))


def die_with_parent() -> None:
    """In the child, before it becomes the program: ask Linux for SIGTERM when the process that started it ends."""
    if sys.platform == "linux":  # pragma: no branch - elsewhere (a developer's Mac) nothing of the kind exists
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def caught_signals(process: int) -> int:
    """The signals for which a process has a handler, as the kernel's mask; 0 where that cannot be seen."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return next((int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigCgt")), 0)


class WaitingMake:
    """The `make` that waits for us. It passes SIGTERM on, but after SIGINT or SIGHUP it only waits for us to end.

    (A terminal sends those two to everybody, `kill` does not.) It shows in that make gives up its handler.
    """

    def __init__(self) -> None:
        self.process = os.getppid()
        self.handlers = caught_signals(self.process)

    def was_told_to_stop(self) -> bool:
        return os.getppid() != self.process or caught_signals(self.process) != self.handlers
