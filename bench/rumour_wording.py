"""`python -m bench.rumour_wording --sources FOLDER`: how far words tell a rumour from other tweets of the same event.

PHEME, the events that hold both classes: of rumours and of others, how many hold a kind of cue, and of those that hold
it how many are rumours; shares with Wilson's 95 % intervals. The last column counts the events (without one that has
four non-rumours) in which rumours hold it more often. Beside them the statements that fact-checkers found false
(covid19_rumor, F): how many of them hold the cue.
"""

from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.training.evaluate import wilson
from bench.claim_corpora import Part, pheme

CUES = {
    "a hedge (reportedly, rumour, unconfirmed, could be …)": r"\b(?:reportedly|allegedly|apparently|supposedly|"
    r"rumou?r\w*|unconfirmed|unverified|could be|may have|might have|seems? (?:like|as)|looks like|i heard|hearing)\b",
    "a news flash (breaking, update, confirmed …)": r"\b(?:breaking|update|alert|just in|developing|confirm(?:s|ed))\b",
    "a named or official voice (says, according to …)": r"\b(?:says?|said|tells?|told|according to|announce\w*)\b",
    "a question": r"\?",
    "a link": r"https?://",
    "a figure": r"(?<![\w#@/])\d",
    "first hand, or the moment (I'm, here, right now …)": r"\b(?:i'm|i am|i just|i saw|here in|right now|"
    r"happening now)\b",
}
_FEWEST = 20
"""texts of each class that an event must hold to be counted"""


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    folder = ask.parse_args().sources
    part = pheme(folder)
    with (folder / "claims_covid19_rumor" / "en_dup.csv").open(encoding="utf-8", newline="") as file:
        false = [row["content"] for row in csv.DictReader(file) if row["label"] == "F"]
    print("| cue | rumours | others | rumours among those with it | fact-checked as false | events |")
    print("|---|---|---|---|---|---|")
    for name, pattern in CUES.items():
        found, ones = holds(pattern, part.texts), part.target == 1
        cells = [_share(found[ones]), _share(found[~ones]), _share(ones[found]), _share(holds(pattern, false))]
        more, events = in_events(part, found)
        print(f"| {name} | " + " | ".join(cells) + f" | {more} of {events} |")


def holds(pattern: str, texts: list[str]) -> NDArray[np.bool_]:
    cue = re.compile(pattern)
    return np.array([cue.search(text.casefold().replace("’", "'")) is not None for text in texts], dtype=bool)


def in_events(part: Part, found: NDArray[np.bool_]) -> tuple[int, int]:
    """In how many events rumours hold the cue more often than other tweets do, and of how many."""
    more, events = 0, 0
    for event in sorted(set(part.groups)):
        ones, others = ((part.groups == event) & (part.target == value) for value in (1, 0))
        if min(ones.sum(), others.sum()) >= _FEWEST:
            events += 1
            more += int(found[ones].mean() > found[others].mean())
    return more, events


def _share(found: NDArray[np.bool_]) -> str:
    part, whole = int(found.sum()), len(found)
    low, high = wilson(part, whole)
    return f"{part}/{whole} = {part / whole:.1%} [{low:.1%}, {high:.1%}]"


if __name__ == "__main__":
    main()
