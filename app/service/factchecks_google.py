"""Asks Google Fact Check Tools, beside the checks: each sentence once, seldom enough, and never for long.

The key goes in a header, not in the URL, and what the server says of a request is never repeated: so neither the key
nor a draft's words reach a log, an error or a reply.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

import httpx

from app.domain import FactCheck
from app.egress import Refused, Transport
from app.engine import Broken, attempt, place_of
from app.factchecks import google
from app.factchecks.google import BadAnswer, Question
from app.service.check import SERVICE
from app.service.factchecks_answer import GOOGLE, Answer
from app.service.factchecks_cache import Aging, Clock, Quota

log = logging.getLogger(__name__)
Counted = Callable[[str, str], None]
"""told of each request: the source, and what came of it"""
_REMEMBERED = 2_000
_AT_ONCE = 8
_THREADS = 4
_FAILURES = 3
_REFUSED = (401, 403)
_TOO_MANY = 429
_BAD_KEY = b"API_KEY_INVALID"
_LATE = "the look-up at Google Fact Check Tools was not back in time; GET /v1/checks/{id}/fact-checks tells when it is"


@dataclass(frozen=True, slots=True)
class Asking:
    """Where and how often. Times are seconds."""

    key: str = field(repr=False)
    url: str = google.ENDPOINT
    allow_private: bool = False
    timeout: float = 3.0
    per_day: int = 1_000
    per_minute: int = 60
    keep_answer: float = 86_400.0
    keep_failure: float = 60.0
    pause_down: float = 30.0
    """after three failures in a row"""
    pause_quota: float = 300.0
    """after a 429 that doesn't say how long"""
    pause_key: float = 600.0
    longest_pause: float = 86_400.0


class _Failed(Exception):
    """Why there is no answer, and for how long nobody is asked because of it."""

    def __init__(self, reason: str, pause: float = 0.0) -> None:
        super().__init__(reason)
        self.reason, self.pause = reason, pause


class Google:
    """The connector of a running service. All but `known` and `note` belongs to the event loop that runs it."""

    def __init__(self, asking: Asking, clock: Clock = time.monotonic) -> None:
        self._asking, self._clock = asking, clock
        self._memory: Aging[Question, Answer] = Aging(_REMEMBERED, clock)
        self._quota = Quota(asking.per_day, asking.per_minute, clock)
        self._under_way: dict[Question, asyncio.Task[Answer]] = {}
        self._client: httpx.AsyncClient | None = None
        self._threads: ThreadPoolExecutor | None = None
        self._failures = 0
        self._pause: tuple[str, float] = ("", float("-inf"))
        self._counted: Counted = lambda source, outcome: None

    async def run(self, stop: asyncio.Event, counted: Counted) -> None:
        """Open for questions until `stop` is set."""
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it would log each URL, and a draft's words are in it
        self._counted = counted
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="fact-checks")
        transport = Transport(allow_private=self._asking.allow_private, threads=self._threads)
        async with httpx.AsyncClient(transport=transport, follow_redirects=False, trust_env=False) as client:
            self._client = client
            await stop.wait()
            self._client = None
            tasks = list(self._under_way.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    @property
    def note(self) -> str | None:
        """Why nobody is asked just now; None where somebody would be."""
        reason, until = self._pause
        left = until - self._clock()
        return f"{reason}; nothing is asked for another {max(1, round(left))} s" if left > 0 else None

    def known(self, asked: Question) -> Answer | None:
        """What is remembered of it."""
        return self._memory.get(asked)

    def ask(self, asked: Question) -> Answer:
        """What is known of it, or that it is being looked up from now on, or why it isn't."""
        if (known := self.known(asked)) is not None:
            return known
        task = self._under_way.get(asked)
        if task is not None:
            return _pending(task)
        reason, until = self._pause
        if until > self._clock():
            return Answer(GOOGLE, "failed", reason)
        if self._client is None:
            return _unasked("the connector to Google Fact Check Tools is not running")
        if len(self._under_way) >= _AT_ONCE:
            return _unasked(f"{_AT_ONCE} look-ups at Google Fact Check Tools are under way already")
        if (used_up := self._quota.take()) is not None:
            self._counted(GOOGLE, "quota")
            return _unasked(used_up)
        task = asyncio.create_task(self._look_up(self._client, asked))
        self._under_way[asked] = task
        task.add_done_callback(partial(self._ended, asked))
        return _pending(task)

    def _ended(self, asked: Question, task: asyncio.Task[Answer]) -> None:
        self._under_way.pop(asked, None)
        if not task.cancelled() and (error := task.exception()) is not None:  # its message may hold the draft's words
            log.error("a look-up failed: %s at %s", type(error).__name__, place_of(error))

    async def _look_up(self, client: httpx.AsyncClient, asked: Question) -> Answer:
        try:
            async with asyncio.timeout(self._asking.timeout):
                body = await self._get(client, asked)
                found = await self._read(body, asked)
        except _Failed as failure:
            return self._failed(asked, failure)
        except TimeoutError:
            return self._failed(asked, _Failed(f"no whole answer in {self._asking.timeout:g} seconds"))
        except Refused:
            return self._failed(asked, _Failed("its name can't be resolved, or leads to an address that is not public"))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, ValueError) as error:
            return self._failed(asked, _Failed(f"no connection, or it broke off: {type(error).__name__}"))
        self._failures = 0
        answer = Answer(GOOGLE, "found", None, found)
        self._memory.put(asked, answer, self._asking.keep_answer)
        self._counted(GOOGLE, "found" if found else "nothing")
        return answer

    async def _get(self, client: httpx.AsyncClient, asked: Question) -> bytes:
        headers = {
            "x-goog-api-key": self._asking.key,
            "accept": "application/json",
            "accept-encoding": "identity",
            "user-agent": f"Prepost/{SERVICE}",
        }
        asking = client.stream("GET", self._asking.url, params=asked.parameters, headers=headers, timeout=None)
        async with asking as response:
            if response.status_code in _REFUSED:
                raise _Failed(f"the key was refused (answered {response.status_code})", self._asking.pause_key)
            if response.status_code == _TOO_MANY:
                raise _Failed("its quota is used up (answered 429)", self._wait_asked_for(response))
            if response.status_code not in (200, 400):
                raise _Failed(f"answered {response.status_code}")
            body = await _body(response)
        if response.status_code == 200:
            return body
        if _BAD_KEY in body:
            raise _Failed("the key was refused (answered 400)", self._asking.pause_key)
        raise _Failed("answered 400")

    def _wait_asked_for(self, response: httpx.Response) -> float:
        told = response.headers.get("retry-after", "").strip()
        if not (told.isascii() and told.isdigit()):
            return self._asking.pause_quota
        return min(max(float(told[:9]), 1.0), self._asking.longest_pause)

    async def _read(self, body: bytes, asked: Question) -> tuple[FactCheck, ...]:
        """Off the event loop: a megabyte takes a while to parse, and each claim to compare."""
        reading = asyncio.get_running_loop().run_in_executor(self._threads, attempt, GOOGLE, _read, body, asked)
        found = await reading
        if isinstance(found, Broken):
            raise _Failed(f"its answer can't be read: {found.error}")
        if isinstance(found, str):
            raise _Failed(found)
        return found

    def _failed(self, asked: Question, failure: _Failed) -> Answer:
        self._failures += 1
        reason = f"Google Fact Check Tools could not be asked: {failure.reason}"
        pause = failure.pause or (self._asking.pause_down if self._failures >= _FAILURES else 0.0)
        if pause:
            self._pause = (reason, self._clock() + pause)
            log.warning("%s; nothing is asked for %.0f s", reason, pause)
        answer = Answer(GOOGLE, "failed", reason)
        self._memory.put(asked, answer, self._asking.keep_failure)
        self._counted(GOOGLE, "failed")
        return answer


def _pending(task: asyncio.Task[Answer]) -> Answer:
    return Answer(GOOGLE, "pending", _LATE, pending=task)


def _unasked(reason: str) -> Answer:
    return Answer(GOOGLE, "unasked", reason)


def _read(body: bytes, asked: Question) -> tuple[FactCheck, ...] | str:
    """The reviews of just this claim; or why they can't be read."""
    try:
        return google.vetted(google.parse(body), asked)
    except BadAnswer as bad:
        return str(bad)


async def _body(response: httpx.Response) -> bytes:
    """As it came: nothing is unpacked, so that a kilobyte never stands for a megabyte."""
    packed = response.headers.get("content-encoding", "identity").strip().casefold()
    if packed not in ("", "identity"):
        raise _Failed("it answered in an encoding that was not asked for")
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > google.LARGEST:
            raise _Failed(f"its answer is larger than {google.LARGEST // 1024} KiB")
    return bytes(body)
