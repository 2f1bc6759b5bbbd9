"""A promoted model and changed policies are taken while the service runs: every two seconds, and on SIGHUP."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.service.serving import Live, Part

EVERY = 2.0


async def follow(
    live: Live,
    stop: asyncio.Event,
    *,
    every: float = EVERY,
    refused: Callable[[Part], None] = lambda part: None,
) -> None:
    """Keep `live` at what is to serve until `stop` is set. `refused` is called for a model or policies that can't."""
    hangup = asyncio.Event()
    with _on_hangup(hangup.set):
        while not stop.is_set():
            await _first(stop, hangup, seconds=every)
            again = hangup.is_set()
            hangup.clear()
            if stop.is_set():
                return
            for part in await asyncio.to_thread(live.refresh, again=again):
                refused(part)


@contextmanager
def _on_hangup(call: Callable[[], None]) -> Iterator[None]:
    """Call on SIGHUP, where there is one to hear; at a terminal it still means that the terminal has gone."""
    loop = asyncio.get_running_loop()
    try:
        heard = not _at_terminal()
        if heard:
            loop.add_signal_handler(signal.SIGHUP, call)
    except (AttributeError, NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
        heard = False
    try:
        yield
    finally:
        if heard:
            loop.remove_signal_handler(signal.SIGHUP)


def _at_terminal() -> bool:
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()


async def _first(*events: asyncio.Event, seconds: float) -> None:
    """Wait until one of them is set, or so long."""
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
