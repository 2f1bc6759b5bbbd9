"""Numbers in a text, however they are written: 33 %, a third, 2m, two million, 1,200."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from app.factchecks.lists import sections

Kind = Literal["count", "percent", "money", "year", "times"]

_ROUNDED = 0.03
"""how far apart two numbers may lie of which one is the other rounded"""
_YEARS = range(1800, 2101)
_ONE = frozenset({"one", "un", "una", "uno", "ein", "eine", "um", "uma"})
"""number words that are an article or a pronoun unless something shows that they count"""
_MOST = 40
"""numbers of a text that are read: a table of results is no claim"""


class Number(NamedTuple):
    values: tuple[float, ...]
    """two where it can be read in two ways: 1.500"""
    kind: Kind
    start: int
    end: int

    def is_same(self, other: Number) -> bool:
        if self.kind != other.kind and not {self.kind, other.kind} <= {"count", "money"}:
            return False
        return any(_same(a, b, exact=self.kind == "year") for a in self.values for b in other.values)


def numbers(folded: str) -> tuple[Number, ...]:
    """The numbers of a folded text in order; dates' days and years too."""
    found: list[Number] = []
    for match in _pattern().finditer(folded):
        found += _number(match)
        if len(found) >= _MOST:
            break
    return tuple(found)


def _number(match: re.Match[str]) -> Iterator[Number]:
    place = match.span()
    if match["nth"]:  # "every fourth child"
        yield Number((100 / _ordinals()[match["nth"]],), "percent", *place)
        return
    if match["alone"]:  # "half of all", "a third"
        yield Number((100 * _fractions()[match["alone"]],), "percent", *place)
        return
    values = _values(match)
    whole = _plain(match["outof"]) if match["outof"] else 0.0
    if match["fraction"]:
        yield Number(tuple(100 * value * _fractions()[match["fraction"]] for value in values), "percent", *place)
    elif whole:
        yield Number(tuple(100 * value / whole for value in values), "percent", *place)
    elif match["word"] not in _ONE or match["scale"] or match["percent"] or match["money"]:
        scale = _scales().get(match["scale"] or "", 1.0) * _scales().get(match["again"] or "", 1.0)
        if match["scale"] == "m":  # metres too
            values = (*values, *(value * scale for value in values))
            scale = 1.0
        yield Number(tuple(value * scale for value in values), _kind(match), *place)


def _kind(match: re.Match[str]) -> Kind:
    if match["percent"]:
        return "percent"
    if match["before"] or match["money"]:
        return "money"
    if match["times"]:
        return "times"
    digits = match["digits"] or ""
    bare = len(digits) == 4 and digits.isdecimal() and not match["scale"] and not match["ordinal"]
    return "year" if bare and int(digits) in _YEARS else "count"


def _values(match: re.Match[str]) -> tuple[float, ...]:
    if match["digits"]:
        return _of_digits(match["digits"])
    value = _words()[match["word"]]
    return (value + _words()[match["unit"]],) if match["unit"] and 20 <= value < 100 else (value,)


def _of_digits(digits: str) -> tuple[float, ...]:
    """The readings of a number with points, commas and spaces."""
    digits = digits.replace(" ", "").replace("\u00a0", "").replace("'", "")
    groups = re.split(r"[.,]", digits)
    if len(groups) == 1:
        return (float(digits),)
    thousands = all(len(group) == 3 for group in groups[1:]) and 0 < len(groups[0]) < 4
    if len(groups) == 2:
        decimal = float(f"{groups[0]}.{groups[1]}")
        return (
            (float("".join(groups)), decimal)
            if thousands and "." in digits
            else ((float("".join(groups)),) if thousands else (decimal,))
        )
    if thousands:
        return (float("".join(groups)),)
    if all(len(group) in (2, 3) for group in groups[1:-1]) and len(groups[-1]) == 3:  # 12,34,567
        return (float("".join(groups)),)
    return (float("".join(groups[:-1]) + "." + groups[-1]),)


def _plain(text: str) -> float | None:
    digits = text.replace(",", "")
    return float(digits) if digits.isdigit() else _words().get(text)


def _same(a: float, b: float, *, exact: bool) -> bool:
    """Equal, or one is the other rounded."""
    if a == b:
        return True
    if exact or not a or not b or (a < 0) != (b < 0):
        return False
    if abs(a - b) / max(abs(a), abs(b)) > _ROUNDED:
        return False
    return _rounded(a, _digits(b)) == b or _rounded(b, _digits(a)) == a


def _digits(value: float) -> int:
    """Significant digits."""
    return max(1, len(f"{value:.10g}".replace(".", "").partition("e")[0].strip("0-")))


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")


def _table(section: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for line in sections("numbers.txt")[section]:
        *words, value = line.split()
        found |= dict.fromkeys(words, float(value))
    return found


@cache
def _words() -> dict[str, float]:
    return _table("words")


@cache
def _scales() -> dict[str, float]:
    return _table("scales")


@cache
def _fractions() -> dict[str, float]:
    return _table("fractions")


@cache
def _ordinals() -> dict[str, float]:
    return _table("ordinals")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    words, scales, fractions = (_any_of(table()) for table in (_words, _scales, _fractions))
    units = _any_of(word for word, value in _words().items() if 0 < value < 10)
    percent, money = (_any_of(sections("numbers.txt")[name]) for name in ("percent", "money"))
    return re.compile(
        rf"(?<![\w.,])(?<![a-z]-)(?:(?P<before>[$€£¥₹]\s?)?"
        rf"(?:(?P<digits>\d+(?:[.,'\u00a0 ]\d{{3}}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)*)(?P<ordinal>st|nd|rd|th)?"
        rf"|(?P<word>{words})(?:[\s-](?P<unit>{units}))?)"
        rf"(?:[\s-]*(?P<scale>{scales})(?!\w)(?:\s(?P<again>{scales})(?!\w))?)?"
        rf"(?:\s*(?P<percent>{percent})(?!\w)|\s*(?P<money>{money})(?!\w)|[\s-]*(?P<times>x|times|fold)(?!\w)"
        rf"|(?:\s+(?:in|out of|of every|of each|de cada|sur|von|su)\s+(?:(?:every|each|an?)\s+)?|/)"
        rf"(?P<outof>[2-9]|10{{1,3}}|1,000|{words})(?![\w/])"
        rf"|[\s-]*(?P<fraction>{fractions})(?!\w))?(?!\w)"
        rf"|(?:every|each|jede[rsmn]?|chaque|cada|ogni)\s(?P<nth>{_any_of(_ordinals())})(?!\w)"
        rf"|(?P<alone>{fractions})(?!\w))"
    )
