"""National identity, tax and social security numbers, recognised by format and checksum.

The formats and checksums are the issuing offices' public ones, written from knowledge and tried on their specimens.
Numbers whose format alone says too little count only beside their name (`label`); where the name stands right before the
number, a wrong check digit is taken for a slip of the pen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_NEAR = 30
"""characters before a number in which its name must stand"""


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    pattern: re.Pattern[str]
    is_valid: Callable[[str], bool]
    """told the number without spaces and signs, in capitals"""
    label: re.Pattern[str] | None = None


def find_identity_numbers(raw: str) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of each number of a natural person in a text."""
    if not _MAYBE.search(raw):
        return
    for kind in KINDS:
        for match in kind.pattern.finditer(raw):
            name = kind.label.search(raw[max(0, match.start() - _NEAR) : match.start()]) if kind.label else None
            if kind.label and not name:
                continue
            called = name is not None and _BETWEEN.match(name["after"]) and len(name["name"]) > 2
            if called or kind.is_valid(re.sub(r"\W", "", match[0]).upper()):
                yield kind.name, *match.span()


_MAYBE = re.compile(r"(?:\d[ .-]?){6}|(?i:[A-Z]{6})\d\d")
"""without one of these, none can be there"""
_BETWEEN = re.compile(r"\W{0,3}(?:n[o.º°]{1,2}|nr|number|is|é|es|est|ist|è)?\W{0,3}\Z", re.IGNORECASE)
"""what may stand between the name of a number and the number"""


# --- checksums -------------------------------------------------------------------------------------------------------


def _weighted(number: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))


def _luhn(number: str) -> bool:
    doubled = [int(digit) * 2 if i % 2 else int(digit) for i, digit in enumerate(reversed(number))]
    return len(set(number)) > 1 and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _nif(number: str) -> bool:
    """Portugal: weights 9 to 2, MOD 11; natural persons' begin with 1, 2, 3 or 45."""
    rest = 11 - _weighted(number[:8], range(9, 1, -1)) % 11
    return (0 if rest > 9 else rest) == int(number[8])


def _dni(number: str) -> bool:
    """Spain: the letter is the number MOD 23; in a NIE, X, Y, Z stand for 0, 1, 2."""
    digits = str("XYZ".find(number[0])) + number[1:-1] if number[0] in "XYZ" else number[:-1]
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(digits) % 23] == number[-1]


_ODD = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16,
                 10, 22, 25, 24, 23], strict=True))  # fmt: skip


def _codice_fiscale(number: str) -> bool:
    odd = sum(_ODD[char] for char in number[:15:2])
    even = sum(int(char) if char.isdigit() else ord(char) - ord("A") for char in number[1:15:2])
    return chr(ord("A") + (odd + even) % 26) == number[15]


def _nir(number: str) -> bool:
    """France: 97 minus the first 13 digits MOD 97 (2A and 2B for Corsica count as 19 and 18)."""
    digits = number[:13].replace("2A", "19").replace("2B", "18")
    return 97 - int(digits) % 97 == int(number[13:])


def _cpf(number: str) -> bool:
    """Brazil: two check digits, MOD 11."""
    checks = [_weighted(number, range(length + 1, 1, -1)) * 10 % 11 % 10 for length in (9, 10)]
    return len(set(number)) > 1 and number[9:] == "".join(map(str, checks))


def _rut(number: str) -> bool:
    """Chile: weights 2 to 7 from the right, MOD 11; companies' begin at 50 million."""
    total = _weighted(number[-2::-1], [2, 3, 4, 5, 6, 7, 2, 3])
    return int(number[:-1]) < 50_000_000 and "0K987654321"[total % 11] == number[-1]


def _steuer_id(number: str) -> bool:
    """Germany: ISO 7064 MOD 11,10."""
    rest = 10
    for digit in number[:10]:
        rest = ((int(digit) + rest) % 10 or 10) * 2 % 11
    return number[0] != "0" and (11 - rest) % 10 == int(number[10])


def _bsn(number: str) -> bool:
    return int(number) > 0 and _weighted(number, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0


def _pesel(number: str) -> bool:
    return _weighted(number, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0


def _hetu(number: str) -> bool:
    """Finland: date and running number MOD 31."""
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(number[:6] + number[-4:-1]) % 31] == number[-1]


def _rijksregister(number: str) -> bool:
    """Belgium: 97 minus the first nine digits MOD 97, with a 2 before them for births from 2000."""
    return any(97 - int(century + number[:9]) % 97 == int(number[9:]) for century in ("", "2"))


def _nhs(number: str) -> bool:
    return (11 - _weighted(number, range(10, 1, -1)) % 11) % 11 == int(number[9])


def _tfn(number: str) -> bool:
    return int(number) > 0 and _weighted(number, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0


def _not_a_specimen(number: str) -> bool:
    return number not in ("123456789", "078051120", "219099999", "AB123456C", "ABCDE1234F")


# --- formats ---------------------------------------------------------------------------------------------------------


_FLAGS = re.IGNORECASE | re.DOTALL


def _kind(
    name: str, pattern: str, is_valid: Callable[[str], bool] = _not_a_specimen, *, label: str | None = None
) -> Kind:
    found = re.compile(rf"(?<![\w./=#-])(?:{pattern})(?![\w-])")
    return Kind(name, found, is_valid, re.compile(rf"\b(?P<name>{label})\b(?P<after>.*)", _FLAGS) if label else None)


KINDS: tuple[Kind, ...] = (
    _kind("Portuguese NIF", r"(?:[123]\d\d|45\d)[ .]?\d{3}[ .]?\d{3}", _nif, label="nif|contribuinte|identificação fiscal"),
    _kind("Spanish NIE", r"[XYZ][- ]?\d{7}[- ]?[A-Z]", _dni),
    _kind("Spanish DNI", r"\d{2}\.?\d{3}\.?\d{3}[- ]?[A-Z]", _dni, label="dni|nif|documento|identidad"),
    _kind("Italian codice fiscale", r"(?i:[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z])", _codice_fiscale),
    _kind("French social security number", r"[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}", _nir),
    _kind("Brazilian CPF", r"\d{3}\.\d{3}\.\d{3}-\d{2}", _cpf),
    _kind("Brazilian CPF", r"\d{11}", _cpf, label="cpf"),
    _kind("Chilean RUT", r"\d{1,2}\.?\d{3}\.?\d{3}-[\dkK]", _rut, label="rut|(?-i:RUN)"),
    _kind("Argentine CUIL", r"2[0347]-?\d{8}-?\d", label="cuil|cuit"),
    _kind("Mexican CURP", r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d"),
    _kind("US social security number", r"(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}"),
    _kind("US social security number", r"(?!000|666|9)\d{3} ?(?!00)\d{2} ?(?!0000)\d{4}", label="ssn|social security"),
    _kind("British national insurance number", r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"),
    _kind("British NHS number", r"\d{3}[ -]?\d{3}[ -]?\d{4}", _nhs, label="nhs (?:no|number)"),
    _kind("German tax number", r"\d{2} ?\d{3} ?\d{3} ?\d{3}", _steuer_id, label="steuer-?id|steuer-?identifikationsnummer|idnr"),
    _kind("Dutch BSN", r"\d{4}[ .]?\d{2}[ .]?\d{3}|\d{3}[ .]?\d{3}[ .]?\d{3}", _bsn, label="bsn|burgerservicenummer|sofinummer"),
    _kind("Belgian national number", r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", _rijksregister),
    _kind("Polish PESEL", r"\d{11}", _pesel, label="pesel"),
    _kind("Swedish personal number", r"(?:19|20)?\d{6}[-+]?\d{4}", lambda n: _luhn(n[-10:]), label="personn(?:umme)?r|personal (?:id|identity) number"),
    _kind("Danish CPR number", r"[0-3]\d[01]\d{3}-?\d{4}", label="cpr(?:-?n(?:umme|)r)?"),
    _kind("Finnish identity code", r"[0-3]\d[01]\d{3}[-+A-F]\d{3}[0-9A-Y]", _hetu),
    _kind("Indian Aadhaar number", r"[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}", label="aadhaa?r"),
    _kind("Indian PAN", r"[A-Z]{3}P[A-Z]\d{4}[A-Z]", label="(?-i:PAN)"),
    _kind("Canadian SIN", r"\d{3}[ -]?\d{3}[ -]?\d{3}", _luhn, label="social insurance(?: number)?|(?-i:SIN|NAS)"),
    _kind("Australian TFN", r"\d{3} ?\d{3} ?\d{3}", _tfn, label="(?-i:TFN)|tax file"),
    _kind("South African identity number", r"\d{2}[01]\d[0-3]\d{8}", _luhn, label="identity (?:no|number)|(?-i:ID)(?: (?:no|number))?"),
    _kind("passport number", r"[A-Z]{0,2}\d{6,9}", lambda _: False, label="passport(?: (?:no|number))?|pasaporte|passaporte|passeport|reisepass(?:nummer)?|passaporto"),
)  # fmt: skip
