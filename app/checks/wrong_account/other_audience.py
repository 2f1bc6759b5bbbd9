"""A draft that speaks to another country's audience than the account's: "proud to be …", "fellow …", "calling all …".

Why: a group of sister accounts shares its campaigns, and the one meant for the neighbours offends at home.
Flag: on an account for Ireland: "tell us what makes you proud to be British"; for New Zealand: "calling all Aussies!".
Allow: the same on the neighbours' own account, "fellow Brits living in Ireland" is still asked about, "Irish butter" is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.matching import find, words
from app.domain import Finding, Prepared

_ADDRESSED = r"(?:proud(?:ly)? (?:to be |of being )?|proud,? |fellow |calling all |attention,? all |(?:hey|hello|dear|good morning|us|we|all you|to all(?: our)?|for all(?: our)?) )"
_PATH = Path(__file__).parent / "lists" / "audiences.tsv"


def _audiences() -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    rows = (line.split("\t") for line in _PATH.read_text(encoding="utf-8").splitlines() if line[:2] != "# ")
    return tuple((frozenset(regions.split(",")), _pattern(names)) for regions, names in rows)


def _pattern(names: str) -> re.Pattern[str]:
    """`proud to be <adjective>`, or the people (a plural) spoken to; never an adjective before a noun."""
    return words(
        rf"{_ADDRESSED}(?:{names})(?=[.,!?:;…]|$| (?:for a|and (?:you|we)|who|out there|living|fans|customers|this|today|right))"
    )


_AUDIENCES = _audiences()
_ANY = re.compile(r"\b(?:proud|fellow|calling all|attention|hey|hello|dear|good morning|us|we|for all)\b")


def judge(prepared: Prepared) -> Iterable[Finding]:
    countries = {region.partition("-")[0] for region in prepared.account.regions}
    if not countries or "WORLD" in countries or not _ANY.search(prepared.text.folded.text):
        return
    for regions, pattern in _AUDIENCES:
        if countries.isdisjoint(regions) and (spans := find(pattern, prepared.texts)):
            yield Finding(
                message="This speaks to an audience in another country than the account's.",
                why=f"The account is for {', '.join(sorted(countries))}; the marked words address {', '.join(sorted(regions))}.",
                suggestion="Check whether it was meant for a sister account, or adapt it.",
                spans=spans,
                confidence=0.75,
                evidence={"account": sorted(countries), "audience": sorted(regions)},
            )


CHECK = Check(id="wrong_account/other_audience", title="Another country's audience", judge=judge)
