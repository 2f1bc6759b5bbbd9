"""Models of a few features and an encoder of four words, made in no time: for tests that need whole folders."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from app.classifier import LABELS
from app.classifier.encoder import WIDTH
from app.classifier.model import ENCODER_FILES
from app.training.promote import encoder_entry, write_model, write_weights

ENCODER = "encoder-tiny"
_VOCABULARY = {"[UNK]": 0, "our": 1, "boots": 2, "sale": 3}


def write_tiny(
    models: Path,
    name: str,
    *,
    bias: float = 0.0,
    encoder: str | None = None,
    thresholds: float | None = None,
    metrics: Any = None,
    card: str | None = "# A card\n",
) -> Path:
    """A whole model folder that gives a text without known words the probability `expected(bias)` for each label."""
    weights = {"weights.npz": write_weights(grams(bias))}
    if encoder is not None:
        weights["heads.npz"] = write_weights(heads(bias))
    papers = {"metrics.json": json.dumps({} if metrics is None else metrics)}
    if card is not None:
        papers["card.md"] = card
    if thresholds is not None:
        measured = {"n": 9, "thresholds": {label: [thresholds] * 2 for label in LABELS}}
        curve = {"per_1000": [10.0, 1.0], "posts": measured, "replies": measured, "personal": measured}
        papers["curve.json"] = json.dumps(curve)
    entry = encoder_entry(models / encoder) if encoder is not None else None
    write_model(models / name, weights=weights, papers=papers, inputs={}, encoder=entry)
    return models / name


def expected(bias: float) -> float:
    return float(1 / (1 + np.exp(-bias)))


def grams(bias: float = 0.0) -> dict[str, np.ndarray]:
    """What weights.npz holds."""
    return {
        "vocabulary": np.frombuffer(b"w:boots\nw:sale", dtype=np.uint8),
        "idf": np.ones(2),
        "coefficients": np.ones((2, len(LABELS)), dtype=np.float32),
        "intercepts": np.full(len(LABELS), bias),
        "platt": np.stack([-np.ones(len(LABELS)), np.zeros(len(LABELS))]),
    }


def heads(bias: float = 0.0) -> dict[str, np.ndarray]:
    """What heads.npz holds: a gate that lets all through, and heads that add nothing to the bias."""
    return {
        "coefficients": np.zeros((WIDTH + len(LABELS), len(LABELS)), dtype=np.float32),
        "intercepts": np.full(len(LABELS), bias),
        "platt": np.stack([-np.ones(len(LABELS)), np.zeros(len(LABELS))]),
        "gate": np.append(np.zeros(len(LABELS)), 1.0),
    }


def write_encoder(models: Path, name: str = ENCODER, *, width: int = WIDTH) -> Path:
    """A folder with an encoder that looks each of four words up in a table."""
    folder = models / name
    folder.mkdir(parents=True)
    for file, raw in zip(ENCODER_FILES, (onnx(width), tokenizer()), strict=True):
        (folder / file).write_bytes(raw)
    return folder


def tokenizer() -> bytes:
    made = Tokenizer(WordLevel(_VOCABULARY, unk_token="[UNK]"))
    made.pre_tokenizer = Whitespace()
    return made.to_str().encode()


def onnx(width: int = WIDTH) -> bytes:
    """ids of shape (1, tokens) to a row of a table each, shape (tokens, width); written as the protobuf it is."""
    table = np.random.default_rng(1).normal(size=(len(_VOCABULARY), width)).astype(np.float32)
    graph = [
        (1, _message([(1, b"table"), (1, b"ids"), (2, b"rows"), (4, b"Gather")])),
        (1, _message([(1, b"rows"), (1, b"shape"), (2, b"tokens"), (4, b"Reshape")])),
        (2, b"tiny"),
        (5, _tensor(b"table", table, kind=1)),
        (5, _tensor(b"shape", np.array([-1, width], dtype=np.int64), kind=7)),
        (11, _value(b"ids", 7, [1, b"n"])),
        (12, _value(b"tokens", 1, [b"n", width])),
    ]
    return _message([(1, 8), (7, _message(graph)), (8, _message([(1, b""), (2, 13)]))])


def _tensor(name: bytes, values: np.ndarray, *, kind: int) -> bytes:
    return _message([*((1, size) for size in values.shape), (2, kind), (8, name), (9, values.tobytes())])


def _value(name: bytes, kind: int, shape: Iterable[int | bytes]) -> bytes:
    sizes = [(1, _message([(1 if isinstance(size, int) else 2, size)])) for size in shape]
    return _message([(1, name), (2, _message([(1, _message([(1, kind), (2, _message(sizes))]))]))])


def _message(fields: Iterable[tuple[int, int | bytes]]) -> bytes:
    """Numbers as varints, the rest with its length before it."""
    raw = b""
    for number, value in fields:
        if isinstance(value, int):
            raw += _varint(number << 3) + _varint(value)
        else:
            raw += _varint(number << 3 | 2) + _varint(len(value)) + value
    return raw


def _varint(value: int) -> bytes:
    raw = bytearray()
    while value > 0x7F:
        raw.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*raw, value])
