"""A house in a temporary folder with the demo in it, on a free port, for the time of the bench."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from bench.load import Target, fetch
from config.valkey import free_port, valkey_answers, valkey_command, valkey_url


@contextmanager
def folder_with_demo() -> Generator[tuple[Path, dict[str, str]]]:
    """A VAR_DIR with keys, database, static files and demo; and the environment that uses it."""
    with tempfile.TemporaryDirectory(prefix="house-bench-") as name:
        folder = Path(name)
        port = free_port()
        valkey = subprocess.Popen(
            valkey_command(port=port, password=name[-8:], folder=folder / "valkey", keep=False),
            stdout=subprocess.DEVNULL,
        )
        try:
            if not _answers_soon(port, name[-8:]):
                raise RuntimeError("the embedded Valkey did not start")
            environment = os.environ | {
                "VAR_DIR": name,
                "EMBEDDED": "1",
                "REDIS_URL": valkey_url(port, name[-8:]),
                "DJANGO_SETTINGS_MODULE": "config.settings",
            }
            make = "from config.environment import make_embedded_keys; make_embedded_keys()"
            subprocess.run([sys.executable, "-c", make], env=environment, check=True)
            for command in (["migrate"], ["collectstatic", "--no-input"], ["load_demo"]):
                subprocess.run([sys.executable, "manage.py", *command, "-v0"], env=environment, check=True)
            yield folder, environment
        finally:
            valkey.terminate()
            valkey.wait()


def _answers_soon(port: int, password: str) -> bool:
    deadline = time.monotonic() + 10
    while not valkey_answers(port, password):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@contextmanager
def web_server(environment: dict[str, str]) -> Generator[int]:
    """granian as `manage.py run` starts it, with the bench's settings; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2"]
    command += ["--blocking-threads", "2", "--log-level", "error", "config.wsgi:application"]
    process = subprocess.Popen(command, env=environment | {"DJANGO_SETTINGS_MODULE": "bench.settings"})
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            fetch(port, Target("/healthz"))
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the web server did not answer within 60 seconds")


def etag_of(port: int, path: str) -> str:
    """The ETag header of a page."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        data = b""
        while chunk := connection.recv(65536):
            data += chunk
    found = re.search(rb"(?im)^etag: *([^\r\n]+)", data)
    if not found:
        raise RuntimeError(f"{path} carries no ETag")
    return found.group(1).decode()
