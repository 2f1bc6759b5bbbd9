"""What a writing assistant said to the person, left in the post.

Why: it shows that nobody wrote and nobody read the post.
Flag: "Sure! Here's a post for your audience:", "As an AI language model, I cannot", "Would you like me to make it shorter?",
"Here are three options:", "Option 1:".
Allow: posts about such tools ("We asked an AI language model to name our goat"), "Here's a recipe for you:".
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import ENGLISH, Check
from app.checks.matching import find, words
from app.domain import Finding, Prepared

_THING = r"(?:tweet|post|caption|thread|draft|version|reply|message|copy|text|announcement|rewrite|summary|paragraph)"
_BOILERPLATE = words(
    rf"(?:sure|certainly|absolutely|of course|great|happy to help)[!,.:]* (?:here(?:'|’)?s|here is|here are|below is)"
    rf" (?:\w+ ){{0,6}}?{_THING}s?",
    rf"here(?:'|’)?s (?:a|an|your|the) (?:\w+ ){{0,4}}?(?:draft|revised|rewritten|polished|shortened|shorter|possible|suggested|updated)"
    rf" (?:\w+ ){{0,2}}?{_THING}",
    rf"here are (?:\d|two|three|four|five|a few|some) (?:\w+ ){{0,3}}?(?:options|versions|variations|drafts|{_THING}s)"
    r"(?: (?:for|to|you)|:)",
    r"as an? (?:ai|artificial intelligence)(?: language)? (?:model|assistant),? (?:i|my)",
    r"as a (?:large )?language model,? i",
    r"i(?:'|’)?m sorry,? but (?:i|as an ai)(?: (?:cannot|can(?:'|’)?t|am unable|am not able))? (?:to )?(?:fulfil|assist|help|comply|generate|create)",
    r"(?:would you like|let me know if you(?:'|’)?d like|do you want) me to (?:\w+ ){0,3}?(?:adjust|shorten|rewrite|tweak|make|add|change|revise|refine)",
    r"let me know if you(?:'|’)?d like (?:any|a|more|another) (?:\w+ )?(?:changes|tweaks|edits|adjustments|version|variation|revisions?)",
    r"(?:feel free to|you can) (?:adjust|customi[sz]e|tweak|edit|modify) (?:it|this|as needed|the)",
    r"(?:my|as of my) (?:knowledge cut-?off|last (?:knowledge |training )?update)",
    r"regenerate response",
    r"(?:option|version|variation|draft) (?:1|one|a) ?[:(–-]",
    rf"(?:word|character) count: ?\d+",
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    if spans := find(_BOILERPLATE, prepared.texts):
        yield Finding(
            message="A writing assistant's own words are still in the draft.",
            why="The marked words talk to the person who asked for the text, not to its readers.",
            suggestion="Remove them, and read the rest as if a stranger had written it.",
            spans=spans,
            confidence=0.92,
        )


CHECK = Check(
    id="automation/assistant_boilerplate",
    title="Writing assistant's boilerplate",
    judge=judge,
    languages=ENGLISH,
)
