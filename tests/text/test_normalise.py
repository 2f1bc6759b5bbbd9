"""Folding undoes what looks or reads the same, and nothing else."""

from __future__ import annotations

import pytest

from app.text.normalise import fold, plain


def plainly(raw: str) -> str:
    return plain(fold(raw)).text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("SALE Now", "sale now"),
        ("Ｓａｌｅ", "sale"),
        ("𝐒𝐚𝐥𝐞 𝓈𝒶𝓁ℯ 🅂🄰🄻🄴 🅢🅐🅛🅔", "sale sale sale sale"),
        ("sᴀʟᴇ", "sale"),
        ("café Øre Łódź", "cafe ore lodz"),
        ("cafe\u0301 Z\u0335a\u0327\u0300l\u034fg\u0489o", "cafe zalg\u0489o"),
        ("s\u200ba\u00adl\u2060e", "sale"),
        ("\u202esale\u202c", "sale"),
        ("s\x00ale", "sale"),
        ("don’t ‘we’ “say” well‑known", "don't 'we' \"say\" well-known"),
        ("❤️ 👩‍🚀", "❤ 👩🚀"),
        ("Straße ﬁne", "strasse fine"),
    ],
)
def test_look_alikes_of_latin_words_fold_to_them(raw: str, expected: str) -> None:
    """Width, case, accents, costumes and invisible characters fall away."""
    assert expected == fold(raw).text


@pytest.mark.parametrize("raw", ["pаypal", "pаураl", "ԁеаl s", "ΡayΡal", "Sаlе"])
def test_a_word_of_mixed_scripts_becomes_latin(raw: str) -> None:
    """One foreign letter in a Latin word is a costume."""
    assert fold(raw).text.isascii()


@pytest.mark.parametrize(
    "raw", ["сосна", "ёлка и йод", "отвёртка", "кот", "γειά σου", "αβγ", "हिन्दी में", "日本語が", "안녕하세요", "สวัสดีครับ"]
)
def test_other_scripts_stay_themselves(raw: str) -> None:
    """Russian made of look-alikes only is still Russian; vowel signs are no accents."""
    assert raw == fold(raw).text


def test_decomposed_letters_of_other_scripts_are_composed() -> None:
    """й is one letter however it was typed, and so is a Korean syllable."""
    assert fold("и\u0306 \u1100\u1161\u11a8").text == "й 각"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("sh1t", "shit"),
        ("@ss and $hit", "ass and shit"),
        ("a$$", "ass"),
        ("b1tch!!", "bitch!!"),
        ("s1ut", "slut"),
        ("p@$$w0rd", "password"),
        ("f*ck", "f*ck"),
        ("fuuuuck", "fuck"),
        ("goooood", "good"),
        ("asssss", "ass"),
        ("helllll nooooo", "hell noo"),
        ("f u c k", "fuck"),
        ("f.u.c.k this", "fuck this"),
        ("s-h-i-t", "shit"),
        ("s h 1 t", "shit"),
        ("what a f u c k y o u", "what a fuck you"),
    ],
)
def test_obfuscated_words_are_read(raw: str, expected: str) -> None:
    """Leet, stretched and spaced-out words are the word; a star stays a star."""
    assert expected == plainly(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "20% off", "4 u", "1st 2nd 3rd 4th", "$5", "$5k", "us$20m", "10:30", "covid19", "10am-5pm", "100k", "24/7",
        "5g", "b2b", "q4", "2024", "1,000", "£4.99", "a4", "7 a.m. to 5 p.m.", "e.g. this", "wow! yes!", "good",
        "see you", "a/b", "4x4", "50kg", "1990s", "no. 1", "10 x 5 x 3",
    ],
)  # fmt: skip
def test_numbers_prices_and_ordinary_words_stay(raw: str) -> None:
    """A price is not a word in costume."""
    assert raw == plainly(raw)


def test_a_joined_word_maps_back_to_its_letters_and_gaps() -> None:
    """The warning underlines f u c k, no more and no less."""
    found = plain(fold("oh f u c k off"))
    start = found.text.index("fuck")
    assert found.raw_span(start, start + 4) == (3, 10)


def test_a_stretched_word_maps_back_to_all_its_letters() -> None:
    """The warning underlines the whole stretched word."""
    found = plain(fold("oh fuuuuck"))
    assert found.raw_span(3, 7) == (3, 10)


def test_dropped_characters_leave_the_others_where_they_are() -> None:
    """An invisible character shifts nothing."""
    found = fold("a\u200bbc")
    assert found.raw_span(1, 3) == (2, 4)
