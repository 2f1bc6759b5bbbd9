"""Plots of `python -m bench.voices`: what past posts buy, and how voices age, as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

_WIDE, _HIGH, _LEFT, _TOP, _BOTTOM = 460, 300, 50, 30, 44
_COLOURS = ("#0b62b0", "#b3541e", "#2e7d32", "#7b3f98")
_STYLE = "svg{background:#fff;color:#222;font-family:sans-serif}text{font-size:11px;fill:currentColor}"
Learnt = Mapping[str, Mapping[int, tuple[float, float]]]
Aged = Mapping[str, tuple[int, float, float]]


def draw(folder: Path, learnt: Learnt, aged: Aged) -> None:
    """voice-learning.svg and voice-age.svg."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "voice-learning.svg").write_text(_learning(learnt), encoding="utf-8")
    (folder / "voice-age.svg").write_text(_ages(aged), encoding="utf-8")


def _learning(learnt: Learnt) -> str:
    """Whole lines: both voices known; dashed: the target's alone. Past posts on a logarithmic scale."""
    ticks = sorted({several for found in learnt.values() for several in found})
    low, high = math.log(ticks[0]), math.log(ticks[-1])

    def across(several: float) -> float:
        return _LEFT + (math.log(several) - low) / (high - low) * (_WIDE - _LEFT - 110)

    parts = [_frame("caught at 1 % false alarms, by past posts", [(across(each), str(each)) for each in ticks])]
    for at, found in enumerate(learnt.values()):
        for which, dashes in ((0, ""), (1, ' stroke-dasharray="4 3"')):
            points = " ".join(
                f"{across(several):.1f},{_up(pair[which]):.1f}" for several, pair in sorted(found.items())
            )
            parts.append(f'<polyline points="{points}" fill="none" stroke="{_COLOURS[at]}" stroke-width="2"{dashes}/>')
    ends = sorted((_up(found[max(found)][0]), at, name) for at, (name, found) in enumerate(learnt.items()))
    lowest = 0.0
    for y, at, name in ends:  # names below each other where lines end close together
        lowest = max(y, lowest + 13)
        parts.append(_label(_WIDE - 106, lowest + 4, name, _COLOURS[at]))
    return _svg(parts)


def _ages(aged: Aged) -> str:
    """Pairs of bars: fresh, and the same accounts' voices a year old."""
    wide = (_WIDE - _LEFT - 20) / max(len(aged), 1)
    ticks = [(_LEFT + wide * (at + 0.5), f"{name} ({found[0]})") for at, (name, found) in enumerate(aged.items())]
    parts = [_frame("caught at 1 % false alarms: fresh, and a year old", ticks)]
    for at, (_, fresh, old) in enumerate(aged.values()):
        for which, share in enumerate((fresh, old)):
            x = _LEFT + wide * (at + 0.2 + 0.32 * which)
            parts.append(
                f'<rect x="{x:.1f}" y="{_up(share):.1f}" width="{wide * 0.28:.1f}"'
                f' height="{_up(0) - _up(share):.1f}" fill="{_COLOURS[which]}"/>'
            )
            parts.append(_label(x, _up(share) - 4, f"{share:.0%}", "#222"))
    return _svg(parts)


def _up(share: float) -> float:
    return _HIGH - _BOTTOM - share * (_HIGH - _BOTTOM - _TOP)


def _frame(title: str, ticks: Sequence[tuple[float, str]]) -> str:
    parts = [_label(_LEFT, 18, title, "#222")]
    for percent in (0, 25, 50, 75, 100):
        y = _up(percent / 100)
        parts.append(f'<line x1="{_LEFT}" x2="{_WIDE - 10}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(_label(12, y + 4, f"{percent} %", "#222"))
    parts += [f'<text x="{x:.1f}" y="{_HIGH - 24}" text-anchor="middle">{name}</text>' for x, name in ticks]
    return "".join(parts)


def _label(x: float, y: float, words: str, colour: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" style="fill:{colour}">{words}</text>'


def _svg(parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE}" height="{_HIGH}"><style>{_STYLE}</style>'
    return head + "".join(parts) + "</svg>\n"
