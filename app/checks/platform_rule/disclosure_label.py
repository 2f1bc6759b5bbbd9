"""An advert whose label doesn't do: too vague, too late, in words that its country doesn't accept, or without the
platform's own switch.

Why: the FTC, the ASA and German and French courts judge the label by whether it is seen and understood at once; "#sp",
"#collab" or an "Ad" behind three hundred characters has cost fees and reputations.
Flag: in the US "#ad" in a run of hashtags or behind 125 characters, "disclosure in first comment"; in Britain "#gifted" or
"sponsored" alone; in Germany "sponsored by" without Werbung or Anzeige at the start; in France "#sponso"; on TikTok, Meta,
YouTube and X an "Ad" in the text while `paid_partnership` is false; a TikTok that sells while it is false.
Allow: "Ad:" or "Werbung |" first; a draft that says nothing of `paid_partnership`; organisations' own posts elsewhere than
on TikTok.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from app.checks.base import Check
from app.checks.matching import find
from app.checks.platform_rule._disclosure import PHRASES, deal, has_label, is_person
from app.checks.platform_rule._rows import GRADES, finding, held, merged
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "disclosure_label.txt")
_ID = "platform_rule/disclosure_label"
_SEEN = 125
"""characters within which a label is taken to be seen (a customary figure: no platform states where it folds a text)"""
_RUN = 3
"""hashtags in a row, among which a label is lost"""
_FIRST = "Begin the post with {label}."


class _Fault(NamedTuple):
    says: str
    suggestion: str
    spans: tuple[Span, ...]


def judge(prepared: Prepared) -> Iterable[Finding]:
    return merged(_found(prepared))


def _found(prepared: Prepared) -> Iterator[Finding]:
    for rule in held(prepared, _ID):
        if (fault := _FAULTS[rule.id](prepared)) is not None:
            yield finding(replace(rule, says=fault.says, suggestion=fault.suggestion), fault.spans)


def _buried(prepared: Prepared) -> _Fault | None:
    """United States: a clear label that nobody sees."""
    return _of_country(prepared, "us", "“Ad”", "In the US") if _recommends(prepared) else None


def _british(prepared: Prepared) -> _Fault | None:
    return _of_country(prepared, "gb", "“Ad”", "In Britain") if _recommends(prepared) else None


def _recommends(prepared: Prepared) -> bool:
    """A person, and no politician: what those are paid for is told by an imprint, which may come last."""
    return is_person(prepared) and prepared.account.kind != "politician"


def _german(prepared: Prepared) -> _Fault | None:
    return (
        _of_country(prepared, "de", "“Werbung” or “Anzeige”", "For a German audience") if _in("de", prepared) else None
    )


def _french(prepared: Prepared) -> _Fault | None:
    label = "“Publicité” or “Collaboration commerciale”"
    return _of_country(prepared, "fr", label, "For a French audience") if _in("fr", prepared) else None


def _in(language: str, prepared: Prepared) -> bool:
    return _recommends(prepared) and prepared.text.language == language


def _of_country(prepared: Prepared, country: str, label: str, where: str) -> _Fault | None:
    """What is wrong with the label there; None where it is seen at once, or where nothing says that it is an advert."""
    text = prepared.text
    if find(_PHRASES[country], [each for each in prepared.texts if each.field == "title"]):
        return None
    suggestion = _FIRST.format(label=label)
    if later := find(_PHRASES["later"], text):
        return _Fault("A disclosure has to be in the post itself, where nobody can miss it.", suggestion, later)
    labels = find(_PHRASES[country], text)
    if labels and not any(_is_seen(span, prepared) for span in labels):
        return _Fault(
            f"{where} a label has to be seen at once, and this one comes late or among hashtags.", suggestion, labels
        )
    if not labels and has_label(prepared) and (told := deal(prepared) or _whole(prepared) or _opening(prepared)):
        return _Fault(f"{where} an advert has to be called {label}.", suggestion, told)
    return None


def _opening(prepared: Prepared) -> tuple[Span, ...]:
    """A label of some other country that the text opens with: a sponsored walk is no advert."""
    return tuple(span for span in find(PHRASES["label"], prepared.text) if span.start <= 1)


def _whole(prepared: Prepared) -> tuple[Span, ...]:
    return (Span(0, len(prepared.text.raw)),) if prepared.draft.paid_partnership else ()


def _is_seen(label: Span, prepared: Prepared) -> bool:
    if label.start > _SEEN:
        return False
    tags = prepared.text.entities_of("hashtag")
    run = 0
    for before, tag in zip([None, *tags], tags, strict=False):
        joined = before is not None and not prepared.text.raw[before.end : tag.start].strip()
        run = run + 1 if joined else 1
        if tag.start <= label.start < tag.end:
            return run == 1 or run + _following(prepared, tag.end) < _RUN
    return True


def _following(prepared: Prepared, end: int) -> int:
    """Hashtags in a row right behind this place."""
    count = 0
    for tag in prepared.text.entities_of("hashtag"):
        if tag.start >= end and not prepared.text.raw[end : tag.start].strip():
            count, end = count + 1, tag.end
    return count


def _switch(prepared: Prepared) -> _Fault | None:
    """The platform's own switch is said to be off in a draft that calls itself an advert or speaks of a deal."""
    if prepared.draft.paid_partnership is not False:
        return None
    told = find(_PHRASES["us"], prepared.text) + (deal(prepared) if is_person(prepared) else ())
    return _off(told)


def _of_tiktok(prepared: Prepared) -> _Fault | None:
    """There a brand's own wares count, too."""
    sells = prepared.draft.paid_partnership is False and prepared.account.kind == "brand"
    return _switch(prepared) or _off(find(_PHRASES["sells"], prepared.text) if sells else ())


def _off(told: tuple[Span, ...]) -> _Fault | None:
    says = "This is an advert, and the platform's own switch for paid partnerships is off."
    return _Fault(says, "Switch it on, or take the advert out.", told) if told else None


_FAULTS: dict[str, Callable[[Prepared], _Fault | None]] = {
    "R041": _buried,
    "R042": _buried,
    "R046": _british,
    "R049": _german,
    "R050": _french,
    "R054": _of_tiktok,
    "R055": _switch,
    "R056": _switch,
    "R057": _switch,
}
"""by row of data/platforms/rules.csv"""

CHECK = Check(
    id=_ID,
    title="Advert with a label that doesn't do",
    judge=judge,
    languages=frozenset({"en", "de", "fr"}),
    default_grades=GRADES,
    sources=(
        "FTC Disclosures 101; 16 CFR part 255",
        "CAP Code section 2; Influencers' guide of 2023",
        "UWG section 5a(4)",
        "Law 2023-451 (France), article 5",
        "TikTok, Branded Content Policy",
    ),
)
