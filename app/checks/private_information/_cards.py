"""Payment cards: issuers' ranges and lengths (ISO/IEC 7812), the Luhn digit, and what stands beside a card's number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn

from app.checks.private_information._beside import follows_order_word
from app.domain import Text

_GAP = r"[ .\-\u00a0\u2009\u202f\u2010-\u2013/]"
_CARD = re.compile(rf"(?<![\w.,/=#-])\d(?:{_GAP}{{0,2}}\d){{11,18}}(?!\w|[.,/-]\d)", re.ASCII)
_BOOKED = re.compile(
    r"\b(?:AX|VI|CA|MC|DC|DS|JC|TP|XX)(?P<number>\d{13,16})(?:/(?:0[1-9]|1[0-2])[2-4]\d)?(?!\w)", re.ASCII
)
"""as airlines and travel agents write them: the issuer's letters, the number, month and year"""
_ISSUER = re.compile(
    r"4\d{15}(?:\d{3})?|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01]|720)\d{12,13}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d|0\d\d|[2378]\d\d)\d{12}"
    r"|3(?:0[0-59]|[689]\d)\d{11}(?:\d{2})?|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}|220[0-4]\d{12}|9792\d{12}"
)
"""Visa, Mastercard, American Express, Discover, RuPay, Diners, JCB, UnionPay, Mir, Troy with their lengths"""
_ANY_ISSUER = re.compile(r"4\d{12}|(?:5[0678]|6)\d{11,18}")
"""old Visa and Maestro numbers, so short or so common that the word must stand by"""
_CARD_WORDS = re.compile(
    r"\b(?:(?:credit|debit|company|bank|my|his|her|their|your)[ -]card|card (?:no|number|details)|visa|master-?card|maestro|amex|american express|discover|cvc2?|cvv2?|cvn"
    r"|(?:kredit|debit|ec-?|giro|bank)-?karten?\w*|kartennummer|karten-?nr|carte (?:bleue|bancaire|de cr[eé]dit)|n[°o] de carte|tarjeta|cart[aã]o|carta di credito|bancomat|creditcard|bankpas|pasnummer|kaartnummer"
    r"|exp(?:iry|ires|\.)?|valid (?:thru|until)|g[uü]ltig bis)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:exp(?:iry|ires|iration|\.)?|valid (?:thru|until)|g[uü]ltig bis|expire|caduca|vence|scade|scad(?:enza)?\.?|expira|vencimiento|vencimento|verval\w*|abgelaufen|geldig tot|validade|v[aá]lida?)\b\D{0,12}(?:0[1-9]|1[0-2])\s?[/-]\s?(?:20)?[2-4]\d"
    r"|\b(?:cvc2?|cvv2?|cvn|cid|security code|sicherheitscode|kartenpr[uü]fnummer|pr[uü]fziffer|cryptogramme|c[oó]digo de seguran[cç]a|c[oó]digo de seguridad|codice di sicurezza|beveiligingscode)\b\D{0,12}\d{3,4}(?!\d)"
    r"|(?<!\d)(?:0[1-9]|1[0-2])/(?:20)?[2-4]\d\s{0,2}[,;|/ ]\s{0,2}\d{3,4}(?!\d)",
    re.IGNORECASE,
)
"""an expiry date or a security code"""
_AROUND = 60


def find_cards(text: Text) -> Iterator[tuple[int, int, str]]:
    """Start, end and why of each card number, with the security code and expiry date that stand behind it."""
    raw = text.raw
    for match in _BOOKED.finditer(raw):
        if luhn.is_valid(match["number"]):
            yield *match.span(), "its check digit and the letters before it are a card's"
    for match in _CARD.finditer(raw):
        start, end = _card_within(match)
        digits = re.sub(r"\D", "", raw[start:end])
        around = raw[max(0, start - _AROUND) : end + _AROUND]
        if len(set(digits)) < 2:
            continue
        beside = list(_BESIDE.finditer(raw, end, end + _AROUND))
        if luhn.is_valid(digits) and (
            _ISSUER.fullmatch(digits) or (_ANY_ISSUER.fullmatch(digits) and _CARD_WORDS.search(around))
        ):
            if not beside and follows_order_word(raw, start):
                continue
            why = "its check digit and first digits are a card's"
        elif beside and 14 <= len(digits) <= 16:
            why = "an expiry date or a security code stands beside it"
        else:
            continue
        yield start, max(beside[-1].end() if beside else end, match.end()), why


def _card_within(match: re.Match[str]) -> tuple[int, int]:
    """The groups of digits that make a card's number: others may stand before and behind, as in `line 3 4111 1111 ...`."""
    groups = [group.span() for group in re.finditer(r"\d+", match[0])]
    for first, last in ((0, len(groups)), *_WITHOUT):
        some = groups[first : last if last > 0 else len(groups) + last]
        if len(some) > 1:
            digits = match[0][some[0][0] : some[-1][1]]
            bare = re.sub(r"\D", "", digits)
            if _ISSUER.fullmatch(bare) and luhn.is_valid(bare):
                return match.start() + some[0][0], match.start() + some[-1][1]
    return match.span()


_WITHOUT = ((1, 0), (0, -1), (0, -2), (1, -1), (1, -2), (2, 0))
"""groups left out before and behind"""
