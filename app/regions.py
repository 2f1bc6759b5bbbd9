"""Where audiences and events are: ISO 3166 codes of countries (`GB`), of their parts (`GB-SCT`), `EU` and `WORLD`."""

from __future__ import annotations

import re

_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET EU FI FJ
    FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ
    IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH
    MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL
    PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD
    TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
COUNTRIES = frozenset(_CODES.split())
"""assigned codes, EU, and XK, which is Kosovo's by common use"""
PATTERN = rf"^(WORLD|({'|'.join(sorted(COUNTRIES))})(-[A-Z0-9]{{1,3}})?)$"
_KNOWN = re.compile(PATTERN)
_LONGEST = 12
"""characters of something that may have been meant as a code: what is longer is not repeated"""
_MEANT = {"UK": "GB", "EN": "GB-ENG", "SCOTLAND": "GB-SCT", "EL": "GR", "USA": "US", "UAE": "AE", "GER": "DE"}


EU = "EU"
_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EU_MEMBERS = frozenset(_MEMBERS.split())


def meant(code: str) -> str:
    """The code in capitals, or the one that a common other name of a place stands for."""
    upper = code.strip().upper()
    return _MEANT.get(upper, upper)


def is_known(code: str) -> bool:
    return _KNOWN.match(code) is not None


def fault(code: str) -> str:
    """What is wrong with a code that isn't known, and what may have been meant."""
    other = meant(code)
    said = repr(code) if len(code) <= _LONGEST else "this"
    return f"{said} is neither an ISO 3166 code (GB, US-TX) nor WORLD" + (f": {other}?" if is_known(other) else "")
