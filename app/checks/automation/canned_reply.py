"""A scripted or cheerful answer to somebody who is upset, grieving, or being sarcastic.

It reads both sides: what the other person wrote (a death, a danger, fury, a complaint) and whether the reply takes up
anything of it or only recites the script. Grades: `grief`, `anger`, `complaint`, by what is answered, and `repeated`, a
near-copy of one of the account's own recent replies, which needs no message and is judged in any of the rule's languages.

Why: the script is what people quote when they say that nobody listens; under a death report it becomes the story.
Flag: "We're sorry to hear that! Please DM us your details." under a report of a death; "We love hearing from fans!" under
an insult; "Thrilled that you love it! Leave us a review" under a parcel left in the rain; a reply that the account has sent before
in nearly the same words, whatever the names, links and signatures.
Allow: an apology and a script under a late parcel; delight under praise; a reply that names the person's loss or problem and
says who will do what; "You're welcome, Joe!" for the tenth time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import itemgetter
from pathlib import Path

from app.checks.base import Check, NotApplicable
from app.checks.matching import find
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span, Text
from app.text.likeness import alike, words_of

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "canned_reply.txt")
_GRIEF = _PHRASES["grief"]
_FIGURATIVE = _PHRASES["figurative"]
_ANGER = _PHRASES["anger"]
_COMPLAINT = _PHRASES["complaint"]
_PRAISE, _SARCASM = _PHRASES["praise"], _PHRASES["sarcasm"]
_DELIGHT = _PHRASES["delight"]
_SORRY = _PHRASES["sorry"]
_SCRIPT = _PHRASES["script"]
_CHEER = re.compile(
    r"(?:thank(?:s| you)(?: so much| very much)? for (?:your |the )?(?:support|love|kind words|shout-?out|feedback|mention|follow\w*|sharing)|"
    r"(?:look(?:ing)? forward|excited|thrilled|can(?:'|’)?t wait|awesome|woo-?hoo|yay|great to (?:hear|see)|glad (?:to hear|you)(?! (?:wrote|told|said|asked|reached|got in touch|let us)|[^.!?\n]{0,40}?(?<!\w)(?:safe|ok|okay|alive|unhurt|unharmed|recover\w*|survived|all right|alright|home|in good hands|here|with you)(?!\w))|"
    r"so happy|love (?:this|it|to hear)|you(?:'|’)?re (?:welcome|awesome|the best)|cheers|glad to help|we love hearing|don(?:'|’)?t forget to (?:follow|like|subscribe|tag|check|join|sign)|follow us (?:for|on)|check out our|use code \w+))[\w '’]*"
)
_HAPPY = re.compile(
    "[\U0001f600-\U0001f60e\U0001f389\U0001f38a\U0001f973\U0001f929\U0001f64c\U0001f44d\U0001f60d\U0001f618\U0001f917\u263a\u2764]"
)
_PLAYFUL = re.compile("[🌈🌞🌟🍔-🍿🎁-🎉🎊🎬🏆🐾💃💪🔥😋-😎😜😝😸-😽🚀🛍🤑🤩🤪🥳✨⭐]")
_NAMED = _PHRASES["named"]
_SELLING = _PHRASES["selling"]
_PROCESS = _PHRASES["process"]
_TELLING = 4
"""letters of a word that tells what a message is about"""
_SAID_OFTEN = (
    "about after again been have hear help here just know like more never only please really some sorry still than thank"
    " thanks that their them then there they this time very want were what when where which will with would your account"
    " customer email message number order service team"
)
_COMMON = frozenset(_SAID_OFTEN.split())
_WITHIN = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,15}(?![\w@])")
"""a name within a sentence"""
_FEWEST_WORDS = 5
_LONG = 8
"""words of a reply that nobody writes twice by chance"""
_OFTEN = 2
"""copies of a shorter one"""
_ALIKE = 0.58
_MOST_READ = 60
"""earlier replies that are compared word by word, after a quick look at all"""
_SENTENCE = re.compile(r"[^\s.!?…](?:[^.!?…\n]|[.](?=\w))*[.!?…]*")


def judge(prepared: Prepared) -> Iterable[Finding]:
    repeated = tuple(_repeated(prepared)) if prepared.is_reply else ()
    if prepared.reply_to is None:
        if not repeated:
            raise NotApplicable("the draft answers no message")
        return repeated
    return (*_scripted(prepared.reply_to, prepared.text), *repeated)


def _scripted(theirs: Text, ours: Text) -> Iterable[Finding]:
    grave, angry = _grave(theirs), find(_ANGER, theirs)
    cheer = find(_CHEER, ours) + _signs(_HAPPY, ours) + (_played(ours) if grave or angry else ())
    script = find(_SCRIPT, ours)
    human = _NAMED.is_in(ours) or _takes_up(theirs, ours)
    if grave:
        slogans = tuple(Span(e.start, e.end) for e in ours.entities_of("hashtag"))
        recited = cheer + script + find(_PROCESS, ours)
        if recited and (cheer or not human):
            yield _finding("grief", theirs, grave[0], ours, recited + slogans, cheerful=bool(cheer or slogans))
    elif angry and (cheer or (script and not human and _covered(script, ours) >= 0.35)):
        yield _finding("anger", theirs, angry[0], ours, cheer + script, cheerful=bool(cheer))
    elif grumble := _grumble(theirs, ours):
        yield _finding("complaint", theirs, grumble, ours, find(_DELIGHT, ours), cheerful=True)


def _takes_up(theirs: Text, ours: Text) -> bool:
    """Regret that repeats two of the longer words of what they wrote, or a name."""
    if not _SORRY.is_in(ours):
        return False
    said = {token.folded for token in ours.tokens}
    shared = {token.folded for token in theirs.tokens if len(token.folded) >= _TELLING} & said - _COMMON
    return len(shared) > 1 or any(name.casefold() in said - _COMMON for name in _WITHIN.findall(theirs.raw))


def _signs(pattern: re.Pattern[str], ours: Text) -> tuple[Span, ...]:
    return tuple(Span(e.start, e.end) for e in ours.entities_of("emoji") if pattern.match(e.text))


def _played(ours: Text) -> tuple[Span, ...]:
    """What sells, plays or decorates, in a reply that says no word of regret and names nothing of theirs."""
    return () if _SORRY.is_in(ours) or _NAMED.is_in(ours) else find(_SELLING, ours) + _signs(_PLAYFUL, ours)


def _grave(theirs: Text) -> tuple[Span, ...]:
    """Words of death, harm or danger that are not said of a battery or a deadline."""
    grave = find(_GRIEF, theirs)
    figures = find(_FIGURATIVE, theirs) if grave else ()
    return tuple(span for span in grave if not any(f.start < span.end and span.start < f.end for f in figures))


def _grumble(theirs: Text, ours: Text) -> Span | None:
    """What they complain of, in calm words or sarcasm, where the reply takes it for praise and says no word of regret."""
    if not find(_DELIGHT, ours) or _SORRY.is_in(ours) or _NAMED.is_in(ours):
        return None
    if _PRAISE.is_in(theirs) and not _SARCASM.is_in(theirs):
        return None
    return next(iter(find(_COMPLAINT, theirs)), None)


def _finding(
    grade: str, theirs: Text, heard: Span, ours: Text, recited: tuple[Span, ...], *, cheerful: bool
) -> Finding:
    words = theirs.raw[heard.start : heard.end]
    return Finding(
        message="This reads like a script under a message that needs a person.",
        why=f"They wrote “{words}”; the marked sentences would fit under any message"
        + (", and their tone is cheerful." if cheerful else "."),
        suggestion="Answer what they said in your own words, say what you will do and who you are, or have somebody call.",
        spans=_sentences(ours, recited),
        confidence=0.9 if grade == "grief" or cheerful else 0.75,
        grade=grade,
        evidence={"answered": words},
    )


def _sentences(text: Text, found: tuple[Span, ...]) -> tuple[Span, ...]:
    """The sentences that hold the phrases: a script is recited by the sentence."""
    marked = bytearray(len(text.raw))
    for span in found:
        marked[span.start : span.end] = b"\x01" * (span.end - span.start)
    bounds = (match.span() for match in _SENTENCE.finditer(text.raw))
    return tuple(Span(start, end) for start, end in bounds if marked.find(1, start, end) >= 0)


def _covered(spans: tuple[Span, ...], text: Text) -> float:
    """Share of the draft's letters, mentions aside, that the spans cover."""
    marked = {i for span in spans for i in range(span.start, span.end)}
    skipped = {i for e in text.entities_of("mention") for i in range(e.start, e.end)}
    letters = [i for i, c in enumerate(text.raw) if c.isalpha() and i not in skipped]
    return sum(i in marked for i in letters) / len(letters) if letters else 1.0


def _repeated(prepared: Prepared) -> Iterable[Finding]:
    """Nearly the same reply, names, links and signatures aside, among the account's recent ones."""
    mine = words_of(prepared.text.raw)
    if len(mine.words) < _FEWEST_WORDS:
        return
    replies = [(place, post.text) for place, post in enumerate(prepared.account.recent_posts) if post.kind == "reply"]
    found = list(alike(prepared.text.raw, [text for _, text in replies], least=_ALIKE, most=_MOST_READ))
    if not found or (len(mine.words) < _LONG and len(found) < _OFTEN):
        return
    nearest, share = max(found, key=itemgetter(1))
    yield Finding(
        message="You have sent nearly this same reply before.",
        why=f"{len(found)} of the account's recent replies say this in the same words, names and signatures aside.",
        suggestion="Take up one thing that this person wrote; people compare replies.",
        spans=(Span(0, len(prepared.text.raw)),),
        confidence=0.8,
        grade="repeated",
        evidence={"copies": len(found), "likeness": round(share, 3), "nearest": replies[nearest][0]},
    )


CHECK = Check(
    id="automation/canned_reply",
    title="Scripted reply to an upset person",
    judge=judge,
    languages=frozenset({"en", "de", "fr", "es", "it", "pt"}),
    default_grades=("grief", "anger", "complaint", "repeated"),
)
