"""Where a private person lives.

Why: an address can't be taken back, and it brings strangers to the door; publishing it is a data breach and, on every
platform, doxxing.
Flag: "it was left with your neighbour at 14 Larch Close, Bexford BX4 9QT", "she lives at 220 Elm Street, Dayton, OH 45402".
Allow: shops, venues, offices, polling stations, road works, incidents; the account's own published contacts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.matching import find, find_raw
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "home_address.txt")
_STREET = re.compile(
    r"\b\d{1,5}[A-Za-z]?,? (?:[A-Z][\w'’.-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Court|Ct|Crescent|Way|"
    r"Terrace|Place|Pl|Grove|Gardens|Boulevard|Blvd|Walk|Mews|Row|Hill|Park|Square|Green)\b"
    r"(?:,? [A-Z][\w'’.-]+){0,3}(?:,? (?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2} \d{5}))?"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    streets = tuple(span for span, match in find_raw(_STREET, prepared.texts) if not _own(match.group(), prepared))
    if not streets or find(_PHRASES["public"], prepared.texts):
        return
    if whose := find(_PHRASES["somebodys"], prepared.texts):
        yield _finding(streets, whose)


def _own(address: str, prepared: Prepared) -> bool:
    return any(address.casefold() in contact.casefold() for contact in prepared.account.contacts)


def _finding(streets: tuple[Span, ...], whose: tuple[Span, ...]) -> Finding:
    return Finding(
        message="This says where somebody lives.",
        why="The marked address stands beside words that make it a private person's.",
        suggestion="Leave the address out, or answer in a direct message.",
        spans=streets,
        confidence=0.85,
        evidence={"words_beside_it": len(whose)},
    )


CHECK = Check(
    id="private_information/home_address",
    title="Where somebody lives",
    judge=judge,
    languages=ENGLISH,
    sources=("X, private information and media policy", "GDPR article 6"),
)
