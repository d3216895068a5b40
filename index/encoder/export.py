"""Export the default encoder to ONNX: `python -m index.encoder.export [fp32]`.

The only step that imports torch. Mean pooling and normalisation go into the graph, so that
running it needs nothing but onnxruntime and tokenizers.
"""

import os
import sys
import warnings
from pathlib import Path

from index.encoder import weights
from index.encoder.weights import Precision

OPSET = 17


def export(target: Path, precision: Precision) -> None:
    """Write the checked weights as an ONNX graph: token ids and mask in, unit vectors out.

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
    from transformers import AutoModel

    class MeanPooled(torch.nn.Module):
        """The encoder of sentence-transformers' model card: mean over tokens, length 1."""

        def __init__(self, bert: torch.nn.Module) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask)[0]
            mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * mask).sum(1) / mask.sum(1)
            return torch.nn.functional.normalize(mean, dim=1)

    bert = AutoModel.from_pretrained(model, attn_implementation="eager").eval()
    tokens = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "batch", 1: "length"}
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's remarks on shapes that are dynamic here
        torch.onnx.export(
            MeanPooled(bert),
            (tokens, tokens),
            target,
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )


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
