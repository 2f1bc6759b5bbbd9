"""Which kinds of event would change what is said of a draft that waits, so that it is judged again for those alone.

Told when it is registered, with the draft at hand: it is held against a made-up event of each kind, as grave as can be,
near its audience and in words that are not its own. That nothing is overlooked rests on three things, each held by a
test over drafts, events and accounts:

1. Beside several events a rule finds what it finds beside one of them, or beside none.
2. Where the gravest event of a kind changes nothing that a rule finds, none of that kind does which is near and not
   named in the draft: a lesser one, a day of the calendar, one that nobody has confirmed, an anniversary. One whose
   name speaks of other kinds (`kinds_named`) is left out: it always counts as one that may stir.
3. To all rules but those of `BY_KIND` an event of the kind `other` changes as much as one of any kind.

So beside any number of such events, of kinds that change nothing, each rule finds what it finds where nothing is on,
whatever policy makes of it, and whichever of them come or go.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from app.checks.sombre_context.violent_wording import kinds_named
from app.domain import CheckResult, Event, EventKind, EventMatch, Finding, Nearness, Span
from app.events.matching import MOST_NEAR, kinds_near
from app.service.check import Assessed, Checker
from app.service.query import Case

KINDS: tuple[EventKind, ...] = get_args(EventKind)
BY_KIND = frozenset({"sombre_context/violent_wording"})
"""rules that find other things beside each kind"""
_NEAR = {kind: (EventMatch(Event("", kind, severity=3), Nearness(True, ())),) for kind in KINDS}
_NAMED = {kind: (EventMatch(Event("", kind, severity=3), Nearness(True, (Span(0, 0),))),) for kind in KINDS}
"""named at a place where no word is, so that whichever word is the event's, all others count as not its own"""
_Found = dict[str, tuple[Finding, ...]]


def stirs(checker: Checker, assessed: Assessed) -> frozenset[EventKind] | None:
    """The kinds of which a near event changes what a rule finds. None: it can't be told, because something failed."""
    if assessed.prepared.scores is None:
        return None
    quiet = _found(checker.beside(assessed, ()), assessed)
    other = _found(checker.beside(assessed, _NEAR["other"]), assessed)
    if quiet is None or other is None:
        return None
    if any(other[rule] != quiet[rule] for rule in other if rule not in BY_KIND):
        return frozenset(KINDS)
    return _told_apart(checker, assessed, quiet)


def _told_apart(checker: Checker, assessed: Assessed, quiet: _Found) -> frozenset[EventKind] | None:
    stirring: set[EventKind] = set()
    for kind in KINDS:
        found = _found(checker.beside(assessed, _NEAR[kind], only=BY_KIND), assessed)
        if found is None:
            return None
        if any(found[rule] != quiet[rule] for rule in found):
            stirring.add(kind)
    return frozenset(stirring)


def stirs_named(checker: Checker, assessed: Assessed) -> bool:
    """Whether an event that is named in it may change what a rule finds in the rest of it. In doubt, it may."""
    quiet = _found(checker.beside(assessed, ()), assessed)
    beside = (_found(checker.beside(assessed, _NAMED[kind]), assessed) for kind in KINDS)
    return quiet is None or any(found != quiet for found in beside)


def is_touched(kinds: frozenset[EventKind] | None, assessed: Assessed, case: Case) -> bool:
    """Whether an event that is on at its moment is in its words or of these kinds, or may be."""
    found = assessed.prepared.moment.events
    if (
        kinds is None
        or assessed.verdict.degraded
        or len(found) >= MOST_NEAR  # the names of those left out aren't known
        or any(each.nearness.words or each.nearness.careful or kinds_named(each.event) for each in found)
    ):
        return True
    return not kinds.isdisjoint(kinds_near(found, case.account, case.goes_out_at, case.stored))


def _found(results: Iterable[CheckResult], assessed: Assessed) -> _Found | None:
    """What each rule found that policy lets it say; None where one failed."""
    found: _Found = {}
    for result in results:
        if result.status == "failed":
            return None
        least = assessed.policy.rule(result.rule, assessed.prepared.account.kind).threshold
        found[result.rule] = tuple(each for each in result.findings if each.confidence >= least)
    return found
