"""Payment cards, bank accounts, identity numbers and documents, by their formats and check digits or beside their names.

Why: whoever reads a card or identity number can use it, and the platforms' own rules forbid posting one.
Flag: a card number whose check digit and issuer are right, with its expiry date and security code, also among
other numbers or as airlines write it; an IBAN; a bank account
beside its words (sort code and account, routing number, BSB, IFSC, transit, CLABE, "Kontonummer"); a person's tax, identity,
health or social security number of some sixty countries; "passport no. ...", "Führerschein-Nr. ...", "carta d'identità n. ...".
Allow: order numbers, phone numbers, tracking codes, prices, years; companies' tax numbers; whatever stands in the account's
own contacts; the specimens that offices print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.checks.base import Check
from app.checks.private_information._accounts import find_accounts, find_ibans
from app.checks.private_information._beside import is_counted
from app.checks.private_information._cards import find_cards
from app.checks.private_information._identity import find_identity_numbers
from app.domain import Finding, Prepared, Span, Text

_DIGITS = re.compile(r"\d(?:[^\d\n]{0,3}\d){2}")
_WHAT = {
    "card": "payment card number",
    "iban": "bank account number",
    "account": "bank account number",
    "identity": "person's identity number",
}


class _Found(NamedTuple):
    grade: str
    start: int
    end: int
    because: str


def judge(prepared: Prepared) -> Iterable[Finding]:
    own = {_compact(contact) for contact in prepared.account.contacts}
    for text in prepared.written:
        if not _DIGITS.search(text.raw):
            continue
        shown = 0
        for found in sorted(_find(text), key=lambda found: found.start):
            if found.start < shown or _is_own(text.raw[found.start : found.end], own):
                continue
            shown = found.end
            yield _finding(found, text)


def _find(text: Text) -> Iterator[_Found]:
    for start, end, because in find_cards(text):
        yield _Found("card", start, end, because)
    for start, end in find_ibans(text):
        yield _Found("iban", start, end, "its check digits are those of an IBAN")
    for name, start, end in find_accounts(text):
        if is_counted(text.raw, end):
            continue
        yield _Found("account", start, end, f"they have the format of a {name}, or stand beside its name")
    for name, start, end in find_identity_numbers(text):
        yield _Found("identity", start, end, f"they have the format of a {name}")


def _is_own(number: str, own: set[str]) -> bool:
    compact = _compact(number)
    return any(compact in contact for contact in own)


def _compact(value: str) -> str:
    return re.sub(r"[\W_]", "", value).upper()


def _finding(found: _Found, text: Text) -> Finding:
    return Finding(
        message=f"This draft shows a {_WHAT[found.grade]}.",
        why=f"The marked characters are one: {found.because}.",
        suggestion="Remove it and send it over a private channel; if it was public already, tell the bank."
        if found.grade != "identity"
        else "Remove it; if it was public already, tell the person.",
        spans=(Span(found.start, found.end, text.field),),
        confidence=0.97,
        grade=found.grade,
    )


CHECK = Check(
    id="private_information/payment_details",
    title="Payment card, bank account or identity number",
    judge=judge,
    default_grades=("card", "iban", "account", "identity"),
    sources=(
        "ISO/IEC 7812-1, identification of card issuers",
        "ISO 13616, IBAN",
        "python-stdnum 2.2, whose pages name the office that issues each number: https://arthurdejong.org/python-stdnum/",
        "X, private information and media policy: https://help.x.com/en/rules-and-policies/personal-information",
    ),
)
