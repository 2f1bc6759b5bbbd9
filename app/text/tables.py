"""Character tables for folding. Facts from Unicode's confusables and character database, chosen for social posts."""

from __future__ import annotations

from collections.abc import Iterable


def _each(chars: str, replacements: Iterable[str]) -> dict[int, str]:
    return dict(zip(map(ord, chars), replacements, strict=True))


LOOKALIKES: dict[int, int] = {
    # Cyrillic; в, н, к, м, т and г by the look of their capitals or italics
    **str.maketrans("авсԁеёґһніїјкӏморԛгѕтѵԝхуүғьѐ", "abcdeerhhiijklmopqrstvwxyyfbe"),
    # Greek; lower-case forms win where capital and small look like different letters
    **str.maketrans("αβεζηικμνορστυχωάέήίόύώϊϋ", "abeznikmvopstuxwaeniouwiu"),
    # Armenian
    **str.maketrans("օոսցհյք", "onughjq"),
}
"""A casefolded Cyrillic, Greek or Armenian letter → the Latin letter it passes for. One to one, so offsets hold."""

LATIN: dict[int, str] = {
    # letters that no decomposition takes to ASCII
    **_each("øđłħŧıɑɡƒðŋɨʉ", "odlhtiagfdniu"),
    **_each("æœþ", ("ae", "oe", "th")),
    # small capitals, a popular costume for ordinary words
    **_each("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz"),
    # white letters on black discs and squares
    **{first + i: chr(97 + i) for first in (0x1F150, 0x1F170) for i in range(26)},
}
"""A casefolded letter of the Latin script → ASCII."""

TYPOGRAPHY: dict[int, int] = str.maketrans("‘’‛ʼʹ′`´“”„‟″‐‑⁃", "''''''''" + '"""""' + "---")
"""Quotes and hyphens → the ones on a keyboard. Dashes stay: they part sentences, not words."""

INVISIBLE = "".join(map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0x180B, 0x1810))))
"""Letters and marks that show nothing, beside the format characters (Cf) and variation selectors."""

LEET: dict[int, int] = str.maketrans("0134579@$!|€¢", "oieastgasiiec")
"""Digit or symbol → the letter it stands for inside a word."""

LEET_AS_L: dict[int, int] = LEET | str.maketrans("1!|", "lll")
"""The same, with the upright strokes read as l instead of i."""
