"""What drafts are judged against now: the events, and the rules, policies and model, each with a mark of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.domain import Event
from app.events.calendar import Calendar
from app.service.canonical import digest
from app.service.check import SERVICE, Checker
from app.service.events import Agenda
from app.service.query import NOT_LOOKED_UP, LookedUp
from app.service.serving import Live
from app.store import queue, revisions
from app.store.session import Transaction

_REMEMBERED = 8
"""agendas: what was judged against an older one is judged the long way"""


class Present(NamedTuple):
    agenda: Agenda
    checker: Checker
    judged_by: str
    changes: Mapping[int, Agenda]
    """by an earlier revision, the events that differ since, as they were and as they are"""
    days: frozenset[str] = frozenset()
    """names of the calendar's days, casefolded"""
    looked_up: LookedUp = NOT_LOOKED_UP
    """what is said of fact checks, which are not looked for: what they say may change while the draft waits"""

    def may_hide_a_day(self, event: Event) -> bool:
        """Whether it may stand in the place of a day of the calendar, as `Directory` has it."""
        name = event.name.casefold()
        return event.kind == "memorial_day" or any(day in name for day in self.days)

    def is_known_to(self, item: queue.Item) -> bool:
        """Whether the item was judged against all of it."""
        return item.events_seen == self.agenda.revision and item.judged_by == self.judged_by


class Presence:
    """Tells the present; what did not change since the last time is not read again. Shared by threads."""

    def __init__(self, live: Live, calendar: Calendar, looked_up: LookedUp = NOT_LOOKED_UP) -> None:
        self._live, self._calendar, self._looked_up = live, calendar, looked_up
        self._last: Present | None = None
        self._agendas: tuple[Agenda, ...] = ()

    def read(self, connection: Transaction) -> Present:
        last, checker = self._last, self._live.serving.checker
        judged_by = last.judged_by if last and last.checker is checker else _mark(checker, self._calendar)
        if last and last.agenda.revision == revisions.get(connection, revisions.EVENTS):
            self._last = last._replace(checker=checker, judged_by=judged_by)
        else:
            agenda, before = _agenda(connection), self._agendas
            changes = {each.revision: agenda.changes(each) for each in before}
            self._agendas = (*before, agenda)[-_REMEMBERED:]
            self._last = Present(agenda, checker, judged_by, changes, self._calendar.names, self._looked_up)
        return self._last


def _agenda(connection: Transaction) -> Agenda:
    """Exactly that of a revision: one that knew more would hide a change from who judged against the revision."""
    while True:
        agenda = Agenda.read(connection, revisions.get(connection, revisions.EVENTS))
        if revisions.get(connection, revisions.EVENTS) == agenda.revision:
            return agenda


def _mark(checker: Checker, calendar: Calendar) -> str:
    policies = sorted((name, policy.digest) for name, policy in checker.policies.items())
    return digest((SERVICE, checker.rules_version, checker.model.version, policies, calendar.digest))
