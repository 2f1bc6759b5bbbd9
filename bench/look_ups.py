"""`python -m bench.look_ups`: what looking for fact checks costs a check, one after another, by source.

Nothing set up; an index of 50,000 made-up reviews; the connector with a remembered answer, its server on loopback.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from pydantic import SecretStr

from app.domain import Account, Draft
from app.factchecks.build import build
from app.factchecks.claimreview import Review, Tally
from app.main import build_services
from app.service.query import Query
from app.service.services import Services
from app.settings import Settings
from tests.fact_check_server import KEY, serving

CHECKS, WARM_UP, REVIEWS = 500, 100, 50_000
DRAFT = "Good morning, Leeds. Vaccines cause autism, says a study of 2011 children in Berlin. Have a nice day."


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, serving() as server:
        index = Path(folder) / "claims.idx"
        build(_reviews(), index, Tally())
        google = {"google_fact_check_key": SecretStr(KEY), "google_fact_check_url": server.url}
        for name, given in {"nothing": {}, "index": {"claims_index": index}, "connector": google}.items():
            services, audit_log = build_services(Settings(data_dir=Path(folder) / name, **given))
            audit_log.start()
            took = asyncio.run(_checked(services))
            audit_log.stop()
            services.database.close()
            p95 = statistics.quantiles(took, n=20)[-1]
            print(f"{name:10} n {len(took)}, median {statistics.median(took):.2f} ms, p95 {p95:.2f} ms")


def _reviews() -> list[Review]:
    claim = "Claim number {0} of the mayor of Town{0} is about {0} boats"
    return [
        Review(claim.format(n), "C", f"https://c.example/{n}", "False", "wrong", None, "en") for n in range(REVIEWS)
    ]


async def _checked(services: Services) -> list[float]:
    """Milliseconds of each check, its record included."""
    stop, took = asyncio.Event(), []
    sources = services.fact_checks
    running = asyncio.create_task(sources.run(stop, lambda *_: None)) if sources else None
    for _ in range(WARM_UP + CHECKS):
        begun = time.perf_counter()
        await services.desk.check(Query(Draft(DRAFT, ("x",)), Account(handle="@acme")))
        took.append((time.perf_counter() - begun) * 1_000)
    stop.set()
    if running is not None:
        await running
    return took[WARM_UP:]


if __name__ == "__main__":
    main()
