"""Somebody's private phone number or e-mail address.

Why: a number posted once is called for years; publishing a customer's or colleague's contact details is a data breach
in most jurisdictions and against every platform's rules.
Flag: "text me on 07700 900123", "her mobile is +44 7700 900456", "email him: j.doe@gmail.com" on any account; a
customer's number repeated in a reply; the reporter's number with "return the favour"; "his number is oh seven seven double
oh, nine oh oh, one two three", "her cell: O77OO 9OO456".
Allow: the account's own published contacts, helplines and freephone numbers, press offices, "call us on ..."; a member of
staff who gives a direct line in a reply; a call to ring one's senator; a countdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

from app.checks.base import Check
from app.checks.wordlists import load_patterns
from app.domain import Entity, Finding, Prepared, Span, Text

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "contact_details.txt")
_SOMEBODYS = _PHRASES["somebodys"]
_MY_OWN = _PHRASES["my_own"]
_SERVICE = _PHRASES["service"]
_INCITE = _PHRASES["incite"]
_OFFICE = _PHRASES["office"]
_FREE_MAIL = ("gmail.", "googlemail.", "hotmail.", "outlook.", "yahoo.", "icloud.", "aol.", "gmx.", "web.de", "proton")
_SERVICE_TYPES = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
    PhoneNumberType.PREMIUM_RATE,
}
_DIGIT = r"(?:zero|oh|o|nil|nought|one|two|three|four|five|six|seven|eight|nine)"
_SPOKEN = re.compile(
    rf"(?<!\w)(?:(?:double |triple |treble )?(?:{_DIGIT}|\d{{1,4}})[ ,./-]{{1,3}}){{5,20}}(?:double |triple |treble )?(?:{_DIGIT}|\d{{1,4}})(?!\w)"
)
_SPELLED = re.compile(rf"(?<!\w){_DIGIT}(?!\w)")
_DIGIT_WORDS = frozenset(["zer", "nil", "nou", "one", "two", "thr", "fou", "fiv", "six", "sev", "eig", "nin"])
_DISGUISED = re.compile(r"(?<![\w.,/#@$£€-])\+?(?:[\dOolI][ .-]?){9,13}(?!\w)")
_MOST = 100
"""numbers and addresses of one text that are looked at: more make a list, and its cost must stay bounded"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    own = {_key(contact) for contact in prepared.account.contacts}
    answered = prepared.reply_to.raw if prepared.reply_to else ""
    for text in prepared.texts:
        found = [e for e in text.entities if e.kind in ("phone", "email") and _key(e.text) not in own][:_MOST]
        owner = _owner(text, answered=bool(answered)) if found else None
        for entity in found:
            if entity.kind == "phone" and not _is_phone(entity.text, prepared.account.regions):
                continue
            grade, because = _weigh(entity, owner, answered)
            if grade:
                yield _finding(entity, text, grade, because)
        yield from _in_disguise(text, answered=bool(answered))


def _in_disguise(text: Text, *, answered: bool) -> Iterable[Finding]:
    """Numbers in words or with letters for digits: nobody writes an official number so."""
    spelled = text.openings is None or len(_DIGIT_WORDS & text.openings) > 1
    spoken = (
        [m.span() for m in _SPOKEN.finditer(text.folded.text) if len(_SPELLED.findall(m[0])) > 3] if spelled else []
    )
    places = [text.span(*at) for at in spoken]
    places += [Span(*m.span(), text.field) for m in _DISGUISED.finditer(text.raw) if _is_mixed(m[0])]
    owner = _owner(text, answered=answered) if places else None
    for start, end, _ in places if owner else ():
        yield _finding(Entity("phone", text.raw[start:end], start, end), text, "personal", owner or "")


def _is_mixed(number: str) -> bool:
    return sum(c.isdigit() for c in number) > 1 and any(c.isalpha() for c in number)


def _owner(text: Text, *, answered: bool) -> str | None:
    """Whose numbers and addresses these are, from the words of the text; None: nobody's in particular."""
    around = text.folded.text
    if _INCITE.search(around) and not _OFFICE.search(around):
        return "the words around it send readers to somebody"
    if _SERVICE.search(around):
        return None
    if _SOMEBODYS.search(around):
        return "the words around it say that it belongs to somebody else"
    if _MY_OWN.search(around) and not answered:
        return "the words around it say that it is the writer's own"
    return None


def _weigh(entity: Entity, owner: str | None, answered: str) -> tuple[str | None, str]:
    """The grade of one number or address, and the reason in words."""
    if answered and _key(entity.text) in (_digits(answered) if entity.kind == "phone" else answered.casefold()):
        return "repeated", "it repeats what the other person wrote"
    if owner:
        return "personal", owner
    if entity.kind == "email" and any(host in entity.text.casefold().partition("@")[2] for host in _FREE_MAIL):
        return "free_mail", "it is an address at a free mail service, not the account's own domain"
    return None, ""


def _is_phone(candidate: str, regions: tuple[str, ...]) -> bool:
    """A number that one of the account's countries (or the US or Britain) could give to a person."""
    countries = [region[:2] for region in regions if region != "WORLD"] + ["US", "GB"]
    for country in countries:
        try:
            number = phonenumbers.parse(candidate, country)
        except NumberParseException:
            continue
        if phonenumbers.is_possible_number(number) and phonenumbers.number_type(number) not in _SERVICE_TYPES:
            return True
    return False


def _key(contact: str) -> str:
    """Digits of a number without its trunk or country prefix, or the address in lower case."""
    if "@" in contact:
        return contact.casefold()
    return _digits(contact)[-9:] or contact.casefold()


def _digits(value: str) -> str:
    return "".join(c for c in value if c.isdigit())


def _finding(entity: Entity, text: Text, grade: str, because: str) -> Finding:
    what = "phone number" if entity.kind == "phone" else "e-mail address"
    return Finding(
        message=f"This draft publishes a {what} that looks private.",
        why=f"The marked {what} is not among the account's contacts, and {because}.",
        suggestion="Leave it out, or move to a direct message; if it is an official contact, add it to the account.",
        spans=(Span(entity.start, entity.end, text.field),),
        confidence=0.85 if grade != "free_mail" else 0.6,
        grade=grade,
    )


CHECK = Check(
    id="private_information/contact_details",
    title="Private phone number or e-mail address",
    judge=judge,
    default_grades=("personal", "repeated", "free_mail"),
)
