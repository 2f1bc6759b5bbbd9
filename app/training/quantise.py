"""Export: the tuned encoder as int8 ONNX in a folder of its own, with the tokenizer that it was tuned with."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from app.classifier.model import ENCODER_FORMAT
from app.training.encoder_net import HEADS, WIDTH, Encoder, Layer


class _Alone(nn.Module):
    """The encoder for one text: no mask, attention spelt out, so that the graph holds plain products to quantise."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor) -> Tensor:
        encoder = self.encoder
        x = encoder.norm(encoder.words(ids) + encoder.places.weight[: ids.shape[1]] + encoder.sides.weight[0])
        for layer in encoder.layers:
            x = _layer(layer, x)
        return x[0]


def _layer(layer: Layer | Any, x: Tensor) -> Tensor:
    def parted(y: Tensor) -> Tensor:
        return y.view(1, -1, HEADS, WIDTH // HEADS).transpose(1, 2)

    query, key, value = parted(layer.query(x)), parted(layer.key(x)), parted(layer.value(x))
    weights = torch.softmax(query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5, -1)
    attended = (weights @ value).transpose(1, 2).reshape(1, -1, WIDTH)
    x = layer.norm_attention(x + layer.out(attended))
    return layer.norm_output(x + layer.outer(functional.gelu(layer.inner(x))))


def export(weights: Path, *, layers: int, tokenizer: Path, models: Path, about: dict[str, Any]) -> Path:
    """Write models/encoder-<digest>/; gives the folder. `about` goes into its manifest: what it learnt from, how."""
    encoder = Encoder(layers)
    encoder.load_state_dict(load_file(weights))
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "encoder.onnx"
        torch.onnx.export(
            _Alone(encoder).eval(),
            (torch.ones((1, 8), dtype=torch.int64),),
            str(whole),
            input_names=["ids"],
            output_names=["tokens"],
            dynamic_axes={"ids": {1: "tokens"}, "tokens": {0: "tokens"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            whole, small, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
        )
        digest = hashlib.sha256(small.read_bytes()).hexdigest()
        out = models / f"encoder-{digest[:10]}"
        out.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(small, out / "encoder.onnx")
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    files = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("encoder.onnx", "tokenizer.json")}
    manifest = {"format": ENCODER_FORMAT, "version": out.name, "layers": layers, "files": files, **about}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return out
