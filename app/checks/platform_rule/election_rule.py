"""Campaigning against election law: in the silence before a poll, without an imprint, as paid advert where none is taken.

Why: electoral authorities fine single posts, and the post becomes the last news before the poll.
Flag: a Spanish party's "vota ..." on the day before the poll; a British exit poll before ten in the evening; a candidate's
post in Britain, or a political advert in the US and the EU, that doesn't say who promotes or pays for it; a political
`ad` on TikTok, and on Meta and Google in the EU.
Allow: when and where one can vote; the same a week before; the same with "Promoted by"; a shop's vote for the best cake.
Polls are events whose name or words say so (`context.events` or stored): "General election", "elecciones", "Landtagswahl".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from app.checks.base import Check
from app.checks.matching import find
from app.checks.platform_rule._rows import GRADES, finding, held
from app.checks.wordlists import load_patterns
from app.domain import Event, Finding, Platform, PlatformRule, Prepared, Span
from app.regions import EU

_LISTS = Path(__file__).with_name("lists")
_PHRASES = load_patterns(_LISTS / "election_rule.txt")
_ID = "platform_rule/election_rule"
_CAMPAIGNERS = frozenset({"politician", "ngo", "agency", "public_figure", "professional"})
_UNIONS = frozenset({"EU", "WORLD"})
_UNION_CLOSED = frozenset({"facebook", "instagram", "threads", "youtube", "google_business"})
_NIGHT = timedelta(hours=3)
"""how much earlier than by UTC a day may begin where the poll is"""


class _Silence(NamedTuple):
    days: int
    """before the poll's day on which it begins"""
    is_sourced: bool


class _Fault(NamedTuple):
    says: str
    suggestion: str
    spans: tuple[Span, ...]
    unverified: bool = False
    platforms: tuple[Platform, ...] | None = None
    """those that it is about, where that is not told by the row"""


def _read_silences() -> Mapping[str, _Silence]:
    lines = (_LISTS / "election_silence.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {country: _Silence(int(days), known == "sourced") for country, days, known in rows}


_SILENCES = _read_silences()


def judge(prepared: Prepared) -> Iterable[Finding]:
    rows = held(prepared, _ID)
    if any(_PHRASES["neutral"].is_in(text) for text in prepared.texts):
        return
    asked = _asked(prepared)
    told = find(_PHRASES["poll"], prepared.texts) if prepared.polls else ()
    for rule in rows if asked or told else ():
        yield from _finding(rule, _FAULTS[rule.id](prepared, asked, told))


def _asked(prepared: Prepared) -> tuple[Span, ...]:
    """What asks people to vote or to pay for a campaign."""
    if prepared.account.kind not in _CAMPAIGNERS:
        return ()
    return find(_PHRASES["vote"], prepared.texts)


def _silent(prepared: Prepared, asked: tuple[Span, ...], told: tuple[Span, ...]) -> _Fault | None:
    spans = asked + told
    for event, silence in _silences(prepared) if spans else ():
        if event.starts_at is None or prepared.moment.now >= _begins(event.starts_at, silence.days):
            says = f"This campaigns in the silence before {event.name}."
            suggestion = "Send it before the silence begins, or after the polls have closed."
            return _Fault(says, suggestion, spans, unverified=not silence.is_sourced)
    return None


def _silences(prepared: Prepared) -> Iterator[tuple[Event, _Silence]]:
    """The silences of the account's countries, for polls there; a poll without a country is taken for theirs."""
    for event in prepared.polls:
        named = {region.partition("-")[0] for region in event.regions} - _UNIONS
        for country in prepared.law & (named or prepared.law) & _SILENCES.keys():
            yield event, _SILENCES[country]


def _begins(poll: datetime, days: int) -> datetime:
    return datetime.combine(poll.date(), time(0), poll.tzinfo) - timedelta(days=days) - _NIGHT


def _exit_poll(prepared: Prepared, asked: tuple[Span, ...], told: tuple[Span, ...]) -> _Fault | None:
    running = any(event.starts_at is not None and event.starts_at <= prepared.moment.now for event in prepared.polls)
    says = "Before the polls close nobody may publish how people say they have voted."
    return _Fault(says, "Wait until ten in the evening.", told) if told and running else None


def _without_imprint(prepared: Prepared, asked: tuple[Span, ...], told: tuple[Span, ...]) -> _Fault | None:
    has_to = prepared.draft.kind == "ad" or prepared.draft.paid_partnership or "GB" in prepared.law
    if not asked or not has_to or any(_PHRASES["imprint"].is_in(text) for text in prepared.texts):
        return None
    says = "A political advert, and in Britain a campaign's post, has to say who promotes or pays for it."
    return _Fault(says, "Add “Promoted by NAME of ADDRESS on behalf of …” or “Paid for by …”.", asked)


def _not_taken(prepared: Prepared, asked: tuple[Span, ...], told: tuple[Span, ...]) -> _Fault | None:
    is_paid = prepared.draft.kind == "ad" or bool(prepared.draft.paid_partnership)
    closed = [
        each for each in prepared.draft.platforms if each == "tiktok" or (each in _UNION_CLOSED and EU in prepared.law)
    ]
    if not asked or not is_paid or not closed:
        return None
    says = "No paid political adverts are taken there: by TikTok nowhere, by Meta and Google not in the EU."
    return _Fault(says, "Post it without paying for reach, or elsewhere.", asked, platforms=tuple(closed))


def _finding(rule: PlatformRule, fault: _Fault | None) -> Iterator[Finding]:
    if fault is not None:
        platforms = rule.platforms
        if fault.platforms is not None:
            platforms = tuple(each for each in platforms if each in fault.platforms)
        worded = replace(rule, says=fault.says, suggestion=fault.suggestion, platforms=platforms)
        yield finding(worded, fault.spans, grade="unverified" if fault.unverified else None)


_FAULTS: dict[str, Callable[[Prepared, tuple[Span, ...], tuple[Span, ...]], _Fault | None]] = {
    "R084": _silent,
    "R085": _exit_poll,
    "R086": _without_imprint,
    "R087": _not_taken,
}
"""by row of data/platforms/rules.csv"""

CHECK = Check(
    id=_ID,
    title="Campaigning against election law",
    judge=judge,
    languages=frozenset({"en", "de", "fr", "es", "it", "pt", "nl", "pl", "sl"}),
    default_grades=GRADES,
    sources=(
        "Election silence: list of Wikipedia, summary of EU rules of 2024",
        "UK Elections Act 2022, part 6; RPA 1983 s. 66A",
        "11 CFR 110.11",
        "Regulation (EU) 2024/900, applies since 2025-10-10",
    ),
)
