"""The rules that a policy brings along, as checks: a house's own words and patterns, with the cases they must hold.

All of them are looked for at once, sixteen rules a search; only those of which something may stand in the draft are
then run one by one. Everything is matched on folded text, so that case, accents and look-alike letters don't count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from app.checks.base import Check, Judge
from app.checks.own_words import AnyOf, Words, edged
from app.domain import Finding, Prepared, Span, Text
from app.linear import BadPattern, Linear
from app.policy import OwnRule, Policy
from app.text.normalise import fold

_AT_ONCE = 16
_MOST_STEPS = 5_000
"""of a pattern: at worst a fraction of a second on the longest draft"""
_ORDINARY = ("good morning", "see you at 10", "with thanks to you all", "mehr dazu bald", "hay pan y fruta")
"""a pattern that finds something in each of these finds something in all drafts"""


class BadOwnRule(ValueError):
    """An own rule that can't be used. `path`: the entry at fault within it, places in lists from 0."""

    def __init__(self, path: tuple[str | int, ...], reason: str) -> None:
        super().__init__(reason)
        self.path, self.reason = path, reason


def try_out(rule: OwnRule) -> None:
    """Compile it and run its cases. Raises BadOwnRule."""
    compiled = _Compiled(rule)
    for index, pattern in enumerate(compiled.patterns):
        if all(map(pattern.is_in, _ORDINARY)):
            raise BadOwnRule(("patterns", index), "matches ordinary words, and so every draft")
    for index, case in enumerate(rule.flag):
        if not compiled.finds(case):
            raise BadOwnRule(("flag", index), "finds nothing in this case, which it must flag")
    for index, case in enumerate(rule.allow):
        if compiled.finds(case):
            raise BadOwnRule(("allow", index), "flags this case, which it must allow")


class OwnRules:
    """A policy's own rules that are not switched off, ready to run."""

    def __init__(self, policy: Policy) -> None:
        """Raises BadOwnRule; not for rules that were tried out."""
        rules = [_Compiled(rule) for rule in policy.own.values() if policy.rules[rule.id].mode != "off"]
        self.checks = tuple(Check(each.rule.id, each.rule.title, each.judge, each.rule.languages) for each in rules)
        self._groups = [_Group(rules[at : at + _AT_ONCE]) for at in range(0, len(rules), _AT_ONCE)]

    def possible(self, prepared: Prepared) -> dict[str, Judge]:
        """By id, the rules of which something may stand in the draft; the others have nothing to find."""
        if not self._groups:
            return {}
        fields = _fields(prepared)
        found = (each for group in self._groups if group.is_in(fields) for each in group.rules)
        return {each.rule.id: partial(each.judge, fields=fields) for each in found}


class _Field:
    """A field of a draft in the two forms that are searched."""

    def __init__(self, folded: str) -> None:
        self.folded, self.edged = folded, edged(folded)


def _fields(prepared: Prepared) -> list[_Field]:
    return [_Field(text.folded.text) for text in prepared.texts]


class _Compiled:
    """One rule, ready to run."""

    def __init__(self, rule: OwnRule) -> None:
        self.rule = rule
        self.words = _words(rule.words, "words")
        self.patterns = tuple(_pattern(pattern, index) for index, pattern in enumerate(rule.patterns))
        self._unless = _words(rule.unless, "unless")
        self._exceptions = _words(rule.exceptions, "except")

    def judge(self, prepared: Prepared, fields: Sequence[_Field] | None = None) -> Iterable[Finding]:
        """`fields`: those of the draft, where they have been read for other rules."""
        if not self._is_meant(prepared):
            return
        fields = fields or _fields(prepared)
        if self._is_silenced(fields):
            return
        texts = zip(prepared.texts, fields, strict=True)
        if spans := tuple(span for text, field in texts for span in self._raw(text, field)):
            yield Finding(self.rule.message, self.rule.why, self.rule.suggestion, spans)

    def finds(self, case: str) -> bool:
        """Whether it would flag a draft of this text, where platform, account and language are those it is for."""
        field = _Field(fold(case).text)
        return not self._is_silenced([field]) and bool(self._spans(field))

    def _is_meant(self, prepared: Prepared) -> bool:
        platforms, kinds = self.rule.platforms, self.rule.kinds
        if platforms is not None and platforms.isdisjoint(prepared.draft.platforms):
            return False
        return kinds is None or prepared.account.kind in kinds

    def _is_silenced(self, fields: Iterable[_Field]) -> bool:
        return self._unless is not None and any(self._unless.is_in(field.edged) for field in fields)

    def _raw(self, text: Text, field: _Field) -> Iterator[Span]:
        return (text.span(start, end) for start, end in self._spans(field))

    def _spans(self, field: _Field) -> list[tuple[int, int]]:
        """Where in the folded text something is found that no exception covers."""
        found = set(self.words.spans(field.edged)) if self.words else set()
        for pattern in self.patterns:
            found.update(pattern.spans(field.folded))
        covered = self._exceptions.spans(field.edged) if found and self._exceptions else []
        return sorted(
            (start, end)
            for start, end in found
            if start < end and not any(first <= start and end <= last for first, last in covered)
        )


def _words(listed: Sequence[str], name: str) -> Words | None:
    """Folded as drafts are. None where none are listed."""
    if not listed:
        return None
    folded = [fold(word).text.strip() for word in listed]
    if "" in folded:
        raise BadOwnRule((name, folded.index("")), "holds nothing that could stand in a draft")
    try:
        return Words(folded)
    except BadPattern as refusal:
        raise BadOwnRule((name,), f"are too many for one rule: {refusal}") from refusal


def _pattern(pattern: str, index: int) -> Linear:
    for letter in pattern:
        if (folded := fold(letter).text) != letter.lower():
            raise BadOwnRule(("patterns", index), f"holds {letter!r}, which is read as {folded!r}: write that")
    try:
        made = Linear(pattern, ignore_case=True)
    except BadPattern as refusal:
        raise BadOwnRule(("patterns", index), str(refusal)) from refusal
    if made.steps > _MOST_STEPS:
        raise BadOwnRule(("patterns", index), f"is too costly: {made.steps:,} steps, at most {_MOST_STEPS:,} are taken")
    return made


class _Group:
    """Some rules, searched for together: what none of them has in a draft is told in the time of one."""

    def __init__(self, rules: Sequence[_Compiled]) -> None:
        self.rules = rules
        self._words = AnyOf(each.words.pattern for each in rules if each.words)
        self._patterns = AnyOf(pattern.pattern for each in rules for pattern in each.patterns)

    def is_in(self, fields: Iterable[_Field]) -> bool:
        return any(self._words.is_in(field.edged) or self._patterns.is_in(field.folded) for field in fields)
