"""A sentence in another language than the account's, in a draft that is in the account's for the rest and doesn't say why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import wordninja

from app.checks.wordlists import load_sections
from app.domain import Span, Text
from app.text.language import UNKNOWN, detect

_LISTS = Path(__file__).parent / "lists"
_PHRASES = load_sections(_LISTS / "untranslated.txt")
_BOTH, _ABOUT = _PHRASES["both"], _PHRASES["about"]
_WORDS = {
    line.partition(" ")[0]: frozenset(line.split()[1:])
    for line in (_LISTS / "function_words.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}
"""the commonest small words of a language, folded"""
_ALONE = {
    language: words.difference(*(others for other, others in _WORDS.items() if other != language))
    for language, words in _WORDS.items()
}
"""those that none of the others has"""
_COMMON = {
    line.partition(" ")[0]: frozenset(line.split()[1:])
    for line in (_LISTS / "more_function_words.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}
_OWN = {own: words | _COMMON.get(own, frozenset()) for own, words in _WORDS.items()}
"""small words without any of which a sentence is hardly in the language, shared ones included"""
_SENTENCE = re.compile(r"[^\s.!?…\n](?:[^.!?…\n]|[.!?](?=\w))*[.!?…]*")
_QUOTED = re.compile(r"[\"“„«»‹›'‘]")
_NAME = re.compile(r"\d+|(?<=[\w,] )[A-ZÀ-Ý]\w{2,}")
"""numbers, and words with a capital within a sentence"""
_PARTED = re.compile(r"[\U0001f1e6-\U0001f1ff\U0001f3f4]|(?:\A|\n)[ \t]*(?:[-–—_*=~/|•·.]{1,40})[ \t]*(?:\n|\Z)")
"""flags, or a line of signs, which part the versions of a text"""
_FEWEST_WORDS = 6
_FEWEST_SENTENCES = 2
_MOST_SENTENCES = 40
_COST: Mapping[str, float] = wordninja.DEFAULT_LANGUAGE_MODEL._wordcost
"""of English words: the rarer, the dearer"""
_RARE = 13.0
_LONGER = 4
"""letters"""
_MOST_FOREIGN = 0.34
"""share of the sentences above which the draft is in two languages on purpose"""


def found(text: Text, own: str) -> tuple[Span, ...]:
    """The sentences; none where the account's language isn't known."""
    if own not in _WORDS or text.raw.count("\n") + len(re.findall(r"[.!?…]", text.raw[:5_000])) < _FEWEST_SENTENCES - 1:
        return ()
    sentences = [match.span() for match in _SENTENCE.finditer(text.raw)][:_MOST_SENTENCES]
    if len(sentences) < _FEWEST_SENTENCES:
        return ()
    foreign = [
        at
        for at, words in enumerate(_by_sentence(text, sentences))
        if len(words) >= _FEWEST_WORDS and _is_foreign(words, own) and _is_told(text, sentences[at], own)
    ]
    if not foreign or not _is_stray(foreign, sentences, text, own) or _says_why(foreign, sentences, text):
        return ()
    return tuple(Span(*sentences[at], text.field) for at in foreign)


def _by_sentence(text: Text, sentences: Sequence[tuple[int, int]]) -> list[list[str]]:
    """The folded words of each."""
    words: list[list[str]] = [[] for _ in sentences]
    at = 0
    for token in text.tokens:
        while at < len(sentences) and token.start >= sentences[at][1]:
            at += 1
        if at == len(sentences):
            break
        words[at].append(token.folded)
    return words


def _is_told(text: Text, span: tuple[int, int], own: str) -> bool:
    """Said by the draft itself in another language: enough words outside tags, names and quotation marks."""
    outside = bytearray(len(text.raw))
    for entity in text.entities:
        if entity.kind in ("hashtag", "mention", "link"):
            outside[entity.start : entity.end] = b"\x01" * (entity.end - entity.start)
    told = (token for token in text.tokens if span[0] <= token.start < span[1] and not outside[token.start])
    words = [token.folded for token in told if len(token.folded) > 1]
    if len(words) < _FEWEST_WORDS or _is_quoted(text.raw, span) or (own == "en" and _is_english(words)):
        return False
    return detect(text.raw[slice(*span)]) not in (own, UNKNOWN)


def _is_english(words: Sequence[str]) -> bool:
    """Most of its longer words are frequent in English: a headline without small words is no other language."""
    longer = [word for word in words if len(word) >= _LONGER]
    return 2 * sum(_COST.get(word, _RARE) < _RARE for word in longer) > len(longer)


def _is_stray(foreign: Sequence[int], sentences: Sequence[tuple[int, int]], text: Text, own: str) -> bool:
    """The rest is in the account's language, and the few are no translation of it, which would repeat its names and
    numbers: fewer than it, framed by it, or with numbers of their own."""
    rest = " ".join(text.raw[slice(*span)] for at, span in enumerate(sentences) if at not in foreign)
    few = " ".join(text.raw[slice(*sentences[at])] for at in foreign)
    named = frozenset(_NAME.findall(few))
    if detect(rest) != own or not named.isdisjoint(_NAME.findall(rest)):
        return False
    if len(foreign) <= _MOST_FOREIGN * len(sentences):
        return True
    framed = foreign[0] > 0 and foreign[-1] < len(sentences) - 1
    return 2 * len(foreign) <= len(sentences) and (framed or re.search(r"\d", few) is not None)


def _says_why(foreign: Sequence[int], sentences: Sequence[tuple[int, int]], text: Text) -> bool:
    """The words around the sentences speak of languages, of a song or of who said it, or promise both languages."""
    about = [
        span
        for span in _ABOUT.find(text)
        if not any(sentences[at][0] <= span.start < sentences[at][1] for at in foreign)
    ]
    return bool(about) or bool(_BOTH.find(text)) or _PARTED.search(text.raw) is not None


def _is_foreign(words: Sequence[str], own: str) -> bool:
    """Without any of the account's small words, which hardly a sentence of six words is; those that other languages have
    too don't count where two of another language are there."""
    if _OWN[own].isdisjoint(words):
        return True
    if not _WORDS[own].isdisjoint(words):
        return False
    return any(len(known.intersection(words)) >= 2 for language, known in _ALONE.items() if language != own)


def _is_quoted(raw: str, span: tuple[int, int]) -> bool:
    """Within or right behind marks of quotation, or set in capitals as titles are."""
    around = re.sub(r"(?<=\w)['’](?=\w)", "", raw[max(0, span[0] - 2) : span[1] + 2])
    words = re.findall(r"[^\W\d_]{4,}", raw[span[0] : span[1]])
    titled = bool(words) and sum(word[0].isupper() for word in words) > 0.6 * len(words)
    return titled or _QUOTED.search(around.replace("'", "’") if around.count("'") == 1 else around) is not None
