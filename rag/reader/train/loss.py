"""What training makes small."""

import torch

from rag.reader.train.batches import Batch


def loss(starts: torch.Tensor, ends: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Find the answer in each passage alone, or nothing; and among all passages of a question.

    The first is SQuAD 2.0's: a passage without the answer points at `[CLS]`. The second
    normalises over a question's passages together, so that spans of different passages
    compare: Clark and Gardner 2018, "Simple and effective multi-paragraph reading
    comprehension". Where several spans are right, any will do.

    Args:
        starts, ends: logits of shape (questions * group, length).
    """
    alone = _missed(starts, batch.starts, batch) + _missed(ends, batch.ends, batch)
    shared = _missed_among(starts, batch.starts, batch) + _missed_among(ends, batch.ends, batch)
    return (alone + shared) / 2


def _missed(logits: torch.Tensor, right: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Mean negative log-likelihood of a right token, over `[CLS]` and the passage's tokens."""
    may = batch.body.clone()
    may[:, 0] = True
    return (_mass(logits, may) - _mass(logits, right)).mean()


def _missed_among(logits: torch.Tensor, right: torch.Tensor, batch: Batch) -> torch.Tensor:
    """The same over the tokens of all of a question's passages, where one of them answers."""

    def together(of_passages: torch.Tensor) -> torch.Tensor:
        return of_passages.reshape(-1, batch.group * of_passages.shape[1])

    right = together(right & batch.body)
    answered = right.any(1)
    if not answered.any():
        return logits.sum() * 0
    logits, body = together(logits), together(batch.body)
    missed = _mass(logits, body)[answered] - _mass(logits, right)[answered]
    return missed.mean()


def _mass(logits: torch.Tensor, where: torch.Tensor) -> torch.Tensor:
    return logits.masked_fill(~where, float("-inf")).logsumexp(1)
