"""The account speaks of itself as a customer, a fan or a colleague would: its own handle, in somebody else's mouth.

What counts is the account's own @handle beside the first person singular, spoken to ("@acme why is my order late"), or
praised and blamed as others do ("love you @acme", "shame on @acme"). Words in quotation marks, reposts and quoted posts
(“RT @acme”, “MT”, “via”) are others' and don't count, nor does an account whose voice is personal on purpose.

Grades: `person` (praise or blame, or the first person singular), `address` (the account is spoken to).

Why: an organisation doesn't talk to itself; its staff do, as its customers.
Flag: "@harbourferries why is the 7.40 late again", "so proud of my team at @harbourferries", "shame on @harbourferries", all of
them on @harbourferries.
Allow: "Follow @harbourferries for updates", "“My favourite crossing” – via @harbourferries", "Any trouble? Write to
@harbourferries and we'll help."
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check, NotApplicable
from app.domain import SPEAKS_FOR_OTHERS, Finding, Prepared, Span, Text

_SELF = re.compile(r"(?<!\w)(?:i|i'm|im|i've|ive|i'd|i'll|me|my|mine|myself)(?!\w)")
_OURS = re.compile(r"(?<!\w)(?:we|we're|we've|we'll|our|ours|us)(?!\w)")
_BEFORE = re.compile(
    r"(?:(?:(?<!\w)(?:so|really|just|always|absolutely|omg|god) )*(?:thank(?:s| you)(?: so much| a lot)?(?: to)?|thx|ty|love(?: you| u)?|"
    r"loving|hate(?: you| u)?|hating|shame on|shout ?out to|well done|come on|hey|dear|oi|wtf|screw|boo|proud of|sick of|done with|"
    r"disappointed (?:in|with)|fed up with|not you|typical|cheers|kudos to|props to|get it together|sort it out))[ ,]{1,2}$"
)
"""praise, blame or a call right before the name"""
_AFTER = re.compile(
    r"[ ,:]{1,2}(?:(?:are|r) (?:you|u)(?!\w)|(?:can|could|will|would|did|do) (?:you|u)(?!\w)|why(?!\w)|when (?:are|will|is)(?!\w)|"
    r"how (?:do|can|is|are|long)(?!\w)|where(?:'s| is| are)(?!\w)|what(?:'s| is| the)(?!\w)|please (?:help|fix|sort|bring|stop|answer)(?!\w)|"
    r"(?:you|u)(?: guys| lot)?(?!\w)|is (?:such|the worst|the best|so|a joke|rubbish|trash|terrible|awful|useless|amazing)(?!\w)|"
    r"(?:sucks?|rocks?|rules|ruined)(?!\w)|sort it out(?!\w)|get it together(?!\w))"
)
"""what is said to the account, or of it, right after its name"""
_PASSED_ON = re.compile(
    r"(?:^|\W)(?:rt|mt|via|by|from|cc|h/t|follow|following|join|visit|tag|photo|credit|source)\W{1,3}$"
)
_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]?")
_SENTENCE_END = re.compile(r"[.!?…\n]+(?:\s|$)")


def judge(prepared: Prepared) -> Iterable[Finding]:
    handle = (prepared.account.handle or "").lstrip("@").casefold()
    if not handle:
        raise NotApplicable("the account's handle is not known")
    if prepared.account.kind not in SPEAKS_FOR_OTHERS or prepared.account.voice.get("personal") is True:
        return
    text = prepared.text
    own = [each for each in text.entities_of("mention") if each.text.lstrip("@").casefold() == handle]
    if not own:
        return
    hidden = [match.span() for match in _QUOTED.finditer(text.raw)] + _reposted(text.raw)
    for mention in own:
        if any(start <= mention.start < end for start, end in hidden):
            continue
        if found := _said(text, mention.start, mention.end):
            yield _finding(prepared, *found)
            return


def _reposted(raw: str) -> list[tuple[int, int]]:
    match = re.search(r"(?:^|\s)(?:RT|MT) ?@", raw)
    return [(match.start(), len(raw))] if match else []


def _said(text: Text, start: int, end: int) -> tuple[str, tuple[Span, ...]] | None:
    """What the sentence says of the account or to it: a grade, and where."""
    raw = text.raw.casefold() if len(text.raw.casefold()) == len(text.raw) else text.raw.lower()
    opens = max((match.end() for match in _SENTENCE_END.finditer(raw, 0, start)), default=0)
    closes = next((match.start() for match in _SENTENCE_END.finditer(raw, end)), len(raw))
    before, after = raw[opens:start], raw[end:closes]
    mention = Span(start, end, text.field)
    if _PASSED_ON.search(before):
        return None
    if match := _AFTER.match(after):
        return "address", (mention, Span(end, end + match.end(), text.field))
    if _OURS.search(before) or _OURS.search(after):
        return None
    if match := _BEFORE.search(before):
        return "person", (Span(opens + match.start(), start, text.field), mention)
    if match := _SELF.search(before):
        return "person", (Span(opens + match.start(), opens + match.end(), text.field), mention)
    if match := _SELF.search(after):
        return "person", (mention, Span(end + match.start(), end + match.end(), text.field))
    return None


def _finding(prepared: Prepared, grade: str, spans: tuple[Span, ...]) -> Finding:
    name = prepared.account.handle or ""
    return Finding(
        message=f"This speaks {'to' if grade == 'address' else 'of'} {name} as somebody else would, and {name} is selected.",
        why="The marked words are a customer's, a fan's or a colleague's; an account doesn't write so of itself.",
        suggestion="Check which account is selected, and post it from your own.",
        spans=spans,
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
