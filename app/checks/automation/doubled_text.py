"""The same text twice in one draft: pasted twice, or two versions of it side by side.

Grades: `text` (the whole draft or a paragraph is there twice), `sentence` (a sentence is), `versions` (two paragraphs say
nearly the same), `tags` (a block of hashtags is there twice), `part` (a link or a short sentence is), `word` (“the the”).

Why: it is the surest sign that nobody looked at the post, and it costs the room that the second half needed.
Flag: a draft that begins anew in the middle, the same paragraph twice, "Doors open at ten on Saturday at the old mill." twice,
the same three hashtags at the end of both lines, "join us at the the fair".
Allow: refrains, chants and poems, "no no no", "Again and again", a short sentence repeated for emphasis, lists whose lines
begin alike, "that that", "had had".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from app.checks.automation import _doubled_words
from app.checks.base import Check
from app.domain import Finding, Prepared, Span, Text
from app.text.likeness import likeness, numbers_of, words_of

_SENTENCE = re.compile(r"[^\s.!?…\n](?:[^.!?…\n]|[.!?](?=[a-z\d_]))*[.!?…]*")
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]+)*")
_WORD = re.compile(r"\w+")
_SONG = re.compile(
    r"🎵|🎶|♪|♫|[“\"][^”\"\n]{0,200}\n|(?<!\w)(?:lyrics?|chorus|refrain|verse|chants?|chanting|sing(?:ing|s)?|sang|songs?|poems?|haiku|anthem|hymn|mantra|repeat after|say it with|say it again|over and over|rhyme|lullaby)(?!\w)"
)
_LONG, _SHORT = 8, 6
"""words of a sentence that nobody says twice for emphasis, and of one that people may"""
_ALIKE = 0.72
_LONG_PARAGRAPH = 12
_FEWEST_TAGS = 3
_GLUED_WORDS = 4
_MOST = 2_000
"""sentences that are looked at"""
_MOST_LOOKS = 50
"""at runs that come again later on"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    words = [token.folded for token in text.tokens]
    if slips := tuple(_doubled_words.found(text, words)):
        yield _finding("word", slips)
    if _has_run_twice(words):
        yield from _runs(text, words)
    if tags := _tags(text):
        yield _finding("tags", tags)
    if parts := _parts(text):
        yield _finding("part", parts)


def _has_run_twice(words: list[str]) -> bool:
    """Whether any four words stand there twice in a row: where none do, nothing longer does."""
    runs = list(zip(words, words[1:], words[2:], words[3:], strict=False))
    return len(set(runs)) < len(runs)


def _runs(text: Text, words: list[str]) -> Iterator[Finding]:
    if _SONG.search(text.folded.text):
        return
    if anew := _anew(text, words):
        yield _finding("text", anew)
    elif repeated := list(_repeated(text)):
        for grade in ("text", "sentence", "part"):
            if spans := tuple(span for found, span in repeated if found == grade):
                yield _finding(grade, spans)
    elif versions := _versions(text):
        yield _finding("versions", versions)


def _anew(text: Text, words: list[str]) -> tuple[Span, ...]:
    """Where the draft begins anew: a run of words that follows upon itself; shorter where that is all of the draft."""
    again = _second_half(text, words) or _second_run(text, words) or _glued_run(text, words)
    if not again or (_is_slogan(text.raw[again.start : again.end]) and not _runs_on(again, text.raw)):
        return ()
    return (again,)


def _glued_run(text: Text, words: list[str]) -> Span | None:
    """Pasted right behind itself: five words come again, and the first of them sticks to the last of those before
    (`… all weekendbring your boots`)."""
    known: dict[tuple[str, ...], int] = {}
    for at in range(1, len(words) - _GLUED_WORDS + 1):
        first = known.setdefault(tuple(words[at : at + _GLUED_WORDS]), at)
        if first == at:
            continue
        before, stuck = words[first - 1], words[at - 1]
        if stuck != before and len(before) > 1 and stuck.endswith(before) and stuck.removesuffix(before) in words:
            return Span(text.tokens[at - 1].start, text.tokens[at + _GLUED_WORDS - 1].end, text.field)
    return None


def _runs_on(again: Span, raw: str) -> bool:
    """The end of one paragraph is the beginning of the next, which goes on: an overlap of two pastes, not a refrain."""
    before, after = raw[: again.start], raw[again.end :].lstrip(" .!?…")
    return before.rstrip(" ").endswith("\n\n") and bool(after) and not after.startswith("\n")


def _second_half(text: Text, words: list[str]) -> Span | None:
    half = len(words) // 2
    if len(words) % 2 or half < _SHORT or words[:half] != words[half:]:
        return None
    glued = text.tokens[half].start - text.tokens[half - 1].end < 2
    called = "!" in text.raw and not glued and not any(word.isdigit() for word in words)
    return None if called else Span(text.tokens[half].start, text.tokens[-1].end, text.field)


def _second_run(text: Text, words: list[str]) -> Span | None:
    seen: dict[tuple[str, ...], int] = {}
    looks = 0
    for at in range(len(words) - _LONG + 1):
        first = seen.setdefault(tuple(words[at : at + _LONG]), at)
        run = at - first
        if run >= _LONG and looks < _MOST_LOOKS:
            looks += 1
            if words[first:at] == words[at : at + run] and len(set(words[first:at])) >= _SHORT:
                return Span(text.tokens[at].start, text.tokens[at + run - 1].end, text.field)
    return None


def _is_slogan(words: str) -> bool:
    """Several sentences of a few words each, which are said twice for emphasis."""
    sentences = [_key(match[0]) for match in _SENTENCE.finditer(words)]
    return len(sentences) > 1 and max(map(len, sentences)) < _SHORT


def _repeated(text: Text) -> Iterator[tuple[str, Span]]:
    """Grade and place of each paragraph or sentence that has stood in the draft before."""
    paragraphs = [(match.start(), match.end(), _key(match[0])) for match in _PARAGRAPH.finditer(text.raw)]
    doubled = list(_again(paragraphs, _SHORT))
    yield from (("text", Span(start, end, text.field)) for start, end, _ in doubled)
    sentences = [(match.start(), match.end(), _key(match[0])) for match in _SENTENCE.finditer(text.raw)][:_MOST]
    if _is_verse(sentences):
        return
    for start, end, key in _again(sentences, _SHORT):
        if not any(first <= start < last for first, last, _ in doubled):
            yield (
                "sentence" if len(key) >= _LONG or _follows(start, key, sentences) else "part",
                Span(start, end, text.field),
            )


def _follows(start: int, key: tuple[str, ...], sentences: list[tuple[int, int, tuple[str, ...]]]) -> bool:
    """A sentence of seven words right behind itself."""
    before = [each for each in sentences if each[0] < start]
    return len(key) > _SHORT and bool(before) and before[-1][2] == key


def _key(part: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(part.casefold()))


def _again(parts: list[tuple[int, int, tuple[str, ...]]], fewest: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    seen: set[tuple[str, ...]] = set()
    for part in parts:
        if len(part[2]) >= fewest and part[2] in seen:
            yield part
        seen.add(part[2])


def _is_verse(sentences: list[tuple[int, int, tuple[str, ...]]]) -> bool:
    """Several different lines that come again, or one three times: a refrain, a chant, a slogan."""
    counts = Counter(key for _, _, key in sentences if len(key) > 2)
    often = [count for count in counts.values() if count > 1]
    return any(count > 2 for count in often) or (len(often) > 1 and max(map(len, counts)) < _LONG)


def _versions(text: Text) -> tuple[Span, ...]:
    """The second of two paragraphs that say nearly the same with the same numbers."""
    paragraphs = [(match.span(), words_of(match[0]), match[0]) for match in _PARAGRAPH.finditer(text.raw)]
    told = [each for each in paragraphs if len(each[1].words) >= _LONG_PARAGRAPH]
    if len(told) != 2 or len(paragraphs) > 4:
        return ()
    (_, one, first), (span, other, second) = told
    alike = likeness(one, other) >= _ALIKE and numbers_of(first) == numbers_of(second)
    return (Span(*span, text.field),) if alike else ()


def _parts(text: Text) -> tuple[Span, ...]:
    """Links that come a second time."""
    links = _later([(entity.text.casefold(), entity.start, entity.end) for entity in text.entities_of("link")])
    return tuple(Span(start, end, text.field) for start, end in links)


def _tags(text: Text) -> tuple[Span, ...]:
    """Blocks of hashtags that come a second time."""
    tags = list(_later([(entity.text.casefold(), entity.start, entity.end) for entity in text.entities_of("hashtag")]))
    return tuple(Span(start, end, text.field) for start, end in tags) if len(tags) >= _FEWEST_TAGS else ()


def _later(named: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    seen: set[str] = set()
    for name, start, end in named:
        if name in seen:
            yield start, end
        seen.add(name)


def _finding(grade: str, spans: tuple[Span, ...]) -> Finding:
    message, why, confidence = _WORDING[grade]
    return Finding(
        message=message,
        why=why,
        suggestion="Keep one of them, and read the whole draft once more.",
        spans=spans,
        confidence=confidence,
        grade=grade,
    )


_WORDING = {
    "text": ("The same text is in the draft twice.", "The marked words have stood in it before, word for word.", 0.95),
    "sentence": ("A sentence is in the draft twice.", "The marked sentence has stood in it before.", 0.85),
    "versions": ("Two versions of the same paragraph are in the draft.", "The marked one says nearly what the other says.", 0.8),
    "tags": ("The same hashtags are in the draft twice.", "The marked hashtags have stood in it before.", 0.85),
    "part": ("Something is in the draft twice.", "The marked words, links or tags have stood in it before.", 0.75),
    "word": ("A word is doubled.", "The marked word stands there twice, one after the other.", 0.85),
}  # fmt: skip

CHECK = Check(
    id="automation/doubled_text",
    title="Text pasted twice",
    judge=judge,
    default_grades=("text", "sentence", "versions", "tags", "part", "word"),
)
