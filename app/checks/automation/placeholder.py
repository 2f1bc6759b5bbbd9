"""Placeholders and merge fields that nobody filled in, and what a template or an editor left behind.

Grades: `field` (a merge field of a mailing, scheduling or template tool), `bracket` (a gap in brackets), `words` (a gap
in words, letters or signs), `value` (what a program writes for nothing), `markup` (tags, entities, emoji codes that
were never turned into signs), `markdown` (marks of emphasis on platforms that show them as they are).

Why: the post says to everybody that nobody read it; in a greeting or an apology it says that nobody meant it.
Flag: "Hi {{first_name}}", "[INSERT LINK]", "*|FNAME|*", "%FIRSTNAME%", "{!Contact.Name}", "Join us on XX March", "lorem ipsum",
"link TBC", "Dear undefined,", "[object Object]", "Save X% today", "Fish &amp; chips", "We did it :tada:".
Allow: code in a post about code (in backticks), a post about templates or merge tags, a mailing's own gap quoted by those who
sent it, "[Official Video]", "[thread]", emoticons in braces, "TBC" about a date that is really open ("venue to be confirmed"),
"fill in the blank: ____", "siglo XX", "null and void".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain, islice

from app.checks.automation import _gaps, _markup, _quoting
from app.checks.base import Check
from app.domain import Finding, Prepared, Span, Text

_ABOUT = re.compile(
    r"\b(?:merge (?:tags?|fields?)|templates?|placeholders?|variables?|syntax|snippets?|regex(?:es)?|f-strings?|javascript|typescript|typeof|jinja2?|handlebars|mustache"
    r"|printf|sprintf|html|css|markdown|unicode|stack ?overflow|pull request|compiler|linter|parser|devs|sql|json|spreadsheets?|excel|shortcodes?"
    r"|escap(?:e[ds]?|ing) (?:it|them) (?:with|and)|curly (?:braces|brackets)|docs rendered|emoji codes?|personali[sz]ation (?:tags?|tokens?)|raw tags?|fall(?:s|ing)? back to|fallbacks?|placeholder text|printing the (?:raw|tag))\b",
    re.IGNORECASE,
)
"""posts about templates and code show what a template looks like"""
_CODE = re.compile(r"`[^`]+`")
_TITLE = re.compile(
    r"(?:first ?name last ?name|vorname nachname|pr[eé]nom nom|nombre apellido|nome cognome|lorem ipsum|dolor sit amet)",
    re.IGNORECASE,
)
"""gaps that are also said as words: in quotation marks a title, or what a text speaks of"""
_MOST = 20
"""gaps of one field that are told: whoever reads them knows"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    for text in prepared.texts:
        gaps = chain(_gaps.found(text), _markup.found(text, prepared.draft.platforms))
        found = list(islice(gaps, _MOST))
        if not found:
            continue
        codes = [code.span() for code in _CODE.finditer(text.raw)]
        about = _ABOUT.search(text.raw) is not None
        for grade, span, sure in found:
            if not any(start <= span.start < end for start, end in codes):
                shown = about or _quoting.tells_of_a_mailing(span, text) or _is_title(grade, span, text)
                shown = shown or (grade == "words" and prepared.apology is not None and _is_quoted(span, text))
                yield _finding(grade, span, text.raw[span.start : span.end], min(sure, 0.6) if shown else sure)


def _is_quoted(span: Span, text: Text) -> bool:
    return _quoting.around(span, text.raw) is not None


def _is_title(grade: str, span: Span, text: Text) -> bool:
    words = text.raw[span.start : span.end]
    return grade == "words" and _TITLE.fullmatch(words) is not None and _quoting.is_told(span, text)


def _finding(grade: str, span: Span, words: str, sure: float) -> Finding:
    message, why, suggestion = _WORDING[grade]
    return Finding(message.format(words), why, suggestion, spans=(span,), confidence=sure, grade=grade)


_GAP = (
    "“{}” is a placeholder that was never filled in.",
    "The marked words have the form of a template's gap, not of a sentence for readers.",
    "Fill it in or take it out, and check the rest of the template.",
)
_WORDING = {
    "field": _GAP,
    "bracket": _GAP,
    "words": _GAP,
    "value": (
        "“{}” is what a program writes where it has no value.",
        "The data behind the template was missing when it was filled in.",
        "Look up what belongs there, and check the other posts made from this template.",
    ),
    "markup": (
        "“{}” will be shown as it stands here.",
        "It is code for a sign or for formatting, and the platform doesn't turn it into one.",
        "Write the sign itself, or take the code out.",
    ),
    "markdown": (
        "“{}” is Markdown, which this platform shows as it stands.",
        "The marks of emphasis or of a link stay visible.",
        "Take the marks out.",
    ),
}  # fmt: skip

CHECK = Check(
    id="automation/placeholder",
    title="Unfilled placeholder or merge field",
    judge=judge,
    default_grades=("field", "bracket", "words", "value", "markup", "markdown"),
)
