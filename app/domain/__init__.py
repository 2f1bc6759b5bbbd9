"""The nouns of Prepost: frozen values that travel one way, from a request to a verdict.

Standard library only. Offsets are code points into the raw field they name unless said otherwise; times are
timezone-aware; probabilities lie in [0, 1].
"""

from __future__ import annotations

from app.domain.feedback import Feedback
from app.domain.findings import CheckResult, Finding, Verdict, Warning_
from app.domain.incoming import Account, Author, Draft, Event, Media, Message, PastPost
from app.domain.knowledge import FactCheck, OtherVoice, Scores, Sentence, Standing, Voice, WaitingPost
from app.domain.names import (
    CALENDAR,
    EMPTY,
    ORGANISATIONS,
    OTHERS_TONE,
    PERSONAL,
    SEVERITIES,
    SPEAKS_FOR_OTHERS,
    VERDICTS,
    AccountKind,
    Among,
    Category,
    CheckStatus,
    Confidence,
    DraftKind,
    EventKind,
    EventStatus,
    Mode,
    Platform,
    SentAs,
    Severity,
    VerdictName,
    VerdictWas,
)
from app.domain.platforms import Limit, Pattern, PlatformRule
from app.domain.prepared import EventMatch, Moment, Nearness, Prepared
from app.domain.reading import Entity, Folded, Span, Text, Token

__all__ = [
    "CALENDAR",
    "EMPTY",
    "ORGANISATIONS",
    "OTHERS_TONE",
    "PERSONAL",
    "SEVERITIES",
    "SPEAKS_FOR_OTHERS",
    "VERDICTS",
    "Account",
    "AccountKind",
    "Among",
    "Author",
    "Category",
    "CheckResult",
    "CheckStatus",
    "Confidence",
    "Draft",
    "DraftKind",
    "Entity",
    "Event",
    "EventKind",
    "EventMatch",
    "EventStatus",
    "FactCheck",
    "Feedback",
    "Finding",
    "Folded",
    "Limit",
    "Media",
    "Message",
    "Mode",
    "Moment",
    "Nearness",
    "OtherVoice",
    "PastPost",
    "Pattern",
    "Platform",
    "PlatformRule",
    "Prepared",
    "Scores",
    "SentAs",
    "Sentence",
    "Severity",
    "Span",
    "Standing",
    "Text",
    "Token",
    "Verdict",
    "VerdictName",
    "VerdictWas",
    "Voice",
    "WaitingPost",
    "Warning_",
]
