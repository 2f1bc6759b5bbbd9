"""How alike two texts are."""

from __future__ import annotations

import time

import pytest

from app.text.likeness import alike, likeness, links_of, numbers_of, same_text, words_of

REPLY = "Hi Tom, sorry to hear that. Please DM us your order number so we can look into it. ^AB"


@pytest.mark.parametrize(
    ("other", "least", "most"),
    [
        ("@lucy Hi Lucy, sorry to hear that! Please DM us your order number so we can look into it. ^KT", 1.0, 1.0),
        ("Hi Tom, sorry to hear this. Please DM us the order number so we can look into it.", 0.6, 0.9),
        ("Please DM us your order number so we can look into it. Sorry to hear that.", 0.8, 1.0),
        ("The depot in Leeds found your box, and Sam will bring it at six tonight.", 0.0, 0.1),
        ("", 0.0, 0.0),
    ],
)
def test_the_same_words_are_alike_whatever_the_names_and_the_order(other: str, least: float, most: float) -> None:
    """Names, mentions, signatures and links differ in every canned reply."""
    assert least <= likeness(words_of(REPLY), words_of(other)) <= most


def test_likeness_is_the_same_both_ways() -> None:
    """Which of the two came first must not matter."""
    one, other = words_of(REPLY), words_of("Please DM us your order number, Tom, and we'll look into it today.")
    assert likeness(one, other) == likeness(other, one)


def test_the_like_ones_of_many_are_found_by_their_place() -> None:
    """The quick look at each must not pass over one."""
    texts = ["Doors open at ten.", REPLY.replace("Tom", "Ana"), "Thanks!", REPLY.replace("order", "booking")]
    assert [place for place, _ in alike(REPLY, texts, least=0.6, most=10)] == [1, 3]


def test_a_thousand_texts_take_a_few_milliseconds() -> None:
    """Every reply of an account with a long history pays it."""
    texts = [
        f"The {number}th bus to Mill Lane leaves from stop {number} today, and the next one in ten minutes. " * 2
        for number in range(1_000)
    ]
    started = time.perf_counter()
    assert list(alike(REPLY, texts, least=0.6, most=60)) == []
    assert time.perf_counter() - started < 0.05


def test_signs_case_and_links_make_no_other_text() -> None:
    """Shorteners change links, and editors change signs."""
    assert same_text("The pool REOPENS, on Friday! https://t.co/a") == same_text(
        "the pool reopens on friday https://lido.org/x"
    )
    assert same_text("Lido 2-0 Mill") != same_text("Lido 1-0 Mill")
    assert same_text("Sun #day") != same_text("Sun day")
    assert same_text("\ud800 lone") == same_text("\ud800 lone!")


def test_numbers_and_links_are_what_readers_would_compare() -> None:
    """A link's own numbers and a tracker's parameters aren't."""
    assert dict(numbers_of("2-0 after 90 minutes https://x.org/2026")) == {"2": 1, "0": 1, "90": 1}
    assert links_of("https://a.org/b/?utm=1 and https://a.org/b") == {"https://a.org/b"}
    assert links_of("https://a.org/b https://t.co/x") == frozenset()
