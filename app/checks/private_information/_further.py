"""Secrets further behind the word that announces them: `password of the shop's account has changed, now Gull77-tide`.

Between the name and the value stand words of the same sentence, so a word like `is` or `set to` must lead to the value, and a
password must stand out more than one right beside its name.
"""

from __future__ import annotations

import re

_REACH = 90
"""characters behind the name in which the value ends"""
_LEADS = frozenset(
    [
        "is", "its", "it's", "it’s", "was", "are", "be", "now", "still", "literally", "again", "to", "as", "got", "use", "with", "definitely", "probably", "actually", "currently", "just", "today", "tonight", "temporarily", "simply", "maybe", "=", ":", "->", "→", "–", "-",
        "ist", "lautet", "lautete", "war", "wieder", "noch", "jetzt", "heute", "auf", "nun", "est", "c'est", "c’est", "était", "toujours", "maintenant",
        "es", "era", "sigue", "hoy", "oggi", "hoje", "vandaag", "weer", "siendo", "ahora", "a", "è", "ora", "ancora", "é", "ainda", "agora", "para", "nu", "nog", "op", "naar",
    ]
)  # fmt: skip
"""what stands right before the value"""
_MOVES = frozenset(["to", "auf", "a", "à", "para", "naar", "op", "with", "as"])
"""lead to digits only where something was set or changed"""
_CHANGED = re.compile(
    r"\b(?:(?:re)?set|chang\w+|updat\w+|switch\w*|(?:zurück|um)?gesetzt|geändert|ändern|changé|modifié|réinitialisé|cambi\w+|reimpost\w+|restablec\w+|alter\w+|redefin\w+|gewijzigd|ingesteld|gezet)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\S+")
_ENDS = re.compile(r"[.!?]\s|\n")
_EDGES = "\"'“”„«»‘’`*()[]<>,.;:!?…"
_DIGITS = {
    "pin": re.compile(r"[*#]?(?!(?:19|20)\d\d\Z)\d{4,8}[*#]?"),
    "code": re.compile(r"[*#]?(?!(?:19|20)\d\d\Z)(?:\d{4,8}|[A-Z]\d{3,6}[A-Z]?|\d{3,6}[A-Z])[*#]?"),
}
_HALF = re.compile(r"\d{3}")
_PRODUCTS = re.compile(
    r"(?:1password|windows|iphone|ipad|galaxy|covid|office|ps|web|html|iso|gen|version|v)-?\d+", re.IGNORECASE
)
_LOCK = re.compile(
    r"\b(?:alarm\w*|doors?|gates?|locks?|locked|lock ?box|key ?pad|key ?safe|key ?box|safe|garage|shed|padlock|intercom|entry ?phone|let (?:your|him|her|them)\w*|get in|punch|disarm|unset|buzzer|locker|store ?room"
    r"|tür|haustür|tor|schloss|alarmanlage|tresor|porte|portail|digicode|alarme|coffre|puerta|alarma|candado|cancello|porta|portone|allarme|portão|cofre|deur|poort|kluis)\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"%|\b(?:discount|promo\w*|check-?out|offers?|vouchers?|coupons?|sale|save|gift|redeem|rabatt\w*|gutschein\w*|remise|descuento|sconto|desconto|korting\w*|postal|post|zip|dial\w*|area|country|dress|qr|bar|error|tax|skins?|course)\b",
    re.IGNORECASE,
)
_AROUND = 80


def is_about_a_lock(raw: str, start: int, end: int) -> bool:
    """Whether the words around `code` speak of a door, an alarm or a safe, and of no offer."""
    around = raw[max(0, start - _AROUND) : end + _AROUND]
    return _LOCK.search(around) is not None and not _OFFER.search(around)


def find_further(raw: str, kind: str, start: int, end: int) -> tuple[int, int] | None:
    """Start and end of the value of a name that stands at `start` to `end`, later in its sentence."""
    stop = _ENDS.search(raw, end, end + _REACH)
    words = list(_TOKEN.finditer(raw, end, stop.start() + 1 if stop else min(len(raw), end + _REACH)))
    for at in range(1, len(words)):
        lead = words[at - 1][0].casefold().rstrip(",:")
        if lead not in _LEADS and not words[at - 1][0].endswith((":", "=", ",") if kind == "password" else (":", "=")):
            continue
        value = words[at][0].strip(_EDGES)
        if lead in _MOVES and not (_CHANGED.search(raw, max(0, start - 40), words[at].end() + 30)):
            continue
        begin = words[at].start() + words[at][0].index(value)
        if _is_value(kind, value):
            return begin, begin + len(value)
        behind = words[at + 1][0].strip(_EDGES) if at + 1 < len(words) else ""
        if kind in ("pin", "code") and _HALF.fullmatch(value) and _HALF.fullmatch(behind):
            return begin, words[at + 1].start() + len(behind)
    return None


def _is_value(kind: str, value: str) -> bool:
    if kind == "password":
        return _is_strong(value)
    return kind in _DIGITS and _DIGITS[kind].fullmatch(value) is not None


def _is_strong(value: str) -> bool:
    """A word with digits that no word of a sentence has: several letters, and two digits or a sign within."""
    letters, digits = sum(c.isalpha() for c in value), sum(c.isdigit() for c in value)
    if len(value) < 7 or letters < 3 or not digits or "://" in value or ("@" in value[1:-4] and "." in value[-4:]):
        return False
    if _PRODUCTS.fullmatch(value) or re.fullmatch(r"\d+[-.]?\w{1,12}", value):
        return False
    return digits > 1 or any(c in "!$%&*_+=^~#@?." for c in value[:-1])
