"""`make bench`: the service beside a no-op endpoint with the same models, in one run; stages; memory; start-up."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import drafts, stages
from bench.load import Latency, measure

ROUNDS = 5
REQUESTS = 1600


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _serving(command: list[str], port: int, path: str, environment: dict[str, str]) -> Iterator[tuple[int, float]]:
    """Start a server; yields its process id and the seconds until `path` answered."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}{path}", process)
        yield process.pid, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(timeout=15)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(3000):
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, ConnectionError):
            if process.poll() is not None:
                raise SystemExit(f"the server ended with {process.returncode}") from None
            time.sleep(0.01)
    raise SystemExit("the server never answered")


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def main() -> None:
    bodies = drafts.requests()
    noop_port, port = _free_port(), _free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PREPOST_DATA_DIR": folder}
        noop = [sys.executable, "-m", "uvicorn", "bench.noop:app", "--port", str(noop_port), "--no-access-log"]
        ours = [str(Path(sys.executable).with_name("prepost")), "serve", "--port", str(port)]
        with _serving(ours, port, "/readyz", environment):
            pass  # makes the database, so that the start measured below is an ordinary one
        with (
            _serving(noop, noop_port, "/openapi.json", environment),
            _serving(ours, port, "/readyz", environment) as (pid, ready),
        ):
            print(f"ready after {ready:.2f} s; resident {_resident_mb(pid):.0f} MB at start")
            for connections in (1, 16):
                _compare(noop_port, port, bodies, connections)
            print(f"resident {_resident_mb(pid):.0f} MB after the load")
    stages.report(bodies)


def _compare(noop_port: int, port: int, bodies: list[dict[str, object]], connections: int) -> None:
    """Both servers in turn, so that a change of the machine's speed meets both."""
    pairs: list[tuple[Latency, Latency]] = []
    for target in (noop_port, port):
        measure(target, bodies, connections=connections, requests=400)
    for _ in range(ROUNDS):
        pairs.append(
            (
                measure(noop_port, bodies, connections=connections, requests=REQUESTS),
                measure(port, bodies, connections=connections, requests=REQUESTS),
            )
        )
    for name in ("p50", "p99"):
        theirs = _median([getattr(noop, name) for noop, _ in pairs])
        own = _median([getattr(check, name) for _, check in pairs])
        ratio = _median([getattr(check, name) / getattr(noop, name) for noop, check in pairs])
        print(f"{connections:>2} connections  {name}  no-op {theirs:.2f} ms  /check {own:.2f} ms  ratio {ratio:.1f}")
    errors = sum(noop.errors + check.errors for noop, check in pairs)
    print(f"{connections:>2} connections  {pairs[-1][1].per_second:.0f} checks a second, {errors} errors")


if __name__ == "__main__":
    main()
