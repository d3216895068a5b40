"""Export the default encoder to ONNX: `python -m index.encoder.export`.

The only step that imports torch. Mean pooling and normalisation go into the graph, so that
running it needs nothing but onnxruntime and tokenizers.
"""

import os
import sys
import warnings
from pathlib import Path

from index.encoder import weights

OPSET = 17


def export(target: Path) -> None:
    """Write the checked weights as an ONNX graph: token ids and mask in, unit vectors out.

    Raises:
        EncoderUnusable: the weights are missing or altered.
    """
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

    model = weights.folder()
    weights.check(model)
    bert = AutoModel.from_pretrained(model, attn_implementation="eager").eval()
    tokens = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "batch", 1: "length"}
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.part")
    try:
        with torch.inference_mode(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the tracer's remarks on shapes that are dynamic here
            torch.onnx.export(
                MeanPooled(bert),
                (tokens, tokens),
                draft,
                input_names=["input_ids", "attention_mask"],
                output_names=["embedding"],
                dynamic_axes={
                    "input_ids": axes,
                    "attention_mask": axes,
                    "embedding": {0: "batch"},
                },
                opset_version=OPSET,
                dynamo=False,
            )
        draft.replace(target)  # whole or not at all, also when two exports race
    finally:
        draft.unlink(missing_ok=True)


def main() -> None:
    target = weights.onnx_file()
    if target.exists():
        sys.stdout.write(f"The sentence encoder is ready: {target}\n")
        return
    export(target)
    sys.stdout.write(f"Exported the sentence encoder {weights.NAME} to {target}\n")


if __name__ == "__main__":
    main()
