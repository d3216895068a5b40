"""Export the default encoder to ONNX: `python -m index.encoder.export [fp32]`.

The only step that imports torch. Mean pooling and normalisation go into the graph, so that
running it needs nothing but onnxruntime and tokenizers.
"""

import os
import sys
from pathlib import Path

from index.encoder import weights
from index.encoder.weights import Precision


def export(target: Path, precision: Precision) -> None:
    """Write the checked weights as an ONNX graph: the token ids of a text in, its unit vector out.

    Raises:
        EncoderUnusable: the weights are missing or altered.
    """
    model = weights.folder()
    weights.check(model)
    target.parent.mkdir(parents=True, exist_ok=True)
    drafts = [target.with_suffix(f".{os.getpid()}.{step}") for step in ("fp32", "int8")]
    try:
        _trace(model, drafts[0])
        if precision == "int8":
            quantise(*drafts)
            drafts[1].replace(target)  # whole or not at all, also when two exports race
        else:
            drafts[0].replace(target)
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)


def _trace(model: Path, target: Path) -> None:
    import torch
    from transformers import BertModel

    from index.encoder.one_text import OneText, trace

    class MeanPooled(torch.nn.Module):
        """The encoder of sentence-transformers' model card: mean over tokens, length 1."""

        def __init__(self, bert: BertModel) -> None:
            super().__init__()
            self.text = OneText(bert)

        def forward(self, ids: torch.Tensor) -> torch.Tensor:
            mean = self.text(ids, torch.zeros_like(ids)).mean(0)
            return torch.nn.functional.normalize(mean, dim=0)

    trace(MeanPooled(BertModel.from_pretrained(model)), target, ["input_ids"], ["embedding"])


def quantise(whole: Path, target: Path) -> None:
    """Weights of the products and of the embedding tables as 8-bit integers, a scale a channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        whole,
        target,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        # 7 bits: on processors without VNNI, sums of 8-bit products overflow 16 bits.
        # https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )


def main() -> int:
    precision: Precision = "fp32" if "fp32" in sys.argv[1:] else "int8"
    target = weights.onnx_file(precision)
    if target.exists():
        sys.stdout.write(f"The sentence encoder is ready: {target}\n")
    else:
        export(target, precision)
        sys.stdout.write(f"Exported the sentence encoder {weights.NAME} to {target}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
