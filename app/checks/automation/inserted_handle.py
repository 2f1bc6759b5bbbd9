"""A user's handle or name that a script puts into the account's own sentence, where it says something vile.

It is judged as if the account had said it: taken apart into words by its capitals, by its underscores and by what is
likeliest, with digits read as letters. Grades: `vile` (a slur, an obscenity, hatred), `rude` (a coarse word, a prank name,
a name that mocks the account where the account thanks or greets it).

Why: the automatic thank-you repeats what the handle says to everybody who follows the account.
Flag: a welcome or thank-you that opens with a handle made of a slur or an obscenity, "Hi Mike Oxlong, thanks for your order!",
"Thanks @AcmeSucks, you made our day".
Allow: ordinary handles, handles that contain a rude letter sequence inside an innocent word (@scunthorpe_fc, @dickens_house),
an answer to an angry customer whose name says that they are angry, @AntiNaziLeague.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from app.checks import vileness
from app.checks.base import Check
from app.checks.patterns import first_letters
from app.checks.wordlists import load_patterns, load_phrases
from app.domain import Finding, Prepared, Span

# Stems that keep their meaning when glued to other letters; milder or ambiguous ones need word borders.
_LIST = Path(__file__).with_name("lists") / "inserted_handle.txt"
_PHRASES = load_patterns(_LIST)
_STEMS, _PRANK, _HAIL = _PHRASES["stems"], _PHRASES["prank"], _PHRASES["hail"]
_AGAINST, _MOCKING = _PHRASES["against"], _PHRASES["mocking"]
_CONFESSED, _PRANK_PERSON = _PHRASES["confessed"], _PHRASES["prank_person"]
_PRANK_BEGINNINGS = frozenset[str]().union(
    *(first_letters(phrase) or () for phrase in load_phrases(_LIST)["prank_person"])
)
_PERSON = re.compile(r"(?<![\w@#])[A-Z][a-z]{1,14} (?:[A-Z]\.? |[Mm]c ?)?[A-Z][A-Za-z]{1,14}(?!\w)")
_MOST_PERSONS = 60
_VOWELLESS = re.compile(
    r"(?:cnts|cntz|kuntz?|fck\w{0,4}|fuk\w{0,4}|fuq\w{0,3}|phuck\w{0,4}|btch(?:es)?|b1tch(?:es)?|wh0res?|sl[u4]tz?|fgts?|fa(?:g|gg)z|ngrs?|n1gg\w{1,3}|twatz?)"
)
"""slurs and obscenities with letters left out or changed, as a part of a name"""
_WELCOME = re.compile(
    r"(?<!\w)(?:thank(?:s| you)|welcome|congrat\w*|happy|love|hello|hi|hey|well done|winners?|meet|shout-?outs?|birthdays?|couldn(?:'|’)?t (?:agree|have (?:said|put))|well said|as \w+ (?:says|said|puts)|enjoy|prost|bravo|gagnante?s?|feliz|cumple\w*|herzlich\w*|gluckwunsch|auguri|complimenti|parabens|follow(?:ing|er)|proud|excited|great|awesome|danke|willkommen|merci|bienvenue|gracias|bienvenid\w+|grazie|obrigad\w+)(?!\w)"
)
_SORRY = re.compile(
    r"(?<!\w)(?:sorry|apolog\w+|regret|unfortunately|look into|investigat\w+|wrong|complain\w*|refund|fix|disappoint\w*)(?!\w)"
)
_LEET = str.maketrans("013457", "oieast")


def judge(prepared: Prepared) -> Iterable[Finding]:
    graded: dict[str, list[Span]] = {}
    for name, span in _names(prepared):
        if grade := _grade(name, prepared):
            graded.setdefault(grade, []).append(span)
    if persons := _persons(prepared):
        graded.setdefault("rude", []).extend(persons)
    for grade, spans in graded.items():
        message, why = _WORDING[grade]
        yield Finding(
            message=message,
            why=why,
            suggestion="Don't address this account; report it, and filter names before the script uses them.",
            spans=tuple(spans),
            confidence=0.95 if grade == "vile" else 0.8,
            grade=grade,
        )


def _names(prepared: Prepared) -> Iterator[tuple[str, Span]]:
    """The handles that the draft mentions, and the names of those answered and quoted where they stand there as words."""
    for text in prepared.texts:
        for entity in text.entities_of("mention"):
            yield entity.text, Span(entity.start, entity.end, text.field)
    for message in (prepared.draft.in_reply_to, prepared.draft.quoted):
        name = (message.author or "").strip().lstrip("@") if message else ""
        word = (
            re.search(rf"(?<![\w@]){re.escape(name)}(?!\w)", prepared.text.raw, re.IGNORECASE)
            if len(name) > 2
            else None
        )
        if word:
            yield name, Span(*word.span())


def _persons(prepared: Prepared) -> tuple[Span, ...]:
    """Prank names written as persons' names, where the draft thanks or greets."""
    text = prepared.text
    if not prepared.is_organisation or (text.openings is not None and _PRANK_BEGINNINGS.isdisjoint(text.openings)):
        return ()
    named = islice(_PERSON.finditer(text.raw), _MOST_PERSONS)
    pranks = [each for each in named if _PRANK_PERSON.fullmatch(re.sub(r"\W", "", each[0].casefold()))]
    return tuple(Span(*each.span()) for each in pranks) if pranks and _is_glad(prepared) else ()


def _grade(name: str, prepared: Prepared) -> str | None:
    letters = re.sub(r"[\W_]+", "", name.casefold())
    plain = letters.rstrip("0123456789").translate(_LEET)
    if any(_STEMS.fullmatch(each) or _HAIL.fullmatch(each) for each in (letters, plain)):
        return None if _AGAINST.fullmatch(letters) and not _is_obscene(letters) else "vile"
    if _CONFESSED.fullmatch(letters) and not _AGAINST.fullmatch(letters):
        return "vile"
    if any(_VOWELLESS.fullmatch(part) for part in _parts(name)):
        return "vile"
    languages = frozenset({"en", prepared.text.language, (prepared.account.language or "en").partition("-")[0]})
    degree = vileness.degree_of_name(name, languages)
    if degree == "vile" or (degree == "rude" and _is_glad(prepared)):
        return degree
    if _PRANK.fullmatch(letters) or _PRANK.fullmatch(plain):
        return "rude"
    mocks = _MOCKING.fullmatch(letters) or _MOCKING.fullmatch(plain)
    return "rude" if mocks and _is_thanked(letters, plain, prepared) else None


def _parts(name: str) -> list[str]:
    """What underscores, signs and capitals part in a name, in lower case."""
    return [part.casefold() for part in re.split(r"[\W_]+|(?<=[a-z])(?=[A-Z])", name) if part]


def _is_obscene(letters: str) -> bool:
    return "fuck" in letters or "cunt" in letters


def _is_thanked(letters: str, plain: str, prepared: Prepared) -> bool:
    """Whether the name is about this account, which is glad of it."""
    account = prepared.account
    own = [re.sub(r"[\W_]+", "", each.casefold()) for each in (account.handle, account.display_name) if each]
    names = [each for each in own if len(each) > 3] + [
        word for each in (account.display_name or "").casefold().split() if len(word := re.sub(r"\W", "", each)) > 4
    ]
    about = any(each in letters or each in plain for each in names)
    return about and _is_glad(prepared)


def _is_glad(prepared: Prepared) -> bool:
    """Whether the draft thanks or greets, and says nothing of a complaint: an answer can't choose whom it answers."""
    folded = prepared.text.folded.text
    return _WELCOME.search(folded) is not None and _SORRY.search(folded) is None


_WORDING = {
    "vile": (
        "A name in this draft says something vile, and the draft repeats it in your name.",
        "The marked name contains a slur, an obscenity or a call to hatred.",
    ),
    "rude": (
        "A name in this draft is a rude joke or mocks you, and the draft repeats it in your name.",
        "Read aloud or taken apart, the marked name says something that you would not say.",
    ),
}  # fmt: skip

CHECK = Check(
    id="automation/inserted_handle",
    title="Vile name in the account's own sentence",
    judge=judge,
    default_grades=("vile", "rude"),
    sources=("surge-ai/profanity (MIT)", "dsojevic/profanity-list (MIT)", "LDNOOBW (CC BY 4.0)"),
)
