"""Whether a person is named right beside a number or an address."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

_GIVEN_NAMES = frozenset((Path(__file__).with_name("lists") / "given_names.txt").read_text(encoding="utf-8").split())
"""common first names of eight languages, folded"""
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herrn?|Frau|Hr|Fr|M|Mme|Mlle|Monsieur|Madame|Mademoiselle|Sr|Sra|Srta|Señora?|Señorita|Don|Doña|Sig|Sig\.ra|Sig\.na|Signora?|Dott|Dott\.ssa|Dhr|Mevr|Mevrouw|Meneer"
    r"|Senhora?|Dona|Familie|Famille|Familia|Fam)"
)
_WORD = r"[A-ZÀ-ÖØ-ÝŁŚŻČŠŽ][\w'’-]*[a-zß-ÿłśżčšžA-Z]"
_PERSON = re.compile(
    rf"(?<![\w.])(?:(?P<title>{_TITLE})\.? )?(?P<first>{_WORD})(?P<more>(?: [A-Z]\.| (?:von|van|de|der|den|da|di|del|della|dos|do|la|le|ter|zu|y|e)){{0,3}}(?: {_WORD}){{0,3}})"
)
_FIRM = re.compile(
    r"\b(?:Ltd|Inc|LLC|GmbH|AG|KG|S\.?L|S\.?A|BV|Sons|Co|LLP|Solicitors|Agents?|Builders|Bakery|Inn|Hotel|School|Church|Chapel|Hall|Centre|Center|Club|Caf[eé]|Shop|Stores?|Garage|Clinic|Surgery|Pharmacy"
    r"|Studios?|Gallery|House|Theatre|Theater|Library|Museum|Arena|Stadium|Park|Bar|Pub|Arms|Restaurant|Kitchen|Market|Foundation|Trust|Institute|University|College|Academy|Hospital|Office|Stiftung|Schule|Kirche|Haus|Halle|Praxis"
    r"|Apotheke|Verein|Bistro|Boutique|Salon|Brewery|Records|Books|Group|Company|Bank|Praxis|Kanzlei|Zentrum|Schloss|Platz|Team|Street|Road|St|Straße|Award|Festival|Day|Show|Tour|Live)\b"
)
_BETWEEN = re.compile(
    r"[\s,:;(\[\-–—|'’\"“”]{0,4}(?:(?:at|on|of|from|under|unter|au|al|no|op|via|tel|telefon|phone|mobile|mob|cell|handy|mobil|portable|móvil|movil|cellulare|cell|tlm|telemóvel|celular|mail|e-?mail|in|wohnhaft|aus|de|chez|lives|wohnt|habite|vive|abita|mora|woont|address|adresse|number|nummer|is|ist|est|es|è|é|s)\.?[\s,:;(]{1,3}){0,4}\Z",
    re.IGNORECASE,
)
_REACH = 70


def is_person_before(raw: str, at: int, *, full: bool) -> bool:
    """Whether a person's name stands right before a place in the text; `full`: a first name alone is not enough."""
    window = raw[max(0, at - _REACH) : at]
    return any(
        _BETWEEN.match(window, match.end()) and _is_person(match, full=full) for match in _PERSON.finditer(window)
    )


def is_addressee(raw: str, at: int) -> bool:
    """`... for Marta R.`, `..., Marc, before noon`, `..., madame Roux`, right behind an address."""
    match = _ADDRESSEE.match(raw, at)
    if match is None:
        return False
    return bool(match["title"] or match["called"]) or _is_given(match["first"] or match["name"])


_ADDRESSEE = re.compile(
    rf"[,)]?\s{{0,2}}(?:(?:for|für|pour|para|per|voor|attn|c/o|z\. ?Hd\.)\s(?:(?P<title>{_TITLE})\.? )?(?P<first>{_WORD})|,?\s?(?:(?P<called>{_TITLE}|monsieur|madame|signora?|señora?|senhora?|mevrouw|meneer)\.? {_WORD}|(?P<name>{_WORD})(?=[,.!?]|\s*\Z)))"
)


def is_person_behind(raw: str, at: int) -> bool:
    """`07700 900123 (Petra)`, `ask for Dana Hill`, `- Tom`."""
    match = _BEHIND.match(raw, at)
    return match is not None and _is_given(match["first"])


_BEHIND = re.compile(
    rf"\s{{0,2}}[(,\-–—:/|]?\s?(?:(?:and |und |then )?(?:ask for|fragen Sie nach|demandez|demander|preguntar? por|chiedere di|chieda di|falar com|vraag naar)\s)?(?:{_TITLE}\.? )?(?P<first>{_WORD})"
)


def _is_person(match: re.Match[str], *, full: bool) -> bool:
    more = match["more"].strip()
    if _FIRM.search(match[0]):
        return False
    if match["title"]:
        return True
    words = [match["first"], *more.split()]
    given = [at for at, word in enumerate(words) if _is_given(word)]
    return bool(given) and (not full or given[0] < len(words) - 1)


def _is_given(word: str) -> bool:
    folded = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).casefold()
    return folded in _GIVEN_NAMES or (folded.endswith(("'s", "’s")) and folded[:-2] in _GIVEN_NAMES)


def is_given_name(word: str) -> bool:
    """Whether a word, however written, is a common first name."""
    return _is_given(word)
