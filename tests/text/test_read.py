"""Reading any text at all: no failure, and every span leads back into the draft."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain import Folded
from app.text import read, warm
from app.text.facets import find_facets
from app.text.length import length, utf8_length
from app.text.offsets import Utf16

warm()
PIECES = """@acme #BlackFriday https://acme.com/x acme.co.uk a@b.co $ACME +44 20 7946 0958 sh1t f.u.c.k fuuuuck
f u c k pаypal e\u0301 \u200b \u200d ❤️ 👩🏽‍🚀 🇬🇧 \u1100\u1161 हिन्दी ’ ﬃ
ß İ ŉ ΐ \ud800 \udc00 \x00 \ufeff \U000e0061 ... (( 1⃣ ＃tag"""
ANY = st.text(st.characters(), max_size=60)
SPICED = st.lists(st.one_of(st.sampled_from(PIECES.split()), ANY, st.just(" ")), max_size=12).map("".join)
ANY_TEXT = st.one_of(ANY, SPICED)


def assert_leads_back(folded: Folded, raw: str) -> None:
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(raw) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
@example("")
@example("\ud83d\ude00 lone halves of one emoji")
def test_any_text_is_read_and_maps_back(raw: str) -> None:
    """Folded and plain characters come from the raw text, in its order."""
    text = read(raw)
    assert raw == text.raw
    assert_leads_back(text.folded, raw)
    assert_leads_back(text.plain, raw)


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_words_and_entities_stand_where_they_say(raw: str) -> None:
    """In order, inside the text, entities never overlapping."""
    text = read(raw)
    assert all(entity.text == raw[entity.start : entity.end] != "" for entity in text.entities)
    edges = [edge for entity in text.entities for edge in (entity.start, entity.end)]
    assert edges == sorted(edges)
    starts = [token.start for token in text.tokens]
    assert starts == sorted(starts)
    assert all(token.start < token.end <= len(raw) and token.folded for token in text.tokens)


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT, st.integers(0, 80))
def test_offsets_are_known_in_utf16_units(raw: str, at: int) -> None:
    """A lone surrogate is one unit."""
    at = min(at, len(raw))
    assert len(raw[:at].encode("utf-16-le", "surrogatepass")) // 2 == Utf16(raw).offset(at)


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_any_text_has_a_length_everywhere(raw: str) -> None:
    """Counting never fails, and nothing but the empty text is counted below zero or as nothing on X."""
    assert all(length(raw, platform) >= 0 for platform in ("x", "bluesky", "mastodon", "threads", "tiktok", "youtube"))
    assert all(0 <= facet.byte_start < facet.byte_end <= utf8_length(raw) for facet in find_facets(raw))


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_folding_twice_is_folding_once(raw: str) -> None:
    """A fold has nothing left to fold, or two spellings of one word would still differ."""
    once = read(raw).folded.text
    assert once == read(once).folded.text


@pytest.mark.parametrize(
    "piece",
    ["a", "a ", "a.", "@", "#a", "$", "1 ", "((", "a@", "ab-", "'a", "аa", "é\u0316", "\u0316\u0301", "👩\u200d", "🇦",
     "\ud800", "http://", "http://a.com/(", "fuuuck sh1t ", "f u c k ", "#1", "a_", "\u1100", "?@", "x.co@"],
)  # fmt: skip
def test_the_longest_draft_is_read_whatever_it_repeats(piece: str) -> None:
    """100,000 code points of what makes a careless expression backtrack; quadratic work would take minutes."""
    raw = (piece * 100_000)[:100_000]
    assert len(read(raw).raw) == 100_000
