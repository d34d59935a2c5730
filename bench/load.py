"""A small load from one process: keep-alive connections, one request after the other on each, for a fixed time."""

import socket
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    path: str
    headers: str = ""
    status: int = 200


def _read_answer(connection: socket.socket) -> tuple[int, bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        body += connection.recv(65536)
    return int(head.split(b" ", 2)[1]), body


def fetch(port: int, target: Target) -> tuple[int, bytes]:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(_request(target))
        return _read_answer(connection)


def _request(target: Target) -> bytes:
    return f"GET {target.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{target.headers}\r\n".encode()


def throughput(port: int, target: Target, *, seconds: float, connections: int = 4) -> float:
    """Requests per second; AssertionError when an answer has another status than the target's."""
    done = [0] * connections
    wrong: list[int] = []
    end = time.monotonic() + seconds

    def work(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            while time.monotonic() < end:
                connection.sendall(_request(target))
                status, _body = _read_answer(connection)
                if status != target.status:
                    wrong.append(status)
                    return
                done[number] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise AssertionError(f"{target.path}: {wrong[0]} instead of {target.status}")
    return sum(done) / seconds
