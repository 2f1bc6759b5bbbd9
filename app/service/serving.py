"""The model in use: loaded from the folder that CURRENT names, and exchanged as a whole while the service runs."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.checks.base import Check
from app.classifier.model import Model, current, load
from app.engine import Broken, attempt
from app.errors import BadModel
from app.platforms.tables import PlatformTables
from app.policy import Policy
from app.service import rules
from app.service.check import Checker

log = logging.getLogger(__name__)
Stamp = tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Papers:
    """What a model was made from, with digests, and how it did on held-out posts."""

    manifest: Mapping[str, Any]
    metrics: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Serving:
    """One model in use: what judges with it, thresholds included, and its papers. Another model is another Serving."""

    model: Model
    checker: Checker
    papers: Papers


class Loader:
    """Makes a Serving of the model that CURRENT names; rules and policies stay those of the start."""

    def __init__(
        self, models: Path, *, checks: Sequence[Check], policies: Mapping[str, Policy], platforms: PlatformTables
    ) -> None:
        self.models, self.checks, self.policies, self.platforms = models, checks, policies, platforms
        self.rules_version = rules.version(checks, platforms.digest)

    def stamp(self) -> Stamp:
        """What differs once CURRENT has been replaced; None while it can't be looked at."""
        try:
            found = (self.models / "CURRENT").stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

    def load(self, held: Model | None = None) -> Serving:
        """Verified, and run once. `held`: the model in use, whose encoder may be shared. Raises BadModel."""
        model = load_and_run(self.models / current(self.models), held=held)
        try:
            metrics = dict(json.loads(model.paper("metrics.json")))
        except (OSError, ValueError, TypeError) as error:
            raise BadModel(f"{model.folder / 'metrics.json'} can't be read: {type(error).__name__}") from error
        checker = Checker(
            checks=self.checks,
            model=model,
            policies=self.policies,
            platforms=self.platforms,
            rules_version=self.rules_version,
        )
        return Serving(model, checker, Papers(model.manifest, metrics))


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

    `serving` is exchanged in one assignment: who has taken it keeps that model to the end of a request, and the last
    one to let go of an old model frees it.
    """

    def __init__(self, loader: Loader) -> None:
        self._loader = loader
        self._seen = loader.stamp()  # before CURRENT is read: a change in between is seen as one
        self.serving = loader.load()
        self.refusal: str | None = None
        """why the model that CURRENT names is not the one in use"""

    def refresh(self, *, again: bool = False) -> bool:
        """Take the model that CURRENT names where CURRENT has changed, or `again`. False where that one is refused.

        Slow: a new model is read and run. What is refused is said once, and tried again when CURRENT changes.
        """
        stamp = self._loader.stamp()
        if stamp == self._seen and not again:
            return True
        self._seen = stamp
        loaded = attempt("loading a model", self._load)
        if isinstance(loaded, Serving):
            old, self.serving, self.refusal = self.serving.model.version, loaded, None
            log.warning("model %s serves in place of %s", loaded.model.version, old)
            return True
        cause = f"{loaded.error} while loading it" if isinstance(loaded, Broken) else loaded.detail
        self.refusal = cause.replace(f"{self._loader.models}/", "")
        log.error("the model that CURRENT names is refused, %s goes on serving: %s", self.serving.model.version, cause)
        return False

    def _load(self) -> Serving | BadModel:
        try:
            return self._loader.load(self.serving.model)
        except BadModel as refusal:
            return refusal
