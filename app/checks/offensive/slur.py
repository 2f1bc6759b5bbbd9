"""Slurs against people for what they are: origin, religion, orientation, sex, disability.

Grades: `slur` (a slur in any context), `contested` (words with a neutral or reclaimed use, counted only where
contempt stands beside them), `mention` (the word is quoted, reported or condemned), `handle` (it stands in the name
of the user who is answered). Identity words themselves are no slurs, and no animal name is on the list.

Why: a slur harms people, and no context that is added later undoes it. Thanking a user whose name holds one repeats it.
Flag: a slur in a caption, a slur in a hashtag, "those dirty homos", "thanks for following, @<slur in the name>".
Allow: "a coon cat found a home", "flame-retardant", "Queer Britain opens", "he was fined for calling her a …".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.lexicon import Hit, Lexicon
from app.domain import Finding, Prepared, Span, Text

GRADES = ("mention", "contested", "handle", "slur")
_LIST = Lexicon.load(Path(__file__).parent / "lists" / "slurs.tsv")
_CONTEMPT = re.compile(
    r"(?:\b(?:dirty|filthy|fucking|bloody|stupid|ugly|disgusting|fat|lazy|stinking|damn|sick of|fed up of|fed up with"
    r"|you|ya|these|those|them|bunch of|pack of|(?:bit|load) of a?|such an?|little|typical|full of|hate|kill|punch|fuck up"
    r"|(?:he|she|they|who)(?:'s| is| are| be)(?: their| a| an| just a| such a)?|called? (?:him|her|them|you) an?)"
    r"(?: \w+)?[ ]['\"]?)$"
)
_MENTION = re.compile(
    r"\b(?:slurs?|racist|racism|homophob\w*|antisemit\w*|transphob\w*|the word|term|called|calling|shouted|chant\w*|abuse[ds]?"
    r"|graffiti|derogatory|offensive|insult\w*|reclaim\w*|never (?:use|say|call)|don't (?:use|say|call)|stop (?:using|saying)"
    r"|fined|arrested|jailed|banned|condemn\w*|survivors?|history of)\b"
)
_CLOSE = 40
_HANDLE = re.compile(
    r"n[i1!]gg(?:er|a)|f[a4]gg[o0]t|wetback|towelhead|raghead|fuck|cunt|whore|killall|gas(?:the)?jews|hitler|1488"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    fields = {text.field: text for text in prepared.texts}
    graded: list[tuple[str, Span]] = []
    for hit in _LIST.find(prepared.texts, language=prepared.text.language):
        if grade := _grade(hit, fields[hit.span.field]):
            graded.append((grade, hit.span))
    for text in prepared.texts:
        for mention in text.entities_of("mention"):
            if _HANDLE.search(mention.text.casefold()):
                graded.append(("handle", Span(mention.start, mention.end, text.field)))
    for grade in GRADES:
        if spans := tuple(span for found, span in graded if found == grade):
            yield _finding(grade, spans)


def _grade(hit: Hit, text: Text) -> str | None:
    """How the term is used here; None where a contested word stands without contempt."""
    before = text.raw[max(0, hit.span.start - _CLOSE) : hit.span.start].casefold().replace("’", "'")
    if hit.entry.grade == "contested" and not (_CONTEMPT.search(before) and _may_name_people(hit, text)):
        return None
    if _MENTION.search(text.folded.text) and not before.rstrip().endswith(("dirty", "filthy", "fucking", "you")):
        return "mention"
    return hit.entry.grade


_THINGS = re.compile(
    r"\s*(?:cats?\b|dogs?\b|pups?\b|puppies|biscuits?|cookies?|milk|oil|water|cake|recipes?|jazz|swing|wagon|moth|rug|studies|art\b|theory|history|eye\b|rights|community|people's|in (?:the|his|her|their|our) armou?r|growth|flame|nuts?\b|music|caravan|skirt|night|pride|joke book)"
)


def _may_name_people(hit: Hit, text: Text) -> bool:
    return not _THINGS.match(text.raw[hit.span.end : hit.span.end + _CLOSE].casefold())


def _finding(grade: str, spans: tuple[Span, ...]) -> Finding:
    message, why, suggestion, confidence = _WORDS[grade]
    return Finding(message, why, suggestion, spans=spans, confidence=confidence, grade=grade)


_WORDS = {
    "slur": (
        "This has a slur in it.",
        "The marked word demeans people for what they are.",
        "Take the word out, and let somebody else read the rest.",
        0.97,
    ),
    "contested": (
        "This calls people by a word that reads as a slur here.",
        "The marked word has other uses, but it stands beside words of contempt.",
        "Say what you mean without naming the group that way.",
        0.85,
    ),
    "mention": (
        "This repeats a slur while reporting or condemning it.",
        "The marked word is a slur; the words around it speak about its use.",
        "Consider writing it with a dash or describing it.",
        0.7,
    ),
    "handle": (
        "The name of the user you mention is offensive, and your post repeats it.",
        "The marked handle holds a slur, an obscenity or a call to violence.",
        "Answer without naming the user, or not at all.",
        0.95,
    ),
}

CHECK = Check(
    id="offensive/slur",
    title="Slur",
    judge=judge,
    default_grades=GRADES,
    sources=("surge-ai/profanity (MIT)", "dsojevic/profanity-list (MIT)", "LDNOOBW (CC BY 4.0)"),
)
