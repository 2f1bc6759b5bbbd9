"""HTML as words."""

from __future__ import annotations

import pytest

from app.history.html_text import text_of, unescape


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("plain", "plain"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br/>two<script>alert(1)</script>", "one\ntwo"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("1 &lt; 2 &amp;amp; 3", "1 < 2 &amp; 3"),
        ("<p>open", "open"),
        ("<![if x]>words<![endif]>", "words"),
        ("<![nonsense[ words", "words"),
        ("words<!-- <p>hidden</p> --> and words" + "<!--" * 40_000, "words and words"),
    ],
    ids=lambda value: value[:40],
)
def test_tags_go_and_words_stay(markup: str, words: str) -> None:
    """Prevents tags in a history, and a traceback for markup that is none."""
    assert text_of(markup).endswith(words)
    assert "<p" not in text_of(markup)


@pytest.mark.parametrize(
    ("text", "plain"), [("a &amp; b &#39;", "a & b '"), ("?a=1&copy=2", "?a=1&copy=2"), ("&#0;", "\ufffd")]
)
def test_signs_are_undone_where_they_are_whole(text: str, plain: str) -> None:
    """Prevents an address from losing its parameters."""
    assert unescape(text) == plain
