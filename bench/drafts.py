"""Ordinary drafts to measure with: written for this purpose, of the lengths that official accounts post."""

from __future__ import annotations

from typing import Any

_ACCOUNT = {
    "handle": "@harbourlib",
    "kind": "government",
    "display_name": "Harbour Library",
    "language": "en",
    "regions": ["GB"],
}
_TEXTS = (
    "The reading room opens at nine on Saturday. Bring a friend, bring a flask, stay as long as you like.",
    "Roadworks on Mill Lane from Monday: buses 14 and 22 stop at the church instead. Details: https://example.org/roads",
    "We're hiring! Two part-time roles in the café, closing 12 March. Apply: https://example.org/jobs #jobs #harbour",
    "Thank you to everyone who came to the lantern parade last night. 1,400 of you, and not one lantern lost. 🏮",
    "Did you know? The clock tower has 112 steps, and the bell weighs as much as a small car.",
    "Storm warning for tonight. Please tie down your bins, and check on your neighbours. Updates: https://example.org/storm",
    "New on our shelves this week: three crime novels, a history of salt, and a very good book about moss.",
    "@sam_reads Sorry about that! The card machine is working again, and we have cancelled the fine. ^JT",
)


def requests(count: int = 200) -> list[dict[str, Any]]:
    """Bodies for /check, each text a little different, so that no cache of whole answers could help."""
    return [
        {
            "draft": {"text": f"{_TEXTS[number % len(_TEXTS)]} ({number})", "platform": "mastodon"},
            "account": _ACCOUNT,
            "context": {"now": "2026-03-10T12:00:00Z", "events": []},
        }
        for number in range(count)
    ]
