"""Places as feeds write them → ISO 3166 codes, from two tables of our own."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from app.events.feeds.report import Point

_TABLES = Path(__file__).parent / "tables"
_TERRITORIES = {"PR", "GU", "VI", "AS", "MP"}
"""of the United States with a country code of their own"""
_GEORGIA = "georgia"


def from_iso3(codes: str) -> tuple[str, ...]:
    """`TUR, SYR` in any separators → `TR`, `SY`; what is no code of a country is left out."""
    known = _iso3()
    found = (known.get(code) for code in re.findall(r"[A-Z]{3}", codes.upper()))
    return tuple(dict.fromkeys(code for code in found if code))


def of_us_state(code: str) -> tuple[str, ...]:
    """`TX` → `US-TX`; a territory is found under both of its codes; `()` for marine areas and the like."""
    if code in _TERRITORIES:
        return (code, f"US-{code}")
    return (f"US-{code}",) if code in _states().values() else ()


def from_text(text: str, point: Point | None = None) -> tuple[str, ...]:
    """The place that a text ends with, or one that it names: `8 km N of Ridgecrest, CA`, `south of the Fiji Islands`.

    Longer names go first (`New Mexico`, `Papua New Guinea`). Georgia is the American one west of Greenwich.
    """
    tail = text.rpartition(",")[2].strip()
    if tail in _states().values():
        return of_us_state(tail)
    return _named(tail, point) or _named(text, point)


def _named(text: str, point: Point | None) -> tuple[str, ...]:
    found = _pattern().search(text.casefold())
    if found is None:
        return ()
    name = found[0]
    is_american = name in _states() and not (name == _GEORGIA and (point is None or point.lon > 0))
    return of_us_state(_states()[name]) if is_american else (_countries()[name],)


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted({*_countries(), *_states()}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


@cache
def _iso3() -> dict[str, str]:
    return {row["iso3"]: row["iso2"] for row in _rows("countries.csv")}


@cache
def _countries() -> dict[str, str]:
    return {name.casefold(): row["iso2"] for row in _rows("countries.csv") for name in row["names"].split("|")}


@cache
def _states() -> dict[str, str]:
    return {name.casefold(): row["code"] for row in _rows("us_states.csv") for name in row["names"].split("|")}


def _rows(name: str) -> list[dict[str, str]]:
    with (_TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
