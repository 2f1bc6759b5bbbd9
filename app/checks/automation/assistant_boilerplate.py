"""What a writing assistant said to the person, left in the post.

Why: it shows that nobody wrote and nobody read the post.
Flag: "Sure! Here's a warm, short post for your audience:", "As an AI language model, I cannot", "Would you like me to make
it shorter?", "Here are three options:", "Option 1:", "Option B (Sam prefers A):", "(212 characters)", "contentReference[oaicite:1]", "Klar, hier ist ein Entwurf", in a post "I hope this helps!".
Allow: posts about such tools, posts that quote them to speak of them ("We asked an AI language model to name our goat"), "Here's a recipe for you:", readers asked
to vote on "Option A" or "Option B", "I hope this helps" in an answer to a customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.automation import _quoting
from app.checks.base import Check
from app.checks.matching import find, find_raw
from app.checks.wordlists import load_sections
from app.domain import Finding, Prepared, Span, Text

_PHRASES = load_sections(Path(__file__).with_name("lists") / "assistant_boilerplate.txt")
_BOILERPLATE = _PHRASES["boilerplate"]
_CLOSER = _PHRASES["closer"]
_OPTION = _PHRASES["option"]
_CHOICE = _PHRASES["choice"]
_ASKED = re.compile(r"\?[\s\"'“”„«»’¡¿)]*\Z")
_NEAR = 20
"""characters before a phrase in which the question ends that it answers"""
_MOST = 100
"""phrases that may be told of and not said: nobody quotes more, and each costs a look at the text"""
_TRADE = re.compile(
    r"tweet|(?:your|dein\w*|ihr\w*|votre|ton|tu|su|seu|tuo) \w*(?:post|text)|caption|hashtag|draft|entwurf|brouillon|borrador|rascunho|bozza|l[eé]gend[ae]|as an? ai|\bki\b",
    re.IGNORECASE,
)
_MARK = re.compile(
    r":?contentReference(?:\[oaicite:[^\]\n]{0,40}\])?(?:\{index=\d{1,4}\})?|\[?oaicite:[^\]\n]{0,40}\]?|【[^】\n]{1,60}†[^】\n]{0,60}】|\[cite(?:_start|_end|: ?\d[\d, ]{0,40})\]"
    r"|(?:cite|navlist|image_group)?turn\d{1,3}(?:search|view|news|image|file)\d{1,3}|\[(?:attached_file|generated_image|memory):\d{1,3}\]|<grok:render[^>\n]{0,80}>|sandbox:/mnt/data/\S{1,120}"
)
"""marks that chat tools set for sources, files and pictures and that copying takes along"""
_MARK_SIGNS = (
    "oaicite",
    "contentReference",
    "†",
    "[cite",
    "turn",
    "[attached_file",
    "[generated_image",
    "[memory",
    "<grok:",
    "sandbox:",
)
_COUNT = re.compile(r"[\[(]\s*~?\d{2,3}(?: ?/ ?\d{3})? (?:characters|chars?)(?: [\w. ]{1,25})?\s*[\])]")


def judge(prepared: Prepared) -> Iterable[Finding]:
    texts = prepared.texts
    said = _said(texts) + _counts(texts) + _options(prepared)
    closing = () if prepared.is_reply else _CLOSER.find_in(texts)
    if said or closing:
        yield Finding(
            message="A writing assistant's own words are still in the draft.",
            why="The marked words talk to the person who asked for the text, not to its readers.",
            suggestion="Remove them, and read the rest as if a stranger had written it.",
            spans=tuple(sorted({*said, *closing})),
            confidence=0.92 if said else 0.75 if prepared.is_organisation else 0.6,
        )


def _said(texts: Iterable[Text]) -> tuple[Span, ...]:
    """The phrases, but for those that a text quotes to speak of them, and the marks that chat tools leave."""
    phrases = [(span, text) for text in texts for span in _BOILERPLATE.find(text)]
    marked = [text for text in texts if any(sign in text.raw for sign in _MARK_SIGNS)]
    marks = [span for span, _ in find_raw(_MARK, marked)]
    if len(phrases) > _MOST:
        return (*(span for span, _ in phrases), *marks)
    return (
        *(span for span, text in phrases if not _quoting.is_told(span, text) and not _is_answer(span, text)),
        *marks,
    )


def _is_answer(span: Span, text: Text) -> bool:
    """“Parking? Of course! Here is a map”: the post answers its own question, and says nothing of posts and captions."""
    before = text.raw[max(0, span.start - _NEAR) : span.start]
    return _ASKED.search(before) is not None and _TRADE.search(text.raw[span.start : span.end]) is None


def _counts(texts: Iterable[Text]) -> tuple[Span, ...]:
    return tuple(span for text in texts if "cha" in (text.openings or ("cha",)) for span in find(_COUNT, text))


def _options(prepared: Prepared) -> tuple[Span, ...]:
    """Labels of alternative drafts; a draft that opens with none lists ways or choices for its readers."""
    text = prepared.text
    labels = _OPTION.find(text)
    opens = bool(labels) and not re.search(r"\w", text.raw[: labels[0].start])
    asked = prepared.draft.poll_options or _CHOICE.find(text)
    return labels if opens and not asked else ()


CHECK = Check(
    id="automation/assistant_boilerplate",
    title="Writing assistant's boilerplate",
    judge=judge,
    languages=frozenset({"en", "de", "fr", "es", "it", "pt"}),
)
