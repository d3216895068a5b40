"""Export a trained reader to ONNX with 8-bit weights: `python -m rag.reader.train.export`."""

import argparse
import sys
import warnings
from pathlib import Path

from index.encoder.export import OPSET, quantise


def export(model: Path, target: Path) -> None:
    """
    Args:
        model: the folder that `python -m rag.reader.train` wrote.
        target: the ONNX file: `input_ids`, `token_type_ids` and `attention_mask`, of shape
            (passages, length), to `starts` and `ends`, logits of the same shape.
    """
    import torch
    from transformers import AutoModelForQuestionAnswering

    reader = AutoModelForQuestionAnswering.from_pretrained(model, attn_implementation="eager")
    tokens = torch.ones((2, 8), dtype=torch.int64)
    names = [
        "input_ids",
        "attention_mask",
        "token_type_ids",
    ]  # in the order of the model's own arguments
    axes = {0: "passages", 1: "length"}
    whole = target.with_suffix(".fp32.onnx")
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's remarks on shapes that are dynamic here
        torch.onnx.export(
            reader.eval(),
            kwargs=dict.fromkeys(names, tokens),
            f=whole,
            input_names=names,
            output_names=["starts", "ends"],
            dynamic_axes=dict.fromkeys([*names, "starts", "ends"], axes),
            opset_version=OPSET,
            dynamo=False,
        )
    quantise(whole, target)
    whole.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="the folder that training wrote")
    parser.add_argument("target", type=Path, help="the ONNX file to write")
    arguments = parser.parse_args()
    export(arguments.model, arguments.target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
