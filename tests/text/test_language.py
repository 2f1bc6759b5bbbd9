"""Naming the language, or saying that it cannot be told."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from app.text import read, warm


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    warm()


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("Our new shop opens tomorrow, come and have a look", "en"),
        ("GOOD MORNING EVERYONE, DOORS OPEN AT NINE", "en"),
        ("Mañana abrimos nuestra nueva tienda, os esperamos a todos", "es"),
        ("Wir öffnen morgen unseren neuen Laden in Köln", "de"),
        ("Nous ouvrons notre nouvelle boutique demain à Lyon", "fr"),
        ("Завтра мы открываем новый магазин", "ru"),
        ("明日新しい店を開きます", "ja"),
        ("हम कल नई दुकान खोल रहे हैं", "hi"),
    ],
)
def test_a_sentence_has_its_language(raw: str, language: str) -> None:
    """Whole sentences are named."""
    assert language == read(raw).language


@pytest.mark.parametrize(
    "raw", ["", " ", "!!", "12:30", "👍👍", "https://acme.de/angebote", "@acme #angebot", "\ud800"]
)
def test_what_holds_no_words_is_unknown(raw: str) -> None:
    """Links, mentions, hashtags, emoji and figures say nothing about the language."""
    assert read(raw).language == "und"


@pytest.mark.parametrize(
    "raw",
    ["See you there", "Game on", "Happy Friday", "Coming soon", "Wait for it", "Big news!", "So good", "Match day",
     "Love this", "Final score", "On air", "Best of luck", "Here we go", "Good luck team", "Last call", "Hot dogs"],
)  # fmt: skip
def test_a_few_english_words_are_never_another_language(raw: str) -> None:
    """A wrong Dutch would switch the English rules off."""
    assert read(raw).language in ("en", "und")


def test_the_caller_knows_better() -> None:
    """A language given with the request is not questioned."""
    assert read("Our new shop opens tomorrow", language="cy").language == "cy"


def test_only_the_words_count() -> None:
    """A German hashtag and link do not make an English sentence German."""
    raw = "We are opening our new shop tomorrow #wirfreuenunsaufeuch https://acme.de/neueroeffnung-in-koeln"
    assert read(raw).language == "en"


def test_short_posts_are_named_rightly_or_not_at_all() -> None:
    """Two words may be too few to tell, but a wrong name would silence the wrong rules."""
    posts = yaml.safe_load((Path(__file__).parent / "short_posts.yml").read_text("utf-8"))
    named = [(language, read(post).language) for language, group in posts.items() for post in group]
    assert [pair for pair in named if pair[1] not in (pair[0], "und")] == []
    assert sum(right == found for right, found in named) >= 49
