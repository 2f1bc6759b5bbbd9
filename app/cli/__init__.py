"""prepost: the command line. Exit codes: 0 pass, 1 warn, 2 hold or block, 64 misuse, 65 bad data, 70 Prepost failed."""

from __future__ import annotations

import logging
import sys

import click
import typer

from app.cli import accounts, audit, check, events, keys, openapi, rules, serve, train
from app.errors import PrepostError

MISUSE, BAD_DATA, FAILED = 64, 65, 70
"""as in sysexits.h: EX_USAGE, EX_DATAERR, EX_SOFTWARE"""

cli = typer.Typer(name="prepost", help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
cli.command("serve")(serve.serve)
cli.command("check")(check.check)
cli.command("audit")(audit.audit)
cli.add_typer(accounts.cli, name="accounts")
cli.add_typer(events.cli, name="events")
cli.add_typer(keys.cli, name="keys")
cli.command("train")(train.train_command)
cli.command("rules")(rules.rules)
cli.command("openapi")(openapi.openapi)


def main() -> None:
    """Run a command; every refusal is one line on standard error and an exit code from 64 up."""
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    try:
        code = cli(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        code = MISUSE
    except click.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = MISUSE
    except PrepostError as error:
        print(f"prepost: {error.title}: {error.detail}", file=sys.stderr)  # noqa: T201
        code = BAD_DATA if error.status < 500 else FAILED
    except OSError as error:
        print(f"prepost: {error}", file=sys.stderr)  # noqa: T201
        code = BAD_DATA
    sys.exit(code if isinstance(code, int) else 0)
