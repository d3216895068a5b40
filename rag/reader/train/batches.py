"""Batches: some questions, each with its passage and a few negatives, padded to one length."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch

from rag.reader.inputs import Input, make_input
from rag.reader.train.examples import Example

SORTED_TOGETHER = 32  # batches, of whose questions those of like length share one


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of shape (questions * group, length); the passages of a question are neighbours.

    Attributes:
        starts, ends: true at every token at which a right answer starts or ends: of a passage
            without one, at `[CLS]`.
        body: true at the passage's own tokens.
    """

    ids: torch.Tensor
    types: torch.Tensor
    mask: torch.Tensor
    body: torch.Tensor
    starts: torch.Tensor
    ends: torch.Tensor
    group: int

    def to(self, device: str) -> "Batch":
        return replace(
            self,
            ids=self.ids.to(device),
            types=self.types.to(device),
            mask=self.mask.to(device),
            body=self.body.to(device),
            starts=self.starts.to(device),
            ends=self.ends.to(device),
        )


def batches(examples: Sequence[Example], size: int, seed: str) -> Iterator[Sequence[Example]]:
    """One pass: `size` examples at a time, in an order that the seed decides."""
    order = list(examples)
    random.Random(seed).shuffle(order)
    chunk = size * SORTED_TOGETHER
    found = []
    for first in range(0, len(order), chunk):
        near = sorted(order[first : first + chunk], key=lambda e: len(e.passage.text))
        found += [near[i : i + size] for i in range(0, len(near), size)]
    random.Random(seed).shuffle(found)
    yield from found


def make_batch(examples: Sequence[Example], group: int, seed: str) -> Batch:
    """
    Args:
        group: passages a question: the one asked about, of three or more the same without the
            answer, and negatives drawn from its own. At most `FEWEST_NEGATIVES` + 1.
    """
    inputs: list[Input] = []
    answers: list[list[tuple[int, int]]] = []
    for example in examples:
        draw = random.Random(f"{seed}:{example.id}")
        silent = [example.silent] if example.silent and group > 2 else []
        negatives = silent + draw.sample(example.negatives, group - 1 - len(silent))
        inputs.append(make_input(example.question, example.passage.title, example.passage.text))
        found = (inputs[-1].tokens_of(span) for span in example.spans)
        answers.append([tokens for tokens in found if tokens is not None])
        for text in negatives:
            inputs.append(make_input(example.question, text.title, text.text))
            answers.append([])
    return _pad(inputs, answers, group)


def _pad(
    inputs: Sequence[Input], answers: Sequence[Sequence[tuple[int, int]]], group: int
) -> Batch:
    shape = (len(inputs), max(len(one.ids) for one in inputs))
    ids, types, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    body, starts, ends = (torch.zeros(shape, dtype=torch.bool) for _ in range(3))
    for row, (one, tokens) in enumerate(zip(inputs, answers, strict=True)):
        length = len(one.ids)
        ids[row, :length] = torch.tensor(one.ids)
        types[row, :length] = torch.tensor(one.types)
        mask[row, :length] = 1
        body[row, one.first : one.first + len(one.offsets)] = True
        for start, end in tokens or [(0, 0)]:
            starts[row, start] = True
            ends[row, end] = True
    return Batch(ids, types, mask, body, starts, ends, group)
