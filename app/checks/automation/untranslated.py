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
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from app.checks.base import Check
from app.checks.matching import find_raw
from app.checks.wordlists import load_sections
from app.domain import Account, Finding, PastPost, Prepared, Span, Text
from app.text.language import UNKNOWN, detect

_LISTS = Path(__file__).parent / "lists"
_PHRASES = load_sections(_LISTS / "untranslated.txt")
_NOTE, _BOTH, _ABOUT = _PHRASES["note"], _PHRASES["both"], _PHRASES["about"]
_CODES = "EN|DE|FR|ES|IT|PT|NL|PL|DA|SV|FI|CS|EN[-_](?:GB|US|UK)|DE[-_](?:DE|AT|CH)|FR[-_](?:FR|BE|CA|CH)|ES[-_](?:ES|MX)|PT[-_](?:PT|BR)|ENG|GER|DEU|FRA|ESP|ITA|POR"
_NAMES = "English|Englisch|Anglais|Ingl[eé]s|Inglese|German|Deutsch|Allemand|Alem[aá]n|Tedesco|French|Fran[cç]ais|Franz[oö]sisch|Franc[eé]s|Spanish|Espa[nñ]ol|Spanisch|Espagnol|Italian|Italiano|Italienisch|Portugu[eê]s|Portuguese|Dutch|Nederlands|Polish|Polski"
_LABEL = re.compile(
    rf"(?:\A|\n)[ \t]*(?:[\[(](?:{_CODES}|(?i:{_NAMES}))(?: (?i:version|text|copy|post))?[\])]|(?:{_CODES})(?: (?i:version|text|copy|post))? ?[:|](?= ?[A-Za-zÀ-ÿ\"“„«¿¡@#])|(?i:{_NAMES})(?: (?i:version|text|copy|post|translation))? ?:)[ \t]*\n?(?=[^\n]{{12}})"
)
_WORDS = {
    line.partition(" ")[0]: frozenset(line.split()[1:])
    for line in (_LISTS / "function_words.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}
"""the commonest small words of a language, folded"""
_ALONE = {
    language: words.difference(*(others for other, others in _WORDS.items() if other != language))
    for language, words in _WORDS.items()
}
"""those that none of the others has"""
_COMMON = {
    line.partition(" ")[0]: frozenset(line.split()[1:])
    for line in (_LISTS / "more_function_words.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}
_OWN = {own: words | _COMMON.get(own, frozenset()) for own, words in _WORDS.items()}
"""small words without any of which a sentence is hardly in the language, shared ones included"""
_VERSION = re.compile("version|text|copy|post|translation", re.IGNORECASE)
_SENTENCE = re.compile(r"[^\s.!?…\n](?:[^.!?…\n]|[.!?](?=\w))*[.!?…]*")
_QUOTED = re.compile(r"[\"“„«»‹›'‘]")
_NAME = re.compile(r"\d+|(?<=[\w,] )[A-ZÀ-Ý]\w{2,}")
"""numbers, and words with a capital within a sentence"""
_PARTED = re.compile(r"[\U0001f1e6-\U0001f1ff\U0001f3f4]|(?:\A|\n)[ \t]*(?:[-–—_*=~/|•·.]{1,40})[ \t]*(?:\n|\Z)")
"""flags, or a line of signs, which part the versions of a text"""
_GAP = re.compile(r"\n[ \t]*[-–—_*=~/|•·.⬇↓👇]{0,40}[ \t]*\n\Z")
_ARROW = re.compile(rf"(?<!\w)(?:{_CODES}) ?(?:->|[>→»]|=>) ?(?:{_CODES}) ?:")
"""from one language into another, as translators head their work"""
_FEWEST_WORDS = 6
_FEWEST_SENTENCES = 2
_MOST_SENTENCES = 40
_MOST_FOREIGN = 0.34
"""share of the sentences above which the draft is in two languages on purpose"""
_READ = 20
"""recent posts that are looked at"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    arrows = tuple(span for span, _ in find_raw(_ARROW, [text])) if ":" in text.raw else ()
    if notes := _NOTE.find_in(prepared.texts) + arrows:
        yield _finding("note", notes)
    if labels := _labels(text, prepared.account):
        yield _finding("label", labels)
    elif foreign := _foreign(text, prepared.account):
        yield _finding("sentence", foreign)


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


def _foreign(text: Text, account: Account) -> tuple[Span, ...]:
    """Sentences in another language than the account's, in a draft that is in the account's for the rest."""
    own = (account.language or "").partition("-")[0].lower()
    if own not in _WORDS or text.raw.count("\n") + len(re.findall(r"[.!?…]", text.raw[:5_000])) < _FEWEST_SENTENCES - 1:
        return ()
    sentences = [match.span() for match in _SENTENCE.finditer(text.raw)][:_MOST_SENTENCES]
    small = _small(text, sentences)
    if len(sentences) < _FEWEST_SENTENCES or not any(
        len(words) >= _FEWEST_WORDS and _is_foreign(words, own) for words in small
    ):
        return ()
    foreign = [
        at
        for at, words in enumerate(small)
        if len(words) >= _FEWEST_WORDS
        and _is_foreign(words, own)
        and detect(text.raw[slice(*sentences[at])]) not in (own, UNKNOWN)
        and not _is_quoted(text.raw, sentences[at])
    ]
    if not foreign or not _is_stray(foreign, sentences, text, own) or _says_why(foreign, sentences, text):
        return ()
    return () if _speaks_several(account) else tuple(Span(*sentences[at], text.field) for at in foreign)


def _is_stray(foreign: Sequence[int], sentences: Sequence[tuple[int, int]], text: Text, own: str) -> bool:
    """The rest is in the account's language, and the few are no translation of it, which would repeat its names and
    numbers: fewer than it, framed by it, or with numbers of their own."""
    rest = " ".join(text.raw[slice(*span)] for at, span in enumerate(sentences) if at not in foreign)
    few = " ".join(text.raw[slice(*sentences[at])] for at in foreign)
    named = frozenset(_NAME.findall(few))
    if detect(rest) != own or not named.isdisjoint(_NAME.findall(rest)):
        return False
    if len(foreign) <= _MOST_FOREIGN * len(sentences):
        return True
    framed = foreign[0] > 0 and foreign[-1] < len(sentences) - 1
    return 2 * len(foreign) <= len(sentences) and (framed or re.search(r"\d", few) is not None)


def _says_why(foreign: Sequence[int], sentences: Sequence[tuple[int, int]], text: Text) -> bool:
    """The words around the sentences speak of languages, of a song or of who said it, or promise both languages."""
    about = [
        span
        for span in _ABOUT.find(text)
        if not any(sentences[at][0] <= span.start < sentences[at][1] for at in foreign)
    ]
    return bool(about) or bool(_BOTH.find(text)) or _PARTED.search(text.raw) is not None


def _small(text: Text, sentences: Sequence[tuple[int, int]]) -> list[list[str]]:
    """The folded words of each sentence, outside tags and names of users. Entities and tokens are in order."""
    outside = bytearray(len(text.raw))
    for entity in text.entities:
        if entity.kind in ("hashtag", "mention", "link"):
            outside[entity.start : entity.end] = b"\x01" * (entity.end - entity.start)
    starts = [token.start for token in text.tokens]
    within = (text.tokens[bisect_left(starts, start) : bisect_left(starts, end)] for start, end in sentences)
    return [[token.folded for token in tokens if not outside[token.start]] for tokens in within]


def _is_foreign(words: Sequence[str], own: str) -> bool:
    """Without any of the account's small words, which hardly a sentence of six words is; those that other languages have
    too don't count where two of another language are there."""
    if _OWN[own].isdisjoint(words):
        return True
    if not _WORDS[own].isdisjoint(words):
        return False
    return any(len(known.intersection(words)) >= 2 for language, known in _ALONE.items() if language != own)


def _is_quoted(raw: str, span: tuple[int, int]) -> bool:
    """Within or right behind marks of quotation, or set in capitals as titles are."""
    around = re.sub(r"(?<=\w)['’](?=\w)", "", raw[max(0, span[0] - 2) : span[1] + 2])
    words = re.findall(r"[^\W\d_]{4,}", raw[span[0] : span[1]])
    titled = bool(words) and sum(word[0].isupper() for word in words) > 0.6 * len(words)
    return titled or _QUOTED.search(around.replace("'", "’") if around.count("'") == 1 else around) is not None


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
