"""The loop: some passes over the examples, kept every few minutes so that it can be resumed."""

import os
from collections.abc import Callable, Iterator, Sequence
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

Say = Callable[[str], None]


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
    """The encoder's weights beneath a new span head; or those of a reader trained earlier.

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
    say: Say,
) -> None:
    """Train the model in place, going on from the file `kept` if there is one."""
    order = list(_order(examples, recipe))
    run = _Run(model, recipe.rate, steps=len(order))
    run.resume(kept)
    progress = _Progress(say, run.done, len(order))
    saved = monotonic()
    try:
        for chosen, seed in order[run.done :]:
            value = run.step(make_batch(chosen, recipe.group, seed))
            progress.tell(run.done, value)
            if monotonic() - saved > KEEP_EVERY:
                saved = monotonic()
                run.keep(kept)
    finally:  # Ctrl-C loses nothing; what kills it outright loses minutes
        run.keep(kept)


def _order(examples: Sequence[Example], recipe: Recipe) -> Iterator[tuple[Sequence[Example], str]]:
    """The examples of every step of every pass, and the seed of their negatives."""
    for number in range(recipe.passes):
        seed = f"{recipe.seed}:{number}"
        for chosen in batches(examples, recipe.size, seed):
            yield chosen, seed


class _Run:
    """A model on its way through the steps."""

    def __init__(self, model: BertForQuestionAnswering, rate: float, steps: int) -> None:
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = model
        torch.nn.Module.to(model, self._device).train()
        learnt = [p for p in model.parameters() if p.requires_grad]
        self._optimizer = torch.optim.AdamW(learnt, lr=rate, weight_decay=WEIGHT_DECAY)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: _rate(step, steps)
        )
        self._parts: dict[str, Any] = {
            "model": model,
            "optimizer": self._optimizer,
            "schedule": self._schedule,
        }
        self.done = 0

    def step(self, batch: Batch) -> float:
        """Learn from a batch. Returns its loss."""
        batch = batch.to(self._device)
        value = loss(*_logits(self._model, batch), batch)
        self._optimizer.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), LARGEST_GRADIENT)
        self._optimizer.step()
        self._schedule.step()
        self.done += 1
        return float(value.detach())

    def resume(self, kept: Path) -> None:
        if not kept.exists():
            return
        state = torch.load(kept, weights_only=True)
        for name, part in self._parts.items():
            part.load_state_dict(state[name])
        self.done = int(state["done"])

    def keep(self, kept: Path) -> None:
        draft = kept.with_suffix(f".{os.getpid()}")  # whole or not at all
        state = {name: part.state_dict() for name, part in self._parts.items()}
        torch.save(state | {"done": self.done}, draft)
        draft.replace(kept)


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
    """Of the highest learning rate: up over the warm-up, then down to 0 in a straight line."""
    warm = max(1, round(steps * WARM_UP))
    return min((step + 1) / warm, (steps - step) / max(1, steps - warm))


class _Progress:
    """A line every few seconds: how far, how well, how long yet."""

    def __init__(self, say: Say, done: int, steps: int) -> None:
        self._say, self._first, self._steps = say, done, steps
        self._began = monotonic()
        self._said = 0.0
        self._recent: float | None = None

    def tell(self, done: int, value: float) -> None:
        self._recent = value if self._recent is None else 0.98 * self._recent + 0.02 * value
        if monotonic() - self._said > SAY_EVERY:
            self._said = monotonic()
            each = (self._said - self._began) / (done - self._first)
            left = each * (self._steps - done) / 60
            self._say(
                f"step {done:,} of {self._steps:,}, loss {self._recent:.3f}, {left:.0f} min left"
            )
