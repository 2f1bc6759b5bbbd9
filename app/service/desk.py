"""The desk: takes queries, has them judged, and answers once the record is committed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from app.domain import Account
from app.errors import PrepostError
from app.service.check import Checker, Outcome
from app.service.directory import Directory
from app.service.query import Query
from app.service.records import record
from app.service.serving import Live
from app.store.audits import AuditLog, AuditRecord

_LONG = 5_000
"""code points of a draft above which judging would hold up other requests"""
_LONG_HISTORY = 50_000
_Judged = tuple[Outcome, AuditRecord]


class Desk:
    def __init__(self, live: Live, directory: Directory, audit_log: AuditLog) -> None:
        self.live, self.directory, self.audit_log = live, directory, audit_log
        self._judging = 0

    def is_judging(self) -> bool:
        """Whether somebody waits for a verdict right now: then what is not urgent makes room."""
        return self._judging > 0

    async def check(self, query: Query) -> Outcome:
        """Judge one draft. Raises NotFound, Invalid, and StoreUnavailable: then there is no verdict."""
        self._judging += 1
        try:
            if self.directory.knows(query) and not _is_long(query):
                outcome, kept = self._judge(query, self.live.serving.checker)
            else:
                outcome, kept = await asyncio.to_thread(self._judge, query, self.live.serving.checker)
            await self.audit_log.record(kept)
        finally:
            self._judging -= 1
        return outcome

    async def check_many(self, queries: Sequence[Query | PrepostError]) -> list[Outcome | PrepostError]:
        """Judge each on its own, in order; a refusal keeps its place. All meet one model and share one commit."""
        checker = self.live.serving.checker
        results = await asyncio.to_thread(lambda: [self._judge_or_refuse(query, checker) for query in queries])
        await self.audit_log.record_many([result[1] for result in results if not isinstance(result, PrepostError)])
        return [result if isinstance(result, PrepostError) else result[0] for result in results]

    def _judge(self, query: Query, checker: Checker) -> _Judged:
        outcome = checker.judge(self.directory.case(query))
        return outcome, record(outcome)

    def _judge_or_refuse(self, query: Query | PrepostError, checker: Checker) -> _Judged | PrepostError:
        if isinstance(query, PrepostError):
            return query
        try:
            return self._judge(query, checker)
        except PrepostError as refusal:
            return refusal


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
