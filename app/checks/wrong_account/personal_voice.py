"""A private voice on an account that speaks for others: a company's, an authority's, a party's, an office-holder's.

What counts: first person singular with private life, a night out, texting slang, irritation, small talk about television,
a fan's shout, complaints about the job and news of leaving it, a private sale, somebody's looks, endearments. What counts
against it: links, offers, "we", the account's own name, a signed reply. Where twenty past posts of the account are known, a
draft like them has its log-odds lowered by 3 (with fewer by less, with five hardly), and one very unlike them has it raised
by 1: an account that has always chatted goes on chatting. An account whose voice is personal on purpose says so: `voice = {"personal": true}`.

Grades: `default`, and `clear` from a probability of 0.88.

Why: the best-known slips were meant for the author's own account, one tap away in the same app.
Flag: "omg my head, never again with the tequila", "cant sleep lol", "my boss wants a word, wish me luck", "I've
resigned, two weeks to go".
Allow: "We can't wait to see you on Friday", "I'm sorry about the delay, please send us your reference ^JR".
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.wrong_account._private import Cue, cues, log_odds, probability
from app.domain import SPEAKS_FOR_OTHERS, Finding, Prepared, Span

_LEAST = 0.2
_CLEAR = 0.88
"""probability from which a second person should look"""
_NAMES = {
    "slang": "texting slang",
    "self": "the first person singular",
    "private": "private life",
    "party": "a night out",
    "temper": "irritation",
    "start": "a sentence without its subject, as in a diary",
    "chatter": "small talk about television",
    "work": "the author's job",
    "affection": "endearments",
    "politics": "a private remark about politics",
    "demand": "a fan's shout",
    "shout": "a shout at a match",
    "family": "messages to the family",
    "shift": "the author's working day",
    "sale": "a private sale",
    "lust": "somebody's looks",
    "lower": "a small letter at the start",
}


def judge(prepared: Prepared) -> Iterable[Finding]:
    if prepared.account.kind not in SPEAKS_FOR_OTHERS or prepared.account.voice.get("personal") is True:
        return
    found = cues(prepared)
    telling = [cue for cue in found if cue.group not in ("lower", "politics")]
    if not telling:
        return
    sure = probability(log_odds(prepared, found))
    if sure >= _LEAST:
        yield _finding(found, sure)


def _finding(found: list[Cue], sure: float) -> Finding:
    named = [_NAMES[cue.group] for cue in sorted(found, key=lambda cue: -cue.points)]
    spans: set[Span] = {span for cue in found for span in cue.spans}
    return Finding(
        message="This sounds like you, not like the account you are about to post from.",
        why=f"It has {', '.join(named)}, and little that speaks for the account.",
        suggestion="Check which account is selected, and post it from your own.",
        spans=tuple(sorted(spans)),
        confidence=round(sure, 4),
        grade="clear" if sure >= _CLEAR else "default",
        evidence={"cues": [cue.group for cue in found]},
    )


CHECK = Check(
    id="wrong_account/personal_voice",
    title="Private voice",
    judge=judge,
    languages=frozenset({"en", "es", "fr", "de", "pt", "it"}),
    needs_scores=True,
    default_grades=("default", "clear"),
)
