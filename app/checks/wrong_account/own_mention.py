"""The account spoken to, or of, as a customer or a fan would: its own handle, in somebody else's mouth.

What counts is the account's own @handle where a sentence opens with it and puts a question or a demand to it ("@acme why is
my order late"), where thanks, love or blame stand right before it ("shame on @acme"), and what only a customer, an employee
or a fan says with it ("my parcel from @acme", "I quit @acme"). Words in quotation marks, reposts, answers and posts that are
passed on (“RT @acme”, “MT”, “via”) are others' and don't count, nor does "@acme team": that is the account's own people.

Grades: `person` (thanks, love, blame, or what only others say), `address` (the account is spoken to).

Why: an organisation doesn't talk to itself; its staff do, as its customers.
Flag: "@harbourferries why is the 7.40 late again", "my parcel from @harbourferries still isn't here", "shame on @harbourferries",
all of them on @harbourferries.
Allow: "Follow @harbourferries for updates", "Please send me a DM at @harbourferries", "Thank you to the @harbourferries crew",
"With @harbourferries you always get a seat".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.checks.base import Check, NotApplicable
from app.domain import OTHERS_TONE, Finding, Prepared, Span
from app.text.normalise import fold

_BEFORE, _AFTER = 120, 60
"""characters that are looked at on either side of a mention"""
_MOST = 5
"""mentions that are looked at"""
_SENTENCE_END = re.compile(r"[.!?…\n](?=\s|$)|\n")
_ALONE = re.compile(r"\s*(?:(?:hey|oi|hello|hi|dear|ok|so|wtf|omg|ugh|seriously|really|come on)[ ,!]{1,2})?$")
_ASKED = re.compile(
    r"[ ,:]{1,2}(?:why (?:is|are|do|does|did|has|have|can't|won't|isn't|am|was|the hell|on earth)(?!\w)|when (?:are you|will you|will my|is my)(?!\w)|"
    r"how (?:do i|can i|long|come|is it|are you)(?!\w)|where(?:'s| is| are) (?:my|the|your)(?!\w)|what(?:'s| is) (?:wrong|happening|going on)(?!\w)|"
    r"(?:can|could|will|would|did|do) (?:you|u|someone|anyone)(?!\w)|are (?:you|u)(?!\w)|"
    r"please (?:help|fix|sort|bring back|stop|answer|reply|refund|cancel)(?!\w)|you (?:guys|lot|suck|rock|people|are the|never|always|still|lost|owe)(?!\w)|"
    r"(?:sort it|get it|get your act|sort yourselves) (?:out|together)(?!\w)|my (?:order|parcel|package|card|account|bill|train|bus|flight|ticket)(?!\w)|"
    r"(?:sucks?|rocks?|ruined|lost|cancelled|charged)(?!\w)|i (?:need|want|ordered|have been|paid|can't)(?!\w))"
)
"""a question or a demand, right behind the name that opens a sentence"""
_TOLD = re.compile(
    r"(?<!\w)(?:thank(?:s| you| u)(?: so much| a lot| again)?|thx|love (?:you|u)|hate (?:you|u)?|shame on|sick of|done with|fed up with|"
    r"disappointed (?:in|with|by)|let down by|ripped off by|scammed by|screw(?: you)?|boo to|never again with|f\w{2,4} (?:you|u)|"
    r"proud to work (?:at|for|with)|(?:my|a) (?:first|last|new) (?:day|week|shift|month) (?:at|with|on))[ ,]{1,2}$"
)
_MINE = re.compile(
    r"(?<!\w)(?:my (?:\w+ ){0,2}(?:orders?|parcels?|packages?|delivery|flights?|tickets?|card|bill|train|bus|crossing|team|club|boss|job|shift|"
    r"employer|seats?|refund|appointment|subscription|phone|internet|luggage|bags?)|"
    r"i (?:just |really |still |finally |actually |used to |have |had to )?(?:love|hate|got|bought|ordered|work|worked|quit|tried|emailed|called|"
    r"waited|joined|left|support|miss|need|paid)|i'm (?:\w+ )?(?:waiting|stuck|fed up|done|so proud|at|with)|i've (?:been|waited|ordered|paid|worked))"
    r"(?! you| that| how)(?: \w+){0,5} (?:at|with|from|for|by|on|to|of|the)? ?$"
)
"""what only a customer, an employee or a fan says, before the name"""
_PASSED_ON = re.compile(r"(?:^|\W)(?:rt|mt|via|by|cc|h/t|follow|following|join|visit|tag|photo|credit|source)\W{1,3}$")
_OWN_PEOPLE = re.compile(
    r"(?:'s)? (?:\w+ )?(?:team|staff|crew|family|fans?|customers?|followers?|community|members?|supporters?|players?|engineers?|colleagues|volunteers|"
    r"students?|readers|listeners|guests|store|stores|shop|shops|app|blog|website|site|account|page|channel|office|branch|event|ambassadors?)(?!\w)"
)
_QUOTED = re.compile(r"\"[^\"]{1,400}\"|“[^”]{1,400}”|«[^»]{1,400}»")
_REPOSTED = re.compile(r"(?<!\w)(?:rt|mt) ?@")


def judge(prepared: Prepared) -> Iterable[Finding]:
    handle = fold((prepared.account.handle or "").lstrip("@")).text
    if not handle:
        raise NotApplicable("the account's handle is not known")
    if prepared.draft.kind in OTHERS_TONE or prepared.is_reply or not prepared.is_organisation:
        return
    if prepared.account.voice.get("personal") is True or not prepared.text.entities_of("mention"):
        return
    for start, end in _mentions(prepared.text.folded.text, handle):
        if found := _said(prepared.text.folded.text, start, end):
            grade, first, last = found
            yield _finding(prepared, grade, prepared.text.span(first, last))
            return


def _mentions(folded: str, handle: str) -> Iterator[tuple[int, int]]:
    """Where the account is named in its own words: not in quotation marks, nor in what is reposted."""
    reposted = _REPOSTED.search(folded)
    until = reposted.start() if reposted else len(folded)
    hidden = [match.span() for match in _QUOTED.finditer(folded)]
    found = re.finditer(rf"(?<!\w)@{re.escape(handle)}(?![\w.]*\w)", folded[:until])
    for _, match in zip(range(_MOST), found, strict=False):
        if not any(start <= match.start() < end for start, end in hidden):
            yield match.span()


def _said(folded: str, start: int, end: int) -> tuple[str, int, int] | None:
    """What the sentence says to the account or of it: a grade, and from where to where."""
    left = max(0, start - _BEFORE)
    opens = max((match.end() for match in _SENTENCE_END.finditer(folded, left, start)), default=left)
    before, after = folded[opens:start], folded[end : end + _AFTER]
    if _OWN_PEOPLE.match(after) or _PASSED_ON.search(before):
        return None
    if _ALONE.fullmatch(before) and (match := _ASKED.match(after)):
        return "address", start, end + match.end()
    if match := _TOLD.search(before) or _MINE.search(before):
        return "person", opens + match.start(), end
    return None


def _finding(prepared: Prepared, grade: str, span: Span) -> Finding:
    name = prepared.account.handle or ""
    return Finding(
        message=f"This speaks {'to' if grade == 'address' else 'of'} {name} as somebody else would, and {name} is selected.",
        why="The marked words are a customer's, a fan's or an employee's; an account doesn't write so of itself.",
        suggestion="Check which account is selected, and post it from your own.",
        spans=(span,),
        confidence=0.9 if grade == "address" else 0.8,
        grade=grade,
    )


CHECK = Check(
    id="wrong_account/own_mention",
    title="The account spoken of by itself",
    judge=judge,
    languages=frozenset({"en"}),
    default_grades=("person", "address"),
)
