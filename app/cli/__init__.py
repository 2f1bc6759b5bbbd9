"""prepost: the command line. Exit codes: 0 pass, 1 warn, 2 hold or block, 64 misuse, 65 bad data, 70 Prepost failed."""

from __future__ import annotations

import io
import logging
import sys

import typer
from pydantic import ValidationError

from app.cli import (
    accounts,
    audit,
    check,
    claims,
    compare,
    drill,
    evaluate,
    events,
    keys,
    labels,
    learn_apologies,
    models,
    openapi,
    platforms,
    policy,
    queue,
    recover,
    retrain,
    rules,
    serve,
    session,
    train,
    tune,
    webhooks,
)
from app.cli.exits import BAD_DATA, FAILED, MISUSE
from app.errors import PrepostError

cli = typer.Typer(name="prepost", help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
cli.command("serve")(serve.serve)
cli.command("check")(check.check)
cli.command("audit")(audit.audit)
cli.command("recover")(recover.recover)
cli.command("drill")(drill.drill)
cli.add_typer(accounts.cli, name="accounts")
cli.add_typer(claims.cli, name="claims")
cli.add_typer(events.cli, name="events")
cli.add_typer(policy.cli, name="policy")
cli.add_typer(queue.cli, name="queue")
cli.add_typer(webhooks.cli, name="webhooks")
cli.add_typer(keys.cli, name="keys")
cli.add_typer(labels.cli, name="labels")
cli.command("train")(train.train_command)
cli.command("learn-apologies")(learn_apologies.learn_apologies)
cli.command("tune")(tune.tune_command)
cli.command("promote")(models.promote)
cli.command("rollback")(models.rollback)
cli.command("models")(models.models)
cli.command("retrain")(retrain.retrain_command)
cli.command("evaluate")(evaluate.evaluate_command)
cli.command("compare")(compare.compare_command)
cli.command("rules")(rules.rules)
cli.command("platforms")(platforms.platforms)
cli.command("openapi")(openapi.openapi)


def main() -> None:
    """Run a command; every refusal is one line on standard error and an exit code from 64 up."""
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that can't show a character must not hide a verdict
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_run())


def _run() -> int:
    try:
        code = cli(standalone_mode=False)
    except typer.TyperException as error:
        return _refuse(error.format_message() or "a command is missing", MISUSE)
    except typer.Abort:
        return 130
    except PrepostError as error:
        return _refuse(f"{error.title}: {error.detail}", BAD_DATA if error.status < 500 else FAILED)
    except ValidationError as error:  # requests are checked where they are read: what is left are the settings
        return _refuse(f"a PREPOST_* setting is wrong: {session.faults(error)}", MISUSE)
    except OSError as error:
        return _refuse(str(error), BAD_DATA)
    except SystemExit as error:  # uvicorn and typer use 1, which here would be a verdict
        return FAILED if error.code else 0
    return code if isinstance(code, int) else 0


def _refuse(reason: str, code: int) -> int:
    print("prepost: " + " ".join(reason.split()), file=sys.stderr)  # noqa: T201
    return code
