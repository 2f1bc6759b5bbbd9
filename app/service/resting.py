"""How the background tasks of a running service wait."""

from __future__ import annotations

import asyncio


async def rest(stop: asyncio.Event, seconds: float) -> None:
    """So long, or until `stop` is set."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
