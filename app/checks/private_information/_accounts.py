"""Bank accounts: IBANs, national numbers that check themselves, and account numbers beside the words that name them.

The structure of IBANs and the check digits are python-stdnum's. Numbers that nothing checks count only right beside
their name; a sort code, BSB or routing number alone names a branch, so it counts with an account number near it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from stdnum import iban
from stdnum.ar import cbu
from stdnum.cz import bankaccount as cz_account
from stdnum.es import ccc
from stdnum.no import kontonr
from stdnum.nz import bankaccount as nz_account
from stdnum.us import rtn

from app.checks.phrases import Phrases
from app.checks.private_information._beside import values
from app.domain import Text

_NAMES = Phrases.load(Path(__file__).with_name("lists") / "bank_accounts.tsv")
_MAYBE = re.compile(r"\d(?:[ .\-/\u00a0\u2009\u202f\u2010-\u2013]{0,3}\d){5}|\d{2} ?[A-Z]{4} ?\d")
"""without one of these, none can be there"""
_GAP = r"[ .\-\u00a0\u2009\u202f\u2010-\u2013]?"
_IBAN = re.compile(
    rf"(?<![\w/=])(?=(?P<words>[A-Z]{{2}}{_GAP}\d{{2}}(?:{_GAP}[0-9A-Z]){{11,30}})(?!\w))", re.ASCII | re.IGNORECASE
)
"""looked for at each beginning, since words before one may look like another: "AB12 went to ..."""
_NUMBER = rf"\d(?:{_GAP}\d){{5,19}}"
_EDGES = r"(?<![\w,/=@-])(?<!\d\.)(?:{})(?![\w@]|[.,/-]\d)"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_EDGES.format(pattern), re.ASCII | re.IGNORECASE)


_ALONE: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("Spanish bank account", _compiled(r"\d{4}[ -]\d{4}[ -]\d{2}[ -]\d{10}|\d{4}[ -]\d{4}[ -]\d{2}[ -]\d{4}[ -]\d{4}[ -]\d{2}"), ccc.is_valid),
    ("New Zealand bank account", _compiled(r"\d{2}[- ]\d{4}[- ]\d{7}[- ]\d{2,3}"), nz_account.is_valid),
    ("Norwegian bank account", _compiled(r"\d{4}\.\d{2}\.\d{5}"), kontonr.is_valid),
    ("Czech bank account", _compiled(r"(?:\d{1,6}-)?\d{6,10}/\d{4}"), cz_account.is_valid),
    ("Argentine CBU", _compiled(r"\d{22}|\d{8} \d{14}"), cbu.is_valid),
    ("Polish bank account", _compiled(r"\d{2}(?: \d{4}){6}"), lambda number: iban.is_valid(f"PL{number}", check_country=False)),
    ("British bank account", _compiled(r"\d\d-\d\d-\d\d[ ,/|;:-]{1,3}\d{8}"), lambda number: True),
)  # fmt: skip
_BANKING = re.compile(
    r"\b(?:bank\w*|account|acct|a/c|payout|payee|pay|transfer|deposit|wire|routing|checking|savings|aba|ach|anz|asb|bnz|kiwibank|westpac|nz account|konto|cuenta|compte|conto|conta)\b",
    re.IGNORECASE,
)
_BESIDE_BANKING: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("American bank account", _compiled(r"\d{9}\s?[/,|;:-]\s?\d{6,17}"), lambda number: rtn.is_valid(number[:9])),
    ("New Zealand bank account", _compiled(r"\d{2}[- ]\d{4}[- ]\d{7}[- ]\d{2,3}"), lambda number: True),
)
"""particular, but not so much that they count without a bank's word near them"""
_PATTERNS = {
    "account": _compiled(rf"{_NUMBER}(?:/\d{{4}}|-[\dX])?|[\dX]{{2,5}}(?:[ -]\d{{2,10}}){{1,4}}"),
    "sort_code": _compiled(r"\d{2}[- ]?\d{2}[- ]?\d{2}"),
    "routing": _compiled(r"\d{3,4}[ -]?\d{2,5}(?:[ -]\d)?"),
    "bsb": _compiled(r"\d{3}[- ]?\d{3}"),
    "ifsc": _compiled(r"[A-Z]{4}0[A-Z0-9]{6}"),
    "transit": _compiled(r"\d{5}(?:-\d{3})?"),
    "blz": _compiled(r"\d{3} ?\d{3} ?\d{2}"),
    "agencia": _compiled(r"\d{4}(?:-[\dX])?"),
    "clabe": _compiled(rf"\d(?:{_GAP}\d){{17}}"),
    "rib": _compiled(rf"\d{{5}}{_GAP}\d{{5}}(?:{_GAP}[0-9A-Z]){{11}}{_GAP}\d{{2}}"),
    "iban": _compiled(rf"[A-Z]{{2}}{_GAP}\d{{2}}(?:{_GAP}[A-Z]{{0,4}}\d[0-9A-Z]{{0,8}}){{2,9}}"),
    "pix": _compiled(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{3}\.?\d{3}\.?\d{3}-?\d{2}|\+?\d{10,13}"),
    "wallet": _compiled(r"[0-9a-z]{25,62}"),
}
_BRANCH = frozenset({"sort_code", "routing", "bsb", "ifsc", "transit", "blz", "agencia"})
_OTHER_NUMBER = re.compile(rf"(?<![\w.,/=#@-])\d(?:{_GAP}\d){{4,17}}(?:-[\dX])?(?![\w@])", re.ASCII)
_WITHIN = 80
"""characters around a branch's code in which the account stands"""


def find_ibans(text: Text) -> Iterator[tuple[int, int]]:
    """Start and end of each IBAN whose country, length and check digits are right."""
    if not _MAYBE.search(text.raw):
        return
    for match in _IBAN.finditer(text.raw):
        length = _iban_length(match["words"])
        if length:
            yield match.start(), match.start() + length


def _iban_length(words: str) -> int:
    """How many characters of these make an IBAN: words may follow it; 0: none do."""
    ends = [
        at
        for at in range(len(words), 14, -1)
        if at == len(words) or not words[at].isalnum() or not words[at - 1].isalnum()
    ]
    return next(
        (at for at in ends[:8] if words[at - 1].isalnum() and iban.is_valid(words[:at], check_country=False)), 0
    )


def find_accounts(text: Text) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of each national bank account number."""
    if not _MAYBE.search(text.raw):
        return
    for kind, pattern, is_valid in _ALONE:
        yield from ((kind, *match.span()) for match in pattern.finditer(text.raw) if is_valid(match[0]))
    for kind, pattern, is_valid in _BESIDE_BANKING:
        for match in pattern.finditer(text.raw):
            if is_valid(match[0]) and _BANKING.search(text.raw, max(0, match.start() - _WITHIN), match.end() + _WITHIN):
                yield kind, *match.span()
    for value in values(text, _NAMES, _PATTERNS):
        if not value.called:
            continue
        if value.kind not in _BRANCH:
            yield "bank account", value.start, value.end
        elif other := _account_near(text.raw, value.start, value.end):
            yield "bank account", min(value.start, other[0]), max(value.end, other[1])


def _account_near(raw: str, start: int, end: int) -> tuple[int, int] | None:
    behind = _OTHER_NUMBER.search(raw, end, end + _WITHIN)
    if behind:
        return behind.span()
    before = _OTHER_NUMBER.search(raw, max(0, start - _WITHIN), start)
    return before.span() if before else None


for _is_valid, _specimen in (
    (nz_account.is_valid, "01-902-0068389-00"),
    (cz_account.is_valid, "34278-0727558021/0100"),
):
    _is_valid(_specimen)  # tables are read now, not in a request
