"""A reply as a person reads it: the draft with the words underlined, then each reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_UNSEEN = (0x7F, *range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_VISIBLE = {code: 0x2400 + code for code in range(32) if code != 10} | dict.fromkeys(_UNSEEN, 0xFFFD)
"""controls and marks of direction as signs: a draft must not command, or reorder, the terminal that shows it"""
_SIGN = {"pass": "PASS", "warn": "WARN", "hold": "HOLD", "block": "BLOCK"}


def render(reply: Mapping[str, Any], text: str) -> str:
    """Plain text: works in any terminal, log or mail."""
    warnings = reply["warnings"]
    marked = {
        position
        for warning in warnings
        for span in warning["spans"]
        if span["field"] == "text"
        for position in range(span["start"], span["end"])
    }
    lines = [*_underlined(_masked(text, warnings), marked), "", _headline(reply)]
    for warning in warnings:
        lines += ["", *_warning(warning)]
    lines += _unassessed(reply)
    return seen("\n".join(lines))


def _masked(text: str, warnings: Iterable[Mapping[str, Any]]) -> str:
    """The draft as the reply shows it: with what must not be repeated masked, since a terminal's lines are kept too."""
    for warning in warnings:
        for span in warning["spans"] if warning["rule"].startswith("private_information/") else ():
            if span["field"] == "text" and span["text"]:
                text = text[: span["start"]] + span["text"] + text[span["end"] :]
    return text


def seen(text: str) -> str:
    """What a terminal may be given of somebody else's words."""
    return text.translate(_VISIBLE)


def _underlined(text: str, marked: set[int]) -> list[str]:
    lines: list[str] = []
    start = 0
    for line in text.split("\n"):
        lines.append(f"  {line}")
        carets = "".join("^" if start + offset in marked else " " for offset in range(len(line))).rstrip()
        if carets:
            lines.append(f"  {carets}")
        start += len(line) + 1
    return lines


def _headline(reply: Mapping[str, Any]) -> str:
    degraded = "  (degraded: a check failed)" if reply["degraded"] else ""
    return f"{_SIGN[reply['verdict']]}{degraded}  {reply['id']}"


def _warning(warning: Mapping[str, Any]) -> Iterable[str]:
    yield f"[{warning['severity']}] {warning['message']}  ({warning['rule']}, {warning['confidence']:.2f})"
    yield f"    Why: {warning['why']}"
    yield f"    Fix: {warning['suggestion']}"
    if isinstance(url := warning["evidence"].get("url"), str):
        yield f"    See: {url}"


def _unassessed(reply: Mapping[str, Any]) -> list[str]:
    rules = [c for c in reply["checks"] if c["status"] in ("failed", "not_assessed") and "/" in c["name"]]
    failed = [f"failed: {check['name']}: {check['reason']}" for check in rules if check["status"] == "failed"]
    silent = sum(check["status"] == "not_assessed" for check in rules)
    note = [f"{silent} rules do not know the draft's language ({reply['language']})."] if silent else []
    return ["", *failed, *note] if failed or note else []
