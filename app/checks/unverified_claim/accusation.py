"""A named party accused as if it were proved, or taken sides for from a snippet of news.

Four shapes: a crime or misconduct stated of somebody as fact, with who did it and on purpose; a rival's product called
unsafe; indignation about a dismissal, an arrest or a charge of which the writer knows the headline; and suggestion
("more to this story").

Why: accusations are where an error costs most: the accused sues, the victim of the affair answers in public, and the
draft stays.
Flag: "How do you sack a legend like that? No class"; "he is a murderer and they covered it up"; "they flooded the
valley on purpose"; "their chairs catch fire, ours don't"; "interesting, they don't want you to know this", with a link
to nowhere.
Allow: "the court found him guilty", with its source; a recall; an opinion on a policy; a supporter's grumble about
tactics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.taken_back import takes_back
from app.checks.unverified_claim import _asserted, _charge, _evidence, _party, _product, _settling, _standing
from app.domain import CALENDAR, Finding, Prepared, Span

_AFFAIR = re.compile(
    r"\b(?:fir(?:ed?|ing)|sack(?:ed|ing)?|dismiss\w*|suspend\w*|bann?(?:ed|ing)?|oust\w*|expel\w*|cancel\w*|axe[ds]?|axing|"
    r"let go|letting go|get(?:ting)? rid|got rid|forced out|kick\w* out|punish\w*|arrest\w*|charged|accus\w+|innocent|"
    r"framed|witch ?hunt|scapegoat\w*|nothing wrong|would never|set up|lying|trial by|by the media)\b"
)
_PERSONS = frozenset({"public_figure", "politician", "personal", "professional", "sports"})
_VIEWS = ("outrage", "praise", "thin", "crime", "hearsay")
_OWN = re.compile(
    r"\b(?:i|i've|i'm|we) (?:was|were|got|have been|been|am being|quit|resign\w*) |thank (?:you|u)|\bthanks\b|"
    r"all the best|good luck"
)
_OPINION = re.compile(
    r"\b(?:allegedly|alleged|accused|i think|i believe|in my opinion|imo|imho|if|fictional|character|novel|thriller|film|"
    r"presunt\w*|supuest\w*|angeblich\w*|mutmasslich\w*|presume\w*|aurai(?:t|ent)|avrebbe\w*|teria\w*|alegad\w*|suspeit\w*|"
    r"romanzo|roman|novela|romance|pelicula|krimi|(?:found|pleaded|pleads|plead) (?:not )?guilty|jailed|sentenced|convicted|fined|"
    r"acquitted|suspicion of|investigat\w+|den(?:y|ies|ied)|granted bail|laundering (?:checks|rules|laws?|controls?))\b"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    answers = prepared.draft.kind in ("reply", "comment") and prepared.is_organisation
    found = (*_crime(prepared), *_rival(prepared))
    if not answers and not takes_back(prepared):
        found = (*_reaction(prepared), *found, *_innuendo(prepared))
    if not found:
        return
    backing, denied = _evidence.backing(prepared), _evidence.says(prepared, "denial")
    for finding in found:
        answered = _answers(backing) if finding.grade in ("crime", "product") else backing.strong
        if not answered and (finding.grade == "reaction" or not denied):
            yield finding


def _answers(backing: _evidence.Backing) -> bool:
    """Whether somebody is named who established it, or a link shows it; hearsay of the unnamed answers nothing."""
    return backing.sourced and not (backing.anonymous and not backing.primary)


def _reaction(prepared: Prepared) -> Iterable[Finding]:
    if _standing.is_newsroom(prepared.account):
        return
    spans = _side_taken(prepared) or _outcry(prepared)
    if not spans:
        return
    thin = _evidence.spans(prepared, "thin") + _evidence.spans(prepared, "hearsay")
    basis = f", and {_evidence.quoted(thin, prepared)} says on how little" if thin else ""
    yield Finding(
        message="This takes sides on somebody's fall from what looks like a first report.",
        why=f"{_evidence.quoted(spans, prepared)} judges the affair, and the draft names no source for its grounds{basis}.",
        suggestion="Find out first why it happened, and link to what you know; or leave it.",
        spans=tuple(dict.fromkeys(spans + thin)),
        confidence=0.8 if thin else 0.7,
        grade="reaction",
        evidence=_settling.record(prepared, "side_taken"),
    )


def _outcry(prepared: Prepared) -> tuple[Span, ...]:
    """Fall and verdict in one breath, whoever posts it."""
    if not _evidence.matches(prepared, _AFFAIR) or not _party.named(prepared):
        return ()
    return _evidence.spans(prepared, "reaction") or _evidence.spans(prepared, "scandal")


def _side_taken(prepared: Prepared) -> tuple[Span, ...]:
    """A person's outrage or praise beside somebody's fall; thanks are a farewell."""
    if prepared.account.kind not in _PERSONS or _evidence.matches(prepared, _OWN) or _is_witness(prepared):
        return ()
    fall = _evidence.spans(prepared, "dismissal")
    views = tuple(span for name in _VIEWS for span in _evidence.spans(prepared, name)) if fall else ()
    return fall + views + _party.named(prepared) if views else ()


def _is_witness(prepared: Prepared) -> bool:
    return _evidence.says(prepared, "first_hand")


def _crime(prepared: Prepared) -> Iterable[Finding]:
    spans = _charge.against_somebody(prepared) if prepared.account.kind != "government" else ()
    if not spans or _evidence.matches(prepared, _OPINION) or _evidence.says(prepared, "fiction"):
        return
    yield Finding(
        message="This accuses a named party as if it were proved.",
        why=f"{_evidence.quoted(spans, prepared)} is a charge, and the draft names no court, report or source for it.",
        suggestion="Say who established it and link to it, or say that it is alleged and by whom.",
        spans=spans,
        confidence=0.65,
        grade="crime",
        evidence=_settling.record(prepared, "accusation"),
    )


def _rival(prepared: Prepared) -> Iterable[Finding]:
    if spans := _product.called_unsafe(prepared):
        yield Finding(
            message="This calls somebody else's product unsafe and names no test.",
            why=f"{_evidence.quoted(spans, prepared)} is said of a named product, and the draft shows no finding for it.",
            suggestion="Link to the laboratory or the authority that found it, or speak of your own product only.",
            spans=spans,
            confidence=0.7,
            grade="product",
            evidence=_settling.record(prepared, "product_hazard"),
        )


def _innuendo(prepared: Prepared) -> Iterable[Finding]:
    spans = _evidence.spans(prepared, "innuendo") if not _standing.is_newsroom(prepared.account) else ()
    if not spans:
        return
    grave = _evidence.spans(prepared, "consequence") + _evidence.spans(prepared, "crime")
    happening = next((match.event for match in prepared.moment.events if match.event.source != CALENDAR), None)
    if not grave and happening is None:
        return
    about = _evidence.quoted(grave, prepared) or (f"“{happening.name}”" if happening else "")
    yield Finding(
        message="This suggests something grave without saying who found it out.",
        why=f"{_evidence.quoted(spans, prepared)} hints at more than the draft shows about {about}.",
        suggestion="Say what is known and by whom, or leave the hint out.",
        spans=spans + grave,
        confidence=0.65,
        grade="innuendo",
        evidence=_settling.record(prepared, "accusation"),
    )


CHECK = Check(
    id="unverified_claim/accusation",
    title="Accusation, or defence, on thin evidence",
    judge=judge,
    languages=_evidence.LANGUAGES,
    default_grades=("reaction", "crime", "product", "innuendo"),
)
