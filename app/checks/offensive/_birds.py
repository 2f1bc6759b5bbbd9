"""Words that are vulgar among people and plain among animals: tits at the feeder, a shag on the rocks."""

from __future__ import annotations

import re

from app.checks.lexicon import Hit
from app.domain import Prepared

_BIRDS = frozenset(
    ["tit", "tits", "shag", "shags", "boob", "booby", "boobies", "cock", "cocks", "hooters", "pecker", "peckers"]
)
_BEASTS = frozenset(["ass", "asses", "bitch", "bitches"])
"""commoner as swear words: only where the sort of animal is named"""
# Beside the word itself: what sort of bird, or what the animal does.
_KIND = re.compile(
    r"\b(?:great|blue|coal|marsh|willow|crested|sombre|azure|bearded|long-?tailed|penduline|varied|bush|european|rock|wild|nesting|brown|red-footed|blue-footed|masked|nazca|peruvian|black|game|brood|stud|working|feral)"
    r"[ -](?:footed )?(?:tits?|shags?|boob(?:y|ies)|ass(?:es)?|cocks?|bitch(?:es)?)\b"
    r"|\bcocks? (?:pheasants?|robins?|sparrows?|blackbirds?|linnets?|capercaillies?|birds?|ostrich\w*|lobsters?)\b"
)
_WILDLIFE = re.compile(
    r"\b(?:birds?|birding|birdwatch\w*|bird(?:box\w*|feeders?|song|life)|feeders?|beaks?|plumage|feathers?|fledg\w*|nest(?:s|ing|box\w*|lings?)?|flock\w*|colony|colonies|roost\w*|perch\w*|hatch\w*|(?:its|their) wings"
    r"|wildlife|nature reserve|species|ornitholog\w*|rspb|twitchers?|ringing|moult\w*|migrat\w*|hedgerows?|woodland|marsh|estuary|cliffs?|seabirds?|waders?"
    r"|cormorants?|gannets?|puffins?|razorbills?|guillemots?|kittiwakes?|terns?|gulls?|fulmars?|eiders?|herons?|egrets?|oystercatchers?|turnstones?|ducks?|geese|swans?|grebes?|owls?|kestrels?|buzzards?"
    r"|wrens?|robins?|finch(?:es)?|goldfinch\w*|chaffinch\w*|bullfinch\w*|siskins?|nuthatch\w*|treecreepers?|sparrows?|starlings?|blackbirds?|thrush\w*|warblers?|chiffchaffs?|goldcrests?|woodpeckers?|jays?|magpies?"
    r"|pheasants?|grouse|partridges?|hens?|rooster|poultry|galapagos|cockerels?)\b"
)


_DOGS = re.compile(
    r"\b(?:hounds?|pupp(?:y|ies)|pups|litters?|whelp\w*|kennels?|spay\w*|neuter\w*|in season|on leads?|bassets?|spaniels?|terriers?|"
    r"retrievers?|labradors?|collies|dachshunds?|sires?|stud dogs?|breed(?:er|ing)s?|pedigree|agility)\b"
)


def is_animal(hit: Hit, prepared: Prepared) -> bool:
    """True where the draft names the animal's kind or speaks of wildlife around it."""
    if hit.entry.term not in _BIRDS | _BEASTS:
        return False
    folded = prepared.text.folded.text
    bitch = hit.entry.term in ("bitch", "bitches")
    return bool(
        _KIND.search(folded)
        or (hit.entry.term in _BIRDS and _WILDLIFE.search(folded))
        or (bitch and len(set(_DOGS.findall(folded))) > 1)
    )
