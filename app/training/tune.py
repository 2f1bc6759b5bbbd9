"""Tune: fine-tune the encoder on all labels at once, with checkpoints. The long way: hours on two cores, no GPU.

A label that a row doesn't state is masked: it adds nothing to the loss. Batches hold rows of like length; on processors
that have bfloat16 units the layers run in it. Word embeddings stay as they are: nearly half of the weights, and they
would take as long as all the rest.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from app.classifier import LABELS
from app.classifier.wording import wording
from app.text import read
from app.training.encoder_net import Tuned
from app.training.rows import Row

WINDOW = 96
"""tokens of a draft that are read"""
_BATCH = 48
_SHUFFLED = 48 * 50
"""rows among which those of like length are put together"""
_WARM_UP = 0.06


@dataclass(frozen=True, slots=True)
class Plan:
    """How to tune. The same plan, rows and machine give nearly the same weights: sums in threads may differ."""

    layers: int = 6
    epochs: float = 2.0
    rate: float = 6e-5
    share: float = 0.65
    """of the corpora's rows: what two cores read in an afternoon"""
    own_copies: int = 5
    """how often each of our own drafts is seen in an epoch"""
    seed: int = 20261126
    every: int = 200
    """steps between two checkpoints"""
    start: Path | None = None
    """checkpoint of an earlier run to start from, instead of the upstream weights: a short second run on new drafts"""

    def about(self) -> dict[str, Any]:
        """For the manifest: no path of the machine."""
        return {**asdict(self), "start": self.start is not None}


@dataclass(frozen=True, slots=True)
class _Example:
    ids: list[int]
    target: list[float]
    weight: list[float]
    """0 where the label is unknown"""


def tune(
    rows: Sequence[Row],
    *,
    upstream: Path,
    tokenizer: Path,
    folder: Path,
    plan: Plan,
    say: Callable[[str], None] = print,
) -> Path:
    """Fine-tune; gives the file of the encoder's weights. Goes on from `folder`/checkpoint.pt where there is one."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(plan.seed)
    chosen = [row for row in rows if row.source == "own" or rng.random() < plan.share]
    examples = _examples(chosen, tokenizer, plan)
    net = Tuned(plan.layers, len(LABELS))
    torch.manual_seed(plan.seed)
    if plan.start is None:
        net.encoder.start_from(load_file(upstream))
    else:
        net.load_state_dict(torch.load(plan.start, weights_only=True)["net"])
    net.encoder.words.requires_grad_(False)
    batches = list(_batches(examples, plan))
    optimiser = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=plan.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, len(batches)))
    kept = folder / "checkpoint.pt"
    done = _resume(kept, net, optimiser, schedule)
    say(f"{len(examples):,} examples, {len(batches):,} steps, {done} done")
    net.train()
    total = 0.0
    for step, batch in enumerate(batches[done:], done + 1):
        loss = _loss(net, [examples[index] for index in batch])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        total += float(loss.detach())
        if step % plan.every == 0 or step == len(batches):
            say(f"step {step:,} of {len(batches):,}: loss {total / plan.every:.4f}")
            total = 0.0
            _keep(kept, step, net, optimiser, schedule)
    out = folder / "encoder.safetensors"
    save_file(net.encoder.state_dict(), out)
    return out


def _examples(rows: Sequence[Row], tokenizer: Path, plan: Plan) -> list[_Example]:
    cut = Tokenizer.from_file(str(tokenizer))
    cut.no_padding()
    cut.enable_truncation(WINDOW)
    encoded = cut.encode_batch([wording(read(row.text, language="en")) for row in rows])
    examples: list[_Example] = []
    for row, tokens in zip(rows, encoded, strict=True):
        target = [float(row.labels.get(label, 0)) for label in LABELS]
        weight = [min(row.weight, 1.0) if label in row.labels else 0.0 for label in LABELS]
        examples += [_Example(tokens.ids, target, weight)] * (plan.own_copies if row.source == "own" else 1)
    return examples


def _batches(examples: Sequence[_Example], plan: Plan) -> Iterator[list[int]]:
    """Indices of the examples of each step: shuffled, and within a stretch sorted by length."""
    rng = random.Random(plan.seed)
    left = int(len(examples) * plan.epochs)
    while left > 0:
        order = rng.sample(range(len(examples)), len(examples))[:left]
        left -= len(order)
        batches: list[list[int]] = []
        for start in range(0, len(order), _SHUFFLED):
            stretch = sorted(order[start : start + _SHUFFLED], key=lambda index: len(examples[index].ids))
            batches += [stretch[at : at + _BATCH] for at in range(0, len(stretch), _BATCH)]
        rng.shuffle(batches)
        yield from batches


def _rate(step: int, steps: int) -> float:
    """Rises from nothing, then falls to nothing, both in a straight line."""
    warm = max(1, int(steps * _WARM_UP))
    return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))


def _loss(net: Tuned, batch: Sequence[_Example]) -> Tensor:
    length = max(len(example.ids) for example in batch)
    ids = torch.tensor([example.ids + [0] * (length - len(example.ids)) for example in batch])
    mask = torch.tensor([[True] * len(e.ids) + [False] * (length - len(e.ids)) for e in batch])
    target, weight = torch.tensor([e.target for e in batch]), torch.tensor([e.weight for e in batch])
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.backends.mkldnn.is_available()):
        decisions = net(ids, mask)
    losses = functional.binary_cross_entropy_with_logits(decisions.float(), target, reduction="none")
    return (losses * weight).sum() / weight.sum().clamp(min=1.0)


def _resume(path: Path, net: Tuned, optimiser: Any, schedule: Any) -> int:
    if not path.exists():
        return 0
    kept = torch.load(path, weights_only=True)
    net.load_state_dict(kept["net"])
    optimiser.load_state_dict(kept["optimiser"])
    schedule.load_state_dict(kept["schedule"])
    return int(kept["step"])


def _keep(path: Path, step: int, net: Tuned, optimiser: Any, schedule: Any) -> None:
    """Written aside and then renamed: a run that is ended in the middle leaves the last whole checkpoint."""
    aside = path.with_suffix(".new")
    state = {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
    torch.save({"step": step, **state}, aside)
    aside.replace(path)
