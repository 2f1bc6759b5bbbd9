"""Payment card, bank account and national identity numbers, recognised by their formats and checksums.

Why: whoever reads a card or identity number can use it, and the platforms' own rules forbid posting one.
Flag: a 13 to 19 digit number that passes the Luhn test and begins like a card; an IBAN whose check digits are right; a
person's tax, identity or social security number (NIF, NIE, codice fiscale, CPF, SSN, NINO and some twenty others).
Allow: order numbers, phone numbers, tracking codes, prices, years; companies' tax numbers; whatever stands in the account's
own contacts; the specimens that offices print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.matching import find_raw
from app.checks.private_information._identity import find_identity_numbers
from app.domain import Finding, Prepared, Span

_DIGITS = re.compile(r"\d\d\W?\d\d|[A-Za-z]{6}\d\d")
_CARD = re.compile(r"(?<![\d.,/])(?:\d[ -]?){12,18}\d(?![\d/])")
# Issuer ranges: Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay, Maestro (ISO/IEC 7812).
_ISSUER = re.compile(
    r"4|5[1-5]|2(?:2[2-9]|[3-6]|7[01]|720)|3[47]|6(?:011|4[4-9]|5)|3(?:0[0-5]|[68])|35(?:2[89]|[3-8])|62|5[06-9]"
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?(?!\w)")


def judge(prepared: Prepared) -> Iterable[Finding]:
    if not any(_DIGITS.search(text.raw) for text in prepared.texts):
        return
    for span, match in find_raw(_CARD, prepared.texts):
        digits = re.sub(r"\D", "", match.group(0))
        if _ISSUER.match(digits) and luhn(digits) and len(set(digits)) > 1:
            yield _finding(span, "card", "payment card number", "its check digit and first digits are a card's")
    own = {_compact(contact) for contact in prepared.account.contacts}
    for span, match in find_raw(_IBAN, prepared.texts):
        if iban(compact := _compact(match.group(0))) and compact not in own:
            yield _finding(span, "iban", "bank account number", "its check digits are those of an IBAN")

    for text in prepared.texts:
        for name, start, end in find_identity_numbers(text.raw):
            if _compact(text.raw[start:end]) not in own:
                span = Span(start, end, text.field)
                yield _finding(span, "identity", "person's identity number", f"they have the format of a {name}")


def luhn(digits: str) -> bool:
    """The Luhn checksum (ISO/IEC 7812-1, annex B)."""
    doubled = [int(d) * 2 if i % 2 else int(d) for i, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def iban(compact: str) -> bool:
    """The check digits of an IBAN (ISO 13616, MOD 97-10)."""
    if not 15 <= len(compact) <= 34:
        return False
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1


def _compact(value: str) -> str:
    return value.replace(" ", "").upper()


def _finding(span: Span, grade: str, what: str, because: str) -> Finding:
    return Finding(
        message=f"This draft shows a {what}.",
        why=f"The marked characters are one: {because}.",
        suggestion="Remove it and send it over a private channel; if it was public already, tell the bank."
        if grade != "identity"
        else "Remove it; if it was public already, tell the person.",
        spans=(span,),
        confidence=0.97,
        grade=grade,
    )


CHECK = Check(
    id="private_information/payment_details",
    title="Payment card, bank account or identity number",
    judge=judge,
    default_grades=("card", "iban", "identity"),
    sources=("ISO/IEC 7812-1", "ISO 13616"),
)
