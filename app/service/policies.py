"""Every policy file of a folder, read once at start. A folder without a usable default is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.errors import BadPolicy
from app.policy import Policy, load_policy


def load_policies(folder: Path, rule_ids: Sequence[str]) -> dict[str, Policy]:
    """Policies by file name without its ending; what another one leaves out, `default` answers.

    Raises BadPolicy with the file and the entry at fault.
    """
    if not (folder / "default.toml").is_file():
        raise BadPolicy(f"{folder} holds no default.toml")
    default = load_policy(folder / "default.toml", rule_ids)
    others = sorted(path for path in folder.glob("*.toml") if path.stem != "default")
    return {"default": default} | {path.stem: load_policy(path, rule_ids, base=default) for path in others}
