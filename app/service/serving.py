"""What judges: the model that CURRENT names under the policies of a folder, each exchanged as a whole while it runs."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from app.checks.base import Check
from app.classifier.apology import ApologyModel
from app.classifier.model import Model, current, load
from app.engine import Broken, attempt
from app.errors import BadModel, BadPolicy, PrepostError
from app.platforms.tables import PlatformTables
from app.policy import Policy
from app.service import policies, rules
from app.service.check import Checker

log = logging.getLogger(__name__)
Stamp = tuple[int, int, int] | None
Part = Literal["model", "policy"]
_SETTLES = 0.1
"""seconds in which a policy file must not change, or it is still being written"""


@dataclass(frozen=True, slots=True)
class Papers:
    """What a model was made from, with digests, and how it did on held-out posts."""

    manifest: Mapping[str, Any]
    metrics: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Serving:
    """One model and one set of policies in use: what judges with them, thresholds included, and the model's papers."""

    model: Model
    checker: Checker
    papers: Papers
    policies: Mapping[str, Policy]
    """as they were read, without a model's thresholds"""


class Loader:
    """Makes a Serving of the model that CURRENT names and of the policies in a folder; the rules stay."""

    def __init__(self, models: Path, *, checks: Sequence[Check], policies: Path, platforms: PlatformTables) -> None:
        self.models, self.checks, self.policies, self.platforms = models, checks, policies, platforms
        self.apologies = ApologyModel.load(models)
        """what reads apologies, once at start; None where there is none: then word lists alone judge them"""
        read_by = self.apologies.version if self.apologies else ""
        self.rules_version = rules.version(checks, platforms.digest + read_by)

    def stamp(self) -> Stamp:
        """What differs once CURRENT has been replaced; None while it can't be looked at."""
        try:
            found = (self.models / "CURRENT").stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

    def policy_stamp(self) -> policies.Stamp:
        """What differs once a policy has been changed, added or removed."""
        return policies.stamp(self.policies)

    def load_policies(self) -> dict[str, Policy]:
        """Raises BadPolicy."""
        return policies.load_policies(self.policies, [check.id for check in self.checks])

    def load(self, under: Mapping[str, Policy], held: Model | None = None) -> Serving:
        """Verified, and run once. `held`: the model in use, whose encoder may be shared. Raises BadModel."""
        model = load_and_run(self.models / current(self.models), held=held)
        try:
            metrics = dict(json.loads(model.paper("metrics.json")))
        except (OSError, ValueError, TypeError) as error:
            raise BadModel(f"{model.folder / 'metrics.json'} can't be read: {type(error).__name__}") from error
        return Serving(model, self.checker(model, under), Papers(model.manifest, metrics), under)

    def checker(self, model: Model, under: Mapping[str, Policy]) -> Checker:
        return Checker(
            checks=self.checks,
            model=model,
            policies=under,
            platforms=self.platforms,
            rules_version=self.rules_version,
            apologies=self.apologies,
        )


def load_and_run(folder: Path, *, held: Model | None = None) -> Model:
    """A model that is whole and has scored a text. Raises BadModel."""
    model = load(folder, held=held)
    if isinstance(ran := attempt("the first run of a model", _run, model), Broken):
        raise BadModel(f"{folder} can't score a text: {ran.error}")
    if isinstance(ran, BadModel):
        raise ran
    return model


def _run(model: Model) -> BadModel | None:
    try:
        model.warm()
    except BadModel as refusal:
        return refusal
    return None


class Live:
    """What is serving now.

    `serving` is exchanged in one assignment: who has taken it keeps that model and those policies to the end of a
    request, and the last one to let go of an old model frees it.
    """

    def __init__(self, loader: Loader) -> None:
        self._loader = loader
        # Before anything is read: a change in between is seen as one.
        self._seen, self._policies_seen = loader.stamp(), loader.policy_stamp()
        self.serving = loader.load(loader.load_policies())
        self.refusals: dict[Part, str] = {}
        """why the model that CURRENT names, or the policies in the folder, are not those in use"""

    def refresh(self, *, again: bool = False) -> list[Part]:
        """Take the model and the policies that have changed, or `again`. Gives those of them that are refused.

        Slow: a new model is read and run, own rules are tried. What is refused is said once, and tried again when it
        changes.
        """
        taken: dict[Part, bool] = {
            "policy": self._refresh_policies(again=again),
            "model": self._refresh_model(again=again),
        }
        return [part for part, fine in taken.items() if not fine]

    def _refresh_model(self, *, again: bool) -> bool:
        stamp = self._loader.stamp()
        if stamp == self._seen and not again:
            return True
        self._seen = stamp
        old = self.serving
        loaded = _tried("loading a model", lambda: self._loader.load(old.policies, old.model))
        if isinstance(loaded, Serving):
            self.serving = loaded
            self.refusals.pop("model", None)
            log.warning("model %s serves in place of %s", loaded.model.version, old.model.version)
            return True
        self.refusals["model"] = loaded.replace(f"{self._loader.models}/", "")
        log.error("the model that CURRENT names is refused, %s goes on serving: %s", self.serving.model.version, loaded)
        return False

    def _refresh_policies(self, *, again: bool) -> bool:
        stamp = self._loader.policy_stamp()
        if stamp == self._policies_seen and not again:
            return True
        time.sleep(_SETTLES)
        if self._loader.policy_stamp() != stamp:
            return True  # the next look finds it changed still
        self._policies_seen = stamp
        loaded = _tried("loading policies", self._with_policies)
        if isinstance(loaded, Serving):
            self._take_policies(loaded)
            return True
        self.refusals["policy"] = loaded.replace(f"{self._loader.policies}", "the folder of policies")
        log.error("the policies are refused, those of before go on serving: %s", loaded)
        return False

    def _with_policies(self) -> Serving:
        new, old = self._loader.load_policies(), self.serving
        return replace(old, checker=self._loader.checker(old.model, new), policies=new)

    def _take_policies(self, loaded: Serving) -> None:
        old, self.serving = self.serving, loaded
        self.refusals.pop("policy", None)
        for name in sorted(old.policies.keys() | loaded.policies.keys()):
            before, after = _named(old.policies.get(name)), _named(loaded.policies.get(name))
            if before != after:
                log.warning("policy %s: %s serves in place of %s", name, after, before)


def _named(policy: Policy | None) -> str:
    return f"{policy.label} ({policy.digest[:12]})" if policy else "none"


def _tried(what: str, load: Callable[[], Serving]) -> Serving | str:
    """What it gives, or why it is refused."""

    def loading() -> Serving | PrepostError:
        try:
            return load()
        except (BadModel, BadPolicy) as refusal:
            return refusal

    loaded = attempt(what, loading)
    if isinstance(loaded, Broken):
        return f"{loaded.error} while loading it"
    return loaded.detail if isinstance(loaded, PrepostError) else loaded
