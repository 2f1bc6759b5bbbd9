"""The one path of a draft: look up, read, score, judge, decide, record, answer."""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any, NamedTuple, Protocol

from app.checks.apology import is_one
from app.checks.base import Check
from app.checks.own import OwnRules
from app.checks.scored import among_for
from app.classifier.apology import ApologyModel
from app.domain import (
    Account,
    AccountKind,
    Among,
    Category,
    CheckResult,
    Draft,
    Event,
    EventMatch,
    Moment,
    Prepared,
    Scores,
    Sentence,
    Text,
    Verdict,
    Voice,
)
from app.engine import Broken, attempt, decide, run_checks, run_own
from app.errors import Invalid
from app.events.matching import match
from app.events.polls import coming_polls, named_polls
from app.platforms.tables import PlatformTables
from app.policy import Policy, with_thresholds
from app.service import reply
from app.service.canonical import digest
from app.service.query import Case
from app.service.voice import heard as voice_of
from app.text import read

SERVICE = version("prepost")


class Scorer(Protocol):
    """What judging needs of a classifier."""

    @property
    def version(self) -> str: ...
    @property
    def labels(self) -> Sequence[str]: ...
    def score(self, texts: Sequence[Text]) -> list[Scores]: ...
    def recall(self, strengths: Mapping[str, float], because: Mapping[str, tuple[tuple[int, int], ...]]) -> Scores: ...
    def threshold(self, label: str, per_1000: float, among: Among = "posts") -> float | None: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """A judged draft: the reply, and what its record needs beyond it."""

    case: Case
    prepared: Prepared
    policy: Policy
    verdict: Verdict
    reply: dict[str, Any]
    written: str
    """`reply` as JSON: answered and recorded in the same words"""


Scored = tuple[Scores | None, Scores | None]
"""of the draft's text, and of the post it answers"""


OF_THE_MOMENT: tuple[Category, ...] = ("sombre_context", "unverified_claim")
"""the only categories whose rules look at events, as a test makes sure: nor do they look at a voice. A policy's own
rules look at neither, whatever their category"""


class Assessed(NamedTuple):
    """A judged draft before anything is said of it."""

    prepared: Prepared
    policy: Policy
    verdict: Verdict


class Checker:
    """Judges drafts. Pure but for the clock that times it: reads no store, writes nothing."""

    def __init__(
        self,
        *,
        checks: Sequence[Check],
        model: Scorer,
        policies: Mapping[str, Policy],
        platforms: PlatformTables,
        rules_version: str,
        apologies: ApologyModel | None = None,
    ) -> None:
        self.checks, self.model, self.platforms, self.rules_version = checks, model, platforms, rules_version
        self.apologies = apologies
        self._others = [check for check in checks if check.category not in OF_THE_MOMENT]
        self._of_the_moment = [check for check in checks if check.category in OF_THE_MOMENT]
        by_id = {check.id: check for check in checks}

        def threshold(rule_id: str, per_1000: float, kind: AccountKind | None) -> float | None:
            check = by_id[rule_id]
            return model.threshold(check.label, per_1000, among_for(check.among, kind)) if check.label else None

        self.policies = {name: with_thresholds(policy, threshold) for name, policy in policies.items()}
        self._own = {name: OwnRules(policy) for name, policy in policies.items()}
        self._timeless = {check.id for check in self._others}.union(*(policy.own for policy in policies.values()))

    def policy(self, case: Case) -> Policy:
        """The policy the request names, or the account's, or the default. Raises Invalid where it isn't known."""
        return self.policies[self._policy_name(case)]

    def _policy_name(self, case: Case) -> str:
        name = case.options.policy or case.account.policy or "default"
        if name not in self.policies:
            pointer = "/options/policy" if case.options.policy else "/account/policy"
            raise Invalid(f"there is no policy {name!r}", pointer=pointer)
        return name

    def judge(self, case: Case) -> Outcome:
        """Read, score, judge and decide. Raises Invalid for an unknown policy; nothing else."""
        started = time.perf_counter()
        return self.answer(case, self.assess(case), started)

    def assess(self, case: Case, scored: Scored | None = None) -> Assessed:
        """The verdict alone. `scored`: what this model said of these texts before, for scoring is what takes time."""
        policy = self.policy(case)
        prepared, broken = self.prepare(case, scored)
        results = run_checks(prepared, self.checks, policy) + self._run_own(case, prepared) + broken
        return Assessed(prepared, policy, decide(results, prepared, policy))

    def assess_moment(self, case: Case, scored: Scored) -> Assessed:
        """As `of_moment` of `assess`, in a fifth of its time: the rules that look at events alone."""
        policy = self.policy(case)
        prepared, broken = self.prepare(replace(case, profile=None, others=()), scored)
        results = run_checks(prepared, self._of_the_moment, policy) + broken
        return Assessed(prepared, policy, decide(results, prepared, policy))

    def complete(self, case: Case, moment: Assessed) -> Assessed:
        """What `assess` gives, by what `assess_moment` has read already."""
        prepared, policy, verdict = moment
        voice, unheard = _hear(case)
        prepared = replace(prepared, voice=voice)
        found = {each.rule: each for each in (*verdict.results, *run_checks(prepared, self._others, policy))}
        ran = tuple(found.pop(check.id) for check in self.checks if check.id in found)
        broken = tuple(each for rule, each in found.items() if rule != "voice")
        results = ran + self._run_own(case, prepared) + broken + unheard
        return Assessed(prepared, policy, decide(results, prepared, policy))

    def _run_own(self, case: Case, prepared: Prepared) -> tuple[CheckResult, ...]:
        return run_own(prepared, self._own[self._policy_name(case)])

    def of_moment(self, assessed: Assessed) -> Verdict:
        """The verdict by the rules that look at events, and by what failed before any rule ran."""
        results = (result for result in assessed.verdict.results if result.rule not in self._timeless)
        return decide(results, assessed.prepared, assessed.policy)

    def beside(
        self, assessed: Assessed, events: tuple[EventMatch, ...], *, only: Collection[str] | None = None
    ) -> tuple[CheckResult, ...]:
        """What the rules that look at events would say beside these alone; `only`: those of them."""
        prepared, policy, verdict = assessed
        if events == prepared.moment.events:
            known = {result.rule: result for result in verdict.results}
            return tuple(known[check.id] for check in self._of_the_moment if check.id in known)
        rules = [check for check in self._of_the_moment if only is None or check.id in only]
        return run_checks(replace(prepared, moment=Moment(prepared.moment.now, events)), rules, policy)

    def answer(self, case: Case, assessed: Assessed, started: float) -> Outcome:
        """What is said of it, under a new id. `started`: on the clock of `time.perf_counter`."""
        prepared, policy, verdict = assessed
        answer = reply.build(
            verdict,
            prepared,
            case.options,
            id=f"chk_{secrets.token_hex(12)}",
            versions=reply.versions(SERVICE, self.rules_version, self.model.version, policy),
            input_hash=digest((case, policy.digest)),
            elapsed_ms=round((time.perf_counter() - started) * 1000, 3),
        )
        return Outcome(case, prepared, policy, verdict, answer, reply.dumps(answer))

    def prepare(self, case: Case, scored: Scored | None = None) -> tuple[Prepared, tuple[CheckResult, ...]]:
        """Everything a rule may look at, and what could not be had: each a failure that degrades the verdict."""
        texts = read_fields(case.draft, case.options.language)
        answered = case.draft.in_reply_to
        heard = read(answered.text, "in_reply_to.text") if answered else None
        quoted = read(case.draft.quoted.text, "quoted.text") if case.draft.quoted else None
        scores, reply_scores, unscored = (*scored, ()) if scored else self._score(texts[0], heard)
        events, unmatched = _match(case, texts)
        voice, unheard = _hear(case)
        apology, misread = self._read_apology(case.draft, texts[0])
        prepared = Prepared(
            draft=case.draft,
            account=case.account,
            moment=Moment(case.goes_out_at, events),
            texts=texts,
            attached=tuple(read(link, f"links[{at}]", language="und") for at, link in enumerate(case.draft.links)),
            author=case.author,
            reply_to=heard,
            quoted=quoted,
            scores=scores,
            reply_scores=reply_scores,
            apology=apology,
            voice=voice,
            fact_checks=case.looked_up.found,
            waiting=case.waiting,
            law=self.platforms.law(case.account),
            polls=_polls(case),
            limits=self.platforms.limits,
            platform_rules=self.platforms.holding(case.account, case.draft),
        )
        return prepared, unscored + unmatched + unheard + misread + case.looked_up.results + self._unknown(case.account)

    def _read_apology(self, draft: Draft, text: Text) -> tuple[tuple[Sentence, ...] | None, tuple[CheckResult, ...]]:
        if not is_one(draft, text):
            return None, ()
        if self.apologies is None:
            return (), (CheckResult("apology/model", "skipped", "no model reads apologies: phrases alone judge it"),)
        sentences = attempt("reading an apology", self.apologies.read, text)
        if isinstance(sentences, Broken):
            return (), (CheckResult("apology", "failed", f"{sentences.error} while reading it"),)
        return sentences, ()

    def _unknown(self, account: Account) -> tuple[CheckResult, ...]:
        """What of the account nothing is known of: listed, so that nobody takes silence for consent."""
        found = []
        if law := self.platforms.without_rules(account):
            found.append(CheckResult("jurisdictions", "skipped", f"no rules of law are known for {_named(law)}"))
        if limits := self.platforms.unknown_limits(account):
            found.append(CheckResult("limits", "skipped", f"there is no limit called {_named(limits)}"))
        return tuple(found)

    def _score(self, text: Text, heard: Text | None) -> tuple[Scores | None, Scores | None, tuple[CheckResult, ...]]:
        batch = [text] if heard is None else [text, heard]
        scored = attempt("the classifier", self.model.score, batch)
        if isinstance(scored, Broken):
            return None, None, (CheckResult("classifier", "failed", f"{scored.error} while scoring"),)
        return scored[0], scored[1] if heard is not None else None, ()


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(names)[:200]


def _polls(case: Case) -> tuple[Event, ...]:
    found = (*(named_polls(case.events) if case.events else ()), *case.stored.polls)
    return coming_polls(found, case.account, case.goes_out_at) if found else ()


def _match(case: Case, texts: tuple[Text, ...]) -> tuple[tuple[EventMatch, ...], tuple[CheckResult, ...]]:
    unread = (CheckResult("events", "failed", case.events_error),) if case.events_error else ()
    if not (case.events or case.stored):
        return (), unread
    matched = attempt("event matching", match, case.events, case.account, case.goes_out_at, texts, case.stored)
    if isinstance(matched, Broken):
        return (), (CheckResult("events", "failed", f"{matched.error} while matching events"),)
    return matched, unread


def _hear(case: Case) -> tuple[Voice | None, tuple[CheckResult, ...]]:
    unread = (CheckResult("voice", "failed", case.voice_error),) if case.voice_error else ()
    voice = attempt("comparing voices", voice_of, case)
    if isinstance(voice, Broken):
        return None, (CheckResult("voice", "failed", f"{voice.error} while comparing voices"),)
    return voice, unread


def read_fields(draft: Draft, language: str | None) -> tuple[Text, ...]:
    """Each field of the draft that holds words, `text` first; they share the text's language where it has one."""
    text = read(draft.text, "text", language=language)
    known = language or (text.language if text.language != "und" else None)
    fields: list[tuple[str, str | None]] = [("title", draft.title), ("content_warning", draft.content_warning)]
    fields += [(f"tags[{index}]", tag) for index, tag in enumerate(draft.tags)]
    fields += [(f"poll.options[{index}]", option) for index, option in enumerate(draft.poll_options or ())]
    fields += [(f"media[{index}].alt_text", item.alt_text) for index, item in enumerate(draft.media)]
    return (text, *(read(raw, field, language=known) for field, raw in fields if raw))
