"""prepost serve: start the service."""

from __future__ import annotations

import json
import logging
from typing import Annotated

import typer
import uvicorn

from app.domain import Account
from app.main import create_app
from app.service import accounts
from app.settings import Settings
from app.store.session import Database

_DEMO = Account(
    id="demo",
    handle="@harbour_ferries",
    display_name="Harbour Ferries",
    kind="brand",
    description="Ferries across the bay, every twenty minutes. Tickets, times and the odd seal.",
    language="en",
    regions=("GB",),
)
_DRAFT = "ugh so hungover, why are all drivers in this city such fucking idiots"


def serve(
    host: Annotated[str | None, typer.Option(help="address to listen on; beyond loopback an API key is needed")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on", min=0, max=65535)] = None,
    demo: Annotated[bool, typer.Option("--demo", help="store a demo account and print a call that works")] = False,
) -> None:
    """Start the service."""
    logging.getLogger().setLevel(logging.WARNING)
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = Settings(**given)  # type: ignore[arg-type]
    app = create_app(settings)
    if demo:
        _add_demo(settings)
        typer.echo(_call(settings))
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # nothing here asks who called: a layer less on each request
    )


def _add_demo(settings: Settings) -> None:
    database = Database(settings.store_url)
    accounts.put(database, _DEMO)
    database.close()


def _call(settings: Settings) -> str:
    body = json.dumps({"draft": {"text": _DRAFT, "platform": "x"}, "account": _DEMO.id})
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    url = f"http://{host}:{settings.port}"
    return (
        f"Prepost listens on {url} (its API: {url}/docs). Stop it with Ctrl+C. Try, in another terminal:\n\n"
        f"  curl -s {url}/check -H 'Content-Type: application/json' -d '{body}'\n"
    )
