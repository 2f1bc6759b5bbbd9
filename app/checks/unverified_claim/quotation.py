"""Words in quotation marks ascribed to somebody, without where they said them.

Two shapes: a line under a famous name, and words that shame a person of today, with the assurance that they were really
said ("actual words", "let that sink in", "a friend was there") in place of a recording, interview or transcript.

Why: most lines under the portraits of Einstein, Lincoln or Churchill are not theirs, and readers enjoy pointing it out.
Flag: "Be yourself; everyone else is taken" with a famous writer's name and nothing else; minister Graves: "poor people
should have bought boats", she actually said this.
Allow: a quotation with its work, letter or speech, a year or a link; one's own chief executive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.checks.base import ENGLISH, Check
from app.checks.unverified_claim import _asserted, _evidence, _settling
from app.checks.wordlists import load_sections
from app.domain import Finding, Prepared, Span

_LISTS = load_sections(_evidence.LISTS / "quoted.txt")
_FAMOUS, _ASSURED = _LISTS["often_misquoted"], _LISTS["assured"]
_QUOTE = re.compile(r"[\"“„«]([^\"”“»]{15,300})[\"”“»]|(?<![\w’'])['‘]([^'‘’]{12,200})['’](?!\w)")
_WHERE = re.compile(
    r"\b(?:1[0-9]{3}|20\d\d|speech|letter|interview|essay|address|chapter|act [ivx\d]+|page|diary|from (?:his|her|the)|"
    r"in (?:his|her) (?:book|novel|play|poem|memoir)|author unknown|attributed|misattribut\w+|nobody has ever found|never said|"
    r"(?:did not|didn't) say|probably not)\b"
)
_WORK = re.compile(r",? (?:in |from )?[“\"'_*]?[A-Z][\w']+(?: (?:and|of|the|in|to|a|[A-Z][\w']+)){1,6}")
_NAME_BEFORE = re.compile(r"\b(?!(?:As|By|From|The|And|Like|Dear|Mr|Mrs|Dr|St|Sir|President|Saint)\b)[A-Z][a-z]+\.? $")
_NAME_AFTER = re.compile(r" [A-Z](?:[a-z]+|I+)\b|['’]")
_SPEAKER = re.compile(
    r"\b(?:[Mm]inister|[Mm]ayor|[Cc]oach|CEO|CFO|[Bb]ishop|[Bb]oss|[Pp]resident|[Ss]enator|[Cc]ouncillor|[Gg]overnor|[Cc]hief(?: [Ee]xecutive)?|"
    r"[Dd]irector|MP|[Pp]astor|[Aa]rchbishop|[Pp]rofessor|[Dd]octor|Dr\.?|[Jj]udge|[Oo]wner|[Ff]ounder|[Mm]anager|[Cc]aptain|[Cc]hair(?:man|woman)?|"
    r"[Hh]eadteacher|[Cc]hair|[Pp]rincipal|[Aa]ctor|[Ss]inger|Sir|Lord|Lady|[Dd]eputy|[Cc]hancellor|[Ss]ecretary|[Aa]mbassador|[Rr]ector|[Ss]heriff|[Cc]ommissioner|"
    r"[Ss]pokes(?:man|woman|person)|[Cc]hef|[Ll]eader|[Oo]fficer|[Nn]urse|[Rr]ev\.?|[Pp]riest)(?: of [A-Z]\w+)?,? [A-Z][\w'-]+(?: [A-Z][\w'-]+)?|"
    r"[A-Z][\w'-]+ [A-Z][\w'-]+,? (?:the )?(?:chief executive|CEO|director|minister|chair|boss|manager|owner|founder|president|coach|mayor)\b|"
    r"[Tt]he (?:chairman|chairwoman|minister|mayor|boss|owner|manager|headteacher|director|bishop|coach|principal|chief executive)\b"
)
_ON_RECORD = re.compile(
    r"\b(?:interview\w*|press conference|transcript|recording|hansard|minutes of|on tape|told (?:(?:me|us) (?:in|on|at|during)|reporters|the (?:bbc|guardian|times|press|council|committee))|"
    r"in (?:a|his|her|the) (?:speech|statement|letter|column|sermon|book|podcast)|full (?:speech|video|clip)|minute \d+|live on)\b"
)
_ASCRIBED = 40
"""how far from the quotation the name may stand, in characters"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    quotes = [Span(*match.span(), text.field) for text in prepared.texts for match in _QUOTE.finditer(text.raw)]
    if not quotes:
        return
    if finding := _misquoted(prepared, quotes) or _said_to_have_said(prepared, quotes):
        yield finding


def _misquoted(prepared: Prepared, quotes: Sequence[Span]) -> Finding | None:
    famous = (name for text in prepared.texts for name in _FAMOUS.find(text) if _is_whole_name(text.raw, name))
    names = [name for name in famous if any(_ascribed(quote, name) for quote in quotes)]
    if not names or _says_where(prepared, names[0]) or _evidence.backing(prepared).link:
        return None
    return Finding(
        message="This ascribes words to somebody famous and not where they said them.",
        why=f"{_evidence.quoted(names[:1], prepared)} is often given words of others, and no work, speech or year is named.",
        suggestion="Look the line up and name the work or speech, or leave it out.",
        spans=(quotes[0], names[0]),
        confidence=0.6,
        grade="official" if prepared.account.kind in ("government", "politician", "media") else "default",
        evidence=_settling.record(prepared, "quotation"),
    )


def _said_to_have_said(prepared: Prepared, quotes: Sequence[Span]) -> Finding | None:
    """Words that do somebody harm, with the assurance that they were said in place of where."""
    cues = _ASSURED.find_in(prepared.texts) + _evidence.spans(prepared, "hearsay")
    speakers = tuple(
        Span(*match.span(), text.field) for text in prepared.texts for match in _SPEAKER.finditer(text.raw)
    )
    if not cues or not speakers or _evidence.matches(prepared, _ON_RECORD):
        return None
    if _evidence.is_settled(prepared) or _speaks_for(prepared, speakers):
        return None
    spans = (quotes[0], speakers[0], *cues)
    return Finding(
        message="This puts words into somebody's mouth and doesn't say where they were spoken.",
        why=f"{_evidence.quoted(cues, prepared)} assures that {_evidence.quoted(speakers[:1], prepared)} said it, and no "
        "recording, interview or transcript is named.",
        suggestion="Link the recording or transcript; without it, leave the words out.",
        spans=spans,
        confidence=0.7,
        grade="default",
        evidence=_settling.record(prepared, "quotation"),
    )


def _is_whole_name(raw: str, name: Span) -> bool:
    """Not the half of another's name, nor whose something is: “Lewis Hamilton”, “Napoleon Hill”, “Rosa Parks' dignity”."""
    return not _NAME_BEFORE.search(raw[max(0, name.start - 24) : name.start]) and not _NAME_AFTER.match(raw, name.end)


def _speaks_for(prepared: Prepared, speakers: Sequence[Span]) -> bool:
    """Whether the account is that person's, or speaks for them."""
    raw = {text.field: text.raw for text in prepared.texts}
    account = prepared.account
    about = f"{account.display_name or ''} {account.description or ''}".casefold()
    return any(raw[span.field][span.start : span.end].split()[-1].casefold() in about for span in speakers)


def _says_where(prepared: Prepared, name: Span) -> bool:
    """A speech, a year, or a work right behind the name: “Jane Austen, Pride and Prejudice”."""
    raw = next(text.raw for text in prepared.texts if text.field == name.field)
    return _evidence.matches(prepared, _WHERE) or _WORK.match(raw, name.end) is not None


def _ascribed(quote: Span, name: Span) -> bool:
    close = 0 <= name.start - quote.end <= _ASCRIBED or 0 <= quote.start - name.end <= _ASCRIBED
    return close and name.field == quote.field


CHECK = Check(
    id="unverified_claim/quotation",
    title="Quotation without its place",
    judge=judge,
    languages=ENGLISH,
    default_grades=("default", "official"),
)
