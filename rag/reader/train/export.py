"""Export a trained reader to ONNX with 8-bit weights: `python -m rag.reader.train.export`."""

import argparse
import copy
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import BertForQuestionAnswering

from index.encoder.export import quantise
from index.encoder.one_text import OneText, trace

INPUTS = ("input_ids", "token_type_ids")
OUTPUTS = ("starts", "ends")


class _OnePassage(torch.nn.Module):
    def __init__(self, model: BertForQuestionAnswering) -> None:
        super().__init__()
        self.text = OneText(model.bert)
        self.head = model.qa_outputs

    def forward(self, ids: torch.Tensor, types: torch.Tensor) -> tuple[torch.Tensor, ...]:
        logits: torch.Tensor = self.head(self.text(ids, types))
        return logits.unbind(-1)


def export(model: BertForQuestionAnswering, target: Path) -> None:
    """Write a copy of the model with 8-bit weights: INPUTS of one passage to OUTPUTS, its logits,
    all of shape (length,)."""
    whole = target.with_suffix(".fp32.onnx")
    export_whole(model, whole)
    quantise(whole, target)
    whole.unlink()


def export_whole(model: BertForQuestionAnswering, target: Path) -> None:
    """The same with the weights as they are."""
    trace(_OnePassage(copy.deepcopy(model)), target, INPUTS, OUTPUTS)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m rag.reader.train.export", description=__doc__)
    parser.add_argument("model", type=Path, help="the folder that training wrote")
    parser.add_argument("target", type=Path, help="the ONNX file to write")
    options = parser.parse_args(arguments)
    if not (options.model / "model.safetensors").is_file():
        sys.stderr.write(
            f"{options.model} holds no trained model (model.safetensors); "
            "name the folder that `python -m rag.reader.train --out FOLDER` finished\n"
        )
        return 1
    export(BertForQuestionAnswering.from_pretrained(options.model), options.target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
