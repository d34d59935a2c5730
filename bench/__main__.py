"""`make bench`: speed as ratios within one run, so that they mean the same on every machine."""

import re

from bench.load import Target, fetch, throughput
from bench.server import etag_of, folder_with_demo, web_server

SECONDS = 4.0
ROUNDS = 3
BASE = "/bench/same-bytes/"


def public_resolution(port: int) -> str:
    """The address of the first posted resolution, found as a stranger finds it."""
    _status, body = fetch(port, Target("/c/mochou/resolutions/"))
    found = re.search(rb'href="(/c/mochou/resolutions/\d+-\d+/)"', body)
    if not found:
        raise RuntimeError("the demo shows no posted resolution")
    return found.group(1).decode()


def best(port: int, target: Target) -> float:
    return max(throughput(port, target, seconds=SECONDS) for _round in range(ROUNDS))


def main() -> None:
    with folder_with_demo() as (folder, environment):
        (folder / "bench-page.html").write_bytes(b"")
        with web_server(environment) as port:
            page = public_resolution(port)
            _status, body = fetch(port, Target(page))
        (folder / "bench-page.html").write_bytes(body)
        with web_server(environment) as port:
            etag = etag_of(port, page)
            base = best(port, Target(BASE))
            full = best(port, Target(page))
            unchanged = best(port, Target(page, f"If-None-Match: {etag}\r\n", 304))
    print(f"the same {len(body)} bytes, same middleware   {base:8.0f} requests/s   1.00")
    print(f"public resolution page, 200              {full:8.0f} requests/s   {full / base:.2f}   goal 0.50")
    print(f"public resolution page, 304              {unchanged:8.0f} requests/s   {unchanged / base:.2f}   goal 0.50")


if __name__ == "__main__":
    main()
