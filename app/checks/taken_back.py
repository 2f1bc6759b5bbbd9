"""Whether a draft takes back what it repeats: an apology that says that it was wrong."""

from __future__ import annotations

import re

from app.domain import Prepared

_TAKEN_BACK = re.compile(
    r"\b(?:was|were|is|are|it's|that's) (?:\w+ )?(?:wrong|false|untrue|incorrect|not true|inaccurate|mistaken|a mistake|an error|unfounded|hurtful|cruel)\b"
    r"|\b(?:wasn't|isn't|weren't|aren't) (?:\w+ )?(?:true|so|right|correct)\b|\bcorrect is\b|\b(?:should|must) (?:not|never) have\b|\bshouldn't have\b"
    r"|\bgot (?:it|this|that|\w+ \w+) wrong\b|\bcorrection\b|\bretract(?:ed|ing|ion)?\b|\bwithdrawn\b"
)


def takes_back(prepared: Prepared) -> bool:
    """An apology alone is not enough: “sorry for the late post” may be followed by a new claim."""
    return prepared.apology is not None and any(_TAKEN_BACK.search(text.folded.text) for text in prepared.texts)
