"""Even out what enters a BERT's products, so that 8 bits hold it. Imports torch.

One channel of a hidden state is some fifteen times as large as the median one, and int8 gives all
of them one scale: most of its 256 steps then lie where only that channel is. Dividing each channel
of an input, and multiplying the weights that meet it, leaves the product as it was.

Source: Xiao et al., SmoothQuant, 2022, https://arxiv.org/abs/2211.10438
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from transformers import BertModel

STRENGTH = 0.8  # 1: inputs wholly even; 0: weights (docs/decisions/int8.md)
TEXTS, LENGTH = 40, 192


@dataclass(frozen=True, slots=True)
class Factors:
    """What a layer's inputs are to be multiplied by, of shape (hidden size,)."""

    attention: torch.Tensor
    inner: torch.Tensor


def smooth(bert: BertModel) -> list[Factors]:
    """Rescale the weights of each layer's first products; a layer's factors undo it."""
    layers: Any = bert.encoder.layer
    groups = [
        [(at.query, at.key, at.value), (layer.intermediate.dense,)]
        for layer in layers
        for at in [layer.attention.self]
    ]
    largest = _largest_inputs(bert, [group[0] for pair in groups for group in pair])
    return [Factors(*(_rescale(group, largest[group[0]]) for group in pair)) for pair in groups]


def _largest_inputs(
    bert: BertModel, products: list[torch.nn.Linear]
) -> dict[torch.nn.Linear, torch.Tensor]:
    """By channel. The tokens are drawn: on real texts the channels that stand out are the same."""
    largest: dict[torch.nn.Linear, torch.Tensor] = {}

    def note(product: torch.nn.Linear, inputs: tuple[torch.Tensor]) -> None:
        here = inputs[0].abs().amax((0, 1))
        largest[product] = torch.maximum(largest.get(product, here), here)

    hooks = [product.register_forward_pre_hook(note) for product in products]
    drawn = torch.Generator().manual_seed(0)
    draw = partial(torch.randint, 0, bert.config.vocab_size, generator=drawn)
    length = min(LENGTH, bert.config.max_position_embeddings)
    with torch.inference_mode():
        for _ in range(TEXTS):
            bert.train(False)(input_ids=draw((1, length)))
    for hook in hooks:
        hook.remove()
    return largest


def _rescale(products: tuple[torch.nn.Linear, ...], inputs: torch.Tensor) -> torch.Tensor:
    weights = torch.stack([product.weight.abs().amax(0) for product in products]).amax(0)
    scale = inputs**STRENGTH / weights ** (1 - STRENGTH)
    scale /= scale.log().mean().exp()
    with torch.no_grad():
        for product in products:
            product.weight.mul_(scale)
    return (1 / scale).detach()
