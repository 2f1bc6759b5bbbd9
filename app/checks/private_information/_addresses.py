"""Streets with house numbers, in the notations of some twenty countries, as they stand in running text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from app.domain import Text, Token

_CAP = r"[A-ZÀ-ÖØ-ÝŁŚŻČŠŽ][\w'’.-]{0,30}"
_OF = r"(?:de la |de los |de las |de l['’]|della |delle |dello |dell['’]|degli |dei |del |des |de |du |do |da |dos |das |di |d['’]|la |le |les |el |los |las |van de |van der |van den |van |der |den |of |the |y |e |et |und |a |al )"
_TOWN = rf"{_CAP}(?:[ -](?:{_OF})?{_CAP}){{0,2}}"
_FLOOR = r"(?:,? (?:\d{1,2}[ºª°.](?!\d) ?(?:[A-Za-zÀ-ÿ]{1,5}\.?)?|(?:piso|pta\.?|puerta|apto?\.?|apartamento|int\.?|interno|scala|bloco|andar|app(?:artement|t)?\.?|bât\.?|étage|bus|bte|Whg\.?|c/o [A-Z]\w+) ?\w{1,4}))?"
_ENGLISH = re.compile(
    rf"(?:\b(?:Flat|Apt\.?|Apartment|Unit|Suite|Room|House|Block|No\.?) ?#?[\w-]{{1,5}},? )?\b\d{{1,5}}(?:[-/]\d{{1,4}})?[A-Za-z]?,? (?:[NSEW]\.?[EW]?\.? )?(?:(?:{_CAP}|\d{{1,3}}(?:st|nd|rd|th)) ){{1,3}}(?:Street|St|Str|Road|Rd|Avenue|Ave?|Lane|Ln|Close|Cl|Drive|Dr|Court|Ct|Crescent|Cres|Way"
    r"|Terrace|Tce|Place|Pl|Grove|Gardens|Gdns|Boulevard|Blvd|Walk|Mews|Row|Hill|Park|Square|Sq|Green|Parade|Pde|Highway|Hwy|Circle|Cir|Trail|Parkway|Pkwy|Rise|View|Cottages|Wharf|Quay|Villas|Nagar|Marg|Colony|Main|Cross|Layout|Esplanade|Loop|Path|Turnpike|Pike|Heights|Broadway)\b\.?"
    rf"(?: (?:NW|NE|SW|SE|[NSEW])\b)?(?:,? (?:Apt\.?|Apartment|Unit|Suite|#|Flat|Floor) ?[\w-]{{1,5}})?(?:,? {_CAP}(?: {_CAP}){{0,2}}){{0,3}}"
    r"(?:,? (?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2,3},? \d{4,5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{3} ?\d{3}|\d{4,5}(?:-\d{4})?|\d[A-Z]{2}|\d[A-Z]\d|\d{1,2})\b)?"
    # the first half of a code may have been read as a town
)
_GERMAN = re.compile(
    rf"(?:(?:{_CAP} ){{0,2}}(?:{_CAP}[- ])?(?=[A-ZÄÖÜ])[\wäöüß'’.-]{{0,30}}(?:stra(?:ß|ss)e|[sS]tr\.|[sS]tra(?:ß|ss)e|weg|platz|allee|gasse|gässchen|ring|damm|ufer|steig|chaussee|hof|graben|markt|stieg|twiete|pfad|promenade|zeile|brücke|winkel|wall|kamp|feld|garten|siedlung)"
    rf"|(?:Am|An der|An den|Im|In der|In den|Auf der|Auf dem|Zum|Zur|Unter den|Hinter der|Alte|Alter|Neue|Obere|Untere) {_CAP}(?: {_CAP})?(?=,? \d{{1,3}} ?[a-z]?,? (?:D-|A-|CH-)?\d{{4,5}} ))"
    rf",? (?:Nr\.? )?\d{{1,3}} ?[a-zA-Z]?\b(?:[-/]\d{{1,4}}[a-z]?)?{_FLOOR}(?:,? (?:in )?(?:(?:D|A|CH)-)?(?:\d{{4,5}} )?{_TOWN})?"
)
_DUTCH = re.compile(
    rf"\b{_CAP}(?: {_CAP}| (?:van|de|der|den|ter))?(?:straat|laan|weg|plein|gracht|kade|dijk|singel|dreef|hof|steeg|pad|lei|baan|markt|plantsoen|stede|burg|wal|hove) \d{{1,4}} ?[a-zA-Z]{{0,3}}\b(?:-\d{{1,4}})?(?:,? (?:bus \d+,? )?(?:in |te )?(?:\d{{4}} ?[A-Z]{{2}}\b,? ?|\d{{4}} )?(?:{_TOWN})?)?"
    rf"|\b{_CAP}(?:gatan|vägen|gränd|gade|vej|allé|gata|veien|vegen|gaten|katu|tie) \d{{1,4}} ?[A-Z]?\b(?:,? \d{{3}} ?\d{{1,2}} {_TOWN})?|\b(?:ul\.|al\.|os\.|pl\.) {_CAP}(?: {_CAP})? \d{{1,4}}[a-zA-Z]?(?:/\d{{1,4}})?(?:,? \d{{2}}-\d{{3}} {_TOWN})?"
)
_FRENCH = re.compile(
    rf"\b\d{{1,4}} ?(?:bis|ter|quater|[A-D])?,? (?:[Rr]ue|[Aa]venue|[Aa]v\.?|[Bb]oulevard|[Bb]d\.?|[Pp]lace|[Pp]l\.|[Cc]hemin|[Ii]mpasse|[Aa]llée|[Qq]uai|[Cc]ours|[Rr]oute|[Ss]quare|[Pp]assage|[Rr]uelle|[Ss]entier|[Ff]aubourg|[Ll]otissement|[Rr]ésidence|[Cc]ité|[Vv]enelle|[Mm]ontée) "
    rf"(?:{_OF}){{0,2}}{_CAP}(?:[ -](?:{_OF}){{0,2}}{_CAP}){{0,4}}{_FLOOR}(?:,? (?:à )?(?:(?:F-|B-)?\d{{4,5}} )?{_TOWN})?"
)
_ROMANCE = re.compile(
    rf"(?<!\w)(?:[Cc]/|[Cc]\.|[Cc]alle|[Aa]vda?\.?|[Aa]venida|[Pp]laza|[Pp]za\.?|[Pp]aseo|[Pp]º|[Cc]amino|[Cc]arretera|[Cc]tra\.?|[Rr]onda|[Tt]ravesía|[Cc]arrer|[Rr]úa|[Uu]rbanización|[Vv]ia|[Vv]iale|[Vv]\.le|[Pp]iazza|[Pp]\.zza|[Pp]iazzale|[Cc]orso|[Cc]\.so|[Vv]icolo|[Ll]argo|[Ss]trada|[Cc]ontrada"
    rf"|[Rr]ua|R\.|[Aa]v\.|[Tt]ravessa|[Tt]rav\.|[Pp]raça|[Aa]lameda|[Ee]strada|[Rr]odovia|[Bb]eco|[Cc]alçada|[Cc]arrera|[Cc]ra\.?) ?(?:{_OF}){{0,2}}(?:{_CAP}|\d{{1,3}}[A-Z]?(?= ?(?:#|[Nn]o)))(?:[ -](?:{_OF}){{0,2}}{_CAP}){{0,4}}"
    rf",? ?(?:n[.ºo°]{{0,2}} ?|#|[Nn]úm\.? )?\d{{1,5}}(?: ?[-/] ?\d{{1,3}})?[A-Za-z]?(?:/[A-Za-z])?\b{_FLOOR}(?:[,;–-]? ?(?:[-–] )?(?:CEP:? ?)?(?:\d{{5}}-\d{{3}}|\d{{4}}-\d{{3}}|\d{{5}}|[A-Z]{{0,2}}\d{{4}})\b(?: ?(?:[-–,] ?)?{_TOWN})?)?"
)
_CODE = (
    r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[AC-FHKNPRTV-Y]\d[\dW] ?[AC-FHKNPRTV-Y\d]{4}|[A-Z]\d[A-Z] ?\d[A-Z]\d|(?:NSW|VIC|QLD|SA|WA|TAS|NT|ACT),? \d{4}"
    r"|[A-Z]{2},? \d{5}(?:-\d{4})?|[-–] ?\d{3} ?\d{3}|(?<=[a-z] )\d{6})\b"
)
"""postal codes that need no town beside them: of Britain, Ireland, Canada, Australia, the US, India and Singapore"""
_DOOR = r"(?:Flat|Apt\.?|Apartment|Unit|Suite|Blk|Block|(?:H|D|House|Door|Plot|Flat)\.? ?No\.?:?) ?#?\d[\w/-]{0,14}"
_NAMED_HOUSE = rf"\b(?:The )?{_CAP}(?: (?:of |the |at )?{_CAP}){{0,3}}, (?:{_CAP}(?: {_CAP}){{0,3}},? ){{1,4}}"
_BRITISH = r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[AC-FHKNPRTV-Y]\d[\dW] [AC-FHKNPRTV-Y\d]{4})\b"
_CODED = re.compile(
    rf"(?:\b{_DOOR}(?:,? \d[\w/-]{{0,9}})?|\b\d{{1,5}}(?:[/-]\d{{1,4}})?[A-Za-z]?),? "
    rf"(?:(?:{_CAP}|No\. ?\d{{1,3}}|\d{{1,3}}(?:st|nd|rd|th)?|#\d\d-\d{{1,4}}|an?|na|the|of|on|upon|le|de|ar|y|and),? ){{1,9}}{_CODE}"
    rf"|{_NAMED_HOUSE}{_BRITISH}"
)
"""any name between a house's number or name and such a code: 7 Cois na hAbhann, Tuam, H54 ...; The Old Dairy, Church Lane, ..."""
_PATTERNS = (_ENGLISH, _CODED, _FRENCH, _ROMANCE, _GERMAN, _DUTCH)
_KINDS = tomllib.loads((Path(__file__).with_name("lists") / "ways.toml").read_text(encoding="utf-8"))
_WAYS_BEHIND = frozenset(_KINDS["behind"])
_WAYS_BEFORE = frozenset(_KINDS["before"])
_ENDS = tuple(_KINDS["ends"])
_APART = 6
"""words between a house number and the kind of its way"""
_DIGITS = frozenset("0123456789")
_MOST = 50
_CODE_SIGN = re.compile(rf"(?<!\w)(?:{_CODE}|(?:D|A|CH)-\d{{4,5}} [A-Z])")


def find_addresses(text: Text) -> Iterator[tuple[int, int]]:
    """Start and end of each street with a house number; the town's name and code behind it belong to it."""
    if not _may_hold_one(text):
        return
    for pattern in _PATTERNS:
        for number, match in enumerate(pattern.finditer(text.raw)):
            if number >= _MOST:
                break
            yield match.span()


def _may_hold_one(text: Text) -> bool:
    """Whether a number stands near a word for a way: told by the words alone, for most drafts have none."""
    tokens = text.tokens
    numbers = [at for at, token in enumerate(tokens) if token.folded[0] in _DIGITS and len(token.folded) < 7]
    return any(_is_house_number(at, tokens) for at in numbers[:_MOST]) or (
        numbers != [] and _CODE_SIGN.search(text.raw) is not None
    )


def _is_house_number(at: int, tokens: tuple[Token, ...]) -> bool:
    before = [token.folded for token in tokens[max(0, at - _APART) : at]]
    behind = [token.folded for token in tokens[at + 1 : at + _APART]]
    if not _WAYS_BEHIND.isdisjoint(behind) or not _WAYS_BEFORE.isdisjoint(before):
        return True
    if any(word.endswith(_ENDS) for word in before[-2:]):
        return True
    return (
        before[-1:] != [] and before[-1][0] in _DIGITS and len(tokens[at].folded) in (4, 5)
    )  # Unter den Linden 5, 10117 Berlin
