"""A private person's illness, treatment, debts or family troubles, told by those who look after, employ or serve them.

It reads three tellings: a named patient in a post of the organisation that treats them; a named colleague, tenant or
customer with what keeps them away or troubles them; and, in a reply, what the organisation's own notes say of the person
answered, who is named by being answered.

Why: health and social data are the most protected there are (GDPR article 9, HIPAA); a kind post about a patient has cost
hospitals their staff's jobs and fines, and an angry answer to a review has cost practices more.
Flag: "Here is our nurse with Mr Alder, 81, back on Ward 7 for his second round of chemo", "Well done Mrs Ode, discharged
from our unit after her overdose", "Our cook Ana has been off with burnout since her divorce", "Your notes say otherwise: you
were treated for ...".
Allow: the same "with his kind permission" or in the person's own words, news media, public figures about themselves,
statistics, awareness days, tributes, "your results are ready in the app".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.matching import find, find_raw
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "patient_details.txt")
_NAME = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Master|little|young|patient)\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?")
_OURS = re.compile(
    r"\b[Oo]ur (?:own )?(?:[a-z][\w'’-]* ){1,3}[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
    r"|\b[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?,? (?:from|in|on|at|who (?:runs|does|works|lives|rents)) (?:at |in |on |our |the )*"
    r"(?:accounts|reception|front desk|payroll|HR|IT|sales|bookings|dispatch|kitchen|bar|tills?|warehouse|office|night shift|team|salon|depot|clinic"
    r"|(?:[Ff]lat|[Uu]nit|[Rr]oom|[Nn]umber) \d+)\b"
    r"|\b(?:[Cc]olleague|[Ee]mployee|[Tt]enant|[Cc]ustomer|[Cc]lient|[Pp]upil|[Ss]tudent|[Mm]ember|[Gg]uest|[Rr]esident|[Dd]river|[Mm]anager"
    r"|[Bb]ookkeeper|[Tt]eacher|[Nn]urse|[Cc]leaner|[Cc]hef|[Cc]aretaker|[Nn]eighbour|[Ll]odger)s?,? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
)
"""somebody who is named as one of ours: staff, tenants, customers"""
_SILENT = frozenset({"media", "personal", "public_figure"})
"""accounts that report or that speak for themselves"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    if prepared.account.kind in _SILENT or find(_PHRASES["consent"], prepared.texts):
        return
    treatment = find(_PHRASES["treatment"], prepared.texts)
    names = tuple(span for span, _ in find_raw(_NAME, prepared.texts)) if treatment else ()
    if names and find(_PHRASES["care"], prepared.texts):
        yield _finding("default", names + treatment, "name somebody in your care and say what they are treated for")
    elif prepared.reply_to is not None and (told := find(_PHRASES["told"], prepared.text)):
        yield _finding("reply", told, "tell the person answered, and everybody else, what your records say of them")
    elif private := _private_life(prepared):
        yield _finding("private_life", private, "name somebody and say what they are ill with, owe or go through")


def _private_life(prepared: Prepared) -> tuple[Span, ...]:
    """A colleague's, tenant's or customer's name with what is nobody's business; a team's injuries are its fans'."""
    private = () if prepared.account.kind == "sports" else find(_PHRASES["private_life"], prepared.text)
    names = tuple(span for span, _ in find_raw(_OURS, [prepared.text])) if private else ()
    return names + private if names and not find(_PHRASES["public_story"], prepared.text) else ()


def _finding(grade: str, spans: tuple[Span, ...], because: str) -> Finding:
    return Finding(
        message="This tells everybody about a person's illness or private life.",
        why=f"The marked words {because}.",
        suggestion="Leave it out, or get written consent and say in the post that they agreed."
        if grade != "reply"
        else "Answer in general terms, and settle the rest in private; their review doesn't make their file public.",
        spans=spans,
        confidence=0.85,
        grade=grade,
    )


CHECK = Check(
    id="private_information/patient_details",
    title="Somebody's illness or private life",
    judge=judge,
    languages=ENGLISH,
    default_grades=("default", "reply", "private_life"),
    sources=("GDPR article 9", "HIPAA Privacy Rule, 45 CFR 164.502"),
)
