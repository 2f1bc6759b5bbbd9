"""Placeholders and merge fields that nobody filled in.

Why: the post says to everybody that nobody read it; in a greeting or an apology it says that nobody meant it.
Flag: "Hi {{first_name}}", "[INSERT LINK]", "*|FNAME|*", "%FIRSTNAME%", "Join us on XX March", "lorem ipsum", "link TBC".
Allow: code in a post about code (in backticks), a post about templates or merge tags, a mailing's own gap quoted by those who
sent it, "[Official Video]", "[thread]", emoticons in braces, "TBC" about a date that is really open ("venue to be confirmed").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.matching import find_raw
from app.domain import Finding, Prepared, Span, Text

_FIELD = re.compile(
    r"\{\{\s*[\w.| ]{1,40}\s*\}\}|\{%\s*\w[^%]{0,40}%\}|\$\{[\w.]{1,40}\}|<%=?[^%]{1,40}%>|\*\|[A-Z_:0-9]{2,30}\|\*"
    r"|%%?[A-Z_]{4,30}%%?|<<\s*\w[\w ]{0,30}>>|#\{[\w.]{1,40}\}"
    r"|(?<!\w)\{(?:first|last|full|user|customer|company|brand|product|city|client|your|recipient|order|event)?[_ ]?"
    r"(?:name|id|city|date|link|url|title|company|product|code|number|handle|location)\}",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    r"[\[<(](?:please )?(?:insert|add|enter|paste|put|your|customer'?s?|client|company|first|last|recipient'?s?|user'?s?|brand|product"
    r"|event|city|name|date|time|link|url|image|photo|location|venue|handle|hashtags?|phone|placeholder|tbc|tbd|tk|xx+)\b"
    r"(?: (?:name|here|link|url|date|time|city|handle|company|brand|product|number|title|image|photo|logo|hashtags?|details"
    r"|location|venue|text|copy|code|event|account|to come|tbc|the|a|your|of|customer|client|first|last)){0,4}[\])>]",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"\b(?i:lorem ipsum)\b|\b(?:insert|add|paste|put) (?:your |the |a )?(?:link|url|image|photo|name|date|hashtags?|text|copy|title) here\b"
    r"|\b(?:link|url|image|photo|date|venue|copy|caption|hashtags?|handle) (?:goes here|tbc|tbd|to come)\b"
    r"|\bDear (?:FIRSTNAME|NAME|CUSTOMER NAME|first ?name)\b|\b(?:FNAME|FIRSTNAME|FIRST_NAME|LAST_NAME|CUSTOMER_NAME|COMPANY_NAME)\b"
    r"|(?<![\w.])(?:XX+|xx)(?= (?:January|February|March|April|May|June|July|August|September|October|November|December|\d{4}|am|pm|%))"
    r"|(?<!\w)[£$€]X{1,3}(?!\w)",
)  # fmt: skip
_LINK = re.compile(r"\bhttps?://(?:www\.)?(?:example\.com/(?:link|xxx)|link\.here|xxx+\.)\S*")
_SIGNS = re.compile(r"[{}\[\]<>(*%$]")
"""without one of these no field and no bracket can be there"""
_BEGINNINGS = frozenset(
    [
        "lor",
        "ins",
        "add",
        "pas",
        "put",
        "lin",
        "url",
        "ima",
        "pho",
        "dat",
        "ven",
        "cop",
        "cap",
        "has",
        "han",
        "dea",
        "fna",
        "fir",
        "las",
        "cus",
        "com",
        "xx",
        "xxx",
        "x",
    ]
)
"""how the words of `_WORDS` begin"""
_ABOUT = re.compile(
    r"\b(?:merge (?:tags?|fields?)|templates?|placeholders?|variables?|syntax|snippets?"
    r"|escap(?:e[ds]?|ing) (?:it|them) (?:with|and)|curly (?:braces|brackets)|docs rendered)\b",
    re.IGNORECASE,
)
"""posts about templates show what a template looks like"""
_MISHAP = re.compile(
    r"\b(?:newsletters?|e-?mails?|mailings?|inbox(?:es)?|subject lines?|letters?|messages?|greeted|addressed|called (?:you|me|us|them)|wrote to|written to"
    r"|(?:began|begins|opened|opens|started|starts|arrived|went out|signed off) (?:with|as)|oops|typos?)\b",
    re.IGNORECASE,
)
"""posts about a mailing that went wrong quote the gap that stood in it"""
_QUOTE = re.compile(r"(?:[\"“„«]|(?<!\w)['‘])[^\"“”„«»\n]{1,80}?(?:[\"”“»]|['’](?!\w))")
_CODE = re.compile(r"`[^`]+`")
_BRACKETS_ARE_FINE = re.compile(
    r"[\[(<](?:link|url|photo|image|date|time|location|venue|name|event|brand|product|city|tbc|tbd)[\])>]", re.I
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    signed = [text for text in prepared.texts if _SIGNS.search(text.raw)]
    worded = [text for text in prepared.texts if text.openings is None or not _BEGINNINGS.isdisjoint(text.openings)]
    linked = [text for text in prepared.texts if "://" in text.raw and ("xxx" in text.raw or "link" in text.raw)]
    for grade, pattern, texts in (
        ("field", _FIELD, signed),
        ("bracket", _BRACKET, signed),
        ("words", _WORDS, worded),
        ("words", _LINK, linked),
    ):
        for span, match in find_raw(pattern, texts):
            text = next(text for text in prepared.texts if text.field == span.field)
            if any(code.start() <= span.start < code.end() for code in _CODE.finditer(text.raw)):
                continue
            unsure = grade == "bracket" and match.group(0).startswith("(")
            about = _ABOUT.search(text.raw) is not None or _is_quoted(span, text)
            yield Finding(
                message=f"“{match.group(0)}” is a placeholder that was never filled in.",
                why="The marked words have the form of a template's gap, not of a sentence for readers.",
                suggestion="Fill it in or take it out, and check the rest of the template.",
                spans=(span,),
                confidence=0.6 if about or (unsure and _BRACKETS_ARE_FINE.fullmatch(match.group(0))) else 0.95,
                grade=grade,
            )


def _is_quoted(gap: Span, text: Text) -> bool:
    """The gap stands in quotation marks, in a text that tells of a mailing in which it stood."""
    quotes = (quote.span() for quote in _QUOTE.finditer(text.raw))
    within = next(((start, end) for start, end in quotes if start < gap.start and gap.end < end), None)
    return within is not None and _MISHAP.search(text.raw[: within[0]] + text.raw[within[1] :]) is not None


CHECK = Check(
    id="automation/placeholder",
    title="Unfilled placeholder or merge field",
    judge=judge,
    default_grades=("field", "bracket", "words"),
)
