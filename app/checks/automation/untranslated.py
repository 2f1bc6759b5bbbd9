"""What a translator left behind: a note that something is still to be translated, the label of a language, one sentence
in another language.

Grades: `note` (a translator's or a tool's note), `label` (the label of a language in front of a text), `sentence` (a sentence
in another language in the middle of a draft in the account's own).

Why: half the readers get a text that was meant for somebody else, and all of them see that it came off a conveyor belt.
Flag: "[translate]", "[EN] Our new report is out", "DE: Wir haben geöffnet. EN: We are open.", "Translated with DeepL", an English
sentence between two German ones on a German account.
Allow: accounts that write in several languages, drafts that say so ("English below"), quotations, titles, names, greetings,
hashtags, posts about languages, "EN 71 is a norm", "DE: 2, FR: 1".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from app.checks.automation import _foreign_sentence
from app.checks.base import Check
from app.checks.matching import find_raw
from app.checks.wordlists import load_sections
from app.domain import Account, Finding, PastPost, Prepared, Span, Text
from app.text.language import UNKNOWN, detect

_LISTS = Path(__file__).parent / "lists"
_PHRASES = load_sections(_LISTS / "untranslated.txt")
_NOTE, _BOTH = _PHRASES["note"], _PHRASES["both"]
_CODES = "EN|DE|FR|ES|IT|PT|NL|PL|DA|SV|FI|CS|EN[-_](?:GB|US|UK)|DE[-_](?:DE|AT|CH)|FR[-_](?:FR|BE|CA|CH)|ES[-_](?:ES|MX)|PT[-_](?:PT|BR)|ENG|GER|DEU|FRA|ESP|ITA|POR"
_NAMES = "English|Englisch|Anglais|Ingl[eé]s|Inglese|German|Deutsch|Allemand|Alem[aá]n|Tedesco|French|Fran[cç]ais|Franz[oö]sisch|Franc[eé]s|Spanish|Espa[nñ]ol|Spanisch|Espagnol|Italian|Italiano|Italienisch|Portugu[eê]s|Portuguese|Dutch|Nederlands|Polish|Polski"
_LABEL = re.compile(
    rf"(?:\A|\n)[ \t]*(?:[\[(](?:{_CODES}|(?i:{_NAMES}))(?: (?i:version|text|copy|post))?[\])]|(?:{_CODES})(?: (?i:version|text|copy|post))? ?[:|](?= ?[A-Za-zÀ-ÿ\"“„«¿¡@#])|(?i:{_NAMES})(?: (?i:version|text|copy|post|translation))? ?:)[ \t]*\n?(?=[^\n]{{12}})"
)
_VERSION = re.compile("version|text|copy|post|translation", re.IGNORECASE)
_GAP = re.compile(r"\n[ \t]*[-–—_*=~/|•·.⬇↓👇]{0,40}[ \t]*\n\Z")
_ARROW = re.compile(rf"(?<!\w)(?:{_CODES}) ?(?:->|[>→»]|=>) ?(?:{_CODES}) ?:")
"""from one language into another, as translators head their work"""
_READ = 20
"""recent posts that are looked at"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    arrows = tuple(span for span, _ in find_raw(_ARROW, [text])) if any(sign in text.raw for sign in ">→»") else ()
    if notes := _NOTE.find_in(prepared.texts) + arrows:
        yield _finding("note", notes)
    if labels := _labels(text, prepared.account):
        yield _finding("label", labels)
    elif (foreign := _foreign_sentence.found(text, _own(prepared.account))) and not _speaks_several(prepared.account):
        yield _finding("sentence", foreign)


def _own(account: Account) -> str:
    return (account.language or "").partition("-")[0].lower()


def _labels(text: Text, account: Account) -> tuple[Span, ...]:
    """Labels of languages, unless the account writes in several of them or the draft says that it does."""
    raw = text.raw
    if not any(sign in raw for sign in ":[(|"):
        return ()
    found = [match for _, match in find_raw(_LABEL, [text]) if not _is_set_apart(match, raw)]
    if not found or not _are_labels(found, raw) or _BOTH.find(text) or _speaks_several(account):
        return ()
    return tuple(_place(match, text) for match in found)


def _are_labels(found: Sequence[re.Match[str]], raw: str) -> bool:
    """Two languages, or a label in brackets, or one whose text is in its language: `IT:` and `PL:` head other things."""
    names = {_letters(match[0]) for match in found}
    if len(names) > 1 or any(match[0].strip()[0] in "([" or _VERSION.search(match[0]) for match in found):
        return True
    (name,) = names
    return len(name) == 2 and detect(raw[found[0].end() :]) == name


def _is_set_apart(label: re.Match[str], raw: str) -> bool:
    """Behind a blank line or a line of signs, which part a second version for readers, below one in another language."""
    before = raw[: label.start() + 1]
    return _GAP.search(before) is not None and detect(before) not in (detect(raw[label.end() :]), UNKNOWN)


def _letters(label: str) -> str:
    return "".join(filter(str.isalpha, label)).casefold()


def _place(label: re.Match[str], text: Text) -> Span:
    words = label[0].strip()
    start = label.start() + label[0].index(words[0])
    return Span(start, start + len(words), text.field)


def _speaks_several(account: Account) -> bool:
    """Whether the account says that it writes in several languages, or its recent posts are in more than one."""
    told = (account.description or "").casefold()
    if re.search(
        r"bilingual|multilingual|zweisprachig|mehrsprachig|bilingue|biling[uü]e|trilingual|(?<!\w)(?:en|de|fr|es|it|nl|pt)(?: ?[/|&+·•] ?(?:en|de|fr|es|it|nl|pt))+(?!\w)",
        told,
    ):
        return True
    return _posts_in_several(account.recent_posts[:_READ])


@lru_cache(maxsize=64)
def _posts_in_several(posts: tuple[PastPost, ...]) -> bool:
    if any(_LABEL.search(post.text) for post in posts):
        return True
    spoken = [language for post in posts if (language := detect(post.text)) != UNKNOWN]
    return bool(spoken) and max(map(spoken.count, spoken)) < 0.9 * len(spoken)


def _finding(grade: str, spans: Iterable[Span]) -> Finding:
    message, why, suggestion, confidence = _WORDING[grade]
    return Finding(message, why, suggestion, spans=tuple(spans), confidence=confidence, grade=grade)


_WORDING = {
    "note": (
        "A translator's note is still in the draft.",
        "The marked words are for the one who translates, not for readers.",
        "Finish the translation, and take the note out.",
        0.92,
    ),
    "label": (
        "The label of a language is still in the draft.",
        "The marked label tells versions of a text apart; this account isn't known to post several in one.",
        "Keep the version that is meant for this account, without its label.",
        0.8,
    ),
    "sentence": (
        "A sentence is in another language than the rest.",
        "The marked sentence isn't in the account's language, and nothing around it says why.",
        "Translate it, or put it in quotation marks if it is somebody's words.",
        0.8,
    ),
}  # fmt: skip

CHECK = Check(
    id="automation/untranslated",
    title="Translator's leftovers",
    judge=judge,
    default_grades=("note", "label", "sentence"),
)
