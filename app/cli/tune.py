"""prepost tune: fine-tune the encoder, the long way."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Annotated

import typer

from app.cli.model_folders import ModelsDir
from app.errors import Invalid


def tune_command(
    upstream: Annotated[Path, typer.Option(help="model.safetensors of all-MiniLM-L6-v2", exists=True)],
    tokenizer: Annotated[Path, typer.Option(help="its tokenizer.json", exists=True)],
    sources: Annotated[Path, typer.Option(help="folder with the corpora of data/sources.toml", exists=True)],
    out: ModelsDir,
    labels: Annotated[Path, typer.Option(help="folder with our own labelled drafts")] = Path("data/labels"),
    table: Annotated[Path, typer.Option(help="what each corpus says about which label")] = Path("data/sources.toml"),
    work: Annotated[Path, typer.Option(help="where checkpoints lie: a run goes on from there")] = Path("build/tune"),
    layers: Annotated[int, typer.Option(help="transformer layers to keep; 0: word embeddings alone", min=0, max=6)] = 6,
    epochs: Annotated[float, typer.Option(help="how often each row is seen")] = 2.0,
    rate: Annotated[float, typer.Option(help="the highest learning rate")] = 6e-5,
    share: Annotated[float, typer.Option(help="of the corpora's rows", min=0.0, max=1.0)] = 0.65,
    own_copies: Annotated[int, typer.Option(help="how often an own draft is seen in an epoch", min=1)] = 5,
    start: Annotated[
        Path | None, typer.Option(help="checkpoint.pt of an earlier run to start from: a short second run")
    ] = None,
) -> None:
    """Fine-tune the encoder on all labels at once and write it as int8 ONNX: models/encoder-…; hours on two cores."""
    if importlib.util.find_spec("torch") is None:
        raise Invalid("tuning the encoder needs torch: see docs/analysts.md")
    # Torch is no part of serving, nor of ordinary training.
    from app.training.quantise import export  # noqa: PLC0415
    from app.training.train import tuning_rows  # noqa: PLC0415
    from app.training.tune import Plan, tune  # noqa: PLC0415

    plan = Plan(layers=layers, epochs=epochs, rate=rate, share=share, own_copies=own_copies, start=start)
    rows = tuning_rows(labels=labels, sources=sources, table=table)
    weights = tune(rows, upstream=upstream, tokenizer=tokenizer, folder=work, plan=plan, say=typer.echo)
    about = {"upstream": "all-MiniLM-L6-v2 (Apache-2.0)", "rows": len(rows), "plan": plan.about()}
    folder = export(weights, layers=layers, tokenizer=tokenizer, models=out, about=about)
    typer.echo(f"wrote {folder}; now: prepost train --sources … --encoder {folder.name}")
