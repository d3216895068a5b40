"""The reader that ships, as training writes it: `python -m rag.reader.train.restore OUT`.

What is exported are 8-bit products; to let the same model learn on (`--start OUT`), they are
multiplied by their scales again. The word embeddings never learn, so they are the encoder's own.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from transformers import BertForQuestionAnswering

from index.encoder import weights
from index.errors import DatelineError
from rag.reader.model import FILE
from rag.reader.train.loop import new_model

NAMES = (  # of the traced graph, and of transformers' class
    ("text.embeddings.", "bert.embeddings."),
    ("text.layers.", "bert.encoder.layer."),
    ("head.", "qa_outputs."),
)


def restore(exported: Path, model: BertForQuestionAnswering) -> None:
    """Give a model of the same form the weights that were exported, to within their rounding; but
    those that do not learn."""
    graph = onnx.load(exported).graph
    stored = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    factors = _factors(graph)
    heads = math.sqrt(model.config.hidden_size // model.config.num_attention_heads)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if not parameter.requires_grad:
                continue
            traced = _traced(name)
            value = _value(stored, traced) * factors.get(traced, np.float32(1))
            if ".self.query." in name:  # divided once on export, `OneText`
                value = value * heads
            parameter.copy_(torch.from_numpy(np.array(value, np.float32)))


def _traced(name: str) -> str:
    for traced, ours in NAMES:
        if name.startswith(ours):
            return traced + name.removeprefix(ours)
    raise ValueError(f"{name} is not exported")


def _factors(graph: onnx.GraphProto) -> dict[str, NDArray[np.float32]]:
    """By weight, what its inputs are multiplied by beforehand, `index.encoder.smooth`."""
    made = {output: node for node in graph.node for output in node.output}
    constants = {
        node.output[0]: onnx.numpy_helper.to_array(node.attribute[0].t)
        for node in graph.node
        if node.op_type == "Constant"
    }
    found = {}
    for product in (node for node in graph.node if node.op_type == "MatMulInteger"):
        rounded, weight = product.input[:2]
        for name in made[made[rounded].input[0]].input:
            factor = constants.get(name)
            if factor is not None and factor.dtype == np.float32 and factor.size > 1:
                found[weight.removesuffix("_quantized")] = factor
    return found


def _value(stored: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    if name in stored:
        return np.array(stored[name], np.float32)
    whole, scale, zero = (
        stored[f"{name}_{part}"].astype(np.float32) for part in ("quantized", "scale", "zero_point")
    )
    value: NDArray[np.float32] = (whole - zero) * scale
    return value if "embeddings" in name else value.T  # a product's matrix stands turned


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m rag.reader.train.restore", description=__doc__)
    parser.add_argument("out", type=Path, help="the folder to write")
    options = parser.parse_args(arguments)
    try:
        weights.check(weights.folder())
        model = new_model(weights.folder())
        restore(FILE, model)
        model.save_pretrained(options.out)
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
