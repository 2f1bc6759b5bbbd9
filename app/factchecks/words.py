"""What a word stands for when claims are compared: a form that its inflections and synonyms share, and its weight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import regex

from app.factchecks.lists import sections
from app.text.hashtags import rarity
from app.text.normalise import fold

Role = Literal["empty", "not", "right", "title", "place", "time", "unit", "turn", "word"]

_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_ARTICLE = re.compile(r"^(?:و?ال|لل)(?=\w{3})")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|un|all|dall|dell|nell|sull|quest)'(?=\w{2})")
_WEIGHT_FROM, _WEIGHT_OVER, _LEAST, _MOST = 4.0, 8.0, 0.6, 1.3
"""how weight follows rarity: an everyday word half of a rare one; verbs are everyday words, and tell claims apart"""
_FOREIGN = 1.0
"""weight of a word that English doesn't know"""
_ENDINGS = (
    ("iest", "y"), ("ies", "y"), ("ied", "y"), ("ier", "y"), ("ingly", ""), ("edly", ""), ("ing", ""), ("ness", ""),
    ("ments", "ment"), ("ers", "er"), ("ed", ""), ("es", ""), ("ily", "ily"), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_PARTS = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_SHORTEST = 3
"""letters that a stem keeps"""
_TELLING = 5
"""letters from which a stem is one word's: “cam” is a camera's and came's"""


_SYNONYM = 0.8
"""how alike two words with a common sense are"""


class Word(NamedTuple):
    form: str
    """what is compared"""
    weight: float
    role: Role


@lru_cache(maxsize=65_536)
def word(folded: str) -> Word:
    """A folded word as it is compared."""
    text = _ELIDED.sub("", folded).removesuffix("'s")
    role = _roles().get(text, "word")
    if role in ("empty", "not"):
        return Word(text, 0.0, role)
    name = _names().get(text)
    if name:
        return Word(name[0], 1.2, name[1])
    alike = _alike()
    short = stem(text)
    if role == "right":
        return Word(short, _weight(text), role)
    form = alike.get(text) or _alike_stems().get(short) or short
    name = _names().get(form)
    if name:
        return Word(name[0], 1.2, name[1])
    return Word(form, _weight(text), "turn" if form in _turning() else role)


def words(folded: str) -> tuple[Word, ...]:
    """A token as its words: one, but for scripts that set no spaces, which are cut into pairs of letters."""
    if folded.isascii() or not _UNSPACED.search(folded):
        return (word(folded),)
    return tuple(Word(folded[at : at + 2], 0.6, "word") for at in range(max(1, len(folded) - 1)))


@lru_cache(maxsize=65_536)
def stem(text: str) -> str:
    """Without the commonest endings; of English mostly: other languages' are told by `akin`."""
    if not text.isascii():
        return _ARTICLE.sub("", text)
    for ending, instead in _ENDINGS:
        if text.endswith(ending) and len(text) - len(ending) >= _SHORTEST and not text.endswith(("ss", "us", "is")):
            short = text[: -len(ending)] + instead
            if (
                ending in ("ing", "ed", "er")
                and len(short) > _SHORTEST
                and short[-1] == short[-2]
                and short[-1] not in "lsz"
            ):
                short = short[:-1]  # stopped, stop
            return short.removesuffix("e") if len(short) > _SHORTEST else short
    return text


def akin(one: str, other: str) -> float:
    """How alike two forms are, in [0, 1]: by a common sense, or by their first letters: inflection changes the end."""
    if other in _synonyms().get(one, ()):
        return _SYNONYM
    longest = max(len(one), len(other))
    if longest < 5 or one[:3] != other[:3]:
        return 0.0
    shared = 3
    for a, b in zip(one[3:], other[3:], strict=False):
        if a != b:
            break
        shared += 1
    return shared / longest


def _weight(text: str) -> float:
    rare = rarity(text)
    if rare is None:
        return _MOST if text.isascii() and any(map(str.isdigit, text)) else _FOREIGN
    return min(_MOST, max(_LEAST, (rare - _WEIGHT_FROM) / _WEIGHT_OVER))


@cache
def opposites() -> dict[str, frozenset[str]]:
    """For each form those that say the contrary."""
    lines = (*sections("words.txt")["opposites"], *sections("wordnet.txt")["opposites"])
    return _both_ways(line.split("/") for line in lines)


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    """For each form others that share a sense with it."""
    groups = (line.split() for line in sections("wordnet.txt")["alike"])
    return _both_ways((first, other) for first, *others in groups for other in others)


def _both_ways(pairs: Iterable[Sequence[str]]) -> dict[str, frozenset[str]]:
    """Pairs of words as a table of their forms."""
    found: dict[str, set[str]] = {}
    for pair in pairs:
        one, other = (word(each) for each in pair)
        if one.form != other.form and one.weight and other.weight:
            found.setdefault(one.form, set()).add(other.form)
            found.setdefault(other.form, set()).add(one.form)
    return {form: frozenset(others) for form, others in found.items()}


@cache
def phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Several words that are one, by the first of them, the longest first, with what they become."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    listed = [line.partition("|") for line in sections("words.txt")["phrases"]]
    pairs = [(said, stands_for or said.replace(" ", "-")) for said, _, stands_for in listed]
    pairs += [(name, name) for name in _names() if "-" in name]
    for said, form in pairs:
        parts = tuple(_PARTS.findall(said))
        found.setdefault(parts[0], []).append((parts, form))
    return {first: tuple(sorted(each, key=lambda phrase: -len(phrase[0]))) for first, each in found.items()}


@cache
def acronyms() -> dict[str, str]:
    """Words that are names in capitals only."""
    return dict(line.split() for line in sections("words.txt")["acronyms"])


@cache
def _turning() -> frozenset[str]:
    """Forms that deny what stands beside them: what is banned is not allowed."""
    return frozenset(" ".join(sections("words.txt")["turning"]).split())


@cache
def _roles() -> dict[str, Role]:
    found: dict[str, Role] = {}
    roles: tuple[tuple[str, Role], ...] = (("titles", "title"), ("empty", "empty"), ("right", "right"), ("not", "not"))
    for section, role in roles:
        for line in sections("words.txt")[section]:
            found |= {fold(each).text: role for each in line.split()}
    return found


@cache
def _alike() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in sections("words.txt")["alike"]:
        first, *others = line.split()
        for each in (first, *others):
            found[each] = first
    return found


@cache
def _alike_stems() -> dict[str, str]:
    return {stem(each): first for each, first in _alike().items() if len(stem(each)) >= _TELLING}


@cache
def _names() -> dict[str, tuple[str, Role]]:
    found: dict[str, tuple[str, Role]] = {}
    kinds: tuple[tuple[str, Role], ...] = (("places", "place"), ("times", "time"), ("units", "unit"))
    for section, role in kinds:
        for line in sections("names.txt")[section]:
            forms = fold(line).text.split()
            found |= dict.fromkeys(forms, (forms[0], role))
    return found
