"""What must not be repeated: secrets in a reply, and any of the draft's words in a record that keeps no text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, get_args

from app.domain import CheckResult, Platform, Prepared, Span, Text, Verdict

HIDDEN = "[…]"
_QUOTED = re.compile(r"[“\"«‘'](.{1,400}?)[”\"»’']", re.DOTALL)
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W_]+")
_SHORTEST = 3
"""Latin letters below which a word tells nothing: the codes of languages and countries are as short"""
_TERMS: frozenset[str] = frozenset(get_args(Platform))
"""evidence that may well stand in the draft too, and tells nothing about it"""
_OURS: frozenset[str] = frozenset({"claimed", "stands_on", "at_stake", "would_settle"})
"""evidence that is in the rules' own words, whatever the draft says (`unverified_claim/_settling.py`)"""

_NO_SECRETS: frozenset[str] = frozenset({"private_information/not_for_release"})
"""rules on what is private that mark a label, which tells nothing by itself"""
_PART = re.compile(r"(?=\w*\d)\w{5,}")
"""so much of a secret that a rule may quote by itself: `miller84` of an address"""


def holds_secret(verdict: Verdict) -> bool:
    """Whether a warning above a note says that the draft holds something that must not be repeated."""
    return any(_marks_secrets(warning.rule) and warning.severity != "low" for warning in verdict.warnings)


class Masked:
    """The draft's fields with every private detail masked, character for character: offsets stay as they are."""

    def __init__(self, texts: Iterable[Text], results: Iterable[CheckResult]) -> None:
        self._raw = {text.field: text.raw for text in texts}
        self.fields = dict(self._raw)
        secrets: set[str] = set()
        for span in _private_spans(results):
            secrets.add(self._raw.get(span.field, "")[span.start : span.end])
            self._mask(span)
        secrets.discard("")
        self._secrets = _any_of(secrets)

    def _mask(self, span: Span) -> None:
        """Mask the span in its field, but for its first character; what a rule masked before stays masked."""
        shown = self.fields.get(span.field, "")
        secret = shown[span.start : span.end]
        if secret:
            self.fields[span.field] = shown[: span.start] + _masked(secret) + shown[span.end :]

    def words(self, span: Span) -> str:
        """The words of a span, secrets masked."""
        return self.fields.get(span.field, "")[span.start : span.end]

    def hide(self, value: Any) -> Any:
        """The value with the secrets in its strings masked."""
        return _map_strings(value, self._hide_in) if self._secrets else value

    def _hide_in(self, words: str) -> str:
        return self._secrets.sub(lambda found: _masked(found[0]), words) if self._secrets else words


def _masked(secret: str) -> str:
    return secret[:1] + "•" * (len(secret) - 1)


def _any_of(secrets: set[str]) -> re.Pattern[str] | None:
    """The secrets and their telling parts, however written, the longest first."""
    told = {*secrets, *(part for secret in secrets for part in _PART.findall(secret))}
    longest_first = sorted(told, key=lambda words: (-len(words), words))
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if told else None


def _marks_secrets(rule: str) -> bool:
    return rule.startswith("private_information/") and rule not in _NO_SECRETS


def _private_spans(results: Iterable[CheckResult]) -> Iterator[Span]:
    for result in results:
        if _marks_secrets(result.rule):
            for finding in result.findings:
                yield from finding.spans


class _Said:
    """What the draft says, and the posts it answers or quotes: in its own spelling and in each that a rule may read.

    Looked into seldom and late: most warnings quote nothing beyond their spans.
    """

    def __init__(self, prepared: Prepared) -> None:
        self._texts = prepared.fields

    def holds(self, words: str) -> bool:
        """Whether the draft says this: as words of its own, or with other gaps, as in a hashtag that a rule split."""
        run = _letters(words)
        if not run:  # emoji, signs
            return bool(words) and any(words in text.raw for text in self._texts)
        return run in self._words or (_tells(run) and run in self._run)

    def without_its_words(self, words: str) -> str:
        """Each word that the draft uses replaced."""
        return _WORD.sub(lambda found: HIDDEN if self._has(found[0].casefold()) else found[0], words)

    def _has(self, word: str) -> bool:
        return _tells(word) and word in self._words

    @cached_property
    def _readings(self) -> list[str]:
        return [form for text in self._texts for form in (text.raw.casefold(), text.folded.text, text.plain.text)]

    @cached_property
    def _words(self) -> frozenset[str]:
        tags = (word for text in self._texts for entity in text.entities for word in entity.words)
        return frozenset([*tags, *(word for reading in self._readings for word in _WORD.findall(reading))])

    @cached_property
    def _run(self) -> str:
        return "\n".join(map(_letters, self._readings))


def _tells(word: str) -> bool:
    """Whether so much of the draft would tell what it says."""
    return len(word) >= _SHORTEST or not word.isascii()


def _letters(words: str) -> str:
    """The letters and digits alone."""
    return "".join(_LETTERS.findall(words.casefold()))


def without_words(reply: Mapping[str, Any], prepared: Prepared) -> dict[str, Any]:
    """The reply for a record that keeps no text: offsets stay, the draft's words and those it answers go."""
    said = _Said(prepared)
    return {**reply, "warnings": [_wordless(warning, said) for warning in reply["warnings"]]}


def _wordless(warning: Mapping[str, Any], said: _Said) -> dict[str, Any]:
    spans = {span["text"] for span in warning["spans"] if span["text"]}

    def unquoted(sentence: str) -> str:
        told = sentence.casefold()
        for words in sorted((words for words in spans if words.casefold() in told), key=len, reverse=True):
            sentence = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", HIDDEN, sentence, flags=re.IGNORECASE)
        return _QUOTED.sub(lambda found: HIDDEN if said.holds(found[1]) else found[0], sentence)

    def evidence(words: str) -> str:
        if words in _TERMS:
            return words
        return HIDDEN if said.holds(words) else said.without_its_words(unquoted(words))

    return {
        **warning,
        **{part: unquoted(warning[part]) for part in ("message", "why", "suggestion")},
        "spans": [{**span, "text": None} for span in warning["spans"]],
        "evidence": {
            name: value if name in _OURS else _map_strings(value, evidence)
            for name, value in warning["evidence"].items()
        },
    }


def _map_strings(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {_map_strings(key, change): _map_strings(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_map_strings(item, change) for item in value]
    return value
