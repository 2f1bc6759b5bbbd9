"""`python -m bench.calibration --sources FOLDER`: do probabilities say how often a label applies, on texts that come?

Organisations' posts, their replies and private persons' posts, 6,300, labelled by reading (data/natural): each head on
each kind of which at least fifty have the label, and where there is none on a public set. A map from strength to
probability is fitted on one half of the accounts or texts and judged on the other, crosswise. `--plot FILE` draws them.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any, get_args

from app.classifier import LABELS
from app.classifier.model import load_current
from app.domain import Among
from app.training.calibration import judged, log_odds, populations
from app.training.charts import Points, chart
from app.training.natural import load_known, natural_rows
from app.training.rows import Row, Source, load_sources, merge, read_source
from app.training.split import split
from app.training.train import NATURAL, SEED

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "data" / "sources.toml"
FEWEST = 50
OTHERS = {"identity_attack": "edos", "threat": "edos", "condolence": "crisislext26", "hearsay": "pheme"}
"""a public set, where fewer than fifty texts of each kind have the label"""
_COLUMNS, _WIDE, _HIGH = 5, 190, 195
_STYLE = (
    "svg{background:#fff;color:#222;font-family:sans-serif}text{font-size:9px;fill:currentColor;text-anchor:middle}"
    ".frame{fill:none;stroke:#bbb}.even{stroke:#bbb;stroke-dasharray:3}"
    "polyline{fill:none;stroke:#0b62b0;stroke-width:1.6}circle{fill:#0b62b0}"
)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    ask.add_argument("--plot", type=Path)
    asked = ask.parse_args()
    model, corpora = load_current(ROOT / "models"), load_sources(TABLE)
    natural = natural_rows(load_known(TABLE.parent / NATURAL), corpora, asked.sources, seed=SEED)
    sets: dict[str, list[Row]] = {}
    for among, at in populations(natural, corpora).items():
        sets[among] = [natural[index] for index in at]
    sets |= {name: _unseen(name, corpora, asked.sources) for name in sorted(set(OTHERS.values()))}
    odds = {name: log_odds(model, rows) for name, rows in sets.items()}
    print("| label | texts | n | ones | calibration error | Brier skill |\n|---|---|---|---|---|---|")
    drawn = []
    for label in LABELS:
        for name in (*get_args(Among), *([OTHERS[label]] if label in OTHERS else [])):
            found = judged(sets[name], odds[name], label, seed=SEED)
            if found["positives"] >= FEWEST:
                print(f"| {label} | {name} | {found['n']} | {found['positives']} | {_cells(found)} |", flush=True)
                drawn.append((f"{label}, {name}", found["bins"]))
    if asked.plot:
        asked.plot.write_text(_drawing(drawn), encoding="utf-8")


def _unseen(name: str, corpora: Sequence[Source], folder: Path) -> list[Row]:
    """Of a public set, the texts that no training has seen: held out, and EDOS's development part."""
    source = next(source for source in corpora if source.name == name)
    rows = split(merge(read_source(replace(source, cap=None), folder, seed=SEED)), seed=SEED)[1]
    if name == "edos":
        rows = merge([*rows, *read_source(replace(source, cap=None, keep={"split": "dev"}), folder, seed=SEED)])
    return rows


def _cells(found: dict[str, Any]) -> str:
    parts = []
    for measure in ("calibration_error", "brier_skill"):
        low, high = found[measure]["interval"]
        parts.append(f"{found[measure]['value']:.3f} [{low:.3f}, {high:.3f}]")
    return " | ".join(parts)


def _drawing(drawn: Sequence[tuple[str, Points]]) -> str:
    """All diagrams as one SVG."""
    rows = -(-len(drawn) // _COLUMNS)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_COLUMNS * _WIDE}" height="{rows * _HIGH}">',
        f"<style>{_STYLE}</style>",
    ]
    for at, (title, bins) in enumerate(drawn):
        name = escape(title)
        one = chart(name, name, ("stated", "true share"), [], bins, dots=True)
        parts.append(f'<g transform="translate({at % _COLUMNS * _WIDE} {at // _COLUMNS * _HIGH})">{_sized(one)}</g>')
    return "".join([*parts, "</svg>\n"])


def _sized(svg: str) -> str:
    return svg.replace("<svg ", '<svg width="180" height="180" ', 1)


if __name__ == "__main__":
    main()
