"""An account's own published contacts, and what in a text is one of them in another notation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType

phonenumbers.PhoneMetadata.load_all()  # now, not in a request
_COUNTRIES_OF = {
    "de": ("DE", "AT", "CH"), "fr": ("FR", "BE", "CH", "CA"), "es": ("ES", "MX", "AR", "CO", "CL"), "it": ("IT", "CH"),
    "pt": ("PT", "BR"), "nl": ("NL", "BE"), "pl": ("PL",), "sv": ("SE",), "da": ("DK",), "en": ("IE", "AU", "IN"), "ja": ("JP",), "no": ("NO",), "fi": ("FI",), "cs": ("CZ",), "el": ("GR",), "hu": ("HU",), "ro": ("RO",), "tr": ("TR",), "ru": ("RU",), "uk": ("UA",),
}  # fmt: skip
_SERVICE_TYPES = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
    PhoneNumberType.PREMIUM_RATE,
}
_SHORTEST = 6
"""digits that two notations of a number must share"""
_WAYS = {
    "street": "st", "strasse": "str", "straße": "str", "road": "rd", "avenue": "ave", "lane": "ln", "drive": "dr", "court": "ct", "place": "pl",
    "boulevard": "bd", "blvd": "bd", "square": "sq", "calle": "c", "avenida": "av", "piazza": "pza", "platz": "pl", "terrace": "ter", "close": "cl", "gardens": "gdns", "crescent": "cres",
}  # fmt: skip


def countries(regions: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Where a number without a country may be from: the account's regions, the language's, the US and Britain."""
    own = (region[:2] for region in regions if region not in ("WORLD", "EU"))
    return tuple(dict.fromkeys([*own, *_COUNTRIES_OF.get(language, ()), "US", "GB"]))


def readings(candidate: str, where: Iterable[str]) -> Iterator[PhoneNumber]:
    """The possible numbers that these digits are, dialled in each of the countries."""
    for country in where:
        try:
            number = phonenumbers.parse(candidate, country)
        except NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            yield number


def is_phone(candidate: str, where: tuple[str, ...]) -> bool:
    """A number that the countries could give to a person: the first whose plan knows it decides."""
    possible = list(readings(candidate, where))
    dialled = candidate.lstrip("(").startswith(("0", "+"))
    known = next((number for number in possible if _knows(number, dialled=dialled)), None)
    return bool(possible) if known is None else phonenumbers.number_type(known) not in _SERVICE_TYPES


_WRITTEN = re.compile(
    r"\+|\(?0|\(\d|\d{3}[-. ]\d{3}[-. ]\d{4}\Z|\d{3}[-. ]\d{4}\Z|\d{2,4}(?:[ -]\d{2,4}){2,4}\Z|\d{9,}\Z"
)

_GROUPS = re.compile(r"\d{2,3}(?:[ .-]\d{2,3}){2,3}\Z")
_DIALLED = re.compile(
    r"\+\d{1,3}[ (.-]?\d|\(?0[1-9]\d?[ )\d/.-]|00[1-9]|\(?[2-9]\d\d\)?[-. ]\d{3}[-. ]\d{4}\Z|1-[2-9]\d\d-\d{3}-\d{4}\Z"
)


def is_written_as_phone(candidate: str) -> bool:
    """Whether the digits look dialled: a country or a zero in front, or the groups of a number."""
    return _WRITTEN.match(candidate) is not None


def is_dialled(candidate: str, where: tuple[str, ...]) -> bool:
    """Whether the digits stand as somebody would dial them: with a country, a zero in front, in groups that a plan knows."""
    if _DIALLED.match(candidate):
        return True
    return _GROUPS.match(candidate) is not None and any(
        _knows(number, dialled=False) for number in readings(candidate, where)
    )


def _knows(number: PhoneNumber, *, dialled: bool) -> bool:
    """Whether a country's plan has the number as it was written: where a zero is dialled first it must stand there."""
    region = phonenumbers.region_code_for_number(number)
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region) if region else None
    return (
        metadata is not None and phonenumbers.is_valid_number(number) and (dialled or metadata.national_prefix != "0")
    )


def is_mobile(candidate: str, where: tuple[str, ...]) -> bool:
    """A mobile number by its country's plan; Britain's for films too, which no plan lists."""
    for number in readings(candidate, where):
        if phonenumbers.number_type(number) == PhoneNumberType.MOBILE:
            return True
        if (
            number.country_code == 44
            and str(number.national_number).startswith("7")
            and len(str(number.national_number)) == 10
        ):
            return True
    return False


_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")


class Own:
    """What the account publishes of itself."""

    def __init__(self, contacts: tuple[str, ...]) -> None:
        self._mails = {mail for contact in contacts for mail in _MAIL.findall(contact.casefold())}
        self._numbers = [digits for contact in contacts if (digits := _bare(contact)) and "@" not in contact]
        self._places = [place(contact) for contact in contacts]
        self.domains = {mail.rpartition("@")[2] for mail in self._mails}

    def has_mail(self, address: str) -> bool:
        return address.casefold() in self._mails

    def has_number(self, candidate: str) -> bool:
        return any(same_number(candidate, own) for own in self._numbers)

    def has_place(self, address: str) -> bool:
        told = place(address)
        return any(_holds(own, told) or (len(own) > 8 and _holds(told, own)) for own in self._places)


def _holds(whole: str, part: str) -> bool:
    """Whether it stands there, and not as the end of a longer number: 5 High Street is not in 25 High Street."""
    return re.search(rf"(?<!\d){re.escape(part)}", whole) is not None


def same_number(one: str, other: str) -> bool:
    """Whether two notations are of one number: with or without country, trunk zero, gaps and brackets."""
    first, second = sorted((_bare(one), _bare(other)), key=len)
    return len(first) >= _SHORTEST and second.endswith(first)


def _bare(number: str) -> str:
    """Digits without what is dialled before them: `+44 (0)20 7946 0018` and `020 79460018` end alike."""
    digits = "".join(c for c in number.replace("(0)", "") if c.isdigit())
    return digits.lstrip("0")


def place(address: str) -> str:
    """An address as letters and digits, its ways abbreviated."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", address.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"\w+", folded)
    return "".join(_WAYS.get(word, re.sub(r"(?:strasse|straße)$", "str", word)) for word in words)
