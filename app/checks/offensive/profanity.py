"""Swearing, as written or disguised: stretched, spaced out, in leetspeak, masked with stars, inside a hashtag.

Grades: `mild` (most readers shrug), `coarse` (not from an organisation), `strong`. A performer who says so in the
profile gets `mild` for all of it: a comedian is not a ministry.

Why: a swear word on an official account is the post that is photographed before it can be deleted.
Flag: "the new tram is fucking late again", "what a load of sh1t", "f*** this queue", "#thisisbullshit".
Allow: "Scunthorpe United play at home", "Dick Van Dyke turns 98", "a cock pheasant in the meadow", "a shag dries its wings", "shiitake risotto".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from app.checks.base import Check
from app.checks.lexicon import Lexicon
from app.checks.offensive._birds import is_animal
from app.domain import Account, Finding, Prepared, Span, Text

GRADES = ("mild", "coarse", "strong")
_LIST = Lexicon.load(Path(__file__).parent / "lists" / "profanity.tsv")
_MASKED = re.compile(r"(?<![^\W_])[a-z]+\*+[a-z*]*(?![\w*])")
_DASHED = re.compile(
    r"(?<![\w-])(?:f(?:[-_#–—]+c?|[.]+c)k(?:ed|er|ers|in|ing|s)?|sh?[-_#–—]+t(?:s|ty)?|c[-_#–—]+nt|b[-_#–—]+tch)(?!\w)"
)
_DASH = re.compile("[fhsctb.][-_#–—.][-_#–—.ctnk]")
_GRAWLIX = re.compile(r"(?<!\S)(?=\S*[@#$%&!*]{4})(?=\S*@)(?=\S*#)(?=\S*[$%&*])[@#$%&!*?]{4,}(?!\w)")
_STAGE = re.compile(r"comedian|comedienne|\bcomics?\b|stand-?up|\bsatir|nsfw|\b18\+|sweary|explicit", re.IGNORECASE)
# What stars usually hide; longest first where one mask fits several.
_HIDDEN = {
    "strong": "fuck fucks fucked fucker fuckers fuckin fucking fuckup motherfucker motherfucking shit shits shite shitty "
    "bullshit cunt cunts asshole assholes arsehole arseholes twat twats wanker wankers bitch bitches prick pricks "
    "dickhead whore slut",
    "coarse": "ass arse bastard bastards bollocks piss pissed dick dicks",
    "mild": "damn hell crap",
}


def judge(prepared: Prepared) -> Iterable[Finding]:
    found: list[tuple[Span, str]] = [
        (hit.span, hit.entry.grade)
        for hit in _LIST.find(prepared.texts, language=prepared.text.language)
        if not is_animal(hit, prepared)
    ]
    for text in prepared.texts:
        found += _masked(text)
    if not found:
        return
    grade = max((grade for _, grade in found), key=GRADES.index)
    spans = tuple(sorted({span for span, _ in found}, key=lambda span: (span.field != "text", span.start)))
    yield Finding(
        message=_MESSAGES[grade],
        why=f"The marked {'word is' if len(spans) == 1 else 'words are'} profanity ({grade}), written out or disguised.",
        suggestion="Say it without the swearing, and check that this is the account you meant.",
        spans=spans,
        confidence=0.95 if grade == "strong" else 0.85,
        grade="mild" if _performs(prepared.account) else grade,
    )


_MESSAGES = {
    "mild": "This has a mild swear word in it.",
    "coarse": "This is coarse language for an official account.",
    "strong": "This swears, on an account that people hold responsible for its words.",
}


def _masked(text: Text) -> Iterator[tuple[Span, str]]:
    folded = text.folded.text
    if "*" in folded:
        for match in _MASKED.finditer(folded):
            if grade := _hidden(match[0]):
                yield text.span(*match.span()), grade
        yield from ((text.span(*match.span()), "mild") for match in _GRAWLIX.finditer(folded))
    elif "@#" in folded or "#@" in folded or "#$" in folded or "$#" in folded:
        yield from ((text.span(*match.span()), "mild") for match in _GRAWLIX.finditer(folded))
    if _DASH.search(folded):
        yield from ((text.span(*match.span()), "strong") for match in _DASHED.finditer(folded))


@lru_cache(maxsize=512)
def _hidden(mask: str) -> str | None:
    """The grade of the gravest swear word that fits a mask like `f***ing`; None where none fits."""
    if len(mask) > 16:
        return None
    exact = re.compile(re.sub(r"\\\*", "[a-z]", re.escape(mask)))
    loose = re.compile(re.sub(r"(?:\\\*)+", "[a-z]{1,5}", re.escape(mask)))
    for pattern in (exact, loose) if mask[-1] != "*" else (exact,):
        for grade, words in _HIDDEN.items():
            if any(map(pattern.fullmatch, words.split())):
                return grade
    return None


def _performs(account: Account) -> bool:
    """True where a person's profile says that jokes for adults are the job."""
    if account.kind not in ("personal", "public_figure", "professional"):
        return False
    return bool(_STAGE.search(f"{account.display_name or ''} {account.description or ''}"))


CHECK = Check(
    id="offensive/profanity",
    title="Profanity",
    judge=judge,
    default_grades=GRADES,
    sources=("surge-ai/profanity (MIT)", "dsojevic/profanity-list (MIT)", "words/cuss (MIT)", "LDNOOBW (CC BY 4.0)"),
)
