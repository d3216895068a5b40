"""BERT for one text at a time, written as onnxruntime runs it fastest. Imports torch.

With one text there is no padding, so no mask is added to the attention; and with no batch axis the
heads are swapped inside the products instead of being copied. In int8 it runs 1.4 times as fast as
the graph traced from transformers' own class, with the same weights (docs/decisions/int8.md).
"""

import math
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch.nn.functional import gelu
from transformers import BertModel

from index.encoder.smooth import smooth

OPSET = 17


class OneText(torch.nn.Module):
    """The hidden states of `bert`, whose weights it takes over and rescales."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.heads = bert.config.num_attention_heads
        self.embeddings: Any = bert.embeddings
        self.layers: Any = bert.encoder.layer
        self.factors = smooth(bert)
        # Once here, so that no run divides the products of queries and keys.
        self._divide_queries(math.sqrt(bert.config.hidden_size // self.heads))

    def _divide_queries(self, scale: float) -> None:
        with torch.no_grad():
            for layer in self.layers:
                layer.attention.self.query.weight.div_(scale)
                layer.attention.self.query.bias.div_(scale)

    def forward(self, ids: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """
        Args:
            ids, types: tokens and their segments, of shape (length,).

        Returns:
            of shape (length, hidden size).
        """
        length = ids.shape[0]
        table = self.embeddings
        places = table.position_embeddings.weight[:length]
        hidden: torch.Tensor = table.LayerNorm(
            table.word_embeddings(ids) + places + table.token_type_embeddings(types)
        )
        for layer, factors in zip(self.layers, self.factors, strict=True):
            attention = layer.attention
            even = hidden * factors.attention
            query, key, value = (
                project(even).reshape(length, self.heads, -1)
                for project in (attention.self.query, attention.self.key, attention.self.value)
            )
            shares = torch.softmax(query.permute(1, 0, 2) @ key.permute(1, 2, 0), -1)
            seen = (shares @ value.permute(1, 0, 2)).permute(1, 0, 2).reshape(length, -1)
            hidden = attention.output.LayerNorm(attention.output.dense(seen) + hidden)
            inner = gelu(layer.intermediate.dense(hidden * factors.inner))
            hidden = layer.output.LayerNorm(layer.output.dense(inner) + hidden)
        return hidden


def trace(
    model: torch.nn.Module, target: Path, inputs: Sequence[str], outputs: Sequence[str]
) -> None:
    """Write a model of one text as an ONNX graph.

    Args:
        inputs: names of the model's arguments, in their order: the tracer goes by place.
        outputs: names of what it returns.
    """
    tokens = torch.ones(8, dtype=torch.int64)
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's remarks on shapes that are dynamic here
        torch.onnx.export(
            model.train(False),
            (tokens,) * len(inputs),
            target,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={name: {0: "length"} for name in inputs},
            opset_version=OPSET,
            dynamo=False,
        )
