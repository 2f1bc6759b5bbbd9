"""Numbers and documents of a natural person, recognised by format and check digits or beside their name.

Formats and check digits are python-stdnum's (a kind's key is the name of its module), whose pages name the issuing
offices; a few numbers that it doesn't know count only beside their name. Where the name stands right beside the number, a
wrong check digit is taken for a slip of the pen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from app.checks.phrases import Phrases
from app.checks.private_information._beside import values
from app.domain import Text


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    pattern: re.Pattern[str]
    is_valid: Callable[[str], bool]
    """False for all, where it counts only right beside its name"""
    alone: bool
    """so particular that it needs no name"""


def find_identity_numbers(text: Text) -> Iterator[tuple[str, int, int]]:
    """Name of the kind, start and end of each number of a natural person in a text."""
    if MAYBE.search(text.raw):
        for kind in _ALONE:
            found = kind.pattern.finditer(text.raw)
            yield from ((kind.name, *match.span()) for match in found if kind.is_valid(match[0].upper()))
    for value in values(text, _NAMES, _PATTERNS):
        kind = KINDS[value.kind]
        if len(_compact(value.words)) < _SHORTEST or _is_specimen(value.words) or _DATE.fullmatch(value.words):
            continue
        if value.called or kind.is_valid(value.words.upper()):
            yield kind.name, value.start, value.end


MAYBE = re.compile(r"\d(?:[^\d\n]{0,3}\d){4}|[A-Za-z]{5}\d{4}[A-Za-z]")
"""without one of these, none can stand without its name"""
_DATE = re.compile(r"\d{1,2}[./ -]\d{1,2}[./ -]\d{4}|\d{4}-\d{2}-\d{2}")
_SHORTEST = 6
"""letters and digits of a number"""
_SPECIMENS = frozenset({"123456789", "078051120", "219099999", "AB123456C", "ABCDE1234F", "QQ123456C"})


def _is_specimen(number: str) -> bool:
    compact = _compact(number)
    return compact in _SPECIMENS or len(set(compact)) < 2


def _compact(number: str) -> str:
    return re.sub(r"\W", "", number).upper()


def _never(number: str) -> bool:
    return False


def _kind(key: str, name: str, pattern: str, *, alone: bool = False) -> tuple[str, Kind]:
    """`_` in a pattern is a gap that need not be there. The key is a module of stdnum, or begins with `-`."""
    found = re.compile(
        rf"(?<![\w./=#@-])(?=\w)(?:{pattern.replace('_', _SEPARATOR)})(?![\w@]|[.,/-]\d|-[A-Z])",
        re.ASCII | re.IGNORECASE,
    )
    if key.startswith("-"):
        return key, Kind(name, found, _always if alone else _never, alone)
    module = import_module(f"stdnum.{key}")
    return key, Kind(name, found, _checked(module.is_valid), alone)


def _always(number: str) -> bool:
    return not _is_specimen(number)


def _checked(is_valid: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda number: not _is_specimen(number) and is_valid(number)


_SEPARATOR = r"[ .\-\u00a0\u2009\u202f\u2010-\u2013]?"
_DOCUMENT = r"(?=(?:[ ./-]?[\dA-Z]){6})(?=(?:[A-Z ./-]{0,6}\d){3})[A-Z]{0,5}[ -]?\d[\dA-Z]{0,15}(?:[ ./-]?[A-Z]{0,2}\d[\dA-Z]{0,9}){0,5}"
"""numbers of passports, licences and cards: six letters and digits, at least three of these"""

KINDS: dict[str, Kind] = dict((
    _kind("ar.dni", "Argentine DNI", r"\d{1,2}\.?\d{3}\.?\d{3}"),
    _kind("ar.cuit", "Argentine CUIL", r"2[0347]_\d{8}_\d"),
    _kind("at.vnr", "Austrian social insurance number", r"\d{4}_\d{6}|\d{4} \d\d \d\d \d\d"),
    _kind("au.tfn", "Australian tax file number", r"\d{3}_\d{3}_\d{2,3}"),
    _kind("-au.medicare", "Australian Medicare number", r"[2-6]\d{3}_\d{5}_\d(?:_\d)?"),
    _kind("be.nn", "Belgian national number", r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", alone=True),
    _kind("be.ssn", "Belgian national number", r"\d{2}_\d{2}_\d{2}_\d{3}_\d{2}"),
    _kind("bg.egn", "Bulgarian EGN", r"\d{6}_\d{4}"),
    _kind("br.cpf", "Brazilian CPF", r"\d{3}_\d{3}_\d{3}_\d{2}"),
    _kind("-br.rg", "Brazilian RG", r"\d{1,2}_\d{3}_\d{3}_[\dX]"),
    _kind("ca.sin", "Canadian social insurance number", r"\d{3}_\d{3}_\d{3}"),
    _kind("ca.bc_phn", "Canadian health number", r"\d{4}_\d{3}_\d{3}"),
    _kind("ch.ssn", "Swiss AHV number", r"756_\d{4}_\d{4}_\d{2}", alone=True),
    _kind("cl.rut", "Chilean RUT", r"[1-4]?\d\.?\d{3}\.?\d{3}_[\dK]"),
    _kind("cn.ric", "Chinese resident identity number", r"[1-8]\d{5}_(?:19|20)\d{6}_\d{3}[\dX]", alone=True),
    _kind("-co.cc", "Colombian cédula", r"\d{1,3}(?:\.?\d{3}){2,3}"),
    _kind("cr.cpf", "Costa Rican cédula", r"\d{1,2}_\d{4}_\d{4}"),
    _kind("cu.ni", "Cuban identity number", r"\d{11}"),
    _kind("cz.rc", "Czech or Slovak birth number", r"\d{6}/\d{3,4}", alone=True),
    _kind("de.idnr", "German tax number", r"\d{2}_\d{3}_\d{3}_\d{3}"),
    _kind("-de.svnr", "German pension insurance number", r"\d{2}_[0-3]\d[01]\d{3}_[A-Z]_\d{2}_\d", alone=True),
    _kind("-de.kvnr", "German health insurance number", r"[A-Z]_?\d{3}_\d{3}_\d{3}"),
    _kind("dk.cpr", "Danish CPR number", r"[0-3]\d[01]\d{3}_\d{4}"),
    _kind("do.cedula", "Dominican cédula", r"\d{3}_\d{7}_\d"),
    _kind("ec.ci", "Ecuadorian cédula", r"\d{9}_\d"),
    _kind("ee.ik", "Estonian personal code", r"[1-6]\d{10}"),
    _kind("-eg.id", "Egyptian national number", r"[23]\d{13}"),
    _kind("es.nie", "Spanish NIE", r"[XYZ]_\d{7}_[A-Z]|[XYZ]_\d\.\d{3}\.\d{3}_[A-Z]", alone=True),
    _kind("es.dni", "Spanish DNI", r"\d{2}\.?\d{3}\.?\d{3}_[A-Z]"),
    _kind("-es.nss", "Spanish social security number", r"\d{2}[ /-]?\d{8}[ /-]?\d{2}|\d{2}[ /-]?\d{10}"),
    _kind("fi.hetu", "Finnish identity code", r"[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[0-9A-Y]", alone=True),
    _kind("fr.nir", "French social security number", r"[12]_\d{2}_(?:0[1-9]|1[0-2])_(?:\d{2}|2[AB])_\d{3}_\d{3}_\d{2}", alone=True),
    _kind("-fr.nir", "French social security number", r"[12]_\d{2}_(?:0[1-9]|1[0-2])_(?:\d{2}|2[AB])_\d{3}_\d{3}(?:_\d{2})?"),
    _kind("fr.nif", "French tax number", r"[0-3]\d_\d{2}_\d{3}_\d{3}_\d{3}"),
    _kind("-gb.nino", "British national insurance number",
          r"(?!BG|GB|NK|KN|TN|NT|ZZ)(?-i:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]_\d{2}_\d{2}_\d{2}_[A-D]|[a-z]{2}\d{6}[a-d])", alone=True),
    _kind("-gb.licence", "British driving licence number",
          r"[A-Z]{2}[A-Z9]{3}_\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d_[A-Z][A-Z9]_?[\dA-Z][A-Z]{2}", alone=True),
    _kind("gb.nhs", "British NHS number", r"\d{3}_\d{3}_\d{4}"),
    _kind("gb.utr", "British taxpayer reference", r"\d{5}_\d{5}K?"),
    _kind("gr.amka", "Greek AMKA", r"\d{6}_\d{5}"),
    _kind("-gh.card", "Ghana Card number", r"GHA-\d{9}-\d", alone=True),
    _kind("-hk.id", "Hong Kong identity number", r"[A-Z]{1,2}\d{6}_?\([\dA]\)", alone=True),
    _kind("hr.oib", "Croatian OIB", r"\d{11}"),
    _kind("-hu.taj", "Hungarian TAJ or tax number", r"\d{3}_\d{3}_\d{3}|8\d{9}"),
    _kind("id.nik", "Indonesian NIK", r"\d{16}"),
    _kind("ie.pps", "Irish PPS number", r"\d{7}_[A-Z]{1,2}"),
    _kind("il.idnr", "Israeli identity number", r"\d{8}_\d"),
    _kind("in_.aadhaar", "Indian Aadhaar number", r"[2-9]\d{3}_\d{4}_\d{4}"),
    _kind("in_.pan", "Indian PAN", r"[A-Z]{3}P[A-Z]\d{4}[A-Z]"),
    _kind("in_.epic", "Indian voter number", r"[A-Z]{3}\d{7}"),
    _kind("is_.kennitala", "Icelandic kennitala", r"\d{6}_\d{4}"),
    _kind("it.codicefiscale", "Italian codice fiscale",
          r"[A-Z]{3}_?[A-Z]{3}_?\d{2}[ABCDEHLMPRST]\d{2}_?[A-Z]\d{3}[A-Z]", alone=True),
    _kind("-it.cf", "Italian codice fiscale", r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]"),
    _kind("jp.in_", "Japanese My Number", r"\d{4}_\d{4}_\d{4}"),
    _kind("ke.pin", "Kenyan PIN", r"A\d{9}[A-Z]", alone=True),
    _kind("kr.rrn", "Korean resident number", r"\d{6}-\d{7}", alone=True),
    _kind("lt.asmens", "Lithuanian personal code", r"[1-6]\d{10}"),
    _kind("lv.pvn", "Latvian personal code", r"\d{6}_\d{5}"),
    _kind("mu.nid", "Mauritian identity number", r"[A-Z]\d{13}"),
    _kind("mx.curp", "Mexican CURP", r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d", alone=True),
    _kind("mx.rfc", "Mexican RFC", r"[A-ZÑ&]{4}_\d{6}_[A-Z0-9]{3}"),
    _kind("my.nric", "Malaysian identity number", r"\d{6}-\d{2}-\d{4}", alone=True),
    _kind("-ng.nin", "Nigerian NIN or BVN", r"\d{11}"),
    _kind("nl.bsn", "Dutch BSN", r"\d{4}_\d{2}_\d{3}|\d{3}_\d{3}_\d{3}"),
    _kind("no.fodselsnummer", "Norwegian birth number", r"\d{6}_\d{5}"),
    _kind("nz.ird", "New Zealand IRD number", r"\d{2,3}_\d{3}_\d{3}"),
    _kind("pe.cui", "Peruvian DNI", r"\d{8}_\d?"),
    _kind("-ph.id", "Philippine number", r"\d{3,4}_\d{3,4}_\d{3,4}(?:_\d{3,4})?"),
    _kind("pk.cnic", "Pakistani CNIC", r"\d{5}-\d{7}-\d", alone=True),
    _kind("-pk.cnic", "Pakistani CNIC", r"\d{5}_\d{7}_\d"),
    _kind("pl.pesel", "Polish PESEL", r"\d{11}"),
    _kind("pt.nif", "Portuguese NIF", r"(?:[123]\d\d|45\d)_\d{3}_\d{3}"),
    _kind("pt.cc", "Portuguese citizen card", r"\d{8}_\d_[A-Z0-9]{2}\d", alone=True),
    _kind("ro.cnp", "Romanian CNP", r"[1-9]\d{12}"),
    _kind("ru.inn", "Russian INN", r"\d{12}"),
    _kind("-ru.snils", "Russian SNILS", r"\d{3}_\d{3}_\d{3}_\d{2}"),
    _kind("-sa.id", "Saudi or Emirati identity number", r"[12]\d{9}|784_\d{4}_\d{7}_\d"),
    _kind("-ae.id", "Emirates ID", r"784-\d{4}-\d{7}-\d", alone=True),
    _kind("se.personnummer", "Swedish personal number", r"(?:19|20)?\d{6}[-+ ]?\d{4}"),
    _kind("-sg.nric", "Singaporean NRIC", r"[STFGM]\d{7}[A-Z]"),
    _kind("si.emso", "JMBG or EMŠO", r"\d{13}"),
    _kind("th.pin", "Thai identity number", r"\d_\d{4}_\d{5}_\d{2}_\d"),
    _kind("tr.tckimlik", "Turkish identity number", r"[1-9]\d{10}"),
    _kind("-tw.id", "Taiwanese identity number", r"[A-Z][12]\d{8}"),
    _kind("ua.rntrc", "Ukrainian tax number", r"\d{10}"),
    _kind("us.ssn", "US social security number", r"(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}", alone=True),
    _kind("-us.ssn", "US social security number", r"(?!000|666|9)\d{3}_(?!00)\d{2}_(?!0000)\d{4}"),
    _kind("us.itin", "US taxpayer number", r"9\d{2}_[5-9]\d_\d{4}"),
    _kind("-us.mbi", "US Medicare number", r"[1-9][A-Z][A-Z0-9]\d_[A-Z][A-Z0-9]\d_[A-Z]{2}\d{2}"),
    _kind("-uy.ci", "Uruguayan cédula", r"\d\.?\d{3}\.?\d{3}_\d"),
    _kind("-ve.ci", "Venezuelan cédula", r"[VE]_\d{1,2}\.?\d{3}\.?\d{3}"),
    _kind("-vn.cccd", "Vietnamese identity number", r"0\d{11}"),
    _kind("za.idnr", "South African identity number", r"\d{6}_\d{4}_\d{2}_\d|\d{13}"),
    _kind("-ssn", "social security number", r"\d{2}_?[\dA-Z][\dA-Z ./-]{5,18}\d"),
    _kind("-tax", "taxpayer's number", r"\d{2,5}(?:[ ./-]?\d{2,5}){1,4}"),
    _kind("-id", "identity document's number", _DOCUMENT),
    _kind("-passport", "passport number", _DOCUMENT),
    _kind("-licence", "driving licence number", _DOCUMENT),
    _kind("-health", "health insurance number", _DOCUMENT),
))  # fmt: skip
_ALONE = tuple(kind for kind in KINDS.values() if kind.alone)
_NAMES = Phrases.load(Path(__file__).with_name("lists") / "identity_numbers.tsv")
"""the names of the numbers; `grade` is the kind's key"""
_PATTERNS = {key: kind.pattern for key, kind in KINDS.items()}
_WITH_TABLES = {"cn.ric": "360426199101010071", "my.nric": "770305-02-1234", "id.nik": "3171011708450001"}
for _key, _specimen in _WITH_TABLES.items():  # their tables are read now, not in a request
    KINDS[_key].is_valid(_specimen)
