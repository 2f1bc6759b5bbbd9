"""What an order to a colleague sounds like, at the beginning or the end of a draft: what to do, with what, and no reader.

A phrase list can't hold how people brief each other. But such a sentence has a form: it begins with a verb of the trade
(`use`, `swap`, `schedule`), it names a thing of the trade (`logo`, `caption`, `the client`), often a time or a `please`, and it
speaks to nobody outside: no “you”, no “us”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from app.checks.patterns import first_letters
from app.checks.wordlists import load_patterns, load_phrases
from app.domain import Span, Text

_LIST = Path(__file__).parent / "lists" / "brief.txt"
_PARTS = load_patterns(_LIST)
_VERB, _THING, _INSIDE, _MARK, _READER = (_PARTS[name] for name in ("verb", "thing", "inside", "mark", "reader"))
_WHOLE, _CHECKED = _PARTS["whole"], _PARTS["checked"]
_HEAD = re.compile(
    r"(?:(?i:fyi|nb|note(?: (?:to|for) \w+)?|reminder|admin|to ?do|action|urgent|internal|brief|slot|go[- ]live|post(?:ing)? time"
    r"|publish date|team)|[A-Z][a-z]{1,12}) ?: ?"
)
"""what an order may begin with: a label, or a colleague's name"""
_BREAK = re.compile(r"[!?|\n()\[\]*<>]|(?<!\d)[.:]|[.:](?!\d)|//|\s[-–—]+\s")
_LONGEST = 140
_SET_OFF = re.compile(
    r"\[([^\[\]\n]{4,120})\]|\(([^()\n]{4,120})\)|\*\*+ ?([^*\n]{4,120}?) ?\*\*+|<<+ ?([^<>\n]{4,120}?) ?>>+|>>+ ?([^<>\n]{4,120})|(?<!:)//+ ?([^/\n]{4,120})"
)
"""what a bracket or a mark parts from the post"""
_LEAD = re.compile(r"[\s\-–—*>#\"“(\[•]*")
_ADDRESS = re.compile(
    r"(?:(?:please|pls|plz|also|and|ok|note(?: (?:to|for) \w+)?|nb|n\.b\.|fyi|reminder|admin|todo|to do|action|urgent|internal|brief|team|all|hi \w+|hey \w+|thanks \w+)[,:\s–—-]+){0,3}"
    r"(?:(?:can|could|would) (?:someone|somebody|anyone|we|whoever posts)(?: please| pls)? )?"
)
_NAMED = re.compile(
    r"[A-Z][a-z]{1,12}[,:] (?=[a-z])|@\w+,? (?=[a-z])|(?:[A-Z][a-z]{1,12},? )?(?:can|could|would|will) (?:you|u) (?:please |pls |plz )?(?=[a-z])"
)
"""who is to do it: a name before the order, or a question to one colleague"""
_ASKED = re.compile(r"(?:please|pls|plz|asap|ta|thx|thanks)\b", re.IGNORECASE)
_QUESTION = re.compile(r"(?:can|could|would|will) (?:you|u) ", re.IGNORECASE)
"""readers are asked as well: an order where it is set off, with a name or a please"""
_SIGNS = ("[", "(", "**", "<<", ">>", " //")
_LABELLED = re.compile(
    r"(?:fyi|nb|n\.b\.|note|reminder|admin|todo|to do|action|urgent|internal|brief|(?:please|pls|plz)|(?:can|could|would) (?:someone|somebody|anyone|we))(?!\w)"
)
_ENDS = " \n.!?)]*>"
_BREAKS = (". ", "! ", "? ", "\n", " - ", " – ", " — ", "| ")
_LONGEST_TAIL = 160
_MOST_SET_OFF = 20
_WRITTEN = load_phrases(_LIST)
_ADDRESSED = "please pls plz also and ok note nb n.b fyi reminder admin todo to action urgent internal brief team all hi hey thanks can could would"
_OPENINGS = frozenset(word[:3].rstrip(".") for word in _ADDRESSED.split()).union(
    *(first_letters(phrase) or () for name in ("verb", "whole") for phrase in _WRITTEN[name])
)
"""the first letters of whatever can begin an order; the rest, which name who is to do it, has a “to”"""
_MOST_WORDS = 16
_FEWEST_ELSE = 3
"""words of the post itself, without which the draft is all order: `Tag us!`"""


def found(text: Text) -> Iterator[Span]:
    """The first and the last segment of the draft, and those set off from it, where they are such an order."""
    raw = text.raw
    if len(text.tokens) < _FEWEST_ELSE + 2:
        return
    parted = _SET_OFF.finditer(raw) if any(sign in raw for sign in _SIGNS) else iter(())
    for match in islice(parted, _MOST_SET_OFF):
        if _is_order(match[match.lastindex or 0].rstrip(" .!?"), set_off=True):
            yield Span(match.start(), match.end(), text.field)
    start = len((_LEAD.match(raw) or [""])[0])
    head = _HEAD.match(raw, start)
    stop = _BREAK.search(raw, head.end() if head else start)
    if (
        stop
        and stop.start() - start <= _LONGEST
        and _is_order(raw[start : stop.start()])
        and _goes_on(raw[stop.end() :])
    ):
        yield Span(start, stop.start(), text.field)
    told = raw.rstrip(_ENDS)
    tail = max(told.rfind(mark) for mark in _BREAKS)
    if tail > start and len(raw) - tail < _LONGEST_TAIL:
        begin = tail + 1 + len((_LEAD.match(raw[tail + 1 :]) or [""])[0])
        if _is_order(raw[begin:].rstrip(_ENDS)) and _goes_on(raw[:tail]):
            yield Span(begin, len(raw.rstrip()), text.field)


def _goes_on(rest: str) -> bool:
    return len(re.findall(r"\w+", rest)) >= _FEWEST_ELSE


def _is_order(segment: str, *, set_off: bool = False) -> bool:
    named = _NAMED.match(segment)
    if named and _QUESTION.search(named[0]) and not (set_off and (named[0][0].isupper() or _ASKED.search(segment))):
        return False
    words = segment[named.end() if named else 0 :].casefold().replace("’", "'").strip()
    if words[:3].strip() not in _OPENINGS and " to " not in words:
        return False
    if len(words.split()) > _MOST_WORDS or _READER.search(words):
        return False
    lead = _ADDRESS.match(words)
    order = words[lead.end() if lead else 0 :]
    if _WHOLE.fullmatch(words) or _WHOLE.fullmatch(order):
        return True
    verb = _VERB.search(order)
    if verb is None or verb.start() > 0:
        return False
    rest = order[verb.end() :]
    if _CHECKED.search(order) or _INSIDE.search(rest):
        return True
    sure = set_off or named is not None or _LABELLED.match(words) is not None or verb[0].startswith(("do not", "don"))
    return _THING.search(rest) is not None and (sure or _MARK.search(rest) is not None)
