"""Pointing the public at a private person: a customer, guest or critic named for others to find.

Why: the platforms treat it as harassment, in many places it breaks data protection law, and the crowd turns round.
Flag: "WANTED: Dana K. left without paying. If you see her, tell her ...", "here is the number of the man who complained".
Allow: police appeals, missing persons, naming public figures for public acts, thanking a customer by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.matching import find
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "public_shaming.txt")
_CALL = _PHRASES["call"]
_COMPLAINT = _PHRASES["complaint"]
_POLICE = _PHRASES["police"]


def judge(prepared: Prepared) -> Iterable[Finding]:
    calls = find(_CALL, prepared.texts)
    if not calls or _POLICE.is_in(prepared.text):
        return
    complaint = find(_COMPLAINT, prepared.texts)
    if complaint or len(calls) > 1:
        yield Finding(
            message="This points the public at a private person.",
            why="The marked words single somebody out and ask readers to look for, judge or contact them.",
            suggestion="Take the person out; settle it with them directly, or with the police if it is a crime.",
            spans=calls,
            confidence=0.85 if complaint and len(calls) > 1 else 0.7,
        )


CHECK = Check(
    id="platform_rule/public_shaming",
    title="Pointing the public at a private person",
    judge=judge,
    languages=ENGLISH,
    sources=("Meta, bullying and harassment policy", "X, abusive behaviour policy", "GDPR article 6"),
)
