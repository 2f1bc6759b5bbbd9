"""The desk: takes queries, has them judged, and answers once the record is committed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from app.domain import Account
from app.errors import PrepostError
from app.service.check import Checker, Outcome
from app.service.directory import Directory
from app.service.factchecks import FactChecks, Looking
from app.service.query import Case, Query
from app.service.records import record
from app.service.serving import Live
from app.store.audits import AuditLog, AuditRecord

_LONG = 5_000
"""code points of a draft above which judging would hold up other requests"""
_LONG_HISTORY = 50_000
_Judged = tuple[Outcome, AuditRecord]


class LookedUpCase(NamedTuple):
    """A case with what is known of fact checks, and what of them is still to come."""

    case: Case
    looking: Looking


class Desk:
    def __init__(
        self, live: Live, directory: Directory, audit_log: AuditLog, fact_checks: FactChecks | None = None
    ) -> None:
        """`fact_checks`: None where no source of them is set up."""
        self.live, self.directory, self.audit_log = live, directory, audit_log
        self.fact_checks = fact_checks
        self._judging = 0

    def is_judging(self) -> bool:
        """Whether somebody waits for a verdict right now: then what is not urgent makes room."""
        return self._judging > 0

    async def check(self, query: Query) -> Outcome:
        """Judge one draft. Raises NotFound, Invalid, and StoreUnavailable: then there is no verdict."""
        checker = self.live.serving.checker
        at_once = self.directory.knows(query) and not _is_long(query)
        looked_up = await self._look_up(query, checker, at_once=at_once) if self.fact_checks is not None else None
        self._judging += 1
        try:
            if at_once:
                outcome, kept = self._judge(query, checker, looked_up)
            else:
                outcome, kept = await asyncio.to_thread(self._judge, query, checker, looked_up)
            await self.audit_log.record(kept)
        finally:
            self._judging -= 1
        self._follow(outcome, looked_up)
        return outcome

    async def check_many(self, queries: Sequence[Query | PrepostError]) -> list[Outcome | PrepostError]:
        """Judge each on its own, in order; a refusal keeps its place. All meet one model and share one commit.

        Of fact checks only what is known without asking anybody counts.
        """
        checker = self.live.serving.checker
        results = await asyncio.to_thread(lambda: [self._judge_or_refuse(query, checker) for query in queries])
        await self.audit_log.record_many([result[1] for result in results if not isinstance(result, PrepostError)])
        return [result if isinstance(result, PrepostError) else result[0] for result in results]

    async def _look_up(self, query: Query, checker: Checker, *, at_once: bool) -> LookedUpCase:
        assert self.fact_checks is not None
        case = self.directory.case(query) if at_once else await asyncio.to_thread(self.directory.case, query)
        looking = await self.fact_checks.look_up(case, checker.policy(case))
        return LookedUpCase(replace(case, looked_up=looking.told), looking)

    def _judge(self, query: Query, checker: Checker, looked_up: LookedUpCase | None = None) -> _Judged:
        outcome = checker.judge(looked_up.case if looked_up is not None else self.directory.case(query))
        return outcome, record(outcome)

    def _follow(self, outcome: Outcome, looked_up: LookedUpCase | None) -> None:
        if self.fact_checks is not None and looked_up is not None:
            self.fact_checks.follow(outcome.reply["id"], looked_up.looking)

    def _judge_or_refuse(self, query: Query | PrepostError, checker: Checker) -> _Judged | PrepostError:
        if isinstance(query, PrepostError):
            return query
        try:
            looked_up = self._known(query, checker) if self.fact_checks is not None else None
            judged = self._judge(query, checker, looked_up)
        except PrepostError as refusal:
            return refusal
        self._follow(judged[0], looked_up)
        return judged

    def _known(self, query: Query, checker: Checker) -> LookedUpCase:
        assert self.fact_checks is not None
        case = self.directory.case(query)
        looking = self.fact_checks.known(case, checker.policy(case))
        return LookedUpCase(replace(case, looked_up=looking.told), looking)


def _is_long(query: Query) -> bool:
    draft = query.draft
    fields = (
        draft.text,
        draft.title or "",
        *draft.tags,
        *(draft.poll_options or ()),
        *(item.alt_text or "" for item in draft.media),
        draft.in_reply_to.text if draft.in_reply_to else "",
        draft.quoted.text if draft.quoted else "",
    )
    if sum(map(len, fields)) > _LONG:
        return True
    inline = (query.account, *(query.author.accounts if query.author else ()))
    posts = (post for account in inline if isinstance(account, Account) for post in account.recent_posts)
    return sum(len(post.text) for post in posts) > _LONG_HISTORY
