"""The loop: some passes over the examples, kept every few minutes so that it can be resumed."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import torch
from transformers import BertForQuestionAnswering

from rag.reader.train.batches import Batch, batches, make_batch
from rag.reader.train.examples import Example
from rag.reader.train.loss import loss

WARM_UP = 0.06  # of all steps, over which the learning rate rises
WEIGHT_DECAY = 0.01
LARGEST_GRADIENT = 1.0
RUN_TOGETHER = 12  # passages
KEEP_EVERY = 300  # seconds
SAY_EVERY = 15  # seconds


@dataclass(frozen=True, slots=True)
class Recipe:
    """
    Attributes:
        passes: over all examples, each with other negatives.
        size: questions a step.
        group: passages a question.
        rate: the highest learning rate.
    """

    passes: int = 2
    size: int = 16
    group: int = 2
    rate: float = 1e-4
    seed: int = 1


def new_model(weights: Path) -> BertForQuestionAnswering:
    """The encoder's weights beneath a new span head.

    Without dropout, which costs a third of the time on a CPU and guards against passes that a
    training this short does not make. The word embeddings stay: rare words, of which these few
    texts hold little, then keep their places beside the common ones.
    """
    torch.manual_seed(0)
    model: BertForQuestionAnswering = BertForQuestionAnswering.from_pretrained(
        weights,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",  # half as fast again as "sdpa" on a CPU, at this length
    )
    model.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return model


def train(
    model: BertForQuestionAnswering,
    examples: Sequence[Example],
    recipe: Recipe,
    kept: Path,
    say: Callable[[str], None],
) -> None:
    """Train the model in place, going on from the file `kept` if there is one."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.nn.Module.to(model, device).train()
    optimizer = torch.optim.AdamW(
        [p for p in model.parameters() if p.requires_grad],
        lr=recipe.rate,
        weight_decay=WEIGHT_DECAY,
    )
    a_pass = -(-len(examples) // recipe.size)
    steps = a_pass * recipe.passes
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    parts = {"model": model, "optimizer": optimizer, "schedule": schedule}
    done = _resume(kept, parts)
    began, first, said, saved, recent = monotonic(), done, 0.0, monotonic(), 0.0
    for number in range(done // a_pass, recipe.passes):
        seed = f"{recipe.seed}:{number}"
        for place, chosen in enumerate(batches(examples, recipe.size, seed)):
            if number * a_pass + place < done:
                continue
            value = _step(model, optimizer, make_batch(chosen, recipe.group, seed).to(device))
            schedule.step()
            done += 1
            recent = value if done == first + 1 else 0.98 * recent + 0.02 * value
            if monotonic() - said > SAY_EVERY:
                said = monotonic()
                left = (said - began) / (done - first) * (steps - done) / 60
                say(f"step {done:,} of {steps:,}, loss {recent:.3f}, {left:.0f} min left")
            if monotonic() - saved > KEEP_EVERY:
                saved = monotonic()
                _keep(kept, parts, done)
    _keep(kept, parts, done)


def _step(model: BertForQuestionAnswering, optimizer: torch.optim.Optimizer, batch: Batch) -> float:
    value = loss(*_logits(model, batch), batch)
    optimizer.zero_grad()
    value.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(model.parameters(), LARGEST_GRADIENT)
    optimizer.step()
    return float(value.detach())


def _logits(model: BertForQuestionAnswering, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Start and end logits; passages of like length run together, which saves the padding."""
    starts, ends = (torch.zeros_like(batch.ids, dtype=torch.float) for _ in range(2))
    lengths = batch.mask.sum(1)
    for rows in torch.split(lengths.argsort(), RUN_TOGETHER):
        inside = slice(int(lengths[rows].max()))
        with torch.autocast(batch.ids.device.type, torch.bfloat16):
            out = model(
                input_ids=batch.ids[rows, inside],
                token_type_ids=batch.types[rows, inside],
                attention_mask=batch.mask[rows, inside],
            )
        starts[rows, inside] = out.start_logits.float()
        ends[rows, inside] = out.end_logits.float()
    return starts, ends


def _rate(step: int, steps: int) -> float:
    warm = max(1, round(steps * WARM_UP))
    return min((step + 1) / warm, (steps - step) / max(1, steps - warm))


def _resume(kept: Path, parts: dict[str, Any]) -> int:
    """The steps done so far."""
    if not kept.exists():
        return 0
    state = torch.load(kept, weights_only=True)
    for name, part in parts.items():
        part.load_state_dict(state[name])
    return int(state["done"])


def _keep(kept: Path, parts: dict[str, Any], done: int) -> None:
    draft = kept.with_suffix(f".{os.getpid()}")
    torch.save({name: part.state_dict() for name, part in parts.items()} | {"done": done}, draft)
    draft.replace(kept)
