"""Whether a draft takes back what it repeats: an apology that says that it was wrong."""

from __future__ import annotations

import re

from app.domain import Prepared

INTENTS = frozenset({"apology", "apologise", "apologize", "apologies", "sorry"})
"""`draft.intent` of what is marked as an apology"""
_TAKEN_BACK = re.compile(
    r"\b(?:was|were|is|are|it's|that's) (?:\w+ )?(?:wrong|false|untrue|incorrect|not true|inaccurate|mistaken|a mistake|an error|unfounded|hurtful|cruel)\b"
    r"|\b(?:wasn't|isn't|weren't|aren't) (?:\w+ )?(?:true|so|right|correct)\b|\bcorrect is\b|\b(?:should|must) (?:not|never) have\b|\bshouldn't have\b"
    r"|\bgot (?:it|this|that|\w+ \w+) wrong\b|\bcorrection\b|\bretract(?:ed|ing|ion)?\b|\bwithdrawn\b"
)


_OWN_DEED = re.compile(
    r"\b(?:we|i|our (?:account|page|post|bot|channel|feed)|this (?:account|page))(?:'d|'ve| had| have)? (?:\w+ )?"
    r"(?:posted|said|used|tweeted|published|wrote|read out|shared|asked|told|reported|claimed|named|called|joked|mocked|answered|stated|announced)\b"
)
_NEWS = re.compile(r"\b(?:breaking|just in|developing|urgent)\b")


def takes_back(prepared: Prepared) -> bool:
    """An apology alone is not enough: “sorry for the late post” may be followed by a new claim.

    It has to say that something was wrong, or, marked as an apology, to tell of its own deed and no news.
    """
    if prepared.apology is None:
        return False
    folded = [text.folded.text for text in prepared.texts]
    if any(map(_NEWS.search, folded)):
        return False
    marked = (prepared.draft.intent or "").strip().casefold() in INTENTS
    return any(map(_TAKEN_BACK.search, folded)) or (marked and any(map(_OWN_DEED.search, folded)))
