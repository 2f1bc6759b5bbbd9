"""Entities and words of a draft, each where it stands."""

from __future__ import annotations

import pytest

from app.text import read
from app.text.entities import entities, segmentations
from app.text.hashtags import best_split, is_word, split_hashtag


def found(raw: str) -> list[tuple[str, str]]:
    return [(entity.kind, entity.text) for entity in entities(raw)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("thanks @acme.", [("mention", "@acme")]),
        ("by @acme-based people", [("mention", "@acme")]),
        ("hi @some.brand and @sam.bsky.social", [("mention", "@some.brand"), ("mention", "@sam.bsky.social")]),
        ("hi @sam@mastodon.social", [("mention", "@sam@mastodon.social")]),
        ("hi @my-name.bsky.social!", [("mention", "@my-name.bsky.social")]),
        ("write to help@acme.com", [("email", "help@acme.com")]),
        ("#BlackFriday #1 #1st", [("hashtag", "#BlackFriday"), ("hashtag", "#1st")]),
        ("#हिन्दी ＃日本", [("hashtag", "#हिन्दी"), ("hashtag", "＃日本")]),
        ("https://acme.com/a?c=@d or acme.co.uk/x.", [("link", "https://acme.com/a?c=@d"), ("link", "acme.co.uk/x")]),
        ("We are closed.So is the bar. It costs 3.50, e.g. here", []),
        ("$ACME up, $5 down", [("cashtag", "$ACME")]),
        ("call +44 20 7946 0958 now", [("phone", "+44 20 7946 0958")]),
        ("(212) 555-0123", [("phone", "(212) 555-0123")]),
        ("sold 1,000,000 at £12.50 in 2024", []),
        ("👩🏽‍🚀 and 🇬🇧, ❤️ but not © or 1", [("emoji", "👩🏽‍🚀"), ("emoji", "🇬🇧"), ("emoji", "❤️")]),
    ],
)  # fmt: skip
def test_entities_are_found(raw: str, expected: list[tuple[str, str]]) -> None:
    """Each kind, and not what merely resembles it."""
    assert expected == found(raw)


def test_words_keep_their_apostrophes_and_their_place() -> None:
    """Tokens are folded words with raw offsets; those of links are left out."""
    text = read("Don’t Panic: www.acme.com/do-panic #DontPanic")
    assert [tuple(token) for token in text.tokens] == [("don't", 0, 5), ("panic", 6, 11), ("dontpanic", 36, 45)]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("susanalbumparty", ("susan", "album", "party")),
        ("SusanAlbumParty", ("susan", "album", "party")),
        ("nomorecuts", ("no", "more", "cuts")),
        ("COVID19", ("covid", "19")),
        ("pray_for_paris", ("pray", "for", "paris")),
        ("日本", ("日本",)),
    ],
)
def test_a_hashtag_is_split_into_words(tag: str, words: tuple[str, ...]) -> None:
    """Capitals and underscores first, likelihood where there are none."""
    assert words == split_hashtag(tag)


@pytest.mark.parametrize(
    ("tag", "reading"),
    [
        ("#susanalbumparty", ("sus", "anal", "bum", "party")),
        ("#WhoRepresents", ("whore", "presents")),
        ("therapistfinder", ("the", "rapist", "finder")),
    ],
)
def test_the_unlucky_reading_is_among_the_first(tag: str, reading: tuple[str, ...]) -> None:
    """A check can find what the brand's own people no longer see."""
    readings = segmentations(tag, 16)
    assert reading in readings
    assert readings[0] == split_hashtag(tag.lstrip("#"))


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_readings_than_asked_for(limit: int) -> None:
    """The limit bounds the work."""
    assert limit == len(segmentations("#susanalbumparty", limit))


def test_a_split_joins_to_what_it_was() -> None:
    """Offsets depend on it: a split neither drops nor adds a letter."""
    letters = "xqzthequickfoxjjj"
    assert letters == "".join(best_split(letters))


def test_single_letters_are_no_words() -> None:
    """But a and i are."""
    assert [is_word("x"), is_word("a"), is_word("fox")] == [False, True, True]
