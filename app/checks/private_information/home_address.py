"""Where a private person lives, hides or stays.

Besides street addresses, in the notations of some twenty countries, it reads where a shelter keeps somebody who fled or is
protected, and the room of a guest who is answered by name.

Why: an address can't be taken back, and it brings strangers to the door; publishing it is a data breach and, on every
platform, doxxing. For somebody in hiding it can be the end.
Flag: "it was left with your neighbour at 14 Larch Close, Bexford BX4 9QT", "she lives at 220 Elm Street, Dayton, OH 45402",
"Ana Reis of 9 Mill Row", "Frau Ode, Lindenstraße 4, 10115 Berlin", "habite au 12 rue des Lilas", "she left her husband and is safe in
our house behind St Anne's", "your booking is confirmed, room 31".
Allow: shops, venues, offices, polling stations, road works, incidents; the account's own published contacts in any
notation; a shelter's work without place or person; hiding places of the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.matching import find, find_raw
from app.checks.private_information._addresses import find_addresses
from app.checks.private_information._contacts import Own
from app.checks.private_information._people import is_person_before
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span, Text

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "home_address.txt")
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
_NEAR = 70


def judge(prepared: Prepared) -> Iterable[Finding]:
    streets = _streets(prepared)
    if private := _private_ones(streets, prepared):
        yield _finding("default", private, "stands beside words that make it a private person's")
    elif hidden := _hiding_place(prepared, streets):
        yield _finding("hidden", hidden, "tells where somebody is kept safe from others")
    elif rooms := _guest_room(prepared):
        yield _finding("stay", rooms, "tells everybody in which room the person answered sleeps")


def _streets(prepared: Prepared) -> tuple[Span, ...]:
    own = Own(prepared.account.contacts)
    found = ((text, *place) for text in prepared.texts for place in find_addresses(text))
    return tuple(Span(start, end, text.field) for text, start, end in found if not own.has_place(text.raw[start:end]))


def _private_ones(streets: tuple[Span, ...], prepared: Prepared) -> tuple[Span, ...]:
    if not streets:
        return ()
    lives = find(_PHRASES["lives"], prepared.texts)
    lived_in = tuple(street for street in streets if any(_is_shortly_before(span, street) for span in lives))
    if lived_in or find(_PHRASES["public"], prepared.texts):
        return lived_in
    if find(_PHRASES["somebodys"], prepared.texts):
        return streets
    return tuple(street for street in streets if _is_named(street, _text(street, prepared)))


def _text(street: Span, prepared: Prepared) -> Text:
    return next(text for text in prepared.texts if text.field == street.field)


def _is_shortly_before(words: Span, street: Span) -> bool:
    """`lives at`, `home address:`, `wohnt in der`: whatever else the text says."""
    return words.field == street.field and 0 <= street.start - words.end <= _NEAR


def _is_named(street: Span, text: Text) -> bool:
    """`Ana Reis of 9 Mill Row`, `Frau Ode, Lindenstraße 4`: a person's full name right before the address, not a firm's."""
    before = text.raw[: street.start][-120:]
    if is_person_before(text.raw, street.start, full=False):
        return True
    return _NAMED_OF.search(before) is not None and not _FIRM.search(before)


def _hiding_place(prepared: Prepared, streets: tuple[Span, ...]) -> tuple[Span, ...]:
    text = prepared.text
    at_risk = _PHRASES["at_risk"].is_in(text) and _PHRASES["hideaway"].is_in(text) and not _PHRASES["past"].is_in(text)
    return streets + tuple(span for span, _ in find_raw(_PLACE, [text])) if at_risk else ()


def _guest_room(prepared: Prepared) -> tuple[Span, ...]:
    if prepared.reply_to is None or not _PHRASES["booked"].is_in(prepared.text):
        return ()
    return tuple(span for span, _ in find_raw(_ROOM, [prepared.text]))


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
    languages=frozenset({"en", "de", "es", "fr", "it", "pt", "nl"}),
    default_grades=("default", "hidden", "stay"),
    sources=(
        "X, private information and media policy: https://help.x.com/en/rules-and-policies/personal-information",
        "GDPR article 6",
        "Universal Postal Union, postal addressing systems: https://www.upu.int/en/postal-solutions/programmes-services/addressing-solutions",
    ),
)
