"""Every policy file of a folder. A folder without a usable default is refused, and so is one with any wrong file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from app.checks.own import BadOwnRule, try_out
from app.errors import BadPolicy
from app.policy import Policy, Source, read_policy

Stamp = frozenset[tuple[str, int, int, int]]


def load_policies(folder: Path, rule_ids: Collection[str]) -> dict[str, Policy]:
    """Policies by file name without its ending; what another one leaves out, `default` answers.

    Raises BadPolicy with file, line and entry.
    """
    found: dict[str, Policy] = {}
    for name, policy in read_policies(folder, rule_ids):
        if isinstance(policy, BadPolicy):
            raise policy
        found[name] = policy
    return found


def read_policies(folder: Path, rule_ids: Collection[str]) -> Iterator[tuple[str, Policy | BadPolicy]]:
    """Each policy, or why it is refused; `default` first, and nothing behind one that is refused."""
    if not (folder / "default.toml").is_file():
        yield "default", BadPolicy(f"{folder} holds no default.toml")
        return
    default = _read(folder / "default.toml", rule_ids)
    yield "default", default
    if isinstance(default, Policy):
        for path in _files(folder):
            if path.stem != "default":
                yield path.stem, _read(path, rule_ids, default)


def stamp(folder: Path) -> Stamp:
    """What differs once a file has been changed, added or removed."""
    found = set()
    for path in _files(folder):
        try:
            stat = path.stat()
        except OSError:  # just removed, or a link that leads nowhere: reading it says so
            found.add((path.name, 0, 0, 0))
        else:
            found.add((path.name, stat.st_mtime_ns, stat.st_ino, stat.st_size))
    return frozenset(found)


def _files(folder: Path) -> list[Path]:
    """Without the hidden ones, which editors leave beside a file that is open."""
    try:
        return sorted(path for path in folder.glob("*.toml") if not path.name.startswith("."))
    except OSError:
        return []


def _read(path: Path, rule_ids: Collection[str], base: Policy | None = None) -> Policy | BadPolicy:
    try:
        source = Source.read(path)
        policy = read_policy(source, rule_ids, base=base)
    except BadPolicy as refusal:
        return refusal
    for rule_id, rule in policy.own.items():
        if base is not None and base.own.get(rule_id) == rule:
            continue  # tried with the policy below
        try:
            try_out(rule)
        except BadOwnRule as fault:
            return source.fail(("own", rule_id, *fault.path), fault.reason)
    return policy
