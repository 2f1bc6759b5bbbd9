"""Known fact checks: what a check may know of them at once, and what is found later.

No check waits for a source that is elsewhere, unless an operator lets it: what is remembered counts, anything else is
looked up in the background and can be asked for under the check's id.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from app.domain import Account, CheckResult, Draft, FactCheck, Span
from app.engine import Broken, attempt
from app.factchecks.claimlike import claim_sentence
from app.factchecks.google import Question, best, question
from app.policy import FactCheckScope, Policy, stricter
from app.service.factchecks_answer import GOOGLE, INDEX, Answer, Outcome, together
from app.service.factchecks_cache import Aging, Clock
from app.service.factchecks_google import Counted, Google
from app.service.factchecks_index import LocalIndex, Passage
from app.service.query import Case, LookedUp
from app.text.entities import entities
from app.text.language import UNKNOWN, detect

KEPT, KEPT_FOR = 2_000, 3_600.0
"""checks whose look-ups are kept, and seconds for how long"""
Status = Literal["done", "pending", "failed", "not_looked_up"]
_NOT_SET_UP = "no source of fact checks is set up"
_GONE = "what is found is kept for an hour and for the last 2,000 checks of a process: check the draft again"
_NOTHING = "no sentence of it is like a claim that somebody may have reviewed"
_BATCH = "drafts of a batch are not sent to Google Fact Check Tools; what was found before counts"
_QUEUED = "drafts in the queue are not looked up: POST /v1/check with the draft does"
_PASSING_ON = ("repost", "quote")
"""kinds that say what they pass on, too"""


class Looking(NamedTuple):
    """A check's look-ups."""

    answers: tuple[Answer, ...]

    @property
    def told(self) -> LookedUp:
        return together(self.answers)


class Report(NamedTuple):
    """How a check's look-ups stand."""

    status: Status
    reason: str | None = None
    matches: tuple[FactCheck, ...] = ()


class _Claim(NamedTuple):
    question: Question
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """What the operator has set up; at least one of them."""

    index: LocalIndex | None = None
    google: Google | None = None


class FactChecks:
    """Joined with the desk. `wait`: seconds that a check may wait for what is not remembered."""

    def __init__(self, sources: Sources, *, wait: float = 0.0, clock: Clock = time.monotonic) -> None:
        self._index, self._google, self._wait = sources.index, sources.google, wait
        self._kept: Aging[str, tuple[Answer, ...]] = Aging(KEPT, clock)

    async def run(self, stop: asyncio.Event, counted: Counted) -> None:
        """Until `stop` is set."""
        if self._google is not None:
            await self._google.run(stop, counted)
        else:
            await stop.wait()
        if self._index is not None:
            self._index.close()

    async def look_up(self, case: Case, policy: Policy) -> Looking:
        """What is known at once, or within the time that the operator gives it."""
        scope = stricter(policy.fact_checks, case.options.fact_checks)
        answers: list[Answer] = []
        if self._index is not None:
            closed = _closed(INDEX, scope, case)
            answers.append(closed or await self._index.ask(*_texts(case.draft)))
        if self._google is not None:
            answers.append(_closed(GOOGLE, scope, case) or await self._ask(self._google, case))
        return Looking(tuple(answers))

    def known(self, case: Case, policy: Policy) -> Looking:
        """What is known without asking anybody: for many drafts at once. Blocks."""
        scope = stricter(policy.fact_checks, case.options.fact_checks)
        answers: list[Answer] = []
        if self._index is not None:
            answers.append(_closed(INDEX, scope, case) or self._index.search(*_texts(case.draft)))
        if self._google is not None:
            answers.append(_closed(GOOGLE, scope, case) or _remembered(self._google, case))
        return Looking(tuple(answers))

    def follow(self, check_id: str, looking: Looking) -> None:
        """Keep what came, and what is still to come, under the check's id."""
        self._kept.put(check_id, looking.answers, KEPT_FOR)

    def report(self, check_id: str) -> Report:
        """How it stands by now, of a check that there is."""
        kept = self._kept.get(check_id)
        return Report("not_looked_up", _GONE) if kept is None else _report([answer.by_now() for answer in kept])

    @property
    def waiting(self) -> LookedUp:
        """What is said of a draft in the queue: what a look-up brings later must not change its verdict unseen."""
        names = [name for name, source in ((INDEX, self._index), (GOOGLE, self._google)) if source is not None]
        return LookedUp(None, tuple(CheckResult(name, "skipped", _QUEUED) for name in names))

    def prime(self) -> None:
        """Read the local index now: for a command, which has no second look-up to be quicker at."""
        if self._index is not None:
            self._index.search(Passage("text", "prime"))

    @property
    def notes(self) -> Mapping[str, str]:
        """What is wrong without stopping a check."""
        notes = (self._google.note if self._google is not None else None, self._refusal())
        told = "; ".join(note for note in notes if note)
        return {"fact_checks": told} if told else {}

    def _refusal(self) -> str | None:
        refusal = self._index.refusal if self._index is not None else None
        return f"the index of fact checks can't be used: {refusal}" if refusal else None

    async def _ask(self, source: Google, case: Case) -> Answer:
        claim = _claim_or_answer(case)
        if isinstance(claim, Answer):
            return claim
        answer = source.ask(claim.question)
        if answer.pending is not None and self._wait > 0:
            await asyncio.wait([answer.pending], timeout=self._wait)
            answer = answer.by_now()
        return _placed(answer, claim)


def not_set_up() -> Report:
    return Report("not_looked_up", _NOT_SET_UP)


def _remembered(source: Google, case: Case) -> Answer:
    claim = _claim_or_answer(case)
    if isinstance(claim, Answer):
        return claim
    known = source.known(claim.question)
    return Answer(GOOGLE, "unasked", _BATCH) if known is None else _placed(known, claim)


def _closed(source: str, scope: FactCheckScope, case: Case) -> Answer | None:
    """That the source may not be asked; None where it may."""
    if scope == "all" or (scope == "local" and source == INDEX):
        return None
    who = "options.fact_checks" if case.options.fact_checks == scope else "the policy"
    return Answer(source, "unasked", f"{who} says {scope!r}" + ("" if scope == "off" else ": nothing leaves the house"))


def _texts(draft: Draft) -> tuple[Passage, ...]:
    """What the draft says and in which of its fields, its own words first."""
    passed_on = draft.quoted.text if draft.quoted is not None and draft.kind in _PASSING_ON else ""
    said = (Passage("text", draft.text), Passage("title", draft.title or ""), Passage("quoted.text", passed_on))
    return tuple(each for each in said if each.text.strip())


def _claim_or_answer(case: Case) -> _Claim | Answer:
    claim = attempt("choosing a sentence to look up", _claim, case)
    if isinstance(claim, Broken):
        return Answer(GOOGLE, "failed", f"{claim.error} while choosing a sentence to look up", degrades=True)
    return claim or Answer(GOOGLE, "unasked", _NOTHING)


def _claim(case: Case) -> _Claim | None:
    """The one sentence that is looked up."""
    own = _names(case.account)
    for field, text in _texts(case.draft):
        language = case.options.language or _language(text)
        sentence = claim_sentence(text, language, own=own)
        asked = question(sentence.text, language) if sentence is not None else None
        if sentence is not None and asked is not None:
            return _Claim(asked, (Span(sentence.start, sentence.end, field),))
    return None


def _names(account: Account) -> Iterable[str]:
    return [name.lstrip("@") for name in (account.handle, account.display_name) if name]


def _language(text: str) -> str | None:
    found = detect(text, entities(text))
    return None if found == UNKNOWN else found


def _placed(answer: Answer, claim: _Claim) -> Answer:
    """With the sentence of this draft: the answer is the same for all that say so."""
    return replace(answer, found=tuple(replace(each, spans=claim.spans) for each in answer.found))


def _report(answers: list[Answer]) -> Report:
    matches = best([each for answer in answers for each in answer.found])
    outcomes: dict[Outcome, Answer] = {answer.outcome: answer for answer in answers}
    reason = "; ".join(answer.reason for answer in answers if answer.reason) or None
    if "pending" in outcomes:
        return Report("pending", reason, matches)
    if "failed" in outcomes:
        return Report("failed", reason, matches)
    if "found" in outcomes:
        return Report("done", reason, matches)
    return Report("not_looked_up", reason, matches)


def to_json(check_id: str, report: Report) -> dict[str, Any]:
    """As the API answers it."""
    return {
        "id": check_id,
        "status": report.status,
        "reason": report.reason,
        "matches": [
            {
                "claim": each.claim,
                "publisher": each.publisher,
                "rating": each.rating,
                "standing": each.standing,
                "reviewed_on": each.reviewed_on.isoformat() if each.reviewed_on else None,
                "url": each.url,
                "likeness": round(each.likeness, 3),
                "source": each.source,
            }
            for each in report.matches
        ],
    }
