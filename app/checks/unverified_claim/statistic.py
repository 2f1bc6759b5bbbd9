"""A figure or a record about the world outside the account's own house, without where it comes from.

Why: a figure is checked within minutes, by people who wish the account ill; a source in the draft answers them.
Flag: "One in three women has had this happen"; "each fourth pupil skips lunch"; "seven of ten burglaries are committed
by foreigners"; "crime is up 40 % since they took over"; "the worst unemployment in history".
Allow: an office's or a company's own figures; prices and discounts; sports results; a figure with its source or link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.checks.base import Check
from app.checks.matching import find
from app.checks.unverified_claim import _asserted, _evidence, _settling, _standing
from app.domain import Finding, Prepared, Span
from app.text.normalise import fold

_SHARE = re.compile(
    r"(?<![\w$£€.])(?:\d{1,3}(?:\.\d+)? ?(?:%|percent|per cent|pct)|\d+ (?:out )?(?:in|of) (?:every )?\d+|"
    r"(?:one(?: out of| in)|(?:two|three|four|five|six|seven|eight|nine) (?:out of|in|of)) (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|twenty|hundred|\d+)|"
    r"\d[\d,.]{0,12} ?(?:million|billion|thousand)|(?:half|most|two thirds|three quarters|a (?:third|quarter)))(?!\w| off\b)"
)
_GROUP = re.compile(
    r"\b(?:muslims?|christians|jews|blacks?|whites?|hispanics|immigrants?|migrants?|refugees?|foreigners?|asylum seekers|roma|women|gays?|"
    r"republicans|democrats|germans|inmigrantes|extranjer[oa]s|musulman\w*|immigre\w*|etranger\w*|migranten|auslander|"
    r"fluchtling\w*|muslime|immigrat\w*|stranier\w*|imigrantes|estrangeir\w*|cigan\w*)\b"
)
"""groups of people about whom a false figure is a slur"""
_COUNTED = re.compile(r"\d|\b(?:in|of|doubled|tripled|trebled|quadrupled)\b", re.IGNORECASE)
"""a share, and no superlative"""
_WHOLE = ("rise", "one_in", "group_share")
"""claims that the list holds as a whole"""
_CLAUSE = 70
"""characters of a clause in which a share and a harm belong together"""
_STOP = re.compile(r"[.!?\n:;,]\s")
_OURS = re.compile(r"\b(?:we|our|us|ours)\b")
_REACH = 48
"""how far from its number the group may stand, in characters"""
_MOST = 100
"""more than a draft needs: pairs are compared"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    account = prepared.account
    if account.kind == "government" or _standing.is_newsroom(account) or _standing.works_in(account, "figures"):
        return
    spans = (
        _figures(prepared) + _charged(prepared) + tuple(s for name in _WHOLE for s in _evidence.spans(prepared, name))
    )
    if not spans or _has_source(prepared):
        return
    yield Finding(
        message="This gives a figure about the world and not where it comes from.",
        why=f"{_evidence.quoted(spans, prepared)} can be checked, and the draft names no source.",
        suggestion="Name the source and link to it.",
        spans=spans,
        confidence=0.6 + 0.2 * _evidence.score(prepared, "factual_claim"),
        grade=_grade(prepared, spans),
        evidence=_settling.record(prepared, "figure"),
    )


def _has_source(prepared: Prepared) -> bool:
    backing = _evidence.backing(prepared)
    return backing.link or backing.named


def _grade(prepared: Prepared, spans: tuple[Span, ...]) -> str:
    raw = {text.field: text.raw for text in prepared.texts}
    said = [raw[span.field][span.start : span.end] for span in spans]
    if _evidence.spans(prepared, "blamed") or any(_GROUP.search(fold(words).text) for words in said):
        return "group"
    if prepared.account.kind in ("politician", "ngo", "public_figure"):
        return "public"
    counted = [span for span, words in zip(spans, said, strict=True) if _COUNTED.search(words)]
    return "harm" if _is_charge(prepared, counted) else "default"


def _is_charge(prepared: Prepared, counted: Sequence[Span]) -> bool:
    """Whether the figure itself tells of harm: what else the draft speaks of is no matter."""
    if _evidence.spans(prepared, "harm_share"):
        return True
    harms = _evidence.spans(prepared, "harm") if counted else ()
    return any(h.field == s.field and h.start < s.end and s.start < h.end for h in harms for s in counted)


def _figures(prepared: Prepared) -> tuple[Span, ...]:
    """Numbers with a group of the population close behind."""
    groups = _evidence.spans(prepared, "population")
    shares = find(_SHARE, prepared.texts) if groups else ()
    raw = {text.field: text.raw for text in prepared.texts}
    return tuple(
        Span(share.start, group.end, share.field)
        for share in shares[:_MOST]
        for group in groups[:_MOST]
        if share.field == group.field and _belongs(share, group, raw[share.field])
    )


def _charged(prepared: Prepared) -> tuple[Span, ...]:
    """Shares with a harm behind them in the same clause, whatever they are of: “70 % of what you sort is dumped”."""
    if told := _evidence.spans(prepared, "harm_share"):
        return told
    harms = () if _evidence.spans(prepared, "running_count") else _evidence.spans(prepared, "harm")
    found = find(_SHARE, prepared.texts) if harms else ()
    raw = {text.field: text.raw for text in prepared.texts}
    return tuple(
        Span(share.start, harm.end, share.field)
        for share in found[:_MOST]
        for harm in harms[:_MOST]
        if share.field == harm.field
        and _COUNTED.search(raw[share.field][share.start : share.end])
        and _in_one_clause(raw[share.field], share, harm)
    )


def _in_one_clause(raw: str, share: Span, harm: Span) -> bool:
    between = raw[share.end : harm.start]
    return 0 < len(between) <= _CLAUSE and not _STOP.search(between) and not _OURS.search(between.casefold())


def _belongs(share: Span, group: Span, raw: str) -> bool:
    """“70 % immigrants”, “70 % of the deaths were of women”: right behind the number, or joined to it by of or in."""
    distance = group.start - share.end
    return 0 <= distance <= 1 or (
        0 <= distance <= _REACH and raw[group.start : group.start + 3].casefold() in ("of ", "in ")
    )


CHECK = Check(
    id="unverified_claim/statistic",
    title="Figure without a source",
    judge=judge,
    languages=_evidence.LANGUAGES,
    default_grades=("default", "public", "harm", "group"),
)
