"""A value beside the word that names it: `PIN: 4711`, `Kontonummer lautet 123 456`, `943 476 5919 (NHS number)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.checks.phrases import Phrases
from app.domain import Text

REACH = 40
"""characters behind a name in which its value must begin"""
MOST = 100
"""names of one text that are looked at: more make a list, and its cost must stay bounded"""
_LONGEST = 80
"""characters of a value"""
_SIGNS = r"[\s:=#>→\-–—.,;()\[\]\"'“”„«»‘’`*|/]"
_SMALL = (
    r"(?:n|no|nos|nr|num|number|numbers|nº|n°|numero|número|numéro|nummer|is|was|are|as|of|for|the|my|his|her|our|your|their|this|new|to|on|in|at|and|with|under|only"
    r"|ist|lautet|war|von|vom|für|der|die|das|dem|den|mein|meine|ihr|ihre|sein|seine|unser|unsere|neu|neue|hier"
    r"|est|du|de|des|la|le|les|votre|mon|ma|son|sa|notre|voici|pour|au|aux|à"
    r"|es|del|el|al|su|tu|mi|para|con|é|e|do|da|dos|das|meu|minha|seu|sua|o|a|os|il|lo|di|della|dello|dei|per|è|mio|mia|suo|sua"
    r"|van|voor|mijn|zijn|haar|het|een|op|und|et|y|en|ending|holder|titular|intestato|code|key|card|account)"
)
_GAP = re.compile(rf"{_SIGNS}{{0,6}}(?:(?:{_SMALL}|(?-i:[A-Z][a-zà-ÿ'’-]+)){_SIGNS}{{1,5}}){{0,6}}", re.IGNORECASE)
_CALLED_BEFORE = re.compile(
    rf"{_SIGNS}{{0,3}}(?:(?:is|was|as|ist|est|es|é|è|my|his|her|your|the|our|their|a|an|mein|meine|ihre|seine|mon|ma|mi|su|meu|minha|il|la|le|de|mijn|zijn){_SIGNS}{{1,3}}){{0,3}}",
    re.IGNORECASE,
)


_COUNTED = re.compile(
    r"\s{0,2}(?:[€$£%]|(?:euros?|dollars?|pounds?|francs?|kronor|habitants?|einwohner\w*|inwoners|people|persons?|personnes|personas|pessoas|persone"
    r"|visitors?|voters?|votes?|stimmen|votos|voix|views?|streams?|steps?|schritte|km|kilomet\w+|miles|kg|tonnes?|tons?|million\w*|milliard\w*)\b)",
    re.IGNORECASE,
)


def is_counted(raw: str, end: int) -> bool:
    """Whether a number that ends there says how many of something there are: it is nobody's, and opens nothing."""
    return _COUNTED.match(raw, end) is not None


class Value(NamedTuple):
    kind: str
    words: str
    start: int
    end: int
    called: bool
    """the name stands right before or behind it, with nothing but small words between"""


def values(text: Text, names: Phrases, patterns: Mapping[str, re.Pattern[str]]) -> Iterator[Value]:
    """For each name in the text the nearest value of its kind behind it, or else the one right before it.

    A name of weight 0 counts in capitals alone: `SIN`, not "sin". Of a pattern with a group `value`, that is the value.
    """
    raw, looked_at = text.raw, 0
    for name in names.find(text):
        start, end, _ = name.span
        if name.weight == 0 and not raw[start:end].isupper():
            continue
        looked_at += 1
        if looked_at > MOST:
            return
        found = _behind(raw, end, patterns[name.grade]) or _before(raw, start, patterns[name.grade])
        if found:
            match, called = found
            yield Value(name.grade, match[0], *match.span(), called)


def _behind(raw: str, end: int, pattern: re.Pattern[str]) -> tuple[re.Match[str], bool] | None:
    match = pattern.search(raw, end, end + REACH + _LONGEST)
    if match is None or match.start() > end + REACH:
        return None
    return match, _GAP.fullmatch(raw, end, match.start()) is not None


def _before(raw: str, start: int, pattern: re.Pattern[str]) -> tuple[re.Match[str], bool] | None:
    last = None
    for match in pattern.finditer(raw, max(0, start - REACH), start):
        last = match
    if last is None or _CALLED_BEFORE.fullmatch(raw, last.end(), start) is None:
        return None
    return last, True


_ORDER_WORD = re.compile(
    r"\b(?:orders?|tracking|track|parcel|shipment|consignment|invoice|ean|upc|gtin|isbn|issn|doi|imei|iccid|serial|ref|reference|ticket|case|booking|confirmation|flight|barcode|sku|model|part|article|item|lot|batch|patent|vat|ust-?id(?:nr)?|coordinates|gps|seed"
    r"|bestellung|bestellnummer|sendung|sendungsnummer|paket|rechnung|rechnungsnummer|auftrag|vorgang|artikel|artikelnummer|commande|suivi|colis|facture|dossier|pedido|envío|factura|seguimiento|ordine|spedizione|fattura|encomenda|fatura|rastreio|bestelling|zending|factuur)\b"
    r"[^\n!?]{0,16}\Z"
    r"|\b(?:company|companies house|charity|registered|registration|accounts|licen[cs]e|permit|train|firm)\b(?: in [A-Z][a-z]+(?: and [A-Z][a-z]+)?)?\W{0,3}(?:no|nr|num|number|#)\b\W{0,3}\Z",
    re.IGNORECASE,
)


def follows_order_word(raw: str, at: int) -> bool:
    """Whether a number is an order's, a parcel's, a book's or the like, by the word before it."""
    return _ORDER_WORD.search(raw, max(0, at - 40), at) is not None
