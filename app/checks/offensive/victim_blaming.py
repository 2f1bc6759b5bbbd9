"""Blame or a joke laid on the victim of violence: what she wore, what he should have known, consent as a game.

Grades: `blame` (the victim's dress, drink or conduct), `doubt` (a report of violence answered with disbelief or a joke),
`consent` (refusal as something to overcome), `appraisal` (people's worth by their looks).

Why: survivors read it first, and warnings about crime turn against the people they should protect.
Flag: "if you don't want trouble, don't dress for it", answering a report of assault with "sure it wasn't just banter?".
Allow: "what she wore is never an excuse", "if you were attacked, call 101", "won't take no for an answer on recycling".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import ENGLISH, Check
from app.checks.matching import words
from app.domain import Finding, Prepared, Span

GRADES = ("appraisal", "consent", "doubt", "blame")

_BLAME = words(
    r"(?:asking|begging) for it|(?:had|has|have) it coming|(?:brought|bring|bringing) (?:it|this) (?:on|upon) (?:herself|himself|themselves|yourself|yourselves)"
    r"|(?:what|how) (?:did|do|does) (?:she|he|they|you) expect|what (?:was|were) (?:she|you|they) (?:wearing|doing (?:there|out)|thinking)"
    r"|(?:she|they|women|girls|victims?|you) (?:should|could)(?:n't| not)? (?:have|'ve) (?:been (?:drinking|drunk|wearing|out|walking|more careful)|worn|dressed|walked|gone|covered|fought|screamed|said no|known better|stayed|left (?:him|earlier))"
    r"|(?:dress(?:ed|es|ing)?|clothes|skirts?|outfits?|drunk|drinking) (?:like that|that way|so)? ?(?:means?|invites?|is (?:an )?(?:invitation|asking)|leads? to)"
    r"|(?:deserve[sd]?|earned) (?:to be|to get|being|getting|every|what (?:she|he|they) got|it)(?: (?:robbed|raped|attacked|mugged|hit|beaten|assaulted|abused|punch|slap))?(?=[.! ]*$| (?:robbed|raped|attacked|mugged|hit|beaten|assaulted|abused))"
    r"|don't (?:dress|drink|walk|go|wear|act)(?: \w+){1,6} (?:and|then) (?:complain|cry|wonder|expect|moan)|if you don't want (?:\w+ ){1,5}(?:don't|stop) (?:dress|wear|drink|walk|go|flirt)\w*"
)
_DOUBT = words(
    r"(?:no |not |wasn't |was it |an? )?(?:actual|real|proper|genuine|so-called|alleged) (?:rape|assault|abuse|violence|victims?|survivors?)(?= (?:for|then|though|was|here|happened|right|or)\b|\?)"
    r"|(?:are you|you) sure (?:it|that|this|he|she|you)(?: \w+){0,4} (?:just|only|really|banter|joke|raped?|misunderst\w+|regret\w*)|(?:just|only) (?:banter|a joke|locker room|a bit of fun|boys being|lads being)|boys will be boys"
    r"|(?:crying|cry|cried) (?:rape|wolf)|(?:made|making) (?:it|that) up|attention[- ]seek\w+|caught with (?:his|her|their|your) (?:pants|trousers) down|can't take a joke|it takes two"
)
_VIOLENCE = re.compile(
    r"\b(?:rap(?:e|ed|ist)|assault\w*|abus\w*|attack\w*|harass\w*|grop\w*|molest\w*|mugg\w*|robb\w*|beat(?:en)?|violen\w*|stalk\w*|victims?|survivors?|hit (?:me|her|him)|burgl\w*|stolen|spik\w+)\b"
)
_CONSENT = words(
    r"(?:remov\w+|tak\w+|los\w+|delet\w+|forget\w*|drop\w*|eras\w+) (?:the word )?['\"“]?no['\"”]? from (?:your|her|their|his|the) vocabulary"
    r"|no means (?:yes|maybe|try)|(?:she|her|girls?|ladies|women) (?:can't|won't|couldn't|to|never) say no|(?:spike|spiking|spiked) (?:her|his|your|their|a|the|my|your best friend's) (?:drink|eggnog|punch|glass)"
    r"|(?:get|got|getting) (?:her|him|them) (?:drunk|wasted|tipsy)|(?:pinch|grope|slap|grab|squeeze|touch)(?:ing)? (?:her|his|their|a|any|some|people|women|girls|men|strangers|the) ?(?:ass|arse|bum|butt|bottom|boobs?|people|who)?(?= (?:who|ass|arse|bum)|[.! ]*$)"
    r"|(?:pinch|grope|slap|grab) (?:people|women|girls|men|anyone|everyone|strangers|them|her)"
)
_APPRAISAL = words(
    r"(?:not|isn't|aren't|hardly|barely) (?:a|an) ['\"“‘]?(?:10|ten|nine|9|looker|supermodel|catch)['\"”’]?|out of (?:your|his|her) league|(?:she|he)(?:'s| is)(?: only| barely| maybe)? an? ['\"“‘]?(?:[1-9]|10)(?:/10)?['\"”’]?(?= (?:at|but|who|with)\b|[.! ]*$)"
    r"|too (?:ugly|fat|old|plain) (?:for|to)|(?:beach|bikini) bod(?:y|ies) (?:only|or else|not|or stay)|(?:punching|dating) above (?:your|his|her) weight"
)
_AGAINST = re.compile(
    r"\b(?:never (?:an? |the )?(?:excuse|your fault|asking|ok|okay|the victim)|not (?:an excuse|your fault|her fault|their fault|asking for)|no excuse|no one (?:is|was|deserves|asks)|nobody (?:deserves|asks|is)|isn't (?:an excuse|your fault|asking)"
    r"|wasn't your fault|don't (?:ask|blame|say)|stop (?:asking|blaming)|believe (?:her|him|them|survivors|women)|we believe|helpline|support is available|victim[- ]blam\w+|myths?|consent (?:is|means|matters))\b"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    about = prepared.text.folded.text
    answered = prepared.reply_to.folded.text if prepared.reply_to else ""
    violence = _VIOLENCE.search(about) is not None or _VIOLENCE.search(answered) is not None
    damp = 0.5 if _AGAINST.search(about) else 0.0
    for grade, pattern, sure, alone in _KINDS:
        spans = _spans(pattern, prepared)
        if spans:
            yield _finding(grade, spans, max(0.0, (sure if violence else alone) - damp))
            return


_KINDS = (
    ("blame", _BLAME, 0.9, 0.4),
    ("doubt", _DOUBT, 0.9, 0.3),
    ("consent", _CONSENT, 0.9, 0.75),
    ("appraisal", _APPRAISAL, 0.8, 0.6),
)


def _spans(pattern: re.Pattern[str], prepared: Prepared) -> tuple[Span, ...]:
    return tuple(text.span(*match.span()) for text in prepared.texts for match in pattern.finditer(text.folded.text))


def _finding(grade: str, spans: tuple[Span, ...], confidence: float) -> Finding:
    message, why = _WORDS[grade]
    return Finding(
        message=message,
        why=why,
        suggestion="Address the people who do harm, offer help to those who suffer it, and leave looks and jokes out.",
        spans=spans,
        confidence=confidence,
        grade=grade,
    )


_WORDS = {
    "blame": ("This puts the blame on the victim.", "The marked words make the victim's dress, drink or conduct the cause."),
    "doubt": ("This doubts or mocks somebody who speaks of violence.", "The marked words question a report of violence or turn it into a joke."),
    "consent": ("This makes light of consent.", "The marked words treat a refusal or somebody's body as a game."),
    "appraisal": ("This rates people by their looks.", "The marked words measure people's worth or safety by their looks."),
}  # fmt: skip

CHECK = Check(
    id="offensive/victim_blaming", title="Victim blaming", judge=judge, languages=ENGLISH, default_grades=GRADES
)
