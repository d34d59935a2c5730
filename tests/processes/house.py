"""A house of its own for a test: `manage.py run` in a folder of its own, on a free port."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import IO

import psutil

from config.valkey import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 90
LIMIT_SECONDS = 180.0  # a busy machine starts five Pythons slowly; only a hang takes longer
NOT_INHERITED = {
    "MAKELEVEL",
    "DATABASE_URL",
    "REDIS_URL",
    "DJANGO_SETTINGS_MODULE",
    "SECRET_KEY",
    "FIELD_KEYS",
    "INDEX_KEY",
    "HTTPS",
}


@dataclass
class House:
    folder: Path
    port: int = field(default_factory=free_port)
    command: tuple[str, ...] = (sys.executable, "manage.py", "run")
    process: subprocess.Popen[str] | None = None
    reader: Thread | None = None
    lines: list[str] = field(default_factory=list)

    def start(self, **environment: str) -> None:
        """Start it and wait until it says where it stands."""
        process = self.launch(**environment)
        wait_until(lambda: self._stands() or process.poll() is not None, START_SECONDS)
        assert self._stands(), self.lines

    def launch(self, **environment: str) -> subprocess.Popen[str]:
        """Start it and keep what it says."""
        self.lines.clear()
        process = self.process = self.popen(**environment)
        self.reader = Thread(target=self._keep_lines, args=[process.stdout])
        self.reader.start()
        return process

    def popen(self, **environment: str) -> subprocess.Popen[str]:
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        own = {"VAR_DIR": str(self.folder), "PORT": str(self.port), "DEMO": "0", **environment}
        return subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=inherited | own,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=hear_signals,
        )

    def refused(self, **environment: str) -> list[str]:
        """Start it where it must refuse; returns what it said."""
        process = self.popen(**environment)
        said, _ = process.communicate(timeout=LIMIT_SECONDS)
        assert process.returncode == 1, said
        return said.splitlines()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal and wait; returns the exit code."""
        assert self.process
        self.process.send_signal(number)
        return self._end()

    def kill(self) -> None:
        """SIGKILL to `manage.py run` alone; what it started has to notice by itself."""
        assert self.process
        self.process.kill()
        self._end()

    def _end(self) -> int:
        assert self.process
        assert self.reader
        code = self.process.wait(LIMIT_SECONDS)
        self.reader.join(LIMIT_SECONDS)
        return code

    def _keep_lines(self, said: IO[str]) -> None:
        with said:
            for line in said:
                self.lines.append(line.rstrip())

    def _stands(self) -> bool:
        return any("The house stands at" in line for line in self.lines)

    def get(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def child(self, name: str) -> psutil.Process | None:
        """What `manage.py run` itself started under this name, when it is alive."""
        assert self.process
        own = [process for process in self.processes() if process.ppid() == self.process.pid]
        return next((process for process in own if name in " ".join(process.cmdline())), None)

    def processes(self) -> list[psutil.Process]:
        """Everything alive that was started with this house's folder, however it was started, parents first."""
        found = [process for process in psutil.process_iter() if self._belongs(process)]
        return sorted(found, key=lambda process: (process.create_time(), process.pid))

    def listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _belongs(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get("VAR_DIR") == str(self.folder) and process.status() != psutil.STATUS_ZOMBIE
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False


def hear_signals() -> None:
    """In the child: not deaf to what the test sends, also where the tests run under nohup or in the background."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def wait_until(condition: object, seconds: float = LIMIT_SECONDS) -> None:
    """Poll until the callable is true; processes of their own give no event to wait for."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)
