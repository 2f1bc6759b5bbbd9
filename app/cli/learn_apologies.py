"""prepost learn-apologies: make the model that reads the sentences of apologies."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from app.cli.model_folders import ModelsDir
from app.cli.train import assert_can_train


def learn_apologies(
    models: ModelsDir,
    sentences: Annotated[
        Path, typer.Option(help="folder of labelled sentences, JSONL", exists=True, file_okay=False)
    ] = Path("data/apologies"),
    seed: Annotated[int, typer.Option(help="of everything that is drawn")] = 0,
) -> None:
    """Learn to read apologies from labelled sentences: half a minute. A service reads the model at its next start."""
    assert_can_train()
    from app.training import apology  # noqa: PLC0415

    rows = apology.load_sentences(sentences)
    fitted, metrics = apology.learn(rows, seed=seed)
    inputs = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(sentences.glob("*.jsonl"))}
    version = apology.write(models, fitted, metrics, inputs)
    for head, each in metrics.items():
        typer.echo(f"{head:12} {each['positives']:5} of {each['n']:5}  AUC {each['auc']:.3f}")
    typer.echo(f"{models / 'apology'} is {version}, from {len(rows):,} sentences")
