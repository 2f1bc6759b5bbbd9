"""What /metrics shows: verdicts, warnings, failures and how long things take. Never a word of a draft."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest

from app.domain import VERDICTS, Feedback
from app.service.check import Outcome
from app.service.feeds import Outcome as PollOutcome
from app.service.serving import Part

_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Meters:
    """One registry per app, so that two apps in a process do not count for each other."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        registry = self.registry
        self._checks = Counter("prepost_checks", "Checks answered, by verdict", ["verdict"], registry=registry)
        self._degraded = Counter("prepost_checks_degraded", "Checks in which something failed", registry=registry)
        self._warnings = Counter(
            "prepost_warnings", "Findings, by rule; observed ones too", ["rule", "shown"], registry=registry
        )
        self._failures = Counter("prepost_rule_failures", "Rules that failed", ["rule"], registry=registry)
        self._feedback = Counter(
            "prepost_feedback", "Feedback on checks, by what it says", ["verdict_was", "category"], registry=registry
        )
        self._judging = Histogram(
            "prepost_check_seconds", "Time spent judging a draft", buckets=_SECONDS, registry=registry
        )
        self._parts = Gauge("prepost_part_ready", "1 where a part is ready (see /readyz)", ["part"], registry=registry)
        self._model = Info("prepost_model", "The model that is serving", registry=registry)
        self._refused = {
            "model": Counter(
                "prepost_model_load_failures", "Models that CURRENT named and that could not be loaded",
                registry=registry,
            ),
            "policy": Counter(
                "prepost_policy_load_failures", "Changes of the policies that were refused", registry=registry
            ),
        }  # fmt: skip
        self._feed_polls = Counter(
            "prepost_feed_polls", "Times a feed was asked, by how that went", ["feed", "outcome"], registry=registry
        )
        self._queue = Gauge("prepost_queue_items", "Scheduled drafts in the queue", ["verdict"], registry=registry)
        self._deliveries = Counter(
            "prepost_webhook_deliveries", "Attempts to deliver a webhook, by what came of them", ["outcome"],
            registry=registry,
        )  # fmt: skip
        self._fact_checks = Counter(
            "prepost_fact_check_look_ups", "Look-ups of fact checks elsewhere, by what came of them",
            ["source", "outcome"], registry=registry,
        )  # fmt: skip
        self._fact_checks_paused = Gauge(
            "prepost_fact_checks_paused", "1 while nothing is asked elsewhere (see /readyz)", registry=registry
        )
        self._requests = Histogram(
            "prepost_request_seconds",
            "Time to answer, by route",
            ["route", "status"],
            buckets=_SECONDS,
            registry=registry,
        )

    def check(self, outcome: Outcome) -> None:
        verdict = outcome.verdict
        self._checks.labels(verdict.name).inc()
        self._judging.observe(outcome.reply["elapsed_ms"] / 1000)
        for warning in verdict.warnings:
            self._warnings.labels(warning.rule, "yes").inc()
        for warning in verdict.observed:
            self._warnings.labels(warning.rule, "no").inc()
        if verdict.degraded:
            self._degraded.inc()
            for result in verdict.results:
                if result.status == "failed":
                    self._failures.labels(result.rule).inc()

    def feedback(self, said: Feedback) -> None:
        self._feedback.labels(said.verdict_was, said.category or "any").inc()

    def request(self, route: str, status: int, seconds: float) -> None:
        self._requests.labels(route, f"{status // 100}xx").observe(seconds)

    def feed_polled(self, feed: str, outcome: PollOutcome) -> None:
        self._feed_polls.labels(feed, outcome).inc()

    def refused(self, part: Part) -> None:
        self._refused[part].inc()

    def delivery(self, outcome: str) -> None:
        self._deliveries.labels(outcome).inc()

    def fact_check(self, source: str, outcome: str) -> None:
        self._fact_checks.labels(source, outcome).inc()

    def fact_checks_paused(self, paused: bool) -> None:
        self._fact_checks_paused.set(paused)

    def queue(self, counts: Mapping[str, int]) -> None:
        for verdict in VERDICTS:
            self._queue.labels(verdict).set(counts.get(verdict, 0))

    def text(self, parts: Mapping[str, str], *, model: str) -> bytes:
        """All figures; `parts` is each part's state, `ok` where it is ready, `model` the version that serves."""
        self._model.info({"version": model})
        for part, state in parts.items():
            self._parts.labels(part).set(state == "ok")
        return generate_latest(self.registry)
