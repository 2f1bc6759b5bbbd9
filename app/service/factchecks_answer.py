"""What came of asking one source of fact checks, and what a check is told of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain import CheckResult, CheckStatus, FactCheck
from app.factchecks.google import best
from app.service.query import LookedUp

INDEX, GOOGLE = "fact_checks/index", "fact_checks/google"
Outcome = Literal["found", "pending", "failed", "unasked"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One source's."""

    source: str
    outcome: Outcome
    reason: str | None = None
    found: tuple[FactCheck, ...] = ()
    pending: asyncio.Future[Answer] | None = None
    """what tells the outcome later, where it was not there in time"""
    degrades: bool = False
    """whether the check counts as failed for it: what is the house's own has to work, what is elsewhere may be down"""

    @property
    def result(self) -> CheckResult:
        status: CheckStatus = "ok" if self.outcome == "found" else "failed" if self.degrades else "skipped"
        return CheckResult(self.source, status, self.reason)

    def by_now(self) -> Answer:
        """The outcome where it has come meanwhile."""
        waits = self.pending
        if waits is None or not waits.done():
            return self
        if waits.cancelled() or waits.exception() is not None:
            return Answer(self.source, "failed", "the look-up was broken off")
        return waits.result()


def together(answers: Sequence[Answer]) -> LookedUp:
    """What a check is told."""
    heard = [answer for answer in answers if answer.outcome == "found"]
    found = best([each for answer in heard for each in answer.found]) if heard else None
    return LookedUp(found, tuple(answer.result for answer in answers))
