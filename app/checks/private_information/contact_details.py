"""Somebody's private phone number or e-mail address.

Why: a number posted once is called for years; publishing a customer's or colleague's contact details is a data breach
in most jurisdictions and against every platform's rules.
Flag: "text me on 07700 900123", "her mobile is +44 7700 900456", "email him: j.doe@gmail.com" on any account; a
customer's number repeated in a reply; the reporter's number with "return the favour"; "his number is oh seven seven double
oh, nine oh oh, one two three", "her cell: O77OO 9OO456"; "Petra Huber (0151 23456789)"; "the driver will
call 07700 900321"; "jane.doe [at] gmail [dot] com"; a mobile
number, or one that is not among the account's contacts, where nothing says that it is a service's.
Allow: the account's own published contacts in any notation, helplines and freephone numbers, press offices, "call us on ..."; a
member of staff who gives a direct line in a reply; a call to ring one's senator; a countdown, a timetable, a
company's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.checks.base import Check
from app.checks.matching import Words
from app.checks.private_information._beside import follows_order_word, is_counted
from app.checks.private_information._contacts import (
    Own,
    countries,
    is_dialled,
    is_mobile,
    is_phone,
    is_written_as_phone,
    same_number,
)
from app.checks.private_information._mails import is_named_in, spelled_mails, weigh_mail
from app.checks.private_information._people import is_person_before, is_person_behind
from app.checks.wordlists import load_patterns
from app.domain import Entity, Finding, Prepared, Span, Text

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "contact_details.txt")
_DIGIT = r"(?:zero|oh|o|nil|nought|one|two|three|four|five|six|seven|eight|nine)"
_SPOKEN = re.compile(
    rf"(?<!\w)(?:(?:double |triple |treble )?(?:{_DIGIT}|\d{{1,4}})[ ,./-]{{1,3}}){{5,20}}(?:double |triple |treble )?(?:{_DIGIT}|\d{{1,4}})(?!\w)"
)
_SPELLED = re.compile(rf"(?<!\w){_DIGIT}(?!\w)")
_DIGIT_WORDS = frozenset(["zer", "nil", "nou", "one", "two", "thr", "fou", "fiv", "six", "sev", "eig", "nin"])
_DISGUISED = re.compile(r"(?<![\w.,/#@$£€-])\+?(?:[\dOolI][ .-]?){9,13}(?!\w)")
_LABEL = re.compile(
    r"\b(?:mobile|mob|cell(?:phone)?|home(?: phone)?|private|personal|handy|mobil(?:nummer)?|privat|portable|perso|móvil|movil|cel(?:ular)?|cell(?:ulare)?|telemóvel|tlm|mobiel|06-nummer|whatsapp|whats app|signal|telegram|viber)\b[.:\s]{0,3}(?:(?:number|no|nr|nummer|número|numéro|numero|is|ist|est|es|è|é)[.:\s]{1,3}){0,2}\Z",
    re.IGNORECASE,
)
_NO_PHONE = re.compile(
    r"(?:[01]\d|2[0-4])[0-5]\d\s?[-–—]\s?(?:[01]\d|2[0-4])[0-5]\d|[0-3]?\d(?P<sep>[./ -])[0-3]?\d(?P=sep)(?:19|20)\d\d"
    r"|(?:19|20)\d\d[./-][01]?\d[./-][0-3]?\d|\(?(?:1[0-9]|20)\d\d\s?[-–—/]\s?(?:1[0-9]|20)\d\d\)?|\d{5}-\d{3}"
)
"""hours, days, years and Brazilian postal codes: 0600–2330, 01.07.2026, 03/14/2026, (1911-2004), 01310-200"""
_POST_BEFORE, _POST = re.compile(r"\b[A-Z]{2} ?\Z"), re.compile(r" ?[A-Z]{2}\b")
"""the letters of a parcel's number: RN 482 917 365 GB"""
_MOST = 100
"""numbers and addresses of one text that are looked at: more make a list, and its cost must stay bounded"""
_NEAR = 90
"""characters between a number and the words that tell whose it is"""
_VALUE = {"personal": 0.85, "repeated": 0.85, "mobile": 0.75, "unlisted": 0.72, "free_mail": 0.6}


def judge(prepared: Prepared) -> Iterable[Finding]:
    answered = prepared.reply_to.raw if prepared.reply_to else ""
    for text in prepared.texts:
        found = [entity for entity in text.entities if entity.kind in ("phone", "email")][:_MOST]
        found += spelled_mails(text)
        if found:
            yield from _weighed(found, text, prepared, answered)
        yield from _in_disguise(text, answered=bool(answered))


def _weighed(found: list[Entity], text: Text, prepared: Prepared, answered: str) -> Iterator[Finding]:
    own, where = Own(prepared.account.contacts), countries(prepared.account.regions, text.language)
    reading = _Reading(text, answered=bool(answered))
    for entity in found:
        if own.has_number(entity.text) if entity.kind == "phone" else own.has_mail(entity.text):
            continue
        if entity.kind == "phone" and not _is_number(entity, text, where):
            continue
        grade, because = _weigh(entity, reading, prepared, own, answered)
        if grade:
            yield _finding(entity, text, grade, because)


def _is_number(entity: Entity, text: Text, where: tuple[str, ...]) -> bool:
    return (
        is_phone(entity.text, where)
        and not _NO_PHONE.fullmatch(entity.text)
        and not follows_order_word(text.raw, entity.start)
        and not is_counted(text.raw, entity.end)
        and not (
            _POST_BEFORE.search(text.raw, max(0, entity.start - 4), entity.start) and _POST.match(text.raw, entity.end)
        )
    )


class _Reading:
    """Whose numbers and addresses these are, from the words around them."""

    def __init__(self, text: Text, *, answered: bool) -> None:
        self.raw = text.raw
        incites = _PHRASES["incite"].is_in(text) and not _PHRASES["office"].is_in(text)
        self.incites = incites
        somebodys, my_own = _places(_PHRASES["somebodys"], text), _places(_PHRASES["my_own"], text)
        service = _places(_PHRASES["service"], text)
        self._somebodys = somebodys if answered else somebodys + my_own
        self._service = service + my_own if answered else service  # who answers somebody may give their own line

    def owner(self, entity: Entity) -> str | None:
        """Why it is somebody's own; None: nobody's in particular."""
        if self.incites:
            return "the words around it send readers to somebody"
        if entity.kind == "email" and is_named_in(entity.text, self.raw[max(0, entity.start - 40) : entity.start]):
            return "it holds the name of the person before it"
        somebodys, service = _nearest(self._somebodys, entity), _nearest(self._service, entity)
        if somebodys <= _NEAR and somebodys <= service:
            return "the words around it say that it is a person's own"
        if service <= _NEAR:
            return None
        written = entity.kind == "email" or is_written_as_phone(entity.text)
        if written and (is_person_before(self.raw, entity.start, full=False) or is_person_behind(self.raw, entity.end)):
            return "a person's name stands beside it"
        if _LABEL.search(self.raw, max(0, entity.start - 40), entity.start):
            return "the words before it call it a person's own"
        return None

    @property
    def has_service(self) -> bool:
        return bool(self._service)


def _places(words: Words, text: Text) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in words.find(text)]


def _nearest(places: list[tuple[int, int]], entity: Entity) -> int:
    """Characters to the nearest of them; those behind it count as twice as far."""
    return min(
        (entity.start - end if end <= entity.start else 2 * max(0, start - entity.end) for start, end in places),
        default=10**6,
    )


def _weigh(entity: Entity, reading: _Reading, prepared: Prepared, own: Own, answered: str) -> tuple[str | None, str]:
    """The grade of one number or address, and the reason in words."""
    if answered and _is_repeated(entity, prepared.reply_to):
        return "repeated", "it repeats what the other person wrote"
    if owner := reading.owner(entity):
        return "personal", owner
    if entity.kind == "email":
        return weigh_mail(entity.text, prepared.account, own, has_service=reading.has_service)
    if reading.has_service:
        return None, ""
    where = countries(prepared.account.regions, prepared.text.language)
    if is_mobile(entity.text, where):
        return "mobile", "it is a mobile number"
    published = prepared.account.kind == "government" and not prepared.account.contacts
    return (
        ("unlisted", "nothing says that it is a service's")
        if is_dialled(entity.text, where) and not published
        else (None, "")
    )


def _is_repeated(entity: Entity, answered: Text | None) -> bool:
    if answered is None:
        return False
    if entity.kind == "email":
        return entity.text.casefold() in answered.raw.casefold()
    return any(same_number(entity.text, other.text) for other in answered.entities_of("phone"))


def _in_disguise(text: Text, *, answered: bool) -> Iterable[Finding]:
    """Numbers in words or with letters for digits: nobody writes an official number so."""
    spelled = text.openings is None or len(_DIGIT_WORDS & text.openings) > 1
    spoken = (
        [m.span() for m in _SPOKEN.finditer(text.folded.text) if len(_SPELLED.findall(m[0])) > 3] if spelled else []
    )
    places = [text.span(*at) for at in spoken]
    places += [Span(*m.span(), text.field) for m in _DISGUISED.finditer(text.raw) if _is_mixed(m[0])]
    if not places:
        return
    reading = _Reading(text, answered=answered)
    for start, end, _ in places:
        entity = Entity("phone", text.raw[start:end], start, end)
        if owner := reading.owner(entity):
            yield _finding(entity, text, "personal", owner)


def _is_mixed(number: str) -> bool:
    return sum(c.isdigit() for c in number) > 1 and any(c.isalpha() for c in number)


def _finding(entity: Entity, text: Text, grade: str, because: str) -> Finding:
    what = "phone number" if entity.kind == "phone" else "e-mail address"
    return Finding(
        message=f"This draft publishes a {what} that looks private.",
        why=f"The marked {what} is not among the account's contacts, and {because}.",
        suggestion="Leave it out, or move to a direct message; if it is an official contact, add it to the account.",
        spans=(Span(entity.start, entity.end, text.field),),
        confidence=_VALUE[grade],
        grade=grade,
    )


CHECK = Check(
    id="private_information/contact_details",
    title="Private phone number or e-mail address",
    judge=judge,
    default_grades=("personal", "repeated", "mobile", "unlisted", "free_mail"),
    sources=(
        "GDPR articles 4(1) and 6",
        "X, private information and media policy: https://help.x.com/en/rules-and-policies/personal-information",
        "libphonenumber, by phonenumbers: which numbers a country's plan knows",
    ),
)
