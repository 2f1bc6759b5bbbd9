"""Violence announced, wished or joked about, at people: "should be shot", a bomb under them, "we are coming for you".

Grades: `announced` (violence wished or announced), `menace` (hostile rhetoric, war on a group), `joke` (violence as a
game or a punch line).

Why: on an official account a joke about violence is read as a threat, and on a bad day it is the news.
Flag: "whoever designed this junction should be shot", "put a bomb under the lot of them", "hope he rots in hell".
Allow: "kill the boss twice", "bomb-proof backpack", "shoot us a DM", "this deal is killer", "we'll smash them on Sunday".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.checks.base import ENGLISH, Check
from app.domain import Finding, Prepared, Span, Text

GRADES = ("joke", "menace", "announced")

_TRIGGERS = frozenset(
    "shot shoot shooting kill killed killing kills hang hanged hung lynch lynched behead beheaded bomb bombs bombed bombing "
    "nuke nuked nukes burn burned burnt drown drowned strangle strangled gas gassed execute executed slaughter slaughtered "
    "stab stabbed punch punched slap slapped smack kick kicked beat beaten bash rape raped string run mow wipe bullet bullets "
    "gun guns grenade grenades dynamite explosives blow war coming watch die dies dead death rot choke cancer kys knife "
    "noose gallows firing guillotine crucify crucified flogged whipped whip suffer bleed skull throat neck chop torch "
    "hurt revenge payback pay violence kneecap batter battered thrash hit drop launch missile missiles exterminate eradicate put".split()
)
_WHO = (
    r"(?:them|him|her|you|'?em|these|those|this lot|that lot|the lot|all (?:of )?(?:them|you|these|those|the)|every (?:last )?(?:one|single)"
    r"|everyone|everybody|people|anyone|whoever|someone|somebody|(?:the|our|my|your|his|her|their|any|all|a|an|some|another|most|more)"
    r" (?:\w+ ){0,2}?(?:people|men|women|man|woman|guy|guys|bastards?|idiots?|morons?|clowns?|drivers?|cyclists?|mps?|politicians?"
    r"|ministers?|councillors?|officials?|bankers?|bosses|boss|managers?|referees?|ref|umpires?|strikers?|protest[eo]rs?"
    r"|demonstrators?|activists?|journalists?|reporters?|lawyers?|judges?|teachers?|cops|police|officers?|customers?|passengers?"
    r"|neighbou?rs?|kids|teenagers?|tourists?|immigrants?|migrants?|refugees?|muslims?|jews?|christians?|gays?|fans|supporters"
    r"|haters|thugs?|looters?|rioters?|lefties|liberals?|tories|democrats?|republicans?|conservatives?|senators?|president"
    r"|prime minister|mayor|governor|wife|wives|husband|girlfriend|boyfriend|mother-in-law|ex|colleagues?|landlords?|traitors?"
    r"|scum|punks?|criminals?|workers|staff|intern|developer|designer|architect|planner|committee|government|parliament|council|congress))"
)
_DONE = (
    r"(?:shot|hanged|hung|lynched|beheaded|bombed|nuked|burned|burnt|drowned|strangled|gassed|executed|slaughtered|stabbed|killed"
    r"|flogged|whipped|crucified|guillotined|exterminated|eradicated|horsewhipped|kneecapped|strung up|put (?:down|to death)|run over|mown down"
    r"|beaten (?:up|to|with|senseless|black)|battered|punched|slapped|kicked in|wiped out|thrown (?:off|under|in front of|to the)"
    r"|lined up (?:against|and)|set on fire|tarred and feathered|taken out and shot|put against (?:a|the) wall)"
)
_DO = (
    r"(?:shoot|hang|lynch|behead|bomb|nuke|burn|drown|strangle|gas|execute|slaughter|stab|kill|murder|punch|slap|batter|kneecap|whip|flog"
    r"|horsewhip|exterminate|string up|run over|mow down|wipe out|beat up|kick (?=\w+(?: \w+)? (?:in|head|teeth|face))|throttle|choke|smack|machine-gun)"
)
_WILL = (
    r"(?:should(?: all| just| have)?|ought to|must|needs? to|deserves? to|(?:i|we|they|somebody|someone|you)(?:'ll| will|'d| would)(?: happily| gladly| love to| like to)?"
    r"|(?:going|want|wants|wanted|about|time|ready) to|gonna|wanna|let's|let us|can (?:somebody|someone|we)(?: please)?|could (?:happily|cheerfully)"
    r"|feel like|i'd|we'd|please|just)"
)
_ANNOUNCED = (
    (
        rf"(?:should|ought to|must|needs? to|deserves? to|has to|have to|want(?:s|ed)?(?: \w+){{0,3}} to|hope (?:\w+ ){{1,3}}|wish (?:\w+ ){{1,4}}|hav(?:e|ing) (?:them|him|her|you) )(?: ?all| just)?(?: be| get| gets?| have been| being)? {_DONE}",
        0.9,
    ),
    (
        rf"{_WILL} (?:\w+ly )?{_DO} {_WHO}(?! (?:to death with|with (?:kindness|love|laughter|cuddles|hugs)|softly|a (?:note|message|dm|line|text|email)|down to))",
        0.85,
    ),
    (
        r"(?:deserves?|needs?|wants?|could do with|earned) (?:a|an|the|to get a) (?:good |swift |sharp |proper )?(?:bullet|noose|rope|beating|kicking|hiding|slap|smack|thrashing|firing squad|guillotine|lynching|gallows|gas chamber)",
        0.9,
    ),
    (
        r"(?:put|stick|place|plant|drop|lob|throw|chuck|leave|set off|detonate|strap|shove|got|have) (?:a |an |some |the |another )?(?:\w+ )?(?:bombs?|grenades?|dynamite|explosives|semtex|petrol bombs?|molotovs?|missiles?|nukes?)(?: \w+){0,2}? (?:under|on|at|in|into|inside|through|to|up|beneath|between|among|over)\b(?! (?:game|level|map|bath|tub))",
        0.9,
    ),
    (
        rf"(?:bomb|nuke|carpet[- ]bomb|gas|burn|torch|blow up|machine-gun) (?:the (?:whole )?lot|{_WHO}|the (?:whole )?(?:place|building|country|city|office|embassy|mosque|church|synagogue|airport|parliament|head ?office))",
        0.8,
    ),
    (
        r"(?:hope|wish|pray|praying|hoping) (?:that )?(?:you|he|she|they|it|every|all|each|his|her|their|your|the|[a-z]+)(?: \w+){0,3}? (?:dies?|drops? dead|rots?|chokes?|suffers?|bleeds?|burns? in|gets? (?:shot|killed|stabbed|cancer|covid|raped|run over|hit by|what's coming)|crash(?:es)? and)",
        0.9,
    ),
    (
        r"(?:rot|burn|roast) in hell|drop dead|kys|kill yourself|kill yourselves|go (?:and )?(?:die|hang yourself|drown yourself|jump off)|die in a (?:fire|ditch|hole)|(?:better off|i want (?:you|him|her|them)|want to see (?:you|him|her|them)) dead|(?:bullet|knife|axe) (?:in|to|through) (?:the|his|her|your|their) (?:head|brain|back|skull|heart|throat)|(?:slit|cut) (?:your|his|her|their) throats?|(?:break|snap|wring) (?:your|his|her|their) (?:neck|legs|kneecaps)s?|off with (?:his|her|their) heads?|(?:only )?good (?:\w+) is a dead",
        0.92,
    ),
    (
        r"(?:i|we)(?:'ll| will|'m going to|'re going to| am going to| are going to| gonna) (?:find|get|end|destroy|hurt|ruin|finish|bury|batter|smash) (?:you|him|her|them|your (?:face|family|kids|house))(?! (?:a|an|the|on|at|in touch|in|some|your|there|when|next|tickets|sorted|back)\b)",
        0.6,
    ),
    (
        r"(?:smash|punch|kick|bash|cave|slap)(?:ing)? (?:you|him|her|them|someone|somebody|people|everyone)(?: right| straight| square)? ?(?:in the (?:face|head|mouth|throat|balls|teeth)|(?:your|his|her|their) (?:face|head|teeth|skull)s?(?: in)?)",
        0.8,
    ),
)
_MENACE = (
    (
        r"(?:we|i|people|america|patriots|\w+) ?(?:'re|'m|are|am|is) coming (?:for|after) (?:you|them|him|her|your|the)(?=\b)",
        0.4,
    ),
    (
        r"(?:this (?:is|means) (?:now |a |total )?|it's (?:now )?|declare |declaring |declared |at |all-out )war(?: on| with| against| now)?",
        0.4,
    ),
    (
        r"(?:you|they|he|she)(?:'ll| will| are going to|'re going to) (?:regret (?:this|it|that)|pay for (?:this|it|that)|get what(?:'s| is) coming|be sorry|suffer)|you(?:'re| are) (?:dead|finished|next)\b(?! (?:in line|up|on))|your days are numbered|(?:watch|look over) your back|sleep with one eye open|there will be blood",
        0.75,
    ),
    (
        r"(?:ready|able|prepared|happy|itching|locked and loaded) to (?:drop|launch|fire|unleash|rain(?: down)?|push the button)\b(?=.{0,60}\b(?:bigger|bomb|missile|nuke|warhead|hell|fire|button))",
        0.7,
    ),
    (
        r"(?:drop|dropping|dropped) (?:something|one|a thing|ours)(?: \w+){0,3} (?:bigger|harder|louder|hotter)|(?:drop|launch|fire)(?:ing)? (?:our|the|a) (?:nukes?|warheads?|missiles?|bombs?) (?:on|at)",
        0.7,
    ),
    (r"beware(?: of)? (?:us|our wrath)|watch out,? (?:\w+ ){1,3}(?=.*\b(?:coming|war|payback|next)\b)", 0.7),
)
_JOKE = (
    (
        r"(?:would you rather|either|choose|pick|vote)[:;,]?(?: \w+){0,3} (?:slap|punch|hit|kill|stab|shoot|kick|strangle) .{1,30} or ",
        0.8,
    ),
    (
        r"(?:slap|punch|smack|hit|kick|strangle|choke|beat) (?:your|his|her|the|a|my) (?:wife|girlfriend|gf|missus|husband|boyfriend|kids?|child|children|woman|women|mother|mum|mom)",
        0.8,
    ),
    (
        r"(?:before i|or i'll|i could|i will|going to|gonna|makes? me want to|want to) (?:kill|murder|strangle|stab|shoot|punch|slap|throttle) (?:someone|somebody|people|anyone|everyone|each other|the next|him|her|them)",
        0.75,
    ),
)


def _compile(patterns: Iterable[tuple[str, float]]) -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple((re.compile(rf"(?<!\w){pattern}(?!\w)"), confidence) for pattern, confidence in patterns)


_PATTERNS = {"announced": _compile(_ANNOUNCED), "menace": _compile(_MENACE), "joke": _compile(_JOKE)}
_ARMED = re.compile("[🔫💣🗡🔪🧨🪓]")
_FAREWELL = re.compile(
    r"\b(?:close (?:your|those) eyes|over soon|be over|say (?:goodbye|your prayers|goodnight)|good ?night|night night|nighty|sweet dreams|bye|lights out|last words"
    r"|won't hurt|rip|rest in|put (?:\w+ )?(?:down|out of)|final breath|any last|goodbye|your time)\b"
)
# Where the same words are meant otherwise: games, sport, cooking, pests, cameras, songs.
_HARMLESS = re.compile(
    r"\b(?:level|boss(?:es)? (?:fight|level|twice|battle)|gamers?|gaming|gameplay|players?|quest|patch|dlc|xbox|playstation|ps5|nintendo|zombies?|dragons?|aliens?|monsters?"
    r"|weeds?|germs?|bacteria|virus(?:es)?|bugs?|mosquito(?:es|s)?|moths?|slugs?|pests?|wasps?|calories|recipe|grill|oven|marinade|whisk|eggs?"
    r"|photo(?:s|grapher|graphers|graphy)?|camera|film(?:ed|ing|s)?|movie|scene|footage|video|lens|portrait|landscape|penalt(?:y|ies)|free kick|goal(?:s|keeper)?|three-pointers?|buzzer"
    r"|album|song|single|tour|episode|season finale|series|novel|lyrics?|karaoke|fireworks?|bath bombs?|photobomb|time bomb|bomb disposal)\b"
)
_REPORTED = re.compile(
    r"\b(?:police|court|trial|sentenced|jailed|convicted|charged|accused|arrested|alleged(?:ly)?|guilty|suspect|prosecutors?|according to|witness(?:es)?|investigat\w+"
    r"|inquest|found dead|victims?|report(?:s|ed|ing)?|told the bbc|said|says|warns?|history|century|in 1[6-9]\d\d|in 20\d\d|soldiers|world war|civil war|war on (?:waste|want|drugs|poverty))\b|breaking:"
)
_HOSTILE = re.compile(
    r"\b(?:watch out|beware|punks?|scum|traitors?|real (?:america|americans|patriots)|run|hide|revenge|payback|dead|killed|enem(?:y|ies)|cowards?|pay|thugs?|better|shame|no mercy|traitor|you lot|haters?)\b"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    for text in prepared.texts:
        if _ARMED.search(text.raw) and (farewell := _FAREWELL.search(text.folded.text)):
            yield _finding("menace", (text.span(*farewell.span()),), 0.85)
        if any(token.folded in _TRIGGERS for token in text.tokens):
            yield from _in_words(text)


def _in_words(text: Text) -> Iterator[Finding]:
    folded = text.folded.text
    damp = 0.5 if _HARMLESS.search(folded) else 0.3 if _REPORTED.search(folded) else 0.0
    for grade, patterns in _PATTERNS.items():
        found: list[tuple[Span, float]] = []
        for pattern, confidence in patterns:
            for match in pattern.finditer(folded):
                found.append((text.span(*match.span()), confidence))
        if found:
            sure = max(confidence for _, confidence in found) - damp
            if grade == "menace" and _HOSTILE.search(folded):
                sure += 0.3
            yield _finding(grade, tuple(span for span, _ in found), min(0.95, sure))
            return


def _finding(grade: str, spans: tuple[Span, ...], confidence: float) -> Finding:
    message, why = _WORDS[grade]
    return Finding(
        message=message,
        why=why,
        suggestion="Say what you are angry about without violence, and check which account this is.",
        spans=spans,
        confidence=max(0.0, confidence),
        grade=grade,
    )


_WORDS = {
    "announced": ("This wishes or announces violence against people.", "The marked words read as a threat or a wish for harm, whatever the joke."),
    "menace": ("This reads as a threat.", "The marked words announce hostility or a war against people."),
    "joke": ("This makes light of violence against people.", "The marked words turn hitting or killing people into a joke."),
}  # fmt: skip

CHECK = Check(id="offensive/threat", title="Threat", judge=judge, languages=ENGLISH, default_grades=GRADES)
