"""E-mail addresses: those spelled out against robots, and what an address by itself says of whose it is."""

from __future__ import annotations

import re

from app.checks.private_information._contacts import Own
from app.checks.private_information._people import is_given_name
from app.domain import Account, Entity, Text

_FREE_MAIL = (
    "gmail.", "googlemail.", "hotmail.", "outlook.", "live.", "yahoo.", "ymail.", "icloud.", "me.com", "mac.com", "aol.", "gmx.", "web.de", "t-online.", "freenet.", "proton", "pm.me",
    "orange.fr", "wanadoo.", "free.fr", "laposte.", "sfr.fr", "libero.", "virgilio.", "tiscali.", "alice.it", "sapo.pt", "uol.com", "bol.com", "terra.", "telefonica.", "msn.",
    "btinternet.", "sky.com", "virginmedia.", "comcast.", "verizon.", "att.net", "ziggo.", "kpnmail.", "hetnet.", "planet.nl", "mail.ru", "yandex.", "qq.com", "163.com", "rediffmail.",
    "zoho.", "fastmail.", "posteo.", "mailbox.org", "tutanota.", "bluewin.", "optusnet.", "bigpond.", "telenet.", "skynet.", "wp.pl", "onet.", "o2.pl", "hey.com",
)  # fmt: skip
_AT = r"(?:\s?[(\[{<]\s?(?:at|ät|a|arroba|arobase|chiocciola|apenstaartje|@)\s?[)\]}>]\s?)"
_DOT = r"(?:\s?[(\[{<]\s?(?:dot|punkt|punto|point|ponto|\.)\s?[)\]}>]\s?|\s(?:dot|punkt|punto|ponto)\s)"
_SPELLED_MAIL = re.compile(
    rf"(?<![\w.@])[\w.+-]{{2,40}}(?:{_DOT}[\w+-]{{1,30}}){{0,2}}(?:{_AT}[\w-]{{2,40}}(?:{_DOT}|\.)|\s(?:at|arroba|arobase|chiocciola)\s[\w-]{{2,40}}{_DOT})[a-z]{{2,12}}(?:(?:{_DOT}|\.)[a-z]{{2,12}}){{0,2}}(?!\w)",
    re.IGNORECASE,
)
_BRACKETED_AT = re.compile(r"[(\[{<]\s?(?i:at|ät|a|arroba|arobase|chiocciola|apenstaartje|@)\s?[)\]}>]")
_DOTS = frozenset(["dot", "pun", "pon"])
_ROLE = re.compile(
    r"(?:info|hello|hi|hallo|hola|bonjour|ciao|ola|contact|contacto|contatti|contato|kontakt|support|help|service|press|presse|prensa|stampa|imprensa|pers|media|newsroom|sales|office|admin|team|bookings?|book|reservations?|reservas?|reservierung|prenotazioni|events?|jobs?|careers?|karriere"
    r"|hr|recruit\w*|marketing|shop|store|orders?|billing|accounts?|accounting|webmaster|postmaster|abuse|privacy|security|feedback|enquir\w*|inquir\w*|news|newsletter|editor\w*|redaktion|tickets?|donate|donations|volunteer\w*|members?\w*|customer\w*|care|kundenservice|servicio|atencion|mail|post|noreply|no-reply|general|studio|gallery|museum)"
    r"(?:[._+-]?\w*)?@",
    re.IGNORECASE,
)
_TWO_NAMES = re.compile(
    r"[a-z]{2,}[._-][a-z]{2,}(?:[._-]?\d{0,4})?@|[a-z]\.[a-z]{3,}\d{0,4}@|[a-z]+[._]\w*\d{2,4}@", re.IGNORECASE
)
MOST = 100
"""addresses of one text that are looked at: more make a list, and its cost must stay bounded"""


def spelled_mails(text: Text) -> list[Entity]:
    """`jane.doe [at] gmail [dot] com`, as entities of the raw text."""
    spelled = text.openings is None or not _DOTS.isdisjoint(text.openings)
    bracketed = "(" in text.raw or "[" in text.raw or "{" in text.raw or "<" in text.raw
    if not spelled and not (bracketed and _BRACKETED_AT.search(text.raw)):
        return []
    return [Entity("email", match[0], *match.span()) for match in _SPELLED_MAIL.finditer(text.raw)][:MOST]


def is_named_in(words: str, before: str) -> bool:
    """Whether an address at a free mail service holds a name that stands right before it: `Kim Dale (kim-dale@...)`."""
    local, _, domain = words.casefold().partition("@")
    names = re.findall(r"\b[A-Z][a-zà-ÿ]{3,20}\b", before)
    return bool(domain) and _is_free(domain) and any(name.casefold() in local for name in names)


def _is_free(domain: str) -> bool:
    return any(domain.startswith(host) or f".{host}" in f".{domain}" for host in _FREE_MAIL)


def weigh_mail(words: str, account: Account, own: Own, *, has_service: bool) -> tuple[str | None, str]:
    """The grade of an address of which the words around it tell nothing, and the reason; `has_service`: some are about a service."""
    address = words.casefold()
    local, _, domain = address.partition("@")
    if not domain:
        return ("personal", "nobody writes an official address so") if not _ROLE.match(f"{local}@") else (None, "")
    persons = not _ROLE.match(address) and (
        _TWO_NAMES.match(address) is not None or any(map(is_given_name, re.split(r"[\W\d_]+", local)))
    )
    free = _is_free(domain)
    if free and not has_service and not _ROLE.match(address):
        return "personal", "it is a person's address at a free mail service"
    if free:
        return "free_mail", "it is an address at a free mail service, not the account's own domain"
    if persons and not has_service and not _is_own_domain(address, account, own):
        return "unlisted", "it is the address of a person elsewhere"
    return None, ""


def _is_own_domain(address: str, account: Account, own: Own) -> bool:
    domain = address.rpartition("@")[2]
    name, local = (
        "".join(c for c in part if c.isalnum()) for part in (domain.partition(".")[0], re.split(r"[@.]", address)[0])
    )
    handle = "".join(c for c in (account.handle or "").casefold() if c.isalnum())
    return domain in own.domains or any(
        len(part) > 2 and (part in handle or handle in part) for part in (name, local) if handle
    )
