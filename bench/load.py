"""A small HTTP/1.1 load generator on loopback: keep-alive connections, each sending its next request on the answer."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Latency:
    """Milliseconds of one run."""

    p50: float
    p99: float
    per_second: float
    errors: int


def measure(port: int, bodies: list[dict[str, Any]], *, connections: int, requests: int) -> Latency:
    """Send `requests` checks over `connections` connections; every answer but 200 counts as an error."""
    raw = [_request(json.dumps(body).encode()) for body in bodies]
    return asyncio.run(_measure(port, raw, connections, requests))


def _request(body: bytes) -> bytes:
    head = ("POST /check HTTP/1.1", "Host: localhost", "Content-Type: application/json", f"Content-Length: {len(body)}")
    return "\r\n".join((*head, "", "")).encode() + body


async def _measure(port: int, raw: list[bytes], connections: int, requests: int) -> Latency:
    times: list[float] = []
    errors = 0

    async def client(offset: int) -> None:
        nonlocal errors
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for index in range(requests // connections):
            started = time.perf_counter()
            writer.write(raw[(offset + index) % len(raw)])
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(int(length.split(b":")[1]))
            times.append((time.perf_counter() - started) * 1000)
            errors += not head.startswith(b"HTTP/1.1 200")
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client(number * 7) for number in range(connections)))
    took = time.perf_counter() - began
    times.sort()
    return Latency(times[len(times) // 2], times[int(len(times) * 0.99)], len(times) / took, errors)
