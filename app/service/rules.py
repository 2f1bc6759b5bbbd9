"""The rules as a reader sees them: their version, their manuals, their pages."""

from __future__ import annotations

import hashlib
import html
import inspect
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from app import checks as checks_package
from app.checks.base import Check
from app.policy import OwnRule, Policy

_FOLDER = Path(inspect.getfile(checks_package)).parent
_PART = re.compile(r"^(Why|Flag|Allow):", re.MULTILINE)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}: Prepost</title>
<style>body{{font:16px/1.6 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}}
code{{background:#8882;padding:.1em .3em;border-radius:.2em}}h2{{margin-bottom:0}}</style></head>
<body><p><code>{id}</code></p><h1>{title}</h1>
{manual}
{end}
</body></html>
"""


def version(checks: Sequence[Check], tables: str) -> str:
    """Short digest of the rules' ids, code and lists and of the platforms' tables: another digest, other rules."""
    total = hashlib.sha256("\n".join([tables, *(check.id for check in checks)]).encode())
    for path in sorted(_FOLDER.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            total.update(path.relative_to(_FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:12]


def own(policies: Mapping[str, Policy]) -> dict[str, dict[str, OwnRule]]:
    """The policies' own rules by id, each by the names of the policies that have it; `default` comes first."""
    found: dict[str, dict[str, OwnRule]] = {}
    for name in sorted(policies, key=lambda name: (name != "default", name)):
        for rule_id, rule in policies[name].own.items():
            found.setdefault(rule_id, {})[name] = rule
    return found


def page(check: Check, rows: Sequence[str]) -> str:
    """The rule's manual as a page that needs nothing from anywhere else. `rows`: of the platforms' tables."""
    sources = "".join(f"<li>{html.escape(source)}</li>" for source in (*check.sources, *rows))
    return _page(check.id, check.title, check.manual, f"<h2>Sources</h2><ul>{sources}</ul>" if sources else "")


def own_page(rule: OwnRule) -> str:
    """The page of a house's own rule.

    It answers without a key, and what a house watches for may be a secret: so neither words, cases nor policies are
    on it.
    """
    return _page(rule.id, rule.title, rule.about, "<p>A rule of the house's own.</p>")


def _page(rule_id: str, title: str, manual: str, end: str) -> str:
    return _PAGE.format(
        id=html.escape(rule_id),
        title=html.escape(title),
        manual="\n".join(_block(block) for block in _blocks(manual)),
        end=end,
    )


def _blocks(manual: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", _PART.sub(r"\n\n\1:\n\n", manual)) if block.strip()]


def _block(block: str) -> str:
    text = block.strip()
    if text in ("Why:", "Flag:", "Allow:"):
        return f"<h2>{text[:-1]}</h2>"
    lines = [line.strip() for line in text.splitlines()]
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))
