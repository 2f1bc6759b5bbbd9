"""Judging the rows of data/platforms/rules.csv whose breach is told by words alone (triggers.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.checks.base import NotApplicable
from app.domain import Finding, Pattern, Platform, PlatformRule, Prepared, Span, Text

_NONE_HOLDS = "no rule of this kind holds for this account's sector and jurisdictions on these platforms"
_NO_LAW = "the account names neither jurisdictions nor regions, and no platform's own rule of this kind holds"
GRADES = ("breach", "unverified", "advice", "note")
"""of a row's severity and of how well it is known: only a breach may hold a draft"""


def held(prepared: Prepared, check: str) -> tuple[PlatformRule, ...]:
    """The rows of a check that hold for this account on these platforms. Raises NotApplicable where none does."""
    rows = prepared.platform_rules.get(check, ())
    if not rows:
        raise NotApplicable(_NONE_HOLDS if prepared.law else _NO_LAW)
    return rows


def judge_rows(prepared: Prepared, check: str) -> Iterator[Finding]:
    """A finding for each row that the draft's words break, the gravest first; one that marks nothing new is left out."""
    found = [(rule, spans) for rule in held(prepared, check) if (spans := broken(prepared, rule))]
    told: list[Finding] = []
    for rule, spans in sorted(found, key=lambda each: GRADES.index(each[0].grade)):
        marked = [span for other in told if _covers(other.platforms, rule.platforms) for span in other.spans]
        if not all(any(_overlap(span, other) for other in marked) for span in spans):
            told.append(finding(rule, spans))
    return iter(told)


def broken(prepared: Prepared, rule: PlatformRule) -> tuple[Span, ...]:
    """The words that break a row; none where the draft has an excuse of it."""
    if rule.any is None:
        return ()
    spans = tuple(span for text in prepared.texts for span in _spans(rule.any, text, raw=rule.raw))
    if not spans or (rule.unless is not None and _anywhere(rule.unless, prepared, raw=rule.raw)):
        return ()
    return spans if all(_anywhere(also, prepared, raw=rule.raw) for also in rule.also) else ()


def finding(
    rule: PlatformRule, spans: tuple[Span, ...], *, grade: str | None = None, confidence: float = 0.8
) -> Finding:
    return Finding(
        message=rule.says,
        why=f"The marked words fall under {rule.authority}: {rule.reference}; nothing in the draft answers that.",
        suggestion=rule.suggestion,
        spans=spans,
        confidence=confidence,
        grade=grade or rule.grade,
        platforms=rule.platforms,
        evidence={
            "row": rule.id,
            "authority": rule.authority,
            "reference": rule.reference,
            "source": f"{rule.source}, {rule.date}",
        },
    )


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """One finding for those of the same words, message and grade, for the platforms of all of them."""
    found: dict[tuple[str, str, tuple[Span, ...]], Finding] = {}
    for each in findings:
        known = found.get(key := (each.message, each.grade, each.spans))
        everywhere = known is not None and not (known.platforms and each.platforms)
        both = () if everywhere else (*(known.platforms if known else ()), *each.platforms)
        found[key] = replace(known or each, platforms=tuple(dict.fromkeys(both)))
    return list(found.values())


def _covers(told: tuple[Platform, ...], platforms: tuple[Platform, ...]) -> bool:
    """Whether what was told for the first platforms was told for the others, too; none stands for all."""
    return not told or (bool(platforms) and set(platforms) <= set(told))


def _overlap(one: Span, other: Span) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end


def _spans(pattern: Pattern, text: Text, *, raw: bool) -> list[Span]:
    if raw:
        return [Span(*place, text.field) for place in pattern.spans(text.raw)]
    return [text.span(*place) for place in pattern.spans(text.folded.text)]


def _anywhere(pattern: Pattern, prepared: Prepared, *, raw: bool) -> bool:
    return any(pattern.is_in(text.raw if raw else text.folded.text) for text in prepared.texts)
