"""Export a trained reader to ONNX with 8-bit weights: `python -m rag.reader.train.export`."""

import argparse
import sys
import warnings
from pathlib import Path

import torch
from transformers import BertForQuestionAnswering

from index.encoder.export import OPSET, quantise

# In the order of the model's own arguments: the tracer goes by place, not by name.
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("starts", "ends")


def export(model: BertForQuestionAnswering, target: Path) -> None:
    """Write the model with 8-bit weights: INPUTS of shape (passages, length), to OUTPUTS, logits of
    the same shape."""
    whole = target.with_suffix(".fp32.onnx")
    trace(model, whole)
    quantise(whole, target)
    whole.unlink()


def trace(model: BertForQuestionAnswering, target: Path) -> None:
    """The same with the weights as they are."""
    model.train(False)
    tokens = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "passages", 1: "length"}
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's remarks on shapes that are dynamic here
        torch.onnx.export(
            model,
            (tokens,) * len(INPUTS),
            target,
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=dict.fromkeys([*INPUTS, *OUTPUTS], axes),
            opset_version=OPSET,
            dynamo=False,
        )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m rag.reader.train.export", description=__doc__)
    parser.add_argument("model", type=Path, help="the folder that training wrote")
    parser.add_argument("target", type=Path, help="the ONNX file to write")
    arguments = parser.parse_args()
    # The attention that the tracer can follow.
    model = BertForQuestionAnswering.from_pretrained(arguments.model, attn_implementation="eager")
    export(model, arguments.target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
