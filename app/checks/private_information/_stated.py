"""Secrets in the words of people: `the wifi password is Gull77`, `Türcode: 4711#`, `h4rb0ur-77 ist das Passwort`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from app.checks.phrases import Match, Phrases
from app.checks.private_information._beside import MOST
from app.checks.private_information._further import find_further, is_about_a_lock
from app.domain import Text

_NAMES = Phrases.load(Path(__file__).with_name("lists") / "secrets.tsv")
_OF = (
    r"(?:\s{1,4}(?:for|to|of|on|at|in|from|für|zum|zur|im|am|vom|von|beim|der|des|pour|du|de|des|al|del|per|dell[ao]|d[ao]|para|van|voor|op)"
    r"(?:\s{1,4}[\w'’.@&-]{1,30}){1,5}?)??(?:\s{1,4}(?:wi-?fi|wlan|admin|guest|gäste|invit[ée]s?|invitados|ospiti|convidados|gasten|nueva|nuevo|nouveau|actuelle?|neu|nuova|nova|nieuwe?|temporary|temporal|temporaneo|temporário|tijdelijk|hier))?"
)
"""whose or what for"""
_IS = r"\s{0,4}[\])\"'”»]?\s{0,4}(?:\([^()\n]{1,40}\)\s{0,4})?(?:[:=→>]|:=|=>|->|–|—|-\s|['’]s\s|(?:is|are|was|(?:re)?set to|changed to|now|lautet|lauten|ist|war|est|sont|es|son|è|é|e['’]|são|luidt|[ée])\s{1,4}(?:now\s{1,4}|still\s{1,4}|currently\s{1,4}|set to\s{1,4}|jetzt\s{1,4}|weiterhin\s{1,4}|ahora\s{1,4}|maintenant\s{1,4}|ora\s{1,4}|agora\s{1,4}|nu\s{1,4})?:?)\s{0,4}"
_OPEN = r"[\"'“„«‹`*]{0,2}\s?"
_TOKEN = r"(?P<token>[^\s\"“”„«»`<>]{4,80})"
_QUOTED = r"[\"“„«‹`‘'](?P<quoted>[^\"“”„«»›`\n]{4,60}?)[\"”“»›`’'](?!\w)"
_DIGITS = r"(?P<token>\d(?:[ -]?\d){3,7}(?![\d.,]\d|\d|[ -]?\w*%))"
_CODE = r"(?P<token>[*#]?(?:\d{1,3}[ -]\d{1,3}(?:[ -]\d{1,3}){0,2}|[A-Z]{0,4}-?\d[A-Z0-9*#-]{1,10})[*#]?)(?![\w%])"
_KEY = r"(?P<token>[\w./+=~:-]{8,512})"
_SHAPES = {
    "password": rf"(?:{_QUOTED}|{_OPEN}{_TOKEN})",
    "pin": _OPEN + _DIGITS,
    "code": _OPEN + _CODE,
    "key": rf"(?:{_QUOTED}|{_OPEN}{_KEY})",
}
_ASSIGNED = {
    kind: re.compile(_OF + _IS + shape, re.IGNORECASE if kind == "password" else 0) for kind, shape in _SHAPES.items()
}
_NEXT = {kind: re.compile(r"\s{0,4}[(\[,]?\s{0,4}" + shape) for kind, shape in _SHAPES.items()}
_PAIR = re.compile(
    _OF
    + r"(?:\s{0,4}[/|=]\s{0,4}(?P<only>[^\s\"'”,;)/]{6,80})|\s{0,4}(?:[:=(]|is\b|ist\b|est\b|es\b|\s)\s{0,4}[\"'“]?(?P<user>[^\s\"'”/|,;]{2,60})[\"'”]?\s{0,4}"
    r"(?:[/|,;+]{1,2}|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bpw\b|\bpass\w*\b:?|:)\s{0,4}[\"'“]?(?P<token>[^\s\"'”,;)]{6,80}))",
    re.IGNORECASE,
)
_NETWORK_KEY = re.compile(
    r"[^.\n]{0,40}?(?:,\s|;\s|\s|[/|])(?:key|pw|pwd|pass\w{0,5}|code|kennwort|schlüssel|clave|clé|chiave|senha|sleutel|says?)\b\s?[:=]?\s?[\"'“]?(?:[^\s\"'”/|,;]{2,60}\s?[/|]\s?)?(?P<token>[^\s\"'”,;)]{6,80})",
    re.IGNORECASE,
)
"""what stands near the name of a network"""
_NETWORK = re.compile(r"wi-?fi|wlan|network|netzwerk|hotspot|router", re.IGNORECASE)
_TYPED = re.compile(
    r"(?<!\w)[uU](?:ser(?:name)?|sr)?\s?[:=]\s?\S{2,60}\s{1,3}[|/,;]?\s?[pP](?:ass(?:word)?|wd?)?\s?[:=]\s?(?P<named>[^\s\"'”,;)]{5,80})|(?<!\S)[\"'‘“`]?/(?:login|identify|auth|register)\s(?:\S{2,60}\s)?(?P<command>[^\s\"'’”`]{6,80})"
)
"""u: anna p: ..., or a chat's command: /login anna ..."""
_BEFORE = re.compile(
    r"(?<!\S)[\"'“„«`]?(?P<token>[^\s\"'“”„«»`]{4,64})[\"'”“»`]?,?\s{1,4}(?:(?:is|as|ist|als|est|comme|es|como|è|come|é|wordt)\s{1,4})"
    r"(?:(?:the|your|our|my|new|das|dein|euer|unser|neue|le|notre|el|la|tu|il|a|o|het|de|nouveau|nueva|nuova|nova|nieuwe)\s{1,4}){0,3}\Z",
    re.IGNORECASE,
)
_SEED = re.compile(
    r"\b(?:seed|recovery|backup|mnemonic|wallet)[ -](?:phrase|words|seed)\b[^\n.]{0,30}?[:=]\s{0,4}(?P<token>(?:[a-z]{3,8}[\s,]{1,3}){11,23}[a-z]{3,8})\b",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    _OF + _IS + rf"{_OPEN}(?P<token>(?:[\w'-]{{2,20}} ){{2,9}}[\w'-]{{1,20}})(?=[\"'”.!\n]|\s*\Z)", re.IGNORECASE
)
"""a passphrase: three words or more"""
_NO_SECRETS = frozenset((Path(__file__).with_name("lists") / "no_secrets.txt").read_text(encoding="utf-8").split())
"""words that stand behind a password's name and are none"""


def find_stated(text: Text) -> Iterator[tuple[str, int, int]]:
    """What is stated, start and end of each secret beside the word that announces it."""
    raw, looked_at = text.raw, 0
    for name in _NAMES.find(text):
        if name.weight == 0 and not raw[name.span.start : name.span.end].isupper():
            continue
        looked_at += 1
        if looked_at > MOST:
            return
        if found := _secret_of(raw, name):
            yield name.grade, *found
    for match in _TYPED.finditer(raw):
        if _is_mixed(match[str(match.lastgroup)]):
            yield "password", *match.span(str(match.lastgroup))
    if "phrase" in raw or "seed" in raw or "mnemonic" in raw:
        yield from (("recovery phrase", *match.span("token")) for match in _SEED.finditer(raw))


def _secret_of(raw: str, name: Match) -> tuple[int, int] | None:
    kind, start, end = name.grade, name.span.start, name.span.end
    if _IN_LINK[kind == "pair"].search(raw, max(0, start - 100), start):
        return None  # a link's words, which are read as a link
    if kind == "pair":
        return _pair_of(raw, start, end)
    if kind == "lock":
        if not is_about_a_lock(raw, start, end):
            return None
        kind = "code"
    if "phrase" in raw[start:end].casefold() and (match := _PHRASE.match(raw, end)):
        return _span(match)
    if (match := _ASSIGNED[kind].match(raw, end)) and _is_secret(kind, match, assigned=True):
        return _span(match)
    if (match := _NEXT[kind].match(raw, end)) and _is_secret(kind, match, assigned=False):
        return _span(match)
    if found := find_further(raw, kind, start, end):
        return found
    match = _BEFORE.search(raw, max(0, start - 100), start)
    return _span(match) if match and _stands_out(kind, match["token"]) else None


def _pair_of(raw: str, start: int, end: int) -> tuple[int, int] | None:
    """The secret of a user, an account or a network that is named."""
    match = _PAIR.match(raw, end)
    if match and _is_mixed(match["token"] or match["only"]) and "/" not in (match["user"] or ""):
        return _span(match)
    near = _NETWORK_KEY.match(raw, end)
    if near and _is_mixed(near["token"]):
        return _span(near)
    return find_further(raw, "password", start, end) if _NETWORK.fullmatch(raw, start, end) else None


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Where the secret stands, without the sentence's signs behind it."""
    groups = match.groupdict()
    group = next(name for name in ("quoted", "only", "token") if groups.get(name))
    return match.start(group), match.start(group) + len(match[group].rstrip(".,;:)?]"))


def _is_secret(kind: str, match: re.Match[str], *, assigned: bool) -> bool:
    quoted = match.groupdict().get("quoted")
    value: str = (quoted or match["token"]).rstrip(".,;:)]?!")
    if kind == "pin":
        return assigned or not re.fullmatch(r"(?:19|20)\d\d", value)
    if kind == "code":
        return sum(c.isdigit() for c in value) >= max(3, sum(c.isalpha() for c in value))
    if _is_address(value):
        return False
    if kind == "key":
        return len(value) >= (8 if assigned else 16) and _is_mixed(value)
    if quoted and _JOKE.search(quoted):
        return False
    if quoted and match.string[match.end() : match.end() + 1] == "?" and not assigned:
        return False  # is your password "..." (a question)
    if quoted:
        return assigned or _stands_out(kind, value)
    return (
        _stands_out(kind, value, assigned=assigned)
        if not assigned or not _is_plain(value)
        else _may_be_word(match, value)
    )


_IN_LINK = (re.compile(r"://[^\s/]{0,80}\Z"), re.compile(r"://\S{0,90}\Z"))
"""where the name of a secret, or of a user, is none"""
_JOKE = re.compile(r"(?i:\b(?:no|not|none|never|buy|ask|please|talk|pretend|don['’]?t|order|free)\b.* )")
"""what a bar writes on its wall: the password is "buy a drink first\""""
_SITE = re.compile(r"[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}/")


def _is_address(value: str) -> bool:
    return (
        value.startswith(("http", "www", "@", "#", "/"))
        or "://" in value
        or len(value) < 4
        or _SITE.match(value) is not None
    )


def _may_be_word(match: re.Match[str], value: str) -> bool:
    """`Password: sunflower`: a plain word right behind the sign, and nothing that continues a sentence."""
    sign = match[0][: match.start("token") - match.start()].strip(" \"'“„«‹`*")
    rest = match.string[match.end("token") :][:3]
    return (
        sign in (":", "=", ":=", "->", "→")
        and len(value) >= 5
        and value.casefold() not in _NO_SECRETS
        and bool(not rest.strip() or rest[0] in "\n.,;)")
    )


def _is_plain(value: str) -> bool:
    return value.isalpha() and (value.islower() or value.istitle() or value.isupper())


def _stands_out(kind: str, value: str, *, assigned: bool = False) -> bool:
    """No word of a sentence: a digit, an odd sign, a capital within, several hyphens."""
    if kind in ("pin", "code"):
        return re.fullmatch(r"[*#]?\d{4,8}[*#]?", value) is not None
    value = value.rstrip(".,;:)!?]…").lstrip("’'")
    if (
        len(value) < 4
        or _is_address(value)
        or re.fullmatch(r"\d{1,3}(?:[.,]\d+)?\+?|\d+(?:st|nd|rd|th|-?\w+)|[12]\d{3}s?|\W+|.*(?:n['’]t|['’]s)", value)
    ):
        return kind == "password" and assigned and value.isdigit() and len(value) > 3
    odd = re.search(r"[\d!$%&*_+=^~#@?]|[a-zß-ÿ][A-Z]", value)
    return odd is not None or value.count("-") > 1 or (len(value) > 5 and "." in value[1:-1] and not value.islower())


def _is_mixed(value: str) -> bool:
    """Letters and digits together, or letters and signs within: no word, no time, no price."""
    return (
        any(c.isalpha() for c in value)
        and (any(c.isdigit() for c in value) or any(c in "!$%&*_+=^~#?" for c in value[:-1]))
        and not _is_address(value)
    )
