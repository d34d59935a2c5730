"""`manage.py run`: the whole house on one machine. Web server, embedded Valkey, worker and beat start and stop together."""

import fcntl
import http.client
import os
import secrets
import socket
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

from config.catalogues import CATALOGUE, bring_up_to_date
from config.environment import switched_on
from config.processes import Program, Supervisor, WaitingMake, interrupt_on_signal
from config.valkey import valkey_answers, valkey_command

VALKEY_SECONDS = 30.0
TASK_SECONDS = 30.0  # a running task gets this long to finish; then it is delivered again after the next start
DEMO_SIGN_INS = (
    "secretary, deputy, member, branch1 … branch5, station, discipline, sysadmin, auditor"  # see desk's load_demo
)


class Command(BaseCommand):
    help = "Starts the web server, Valkey (unless REDIS_URL is set), the worker and beat; Ctrl-C stops them all."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if os.environ.get("EMBEDDED") != "1":
            raise CommandError("Start it as `make run` or `python manage.py run`.")
        self.host = os.environ.get("HOST") or "127.0.0.1"
        self.port = port_number(os.environ.get("PORT") or "8000")
        self.announced = False
        self.make = WaitingMake() if os.environ.get("MAKELEVEL") else None
        lock = take_lock(settings.VAR_DIR / "run.lock")
        refuse_busy_port(self.host, self.port)
        (settings.VAR_DIR / "log").mkdir(exist_ok=True)
        self.supervisor = Supervisor(say=self.say, on_tick=self.on_tick)
        try:
            is_stopped_on_request = self.run()
        finally:
            self.supervisor.stop(first=("web", "beat", "worker"), last=("valkey",))
            lock.close()
        if not is_stopped_on_request:
            sys.exit(1)
        self.say("Everything is stopped.")

    def run(self) -> bool:
        """Returns False when the house had to give up, True when it was asked to stop."""
        interrupt_on_signal()
        try:
            if "VALKEY_PORT" in os.environ:
                self.start_valkey()
            self.prepare()
        except KeyboardInterrupt:
            return True
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {str(error).strip()}") from None
        finally:
            self.supervisor.listen()
        for program in (web(self.host, self.port), worker(), beat()):
            self.supervisor.start(program, os.environ)
        return self.supervisor.watch()

    def start_valkey(self) -> None:
        port, password = int(os.environ["VALKEY_PORT"]), os.environ["VALKEY_PASSWORD"]
        folder = settings.VAR_DIR / "valkey"
        command = valkey_command(port=port, password=password, folder=folder, keep=True)
        child = self.supervisor.start(Program("valkey", command, log_file("valkey")), os.environ)
        deadline = time.monotonic() + VALKEY_SECONDS
        while not valkey_answers(port, password):
            if child.has_died() or time.monotonic() > deadline:
                raise CommandError(f"Valkey did not start; its log is {log_file('valkey')}.")
            time.sleep(0.05)

    def prepare(self) -> None:
        """Bring words, database and static files up to date; the demo community into an empty database."""
        bring_up_to_date(CATALOGUE)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if switched_on("DEMO", default=True) and not apps.get_model("branches", "Committee").objects.exists():
            self.load_demo()
        connections.close_all()

    def load_demo(self) -> None:
        self.say("Loading the demo community …")
        password = secrets.token_urlsafe(9)
        try:
            write_private(demo_password_file(), f"{password}\n")
            call_command("load_demo", password=password, verbosity=0)
        except BaseException:  # an interrupt, too: the next start loads it again, with another password
            demo_password_file().unlink(missing_ok=True)
            raise

    def on_tick(self) -> None:
        if self.make and self.make.was_told_to_stop():
            self.supervisor.stop_asked.set()
        self.announce()

    def announce(self) -> None:
        """Say once where the house is, as soon as its web server answers."""
        if self.announced or not web_answers(self.host, self.port):
            return
        self.announced = True
        self.say(f"The house stands at http://{address(self.host, self.port)}/ (Ctrl-C stops it)")
        if demo_password_file().exists():
            password = demo_password_file().read_text(encoding="utf-8").strip()
            self.say(f"Demo sign-ins: {DEMO_SIGN_INS}\nPassword of all of them: {password}")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def web(host: str, port: int) -> Program:
    """Two workers with two threads each: four threads in one worker lose a third of the throughput."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "2", "--respawn-failed-workers", "--workers-kill-timeout", "8"]
    return Program("web", [*command, "config.wsgi:application"], log_file("web"))


def worker() -> Program:
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-P", "threads", "--concurrency", "4"]
    command += ["--loglevel", "INFO", "--without-mingle", "--without-gossip"]
    return Program("worker", command, log_file("worker"), grace=TASK_SECONDS)


def beat() -> Program:
    command = [sys.executable, "-m", "celery", "-A", "config", "beat", "--loglevel", "INFO", "--pidfile="]
    return Program("beat", [*command, "--schedule", str(settings.VAR_DIR / "beat")], log_file("beat"))


def log_file(name: str) -> Path:
    return Path(settings.VAR_DIR) / "log" / f"{name}.log"


def demo_password_file() -> Path:
    return Path(settings.VAR_DIR) / "demo-password"


def port_number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise CommandError(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)


def take_lock(path: Path) -> TextIO:
    """One house per folder: the lock is free again when its holder ends, however it ends."""
    file = path.open("w", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CommandError(f"The house in {path.parent} is running already; stop it first.") from None
    return file


def refuse_busy_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            hint = f"choose another one, for example: PORT={port % 65535 + 1} make run"
            raise CommandError(f"Port {port} on {host} cannot be used ({reason}); {hint}") from None


def web_answers(host: str, port: int) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (we ask, we do not bind)
    connection = http.client.HTTPConnection(reachable, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
