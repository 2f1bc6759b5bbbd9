"""What a publisher's rating says of a claim: by its number, and by its words where they are known."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from app.domain import Standing
from app.factchecks.lists import sections
from app.text.normalise import fold

_EDGES = " \t\n.!?…:;,'\"“”„«»()[]*-–—"
_PART = re.compile(r"\s*(?:[.:;,|/(—–]|\s-\s|\s{2,})\s*")
_LONGEST = 400
"""characters of a rating that are read"""
_RIGHT_FROM, _WRONG_TO = 0.75, 0.25
"""shares of the scale, 0 the worst and 1 the best"""
_FEWEST_GRADES = 1.0
"""a scale from 1 to 1, or from 5 to 1, says nothing"""
_CONTRARY = (frozenset({"wrong", "right"}),)


def standing_of(
    words: str, value: float | None = None, worst: float | None = None, best: float | None = None
) -> Standing:
    """What publisher's words and number say together.

    The number counts where worst and best make a scale; words count where the table knows them. Where one of both
    says nothing, the other stands; where they contradict each other, or neither is known, it is `unclear`: never
    guessed.
    """
    said, graded = _by_words(words), _by_number(value, worst, best)
    if said is None or graded is None:
        return said or graded or "unclear"
    if frozenset({said, graded}) in _CONTRARY:
        return "unclear"
    return said  # words are finer than numbers: "missing context" is 1 of 5 with some publishers


def _by_number(value: float | None, worst: float | None, best: float | None) -> Standing | None:
    """None where it is no grade on a scale."""
    if value is None or worst is None or best is None:
        return None
    if best - worst < _FEWEST_GRADES or not worst <= value <= best:
        return None
    share = (value - worst) / (best - worst)
    return "right" if share >= _RIGHT_FROM else "wrong" if share <= _WRONG_TO else "doubtful"


@lru_cache(maxsize=4096)
def _by_words(words: str) -> Standing | None:
    """None where they aren't known, or speak for several standings."""
    text = " ".join(fold(words[:_LONGEST]).text.split()).strip(_EDGES)
    table = _table()
    if text in table:
        return table[text]
    for part in _PART.split(text):  # "False. The photo is of 2014", "Verdict: false"
        if part.strip(_EDGES) in table:
            return table[part.strip(_EDGES)]
    return _only(text)


def _only(text: str) -> Standing | None:
    """The standing of the phrases inside a sentence where they agree and nothing turns them ("not entirely false")."""
    inside = [text[found.start() : found.end()] for found in _phrases().finditer(text)]
    standings = {_table()[phrase] for phrase in inside}
    rest = _phrases().sub(" ", text)
    if len(standings) != 1 or not _turns().isdisjoint(re.findall(r"[^\W_]+(?:'[^\W_]+)?", rest)):
        return None
    return standings.pop()


@cache
def _table() -> dict[str, Standing]:
    known: dict[str, Standing] = {}
    for standing in ("wrong", "doubtful", "right", "unclear"):
        for phrase in sections("ratings.txt")[standing]:
            known.setdefault(fold(phrase).text.strip(_EDGES), standing)
    return known


@cache
def _phrases() -> re.Pattern[str]:
    """Phrases of four letters and more: “no” and “sai” are words of too many sentences."""
    telling = [phrase for phrase, standing in _table().items() if len(phrase) > 3 and standing != "unclear"]
    longest_first = sorted(telling, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


@cache
def _turns() -> frozenset[str]:
    """Words that turn what stands beside them."""
    return frozenset(fold(" ".join(sections("ratings.txt")["turns"])).text.split())
