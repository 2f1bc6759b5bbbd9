"""Violence announced, wished or joked about, at people: "should be shot", a bomb under them, "we are coming for you".

Grades: `announced` (violence wished or announced), `menace` (hostile rhetoric, war on a group), `joke` (violence as a
game or a punch line).

Why: on an official account a joke about violence is read as a threat, and on a bad day it is the news.
Flag: "whoever designed this junction should be shot", "put a bomb under the lot of them", "hope he rots in hell".
Allow: "kill the boss twice", "bomb-proof backpack", "shoot us a DM", "this deal is killer", "we'll smash them on Sunday".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.phrases import Phrases, alternatives
from app.domain import Finding, Prepared, Span, Text

GRADES = ("joke", "menace", "announced")

_LISTS = Path(__file__).parent / "lists"
_PARTS = {
    "who": alternatives(_LISTS / "people.txt"),
    "done": alternatives(_LISTS / "violence_suffered.txt"),
    "do": alternatives(_LISTS / "violence_done.txt"),
    "will": alternatives(_LISTS / "will.txt"),
}
_THREATS = Phrases.load(_LISTS / "threats.tsv", _PARTS)
_ARMED = re.compile("[🔫💣🗡🔪🧨🪓]")
_FAREWELL = re.compile(
    r"\b(?:close (?:your|those) eyes|over soon|be over|say (?:goodbye|your prayers|goodnight)|good ?night|night night|nighty|sweet dreams|bye|lights out|last words"
    r"|won't hurt|rip|rest in|put (?:\w+ )?(?:down|out of)|final breath|any last|goodbye|your time)\b"
)
_WARNING = re.compile(
    r"\b(?:not (?:joking|kidding|bluffing|messing)|no joke|be warned|been warned|(?:last|final) (?:warning|chance)|or else|don't make us|don't (?:test|try) us|who'?s next|next (?:person|one) (?:who|to)"
    r"|we (?:have|know|can) (?:ways|where you)|try us|we dare you|you know who you are|keep it up|your turn)\b"
)
# Where the same words are meant otherwise: games, sport, cooking, pests, cameras, songs.
_HARMLESS = re.compile(
    r"\b(?:level|boss(?:es)? (?:fight|level|twice|battle)|gamers?|gaming|gameplay|players?|quest|patch|dlc|xbox|playstation|ps5|nintendo|zombies?|dragons?|aliens?|monsters?"
    r"|weeds?|germs?|bacteria|virus(?:es)?|bugs?|mosquito(?:es|s)?|moths?|slugs?|pests?|wasps?|calories|recipe|grill|oven|marinade|whisk|eggs?|chefs?|kitchens?|knife skills|chop(?:ped|ping)?|slic(?:e|ed|ing)|carv(?:e|ing)|escape room|halloween|water (?:pistol|gun)s?|nerf"
    r"|photo(?:s|grapher|graphers|graphy)?|camera|film(?:ed|ing|s)?|movie|scene|footage|video|lens|portrait|landscape|penalt(?:y|ies)|free kick|goal(?:s|keeper)?|three-pointers?|buzzer"
    r"|album|song|single|tour|episode|season finale|series|novel|lyrics?|karaoke|fireworks?|bath bombs?|photobomb|time bomb|bomb disposal)\b"
)
_REPORTED = re.compile(
    r"\b(?:police|court|trial|sentenced|jailed|convicted|charged|accused|arrested|alleged(?:ly)?|guilty|suspect|prosecutors?|according to|witness(?:es)?|investigat\w+"
    r"|inquest|found dead|victims?|report(?:s|ed|ing)?|told the bbc|said|says|warns?|history|century|in 1[6-9]\d\d|in 20\d\d|soldiers|world war|civil war|war on (?:waste|want|drugs|poverty))\b|breaking:"
)
_QUOTED = re.compile(r"[\"“«][^\"”»]{12,}[\"”»]|^['‘].{12,}['’]")
"""somebody else's words"""
_HOSTILE = re.compile(
    r"\b(?:watch out|beware|punks?|scum|traitors?|real (?:america|americans|patriots)|run|hide|revenge|payback|dead|killed|enem(?:y|ies)|cowards?|pay|thugs?|better|shame|no mercy|traitor|you lot|haters?)\b"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    for text in prepared.texts:
        if not text.raw.isascii() and _ARMED.search(text.raw) and (farewell := _FAREWELL.search(text.folded.text)):
            yield _finding("menace", (text.span(*farewell.span()),), 0.85)
        elif not text.raw.isascii() and _ARMED.search(text.raw) and (warning := _WARNING.search(text.folded.text)):
            sure = 0.3 if _HARMLESS.search(text.folded.text) else 0.75
            yield _finding("menace", (text.span(*warning.span()),), sure)
        yield from _in_words(text)


def _in_words(text: Text) -> Iterator[Finding]:
    """One finding per field: of the gravest grade that is there."""
    found = list(_THREATS.find(text))
    if not found:
        return
    grade = max((match.grade for match in found), key=GRADES.index)
    sure = max(match.weight for match in found if match.grade == grade)
    folded = text.folded.text
    sure -= 0.5 if _HARMLESS.search(folded) else 0.3 if _REPORTED.search(folded) else 0.0
    sure -= 0.3 if _QUOTED.search(text.raw) else 0.0
    sure += 0.3 if grade == "menace" and _HOSTILE.search(folded) else 0.0
    yield _finding(grade, tuple(sorted({match.span for match in found if match.grade == grade})), min(0.95, sure))


def _finding(grade: str, spans: tuple[Span, ...], confidence: float) -> Finding:
    message, why = _WORDS[grade]
    return Finding(
        message=message,
        why=why,
        suggestion="Say what you are angry about without violence, and check which account this is.",
        spans=spans,
        confidence=max(0.0, confidence),
        grade=grade,
    )


_WORDS = {
    "announced": ("This wishes or announces violence against people.", "The marked words read as a threat or a wish for harm, whatever the joke."),
    "menace": ("This reads as a threat.", "The marked words announce hostility or a war against people."),
    "joke": ("This makes light of violence against people.", "The marked words turn hitting or killing people into a joke."),
}  # fmt: skip

CHECK = Check(id="offensive/threat", title="Threat", judge=judge, languages=ENGLISH, default_grades=GRADES)
