"""What must not be repeated: secrets in a reply, and any of the draft's words in a record that keeps no text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from app.domain import CheckResult, Platform, Prepared, Span, Text

HIDDEN = "[…]"
_QUOTED = re.compile(r"[“\"«‘'](.{1,400}?)[”\"»’']", re.DOTALL)
_TERMS: frozenset[str] = frozenset(get_args(Platform))
"""evidence that may well stand in the draft too, and tells nothing about it"""


class Masked:
    """The draft's fields with every private detail masked, character for character: offsets stay as they are."""

    def __init__(self, texts: Iterable[Text], results: Iterable[CheckResult]) -> None:
        self._raw = {text.field: text.raw for text in texts}
        self.fields = dict(self._raw)
        secrets: dict[str, str] = {}
        for span in _private_spans(results):
            secrets.setdefault(self._raw.get(span.field, "")[span.start : span.end], self._mask(span))
        self.secrets = dict(sorted(secrets.items(), key=lambda pair: -len(pair[0])))
        self.secrets.pop("", None)

    def _mask(self, span: Span) -> str:
        """Mask the span in its field, but for its first character; what a rule masked before stays masked."""
        shown = self.fields.get(span.field, "")
        secret = shown[span.start : span.end]
        masked = secret[:1] + "•" * (len(secret) - 1)
        if secret:
            self.fields[span.field] = shown[: span.start] + masked + shown[span.end :]
        return masked

    def words(self, span: Span) -> str:
        """The words of a span, secrets masked."""
        return self.fields.get(span.field, "")[span.start : span.end]

    def hide(self, value: Any) -> Any:
        """The value with the secrets in its strings masked."""
        return _map_strings(value, self._hide_in) if self.secrets else value

    def _hide_in(self, words: str) -> str:
        for secret, shown in self.secrets.items():
            words = words.replace(secret, shown)
        return words


def _private_spans(results: Iterable[CheckResult]) -> Iterator[Span]:
    for result in results:
        if result.rule.startswith("private_information/"):
            for finding in result.findings:
                yield from finding.spans


def without_words(reply: Mapping[str, Any], prepared: Prepared) -> dict[str, Any]:
    """The reply for a record that keeps no text: offsets stay, the draft's words and those it answers go."""
    heard = [text for text in (*prepared.texts, prepared.reply_to, prepared.quoted) if text is not None]
    said = "\n".join(text.raw for text in heard).casefold()
    return {**reply, "warnings": [_wordless(warning, said) for warning in reply["warnings"]]}


def _wordless(warning: Mapping[str, Any], said: str) -> dict[str, Any]:
    spans = {span["text"] for span in warning["spans"] if span["text"]}

    def unquoted(sentence: str) -> str:
        for words in sorted(spans, key=len, reverse=True):
            sentence = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", HIDDEN, sentence, flags=re.IGNORECASE)
        return _QUOTED.sub(lambda found: HIDDEN if found[1].casefold() in said else found[0], sentence)

    def evidence(words: str) -> str:
        return HIDDEN if words not in _TERMS and words.casefold() in said else unquoted(words)

    return {
        **warning,
        **{part: unquoted(warning[part]) for part in ("message", "why", "suggestion")},
        "spans": [{**span, "text": None} for span in warning["spans"]],
        "evidence": _map_strings(warning["evidence"], evidence),
    }


def _map_strings(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _map_strings(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_map_strings(item, change) for item in value]
    return value
