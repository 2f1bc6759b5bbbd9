"""Somebody's private phone number or e-mail address.

Why: a number posted once is called for years; publishing a customer's or colleague's contact details is a data breach
in most jurisdictions and against every platform's rules.
Flag: "text me on 07700 900123", "her mobile is +44 7700 900456", "email him: j.doe@gmail.com" on any account; a
customer's number repeated in a reply.
Allow: the account's own published contacts, helplines and freephone numbers, press offices, "call us on ..."; a member of
staff who gives a direct line in a reply.
"""

from __future__ import annotations

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
_FREE_MAIL = ("gmail.", "googlemail.", "hotmail.", "outlook.", "yahoo.", "icloud.", "aol.", "gmx.", "web.de", "proton")
_SERVICE_TYPES = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
    PhoneNumberType.PREMIUM_RATE,
}
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


def _owner(text: Text, *, answered: bool) -> str | None:
    """Whose numbers and addresses these are, from the words of the text; None: nobody's in particular."""
    around = text.folded.text
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
