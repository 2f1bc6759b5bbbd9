"""Where a private person lives, hides or stays.

Besides street addresses, in the notations of some twenty countries, and houses that have a name and a postal code, it reads where a
shelter keeps somebody who fled or is protected, and the room of a guest who is answered by name.

Why: an address can't be taken back, and it brings strangers to the door; publishing it is a data breach and, on every
platform, doxxing. For somebody in hiding it can be the end.
Flag: "it was left with your neighbour at 14 Larch Close, Bexford BX4 9QT", "she lives at 220 Elm Street, Dayton, OH 45402",
"Ana Reis of 9 Mill Row", "Frau Ode, Lindenstraße 4, 10115 Berlin", "habite au 12 rue des Lilas", "a new lid is on its
way to Flat 9, 210 Dunlop Crescent", "the engineer is due at ...", "... geht an die Amselweg 7", "she left her husband and is safe in
our house behind St Anne's", "your booking is confirmed, room 31".
Allow: shops, venues, offices, polling stations, road works, incidents; "collect from ...", homes for sale; the account's own
published contacts in any notation; a shelter's work without place or person; hiding places of the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.matching import find, find_raw
from app.checks.private_information._addresses import find_addresses
from app.checks.private_information._contacts import Own
from app.checks.private_information._people import is_addressee, is_given_name, is_person_before
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span, Text

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "home_address.txt")
_HOME = re.compile(
    r"^(?:Flat|Apt|Apartment|(?:H|D|House|Door)\.? ?No\b)|^Bl(?:oc)?k .*#\d\d-\d|\b(?:Flat|Apt\.?|Apartment|app(?:artement|t)?\.?|apto?\.?|apartamento|int(?:erno)?\.?|pta\.?|Whg\.?|bus) ?#?\d|, \d{1,2}[ºª°] ?[A-Za-z]\b",
    re.IGNORECASE,
)
"""a flat of a house: shops and offices rarely write these"""
_FAMILY = re.compile(
    r"\b(?:(?:with|by|to|from|for) the [A-Z]\w+s|the [A-Z]\w+ (?:family|household|kids|boys|girls|twins)|[Ff]amil(?:y|ie|le|ia|lia) [A-Z]\w+|[A-Z]\w+['’]s (?:family|place|house|flat|home|mum|dad|parents)),? (?:at |in |of |on )?\(?\Z"
)
_THEIRS = re.compile(r"\b[A-Z]\w+['’]s (?:flat|home|house|apartment|place),? (?:at |in |on )?\Z")
_HOST = re.compile(
    r"\b(?:[Aa]t|[Rr]ound|[Cc]hez|[Bb]ei|[Bb]ij) (?P<name>[A-Z][\w-]{1,20})(?:['’]s)?(?: (?:tonight|today|tomorrow|place|house|later|now|on|this|\w+day|heute|ce soir|vanavond|at|from|\d\w*)){0,4}[,:]? \Z"
)
"""who is at home there: at Anna's tonight, chez Marc"""
_PARTY = re.compile(
    r"\b(?i:bbq|barbecue|barbie|party|drinks|dinner|poker|sleepover|playdate|kick-?ons|band practice|rehearsal|movie night|film night) (?:is |are )?(?:at|@|round) [A-Z][\w-]{1,20}['’]s\b[^.!?\n]{0,25}\Z"
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
    lived_in = tuple(
        street
        for street in streets
        if any(_is_shortly_before(span, street) for span in lives)
        or _THEIRS.search(_text(street, prepared).raw, max(0, street.start - 60), street.start)
    )
    if lived_in or find(_PHRASES["public"], prepared.texts):
        return lived_in
    if find(_PHRASES["somebodys"], prepared.texts):
        return streets
    sent = find(_PHRASES["sent"], prepared.texts)
    asked = find(_PHRASES["asked"], prepared.texts)
    return tuple(
        street
        for street in streets
        if any(_is_shortly_before(span, street) for span in sent)
        or any(_is_shortly_before(street, span) for span in asked)
        or _is_home(street, _text(street, prepared))
    )


def _text(street: Span, prepared: Prepared) -> Text:
    return next(text for text in prepared.texts if text.field == street.field)


def _is_shortly_before(words: Span, street: Span) -> bool:
    """`lives at`, `home address:`, `wohnt in der`: whatever else the text says."""
    return words.field == street.field and 0 <= street.start - words.end <= _NEAR


def _is_home(street: Span, text: Text) -> bool:
    """`Flat 3, 62 ...`, or a person's name beside the address, not a firm's."""
    return _HOME.search(text.raw[street.start : street.end]) is not None or _is_named(street, text)


def _is_named(street: Span, text: Text) -> bool:
    """`Ana Reis of 9 Mill Row`, `Frau Ode, Lindenstraße 4`, `by the Odes, 31 ...`, `at Anna's tonight: ...`, `... for Marta R.`"""
    before = text.raw[max(0, street.start - 120) : street.start]
    if is_person_before(text.raw, street.start, full=False) or is_addressee(text.raw, street.end):
        return True
    if (
        _FAMILY.search(before)
        or _PARTY.search(before)
        or ((host := _HOST.search(before)) and is_given_name(host["name"]))
    ):
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
