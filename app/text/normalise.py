"""Folding: one plain form for the many spellings of a word, with the way back to the draft.

`fold` undoes what looks the same (width, case, accents, look-alike letters, invisible characters); `plain` undoes
what is read the same (sh1t, fuuuck, f.u.c.k). Both run in time linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import regex

from app.domain import Folded
from app.text.hashtags import best_split, is_word
from app.text.tables import INVISIBLE, LATIN, LEET, LEET_AS_L, LOOKALIKES, TYPOGRAPHY

# A cluster is cut after eight marks: normalising an endless run of accents takes quadratic time.
_CLUSTER = regex.compile(r"[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]{2,3}|.\p{M}{1,8}", regex.DOTALL)
_CLUSTERED = regex.compile(r"[\p{M}\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ACCENTS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
)
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0400-\u052f\u0560-\u0588]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_LETTER = re.compile("[a-z]")


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str:
    """One character with its marks → its folded form, maybe empty."""
    if len(cluster) == 1 and _is_invisible(cluster):
        return ""
    composed = unicodedata.normalize("NFKC", cluster).casefold().translate(TYPOGRAPHY)
    base = unicodedata.normalize("NFKD", composed)
    if base[:1].isascii() or ord(base[0]) in LATIN:
        return _ACCENTS.sub("", base).translate(LATIN)
    return _ACCENTS.sub("", unicodedata.normalize("NFKC", composed)).translate(LATIN)


def _is_invisible(char: str) -> bool:
    return (
        unicodedata.category(char) == "Cf"
        or char in INVISIBLE
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
        or (char < " " and char not in "\t\n\r")
        or char == "\x7f"
    )


def fold(raw: str) -> Folded:
    """NFKC, casefolded, without accents, invisible characters and look-alikes of Latin letters.

    Accents fall in the Latin script only (й and ё stay, as does every vowel sign). Look-alikes are undone only in
    words that also hold Latin letters and become wholly Latin by it, so Russian and Greek stay themselves.
    """
    if raw.isascii() and not _CONTROL.search(raw):
        return _one_to_one(raw.lower().replace("`", "'"))
    clusters = _clusters(raw)
    pieces = list(map(_fold_cluster, clusters))
    text = _undo_lookalikes("".join(pieces))
    if len(clusters) == len(raw) == len(text) and "" not in pieces:
        return _one_to_one(text)
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for cluster, folded in zip(clusters, pieces, strict=True):
        end = at + len(cluster)
        starts += [at] * len(folded)
        ends += [end] * len(folded)
        at = end
    return Folded(text, tuple(starts), tuple(ends))


def _one_to_one(text: str) -> Folded:
    return Folded(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))


def _clusters(raw: str) -> list[str]:
    """Cut into characters, each with the marks on it."""
    if not _CLUSTERED.search(raw):
        return list(raw)
    clusters: list[str] = []
    at = 0
    for match in _CLUSTER.finditer(raw):
        clusters += raw[at : match.start()]
        clusters.append(match[0])
        at = match.end()
    clusters += raw[at:]
    return clusters


def _undo_lookalikes(text: str) -> str:
    if not _OTHER_SCRIPT.search(text):
        return text
    return _WORD.sub(_latinise, text)


def _latinise(match: re.Match[str]) -> str:
    word = match[0]
    if not _LATIN_LETTER.search(word):
        return word
    latin = word.translate(LOOKALIKES)
    return word if _OTHER_SCRIPT.search(latin) else latin


# --- obfuscated spellings ------------------------------------------------------------------------------------------

_SPACED = re.compile(r"(?<![^\W_])(?<!')[a-z@$]([ ._\-*~/]{1,3})[a-z0134@$!](?:\1[a-z0134@$!])+(?![._*~/-]?[^\W_])")
_LEET_TOKEN = re.compile(r"(?<![\w@$!|€¢])[^\W\d_]*+[0-9@$!|€¢][\w@$!|€¢]*")
_STRETCH = re.compile(r"([^\W\d_])\1\1")


def plain(folded: Folded) -> Folded:
    """`folded` with spaced-out (f.u.c.k), leet (sh1t) and stretched (fuuuck) words undone. Stars stay (f*ck).

    - Three or more single letters parted by one separator are joined, and words cut out of what comes of it.
    - Digits and symbols become letters where that makes a word of a token that holds letters (a single digit between
      letters always does): 20% off, 4 U, 1st, $5, 10:30, covid19, 10am, @acme and $ACME stay.
    - A letter written three times or more is written twice if that makes a word (goooood → good), else once.
    """
    folded = _join_spaced(folded)
    text = _LEET_TOKEN.sub(_unleet_match, folded.text)
    if text != folded.text:
        folded = Folded(text, folded.starts, folded.ends)
    return _shorten(folded) if _STRETCH.search(folded.text) else folded


class _Editor:
    """Copies a Folded with some ranges replaced."""

    def __init__(self, source: Folded) -> None:
        self.source = source
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.at = 0

    def keep_until(self, end: int) -> None:
        self.pieces.append(self.source.text[self.at : end])
        self.starts += self.source.starts[self.at : end]
        self.ends += self.source.ends[self.at : end]
        self.at = end

    def write(self, char: str, start: int, end: int) -> None:
        """Write one character that stands for source[start:end], and go on behind it."""
        self.pieces.append(char)
        self.starts.append(self.source.starts[start])
        self.ends.append(self.source.ends[end - 1])
        self.at = end

    def done(self) -> Folded:
        self.keep_until(len(self.source.text))
        return Folded("".join(self.pieces), tuple(self.starts), tuple(self.ends))


def _join_spaced(folded: Folded) -> Folded:
    editor: _Editor | None = None
    for match in _SPACED.finditer(folded.text):
        step = 1 + len(match[1])
        letters = _unleet(match[0][::step])
        if not letters.isalpha():
            continue
        editor = editor or _Editor(folded)
        editor.keep_until(match.start())
        at = match.start()
        for number, word in enumerate(best_split(letters)):
            if number:
                editor.write(" ", at - len(match[1]), at)
            for char in word:
                editor.write(char, at, at + 1)
                at += step
    return editor.done() if editor else folded


def _shorten(folded: Folded) -> Folded:
    editor = _Editor(folded)
    for match in _WORD.finditer(folded.text):
        if not _STRETCH.search(match[0]):
            continue
        editor.keep_until(match.start())
        runs = list(re.finditer(r"(.)\1*", match[0]))
        for run, count in zip(runs, _run_lengths(match[0]), strict=True):
            start, end = match.start() + run.start(), match.start() + run.end()
            for i in range(count - 1):
                editor.write(run[1], start + i, start + i + 1)
            editor.write(run[1], start + count - 1, end)
    return editor.done()


@lru_cache(maxsize=1024)
def _run_lengths(word: str) -> tuple[int, ...]:
    """How often each run of one letter is to be written."""
    runs = [(match[1], len(match[0])) for match in re.finditer(r"(.)\1*", word)]
    stretched = [index for index, (_, count) in enumerate(runs) if count > 2]
    counts = [1 if count > 2 else count for _, count in runs]
    if len(stretched) > 4:
        return tuple(counts)
    for doubled in range(1 << len(stretched), 0, -1):
        for bit, index in enumerate(stretched):
            counts[index] = 1 + ((doubled - 1) >> bit & 1)
        if is_word("".join(char * count for (char, _), count in zip(runs, counts, strict=True))):
            return tuple(counts)
    return tuple(counts)


_LONGEST_SPLIT = 40
_DIGIT_INSIDE = re.compile(r"(?<=[a-z])[013457](?=[a-z])")
_UNIT = re.compile(r"\d+(?:st|nd|rd|th|s|am|pm|k|m|bn|x|d|g|kg|mg|ml|cm|mm|km|p|h|hr|hrs|min|mins|mph|yo)\b")


def _unleet_match(match: re.Match[str]) -> str:
    return _unleet(match[0])


@lru_cache(maxsize=4096)
def _unleet(token: str) -> str:
    """Digits and symbols of one token → letters, where a letter makes sense. Keeps the length.

    A single digit between letters always does; all else must make a word of the token.
    """
    body = token.rstrip("!|")
    letters = sum(map(str.isalpha, body))
    if not letters or _UNIT.match(body):
        return token
    if letters > 2 or not (body[0].isdigit() or body[-1].isdigit()):
        for table in (LEET, LEET_AS_L):
            if _reads_as_words(body.translate(table)):
                return body.translate(table) + token[len(body) :]
    return _DIGIT_INSIDE.sub(_as_letter, token)


def _as_letter(digit: re.Match[str]) -> str:
    return digit[0].translate(LEET)


def _reads_as_words(letters: str) -> bool:
    if not 2 < len(letters) <= _LONGEST_SPLIT:
        return False
    return all(len(word) > 2 and is_word(word) for word in best_split(letters))
