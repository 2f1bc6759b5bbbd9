"""Sorts of natural disaster, by the English words that name them: an earthquake and a flood are never one event."""

from __future__ import annotations

_SORTS = {
    "tsunami": "tsunami",
    "quake": "earthquake",
    "hurricane": "tropical cyclone",
    "typhoon": "tropical cyclone",
    "cyclone": "tropical cyclone",
    "tropical storm": "tropical cyclone",
    "storm surge": "tropical cyclone",
    "tornado": "tornado",
    "flood": "flood",
    "volcan": "volcano",
    "eruption": "volcano",
    "ashfall": "volcano",
    "wildfire": "wildfire",
    "forest fire": "wildfire",
    "bushfire": "wildfire",
    "fire warning": "wildfire",
    "fire danger": "wildfire",
}


def sort_of(text: str) -> str | None:
    """The sort that a title names, None where it names none that we know."""
    folded = text.casefold()
    return next((sort for word, sort in _SORTS.items() if word in folded), None)
