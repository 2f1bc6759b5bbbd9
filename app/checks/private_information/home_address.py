"""Where a private person lives, hides or stays.

Besides street addresses it reads where a shelter keeps somebody who fled or is protected, and the room of a guest who is
answered by name.

Why: an address can't be taken back, and it brings strangers to the door; publishing it is a data breach and, on every
platform, doxxing. For somebody in hiding it can be the end.
Flag: "it was left with your neighbour at 14 Larch Close, Bexford BX4 9QT", "she lives at 220 Elm Street, Dayton, OH 45402",
"Ana Reis of 9 Mill Row", "she left her husband and is safe in our house behind St Anne's", "your booking is confirmed, room 31".
Allow: shops, venues, offices, polling stations, road works, incidents; the account's own published contacts; a shelter's
work without place or person; hiding places of the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.matching import find, find_raw
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "home_address.txt")
_STREET = re.compile(
    r"\b\d{1,5}[A-Za-z]?,? (?:[A-Z][\w'’.-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Court|Ct|Crescent|Way|"
    r"Terrace|Place|Pl|Grove|Gardens|Boulevard|Blvd|Walk|Mews|Row|Hill|Park|Square|Green)\b"
    r"(?:,? [A-Z][\w'’.-]+){0,3}(?:,? (?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2} \d{5}))?"
)


_NAMED_OF = re.compile(r"\b[A-Z][a-z'’]+ (?:[A-Z][\w'’-]+ )+(?:of|from) \Z")
_FIRM = re.compile(
    r"(?:Ltd|Sons|Co|LLP|Solicitors|Agents?|Builders|Bakery|Inn|Hotel|School|Church|Hall|Centre|Center|Club|Caf[eé]|Shop|Store|Garage"
    r"|Clinic|Surgery|Pharmacy|Studio|Gallery|House) (?:of|from) \Z"
)
_PLACE = re.compile(
    r"\b(?:behind|opposite|above|next to|next door to|across from|round the corner from|around the corner from|beside|just off|doors? from)"
    r" (?:the )?(?:[a-z]+ )?[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+| [a-z]+(?= in [A-Z]))*"
    r"|\b(?:at|in) the [A-Z]\w+(?: [A-Z]\w+)? (?:Hotel|Hostel|Motel|Inn|Arms|Lodge|B&B|Guest ?[Hh]ouse|Apartments|Caravan Park)"
    r"|\b(?:[Ff]lat|[Rr]oom|[Uu]nit|[Aa]partment|[Cc]aravan) \d+\w?"
)
_ROOM = re.compile(
    r"\b(?:room|suite|cabin|villa|apartment|quarto|habitaci[oó]n|hab\.|chambre|zimmer|camera|stanza|kamer)"
    r"\s*(?:n[.ºo°]{0,2}|nr\.?|no\.?|number|#)?\s*\d{1,4}[a-z]?\b",
    re.IGNORECASE,
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    found = tuple(find_raw(_STREET, prepared.texts))
    streets = tuple(span for span, match in found if not _own(match.group(), prepared))
    if _are_private(streets, prepared):
        yield _finding("default", streets, "stands beside words that make it a private person's")
    elif hidden := _hiding_place(prepared, streets):
        yield _finding("hidden", hidden, "tells where somebody is kept safe from others")
    elif rooms := _guest_room(prepared):
        yield _finding("stay", rooms, "tells everybody in which room the person answered sleeps")


def _are_private(streets: tuple[Span, ...], prepared: Prepared) -> bool:
    if not streets or find(_PHRASES["public"], prepared.texts):
        return False
    somebodys = find(_PHRASES["somebodys"], prepared.texts)
    return bool(somebodys) or any(_is_named(span, prepared) for span in streets)


def _is_named(street: Span, prepared: Prepared) -> bool:
    """`Ana Reis of 9 Mill Row`: a person's full name right before the address, not a firm's."""
    before = next(text.raw[: street.start] for text in prepared.texts if text.field == street.field)
    return _NAMED_OF.search(before) is not None and not _FIRM.search(before)


def _hiding_place(prepared: Prepared, streets: tuple[Span, ...]) -> tuple[Span, ...]:
    text = prepared.text
    at_risk = _PHRASES["at_risk"].is_in(text) and _PHRASES["hideaway"].is_in(text) and not _PHRASES["past"].is_in(text)
    return streets + tuple(span for span, _ in find_raw(_PLACE, [text])) if at_risk else ()


def _guest_room(prepared: Prepared) -> tuple[Span, ...]:
    if prepared.reply_to is None or not _PHRASES["booked"].is_in(prepared.text):
        return ()
    return tuple(span for span, _ in find_raw(_ROOM, [prepared.text]))


def _own(address: str, prepared: Prepared) -> bool:
    return any(address.casefold() in contact.casefold() for contact in prepared.account.contacts)


def _finding(grade: str, places: tuple[Span, ...], because: str) -> Finding:
    return Finding(
        message="This says where somebody lives." if grade == "default" else "This says where somebody can be found.",
        why=f"The marked place {because}.",
        suggestion="Leave it out, and whatever else leads there."
        if grade == "hidden"
        else "Leave it out, or answer in a direct message.",
        spans=places,
        confidence=0.85,
        grade=grade,
    )


CHECK = Check(
    id="private_information/home_address",
    title="Where somebody lives or stays",
    judge=judge,
    languages=frozenset({"en", "de", "es", "fr", "it", "pt"}),
    default_grades=("default", "hidden", "stay"),
    sources=("X, private information and media policy", "GDPR article 6"),
)
