"""Text that was meant for another box: a password, a search, a command, a key held down in a pocket.

Grades: `token` (one random-looking string), `command` (a shell command or a search), `mash` (keys beside each other).

Why: the post box is where the cursor happens to be, and the first seconds are enough for a screenshot.
Flag: "h7xq29bd", "asdfghjkl", "facebook login", "sudo systemctl restart nginx", a lone name in small letters.
Allow: "GOOOAL", "WEEKEND20 at checkout", "brb", "4-2!", "How to log in to your account: a short guide".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.domain import Finding, Prepared, Span
from app.text.hashtags import best_split, is_word

GRADES = ("mash", "command", "token")
_ROWS = ("qwertyuiop", "asdfghjkl;'", "zxcvbnm,./", "1234567890")
_NEIGHBOURS = frozenset(a + b for row in _ROWS for a, b in itertools.pairwise(row)) | frozenset(
    b + a for row in _ROWS for a, b in itertools.pairwise(row)
)
_COMMAND = re.compile(
    r"\s*(?:(?:sudo|git|cd|ls|ssh|scp|npm|pip|docker|kubectl|curl|grep|chmod|mkdir|rm -|cat|vim|nano|apt(?:-get)?|brew|ping|ifconfig|ipconfig|exit|clear|:wq|:q!?|select \* from)(?: [\w./:@~-]+){0,6}"
    r"|(?:facebook|gmail|hotmail|outlook|yahoo|google|youtube|twitter|instagram|netflix|amazon|paypal|linkedin|tiktok|bank|online banking)(?: (?:log ?in|sign ?in|password reset|mail|maps|translate|search))?"
    r"|(?:weather|flights? to|cheap|symptoms of|how to get rid of|what is the|who is|where is|directions to|near me|ok google|hey siri|alexa) ?(?:\w+ ?){0,5})\s*",
    re.IGNORECASE,
)
_QUERY = re.compile(
    r"how (?:to|do i|do you|much (?:is|does|are)|long (?:does|is|to)|many|old is|tall is) (?:[\w'-]+ ?){1,7}|why (?:does|do|is|are) my (?:[\w'-]+ ?){1,6}|(?:can|should) (?:dogs|cats|babies|i|you) (?:[\w'-]+ ?){1,6}"
    r"|is it (?:normal|legal|safe|bad|too late) to (?:[\w'-]+ ?){1,6}|(?:[\w'-]+ ){1,4}near me|(?:como|cómo) (?:hacer|se hace|quitar|puedo|fazer|tirar|posso|saber) (?:[\w'-]+ ?){1,6}"
    r"|comment (?:faire|enlever|savoir|aller) (?:[\w'-]+ ?){1,6}|wie (?:kann ich|man|macht man|werde ich|lange|viel) (?:[\w'-]+ ?){1,6}|come (?:fare|si fa|posso|togliere) (?:[\w'-]+ ?){1,6}"
)
_GOODS = re.compile(
    r"(?:[\w'-]+ ){0,5}(?:size \d+|\d+ ?(?:gb|tb|cm|mm|inch|ml|kg|w|v)|second hand|used|refurbished|replacement|men'?s|women'?s|mens|womens|reviews?|for sale|discount code|promo code|price|charger|cheap|cheapest|gebraucht|günstig|segunda mano|barat[oa]s?|pas cher|usat[oa]|usad[oa])(?: [\w'-]+){0,5}"
)
_GIVEN_NAMES = frozenset((Path(__file__).parent / "lists" / "given_names.txt").read_text(encoding="utf-8").split())
_NO_SURNAMES = frozenset(
    "and are back day did does forever game goal has live never now out rules said says scores season soon time today tomorrow tonight was week wins won".split()  # noqa: SIM905 - read as a list
)
_SURNAME = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)?")
_SHORTEST_CRUMBS = 6
_STRETCHED = re.compile(r"(.)\1\1")
"""a shout, not a mash"""
_SINGLE = re.compile(r"\s*[^\s@#/]+\s*")


def judge(prepared: Prepared) -> Iterable[Finding]:
    raw = prepared.text.raw
    if len(raw) > 80 or prepared.text.field != "text" or prepared.draft.media:
        return
    span = Span(len(raw) - len(raw.lstrip()), len(raw.rstrip()))
    word = raw.strip()
    if _SINGLE.fullmatch(raw) and _is_random(word):
        yield _finding("token", span, 0.9)
    elif _is_mash(word.casefold()):
        yield _finding("mash", span, 0.85)
    elif word == word.casefold() and (_COMMAND.fullmatch(raw) or _is_search(word)):
        yield _finding("command", span, 0.7)


def _is_random(word: str) -> bool:
    """Letters and digits that alternate at least three times, without a word in it: `h7xq29bd`, not `covid19`."""
    if not 6 <= len(word) <= 40 or not any(map(str.isalpha, word)) or not any(map(str.isdigit, word)):
        return False
    kinds = "".join("d" if char.isdigit() else "a" if char.isalpha() else "s" for char in word)
    changes = sum(a != b for a, b in itertools.pairwise(kinds))
    longest = max(re.split(r"[^a-z]+", word.casefold()), key=len)
    has_word = len(longest) >= 4 and is_word(longest)
    dotted = re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", word) is not None
    return changes >= 3 and not has_word and not dotted and "://" not in word


def _is_search(word: str) -> bool:
    """A question, goods or a person's name as one types it into a search box: small letters and no full stop."""
    words = word.split()
    if _QUERY.fullmatch(word) or (3 <= len(words) <= 6 and _GOODS.fullmatch(word)):
        return True
    named = len(words) == 2 and words[0] in _GIVEN_NAMES and words[1] not in _NO_SURNAMES
    return named and _SURNAME.fullmatch(words[1]) is not None


def _is_mash(text: str) -> bool:
    """Most pairs of letters lie side by side on a keyboard, and no word is among them."""
    letters = text.replace(" ", "")
    if len(letters) < 5 or len(text.split()) > 3 or any(len(word) > 1 and is_word(word) for word in text.split()):
        return False
    pairs = [a + b for a, b in itertools.pairwise(letters)]
    side_by_side = sum(pair in _NEIGHBOURS for pair in pairs)
    consonants = letters.isalpha() and letters.isascii() and len(letters) > 6 and not set(letters) & set("aeiouy")
    varied = len(set(letters)) > 3
    return (
        _is_crumbs(text)
        or (side_by_side >= 0.7 * len(pairs) and varied and not letters.isdigit())
        or (consonants and varied)
    )


def _is_crumbs(text: str) -> bool:
    """One word that falls into pieces of one or two letters, as no name of any language does."""
    if not (text.isascii() and text.isalpha() and len(text) >= _SHORTEST_CRUMBS) or _STRETCHED.search(text):
        return False
    return sum(len(piece) for piece in best_split(text) if len(piece) < 3) >= 0.8 * len(text)


def _finding(grade: str, span: Span, confidence: float) -> Finding:
    message, why = _WORDS[grade]
    return Finding(
        message=message,
        why=why,
        suggestion="Delete it; if it was a password, change that password now.",
        spans=(span,),
        confidence=confidence,
        grade=grade,
    )


_WORDS = {
    "token": ("This looks like something typed into the wrong box.", "The whole draft is one random-looking string."),
    "command": ("This looks like a search or a command.", "The whole draft reads like something typed for a machine."),
    "mash": ("This looks like keys pressed by accident.", "The letters lie side by side on the keyboard and form no word."),
}  # fmt: skip

CHECK = Check(id="wrong_account/stray_input", title="Stray input", judge=judge, default_grades=GRADES)
