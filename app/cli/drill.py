"""prepost drill: rehearse a mistake, decision by decision, against the clock."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, NamedTuple, Protocol

import typer

from app.cli import recover, session
from app.recovery.drills import BEST, Choice, Decision, Drill
from app.recovery.tables import RecoveryTables
from app.service import recovery
from app.service.services import Services
from app.settings import Settings


class Terminal(Protocol):
    """Where a drill is played."""

    def say(self, text: str) -> None: ...
    def ask(self, prompt: str) -> str | None:
        """A line; None where there are no more."""


class Taken(NamedTuple):
    """One decision as it was made."""

    step: Decision
    choice: Choice | None
    """None where an answer was written, or nothing was decided"""
    seconds: float
    warnings: tuple[str, ...] | None = None
    """of the answer that was written, what Prepost warns of, or that it could not be read"""

    @property
    def late(self) -> bool:
        return self.seconds > self.step.seconds

    @property
    def by_the_method(self) -> bool:
        if self.warnings is not None:
            return not self.warnings
        return self.choice is not None and self.choice.worth == BEST


def drill(
    name: Annotated[str | None, typer.Argument(help="the drill; left out: lists them")] = None,
    clock: Annotated[bool, typer.Option("--clock/--no-clock", help="whether time counts")] = True,
) -> None:
    """Rehearse: decide step by step against the clock, and be shown what the method would have done."""
    settings = Settings()
    tables = RecoveryTables.load(settings.recovery_dir, settings.drills_dir)
    if name is None:
        for each in tables.drills.values():
            typer.echo(f"{each.id:28} {each.title}")
        return
    chosen = recovery.drill_of(tables, name)
    with session.services() as parts:
        play(chosen, parts, _Console(), time.monotonic if clock else lambda: 0.0)


class _Console:
    def say(self, text: str) -> None:
        typer.echo(text)

    def ask(self, prompt: str) -> str | None:
        typer.echo(prompt, nl=False)
        with suppress(EOFError):
            answer = input()
            if not sys.stdin.isatty():
                typer.echo(answer)  # a recorded answer is part of what is read afterwards
            return answer
        typer.echo("")
        return None


def play(drill: Drill, parts: Services, terminal: Terminal, now: Callable[[], float]) -> list[Taken]:
    """From the first decision to the debrief; gives what was decided. It may end early where nobody answers."""
    terminal.say(f"{drill.title}\n\nYou run {drill.account}\n{drill.story}")
    taken: list[Taken] = []
    for number, step in enumerate(drill.steps, 1):
        terminal.say(
            f"\n[minute {step.minute}] {number}/{len(drill.steps)}\n{step.says}\n{step.ask} ({step.seconds} s)"
        )
        made = _decide(step, terminal, now) if step.choices else _write(drill, step, parts, terminal, now)
        if made is None:
            terminal.say("\nNobody answers any more; the drill ends here.")
            break
        taken.append(made)
        if made.late:
            terminal.say(f"  Late: {made.seconds:.0f} s of {step.seconds}. {step.late}")
        if made.choice is not None:
            terminal.say(f"  {made.choice.then}")
    _debrief(drill, taken, parts, terminal)
    return taken


def _decide(step: Decision, terminal: Terminal, now: Callable[[], float]) -> Taken | None:
    terminal.say("\n".join(f"  {choice.key}) {choice.do}" for choice in step.choices))
    keys = {choice.key: choice for choice in step.choices}
    started = now()
    while (answer := terminal.ask("> ")) is not None:
        if choice := keys.get(answer.strip().casefold().rstrip(")")):
            return Taken(step, choice, now() - started)
        terminal.say(f"  Type one of {', '.join(keys)}.")
    return None


def _write(drill: Drill, step: Decision, parts: Services, terminal: Terminal, now: Callable[[], float]) -> Taken | None:
    """One line, judged as it would be before it goes out."""
    started = now()
    answer = terminal.ask("> ")
    while answer is not None and not answer.strip():
        answer = terminal.ask("> ")
    if answer is None:
        return None
    seconds = now() - started
    post = drill.recovery["post"]
    draft = {"text": answer, "platform": post.get("platform", "other"), "kind": post.get("kind", "post")}
    draft["intent"] = "apology"
    body = {"draft": draft, "account": drill.recovery["account"], "context": drill.recovery.get("context", {})}
    outcome = parts.checker.judge(parts.desk.directory.case(session.query(body)))
    warned = [warning for warning in outcome.reply["warnings"] if warning["severity"] != "low"]
    for warning in warned:
        terminal.say(f"  {warning['rule']}: {warning['message']} {warning['suggestion']}")
    rules = tuple(warning["rule"] for warning in warned)
    if outcome.reply["degraded"]:
        terminal.say("  Not every check of it could be made.")
        rules += ("not every check could be made",)
    if not rules:
        terminal.say("  Prepost finds nothing to warn of in it.")
    return Taken(step, None, seconds, rules)


def _debrief(drill: Drill, taken: list[Taken], parts: Services, terminal: Terminal) -> None:
    right, late = sum(each.by_the_method for each in taken), sum(each.late for each in taken)
    terminal.say(f"\nWHAT THE METHOD WOULD HAVE DONE\n{right} of {len(drill.steps)} as the method, {late} late.")
    for number, each in enumerate(taken, 1):
        mark = "=" if each.by_the_method else "x"
        yours = each.choice.do if each.choice else ", ".join(each.warnings or ()) or "nothing to warn of"
        terminal.say(f"\n{number} {mark} You: {yours}")
        if not each.by_the_method and each.step.best:
            terminal.say(f"    The method: {each.step.best[0].do}")
        terminal.say(f"    Why: {each.step.method}")
    asked = replace(recover.query(dict(drill.recovery)), drafts=False)
    found = recovery.recover(parts.recovery, parts.checker, parts.desk.directory, asked)
    reasons = " ".join(found["reasons"])
    terminal.say(f"\nFor this incident `prepost recover` says: {found['outcome'].replace('_', ' ')}. {reasons}")
    for change in found["would_change"][:3]:
        terminal.say(f"  {change['condition']}: {change['outcome'].replace('_', ' ')}")
    terminal.say(f"\n{drill.debrief}")
