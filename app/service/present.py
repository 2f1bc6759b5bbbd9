"""What drafts are judged against now: the events, and the rules, policies and model, each with a mark to tell it by."""

from __future__ import annotations

from typing import NamedTuple

from app.service.canonical import digest
from app.service.check import SERVICE, Checker
from app.service.events import Agenda
from app.service.serving import Live
from app.store import queue, revisions
from app.store.session import Transaction


class Present(NamedTuple):
    agenda: Agenda
    checker: Checker
    judged_by: str

    def is_known_to(self, item: queue.Item) -> bool:
        """Whether the item was judged against all of it."""
        return item.events_seen == self.agenda.revision and item.judged_by == self.judged_by


class Presence:
    """Tells the present; what did not change since the last time is not read again. Shared by threads."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._last: Present | None = None

    def read(self, connection: Transaction) -> Present:
        last, checker = self._last, self._live.serving.checker
        revision = revisions.get(connection, revisions.EVENTS)
        agenda = last.agenda if last and last.agenda.revision == revision else Agenda(connection, revision)
        judged_by = last.judged_by if last and last.checker is checker else _mark(checker)
        self._last = Present(agenda, checker, judged_by)
        return self._last


def _mark(checker: Checker) -> str:
    policies = sorted((name, policy.digest) for name, policy in checker.policies.items())
    return digest((SERVICE, checker.rules_version, checker.model.version, policies))
