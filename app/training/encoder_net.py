"""The encoder while it learns: MiniLM's layers in torch, mean pooling, one linear output per label.

Wang et al., "MiniLM: Deep Self-Attention Distillation for Task-Agnostic Compression of Pre-Trained Transformers"
(2020); the weights to start from are all-MiniLM-L6-v2's (Apache-2.0). Needs torch, which serving never imports.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, INNER, WORDS, PLACES = 384, 12, 1536, 30_522, 512
_EPSILON = 1e-12
_DROPPED = 0.1

_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm_attention": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm_output": "output.LayerNorm",
}
"""our names of a layer's parts, and the upstream file's"""


class Layer(nn.Module):
    """One transformer layer, normalised after each half, as BERT has them."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_attention, self.norm_output = (nn.LayerNorm(WIDTH, eps=_EPSILON) for _ in range(2))
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = nn.Dropout(_DROPPED)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def parted(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, value = parted(self.query(x)), parted(self.key(x)), parted(self.value(x))
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        x = self.norm_attention(x + self.drop(self.out(attended.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm_output(x + self.drop(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Token ids (batch, length) and their mask → features (batch, 384). `layers` 0 is a static-embedding model."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(WORDS, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.sides, self.norm = nn.Embedding(2, WIDTH), nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.drop = nn.Dropout(_DROPPED)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.sides.weight[0]
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        counted = mask.to(x.dtype)[:, :, None]
        return (x * counted).sum(1) / counted.sum(1)

    def start_from(self, upstream: Mapping[str, Tensor]) -> None:
        """Copy the upstream weights: the embeddings and the first layers."""
        pairs = [
            (self.words, "embeddings.word_embeddings"),
            (self.places, "embeddings.position_embeddings"),
            (self.sides, "embeddings.token_type_embeddings"),
            (self.norm, "embeddings.LayerNorm"),
        ]
        for number, layer in enumerate(self.layers):
            pairs += [(getattr(layer, ours), f"encoder.layer.{number}.{theirs}") for ours, theirs in _PARTS.items()]
        with torch.no_grad():
            for part, name in pairs:
                for kind, parameter in part.named_parameters():
                    parameter.copy_(upstream[f"{name}.{kind}"])


class Tuned(nn.Module):
    """The encoder with a linear output per label: what is trained. Only the encoder is kept."""

    def __init__(self, layers: int, labels: int) -> None:
        super().__init__()
        self.encoder = Encoder(layers)
        self.heads = nn.Linear(WIDTH, labels)
        self.drop = nn.Dropout(_DROPPED)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        return self.heads(self.drop(self.encoder(ids, mask)))
