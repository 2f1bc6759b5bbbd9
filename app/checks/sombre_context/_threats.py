"""Violence threatened, or wished on people: what hurts after any event."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping

from app.checks.sombre_context import _reading
from app.checks.wordlists import load_sections
from app.domain import Prepared, Span

_TABLES = load_sections(_reading.LISTS / "threats.txt")
_CEREMONY = re.compile(r"\b(?:ceremon\w+|commemorat\w+)\b")
_SENTENCE_END = re.compile(r"[.!?\n]")


def find(prepared: Prepared) -> tuple[Span, ...]:
    """The words of a threat, or else of a wish."""
    return _TABLES["threat"].find_in(prepared.texts) or _wish(prepared)


def _wish(prepared: Prepared) -> tuple[Span, ...]:
    """An accident wished on people, or a means of violence, somebody to suffer it and a wish in one sentence.

    A draft that reports or remembers uses the same words and wishes nothing.
    """
    text = prepared.text
    means = _TABLES["means"].find(text)
    misfortune = _TABLES["misfortune"].find(text)
    if not (means or misfortune) or _reading.is_report(_CEREMONY.sub("", text.folded.text)):
        return ()
    if misfortune:
        return misfortune
    threes = [means, *(_TABLES[name].find(text) for name in ("target", "wish"))]
    sentences = [_by_sentence(spans, text.raw) for spans in threes]
    for number, harm in sentences[0].items():
        if all(set(others.get(number, ())) - set(harm) for others in sentences[1:]):
            return tuple(harm)
    return ()


def _by_sentence(spans: Iterable[Span], raw: str) -> Mapping[int, list[Span]]:
    """The spans by the number of their sentence."""
    ends = [match.end() for match in _SENTENCE_END.finditer(raw)]
    found: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        found[bisect_right(ends, span.start)].append(span)
    return found
