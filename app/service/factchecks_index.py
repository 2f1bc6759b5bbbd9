"""The local index of fact checks, opened when it is first needed and again when its file was replaced."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from app.domain import FactCheck
from app.engine import Broken, attempt
from app.errors import BadClaims
from app.factchecks.index import Index
from app.service.factchecks_answer import INDEX, Answer

log = logging.getLogger(__name__)
_IN_TIME = 0.05
"""seconds"""
_THREADS = 2
_MOST_WAITING = 64
_LATE = "the local index of fact checks did not answer within 50 ms; GET /v1/checks/{id}/fact-checks tells when it did"
_BUSY = "the local index of fact checks has more to search than it gets done"
_Stamp = tuple[int, int, int]


class Passage(NamedTuple):
    """One field of a draft."""

    field: str
    text: str


class LocalIndex:
    """Raises BadClaims at once where the file is missing or no index of ours. Safe to share between threads."""

    def __init__(self, path: Path, in_time: float = _IN_TIME) -> None:
        self._path, self._in_time = path, in_time
        Index.open(path)
        self._opened: tuple[_Stamp, Index] | None = None
        self._opening = Lock()
        self._threads: ThreadPoolExecutor | None = None
        self._waiting = 0
        self.refusal: str | None = None
        """why the index can't be used just now: for the operator, since it may name a place on this machine"""

    def search(self, *texts: Passage) -> Answer:
        """Of the first text that makes a reviewed claim. Blocks while the index is read for the first time."""
        found = attempt("searching the index of fact checks", self._search, texts)
        refusal = f"{found.error} while searching it" if isinstance(found, Broken) else None
        if isinstance(found, BadClaims):
            refusal = found.detail
        if refusal is not None and refusal != self.refusal:
            log.error("the index of fact checks can't be used: %s", refusal)
        self.refusal = refusal
        if isinstance(found, Broken | BadClaims):
            return Answer(INDEX, "failed", "the index of fact checks can't be used; /readyz says why", degrades=True)
        return Answer(INDEX, "found", None, found)

    async def ask(self, *texts: Passage) -> Answer:
        """As `search`, in a thread; what takes longer than 50 ms is told later."""
        if self._waiting >= _MOST_WAITING:
            return Answer(INDEX, "unasked", _BUSY)
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="fact-check-index")
        self._waiting += 1
        searching = asyncio.get_running_loop().run_in_executor(self._threads, self.search, *texts)
        searching.add_done_callback(self._done)
        await asyncio.wait([searching], timeout=self._in_time)
        return searching.result() if searching.done() else Answer(INDEX, "pending", _LATE, pending=searching)

    def close(self) -> None:
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._threads = None

    def _done(self, _: object) -> None:
        self._waiting -= 1

    def _search(self, texts: tuple[Passage, ...]) -> tuple[FactCheck, ...] | BadClaims:
        try:
            index = self._index()
        except BadClaims as refusal:
            return refusal
        found = ((said.field, index.search(said.text)) for said in texts)
        return next((_placed(reviews, field) for field, reviews in found if reviews), ())

    def _index(self) -> Index:
        """Raises BadClaims."""
        stamp = self._stamp()
        with self._opening:
            if self._opened is None or self._opened[0] != stamp:
                self._opened = (stamp, Index.open(self._path))
            return self._opened[1]

    def _stamp(self) -> _Stamp:
        try:
            found = self._path.stat()
        except OSError as error:
            raise BadClaims(f"{self._path.name}: {type(error).__name__}") from error
        return found.st_mtime_ns, found.st_ino, found.st_size


def _placed(reviews: Iterable[FactCheck], field: str) -> tuple[FactCheck, ...]:
    """With the places in the field that was searched."""
    return tuple(replace(each, spans=tuple(span._replace(field=field) for span in each.spans)) for each in reviews)
