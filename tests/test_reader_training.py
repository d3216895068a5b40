"""How the reader is trained: on real sets in SQuAD's format, written here."""

import gzip
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from index.encoder import weights
from index.errors import DatelineError
from rag.reader.inputs import make_input
from rag.reader.train.batches import batches, make_batch
from rag.reader.train.examples import FEWEST_NEGATIVES, Example, make_examples, split
from rag.reader.train.loop import Recipe, new_model, train
from rag.reader.train.loss import loss
from rag.reader.train.sets import OURS, Asked, read_set

TOWNS = ("Larvik", "Odda", "Narvik", "Tynset", "Hamar", "Molde", "Bergen", "Skien", "Vadso")


def _asked(number: int, town: str) -> Asked:
    paragraph = f"Storm {number} reached the coast at night. It shut the port of {town} for a week."
    start = paragraph.index(town)
    span = (start, start + len(town))
    return Asked(
        str(number), f"Which port did storm {number} shut?", "", paragraph, (span,), (town,)
    )


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return make_examples([_asked(number, town) for number, town in enumerate(TOWNS)])


def test_a_set_is_read_from_squads_format(tmp_path: Path) -> None:
    context = "The port of Larvik was shut."
    answers = [{"text": "Larvik", "answer_start": 12}] * 2
    asked = [
        {"id": "a", "question": "Which port?", "answers": answers},
        {"id": "b", "question": "Which airport?", "answers": [], "is_impossible": True},
    ]
    article = {"title": "Ports_of_Norway", "paragraphs": [{"context": context, "qas": asked}]}
    with gzip.open(tmp_path / "squad2.0-dev-part.json.gz", "wt") as file:
        json.dump({"data": [article]}, file)
    port, airport = read_set([tmp_path], "squad2")
    assert (port.title, port.spans, port.answers) == ("Ports of Norway", ((12, 18),), ("Larvik",))
    assert airport.spans == ()


def test_our_own_questions_are_asked_once_and_answered_where_they_say() -> None:
    reports, articles = (
        [json.loads(line) for line in (OURS / file).read_text(encoding="utf-8").split("\n") if line]
        for file in ("families.jsonl", "wikinews.jsonl")
    )
    asked = [one for row in (*reports, *articles) for one in row["asked"]]
    assert len({question for question, *_ in asked}) == len(asked) > 13_000
    for row in reports:
        for _, answer, at in (one for one in row["asked"] if len(one) > 1):
            assert answer and row["text"][at : at + len(answer)] == answer
    assert set(Counter(row["family"] for row in reports).values()) == {4}
    assert sum(map(bool, (one.spans for one in read_set([], "families")))) > 6_000


@pytest.mark.parametrize(("name", "said"), [("squad9", "squad9"), ("squad2", "squad2.0-dev-part")])
def test_a_set_that_is_not_there_is_named(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match=said):
        read_set([tmp_path], name)


def test_negatives_look_right_and_lack_the_answer(examples: list[Example]) -> None:
    assert len(examples) == len(TOWNS)
    for example, town in zip(examples, TOWNS, strict=True):
        (start, end), *_ = example.spans
        assert example.passage.text[start:end] == town
        assert len(example.negatives) >= FEWEST_NEGATIVES
        assert all("port" in text.text and town not in text.text for text in example.negatives)


def test_the_passage_without_its_answer_is_a_negative_too(examples: list[Example]) -> None:
    for example in examples:
        assert example.silent is not None
        assert example.silent.text == example.passage.text.partition(" It shut")[0]
    batch = make_batch(examples[:2], group=3, seed="a")
    told = [example.silent.text for example in examples[:2] if example.silent]
    inputs = [make_input(examples[i].question, "", text) for i, text in enumerate(told)]
    for row, one in zip((1, 4), inputs, strict=True):
        assert batch.ids[row, : len(one.ids)].tolist() == one.ids


def test_an_unanswerable_question_is_asked_of_the_passage_that_looks_most_as_if_it_answered() -> (
    None
):
    storms = [_asked(number, town) for number, town in enumerate(TOWNS)]
    text = f"{'The council met on Monday and adjourned. ' * 40}\n\nStorm 77 shut the port of Alta."
    asked = Asked("x", "Which ship did storm 77 sink in the port of Alta?", "", text, (), ())
    example = next(one for one in make_examples([*storms, asked]) if one.id == "x")
    assert "Alta" in example.passage.text
    assert (example.spans, example.silent) == ((), None)


def test_questions_of_one_paragraph_are_never_split() -> None:
    asked = [_asked(number, TOWNS[number % 9]) for number in range(300)]
    again = [replace(one, id=one.id + "b", paragraph=f" {one.paragraph}") for one in asked]
    learn, held = split([*asked, *again])
    assert 0 < len(held) < len(learn)
    assert not {one.id.rstrip("b") for one in learn} & {one.id.rstrip("b") for one in held}


def test_a_pass_takes_every_example_once_in_an_order_of_its_seed(examples: list[Example]) -> None:
    def order(seed: str) -> list[str]:
        return [example.id for batch in batches(examples, 2, seed) for example in batch]

    assert sorted(order("a")) == sorted(example.id for example in examples)
    assert order("a") == order("a") != order("b")


def test_the_loss_is_least_where_the_logits_point_at_the_answer(examples: list[Example]) -> None:
    batch = make_batch(examples[:2], group=3, seed="a")
    right = (batch.starts * 20.0, batch.ends * 20.0)
    assert float(loss(*right, batch)) == pytest.approx(0, abs=0.01)
    assert float(loss(right[0], right[1].roll(1, 0), batch)) > 5
    nowhere = torch.zeros_like(right[0])
    nowhere[:, 0] = 20.0
    assert float(loss(nowhere, nowhere, batch)) > 5


@pytest.mark.slow
def test_training_learns_and_goes_on_where_it_was_stopped(
    examples: list[Example], tmp_path: Path
) -> None:
    recipe = Recipe(passes=4, size=3, group=3)
    whole, stopped = new_model(weights.folder()), new_model(weights.folder())
    said: list[str] = []
    train(whole, examples, recipe, tmp_path / "whole.pt", said.append)
    assert said[0].startswith("step 1 of 12")

    def stop(line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(stopped, examples, recipe, tmp_path / "kept.pt", stop)
    said.clear()
    resumed = new_model(weights.folder())
    train(resumed, examples, recipe, tmp_path / "kept.pt", said.append)
    assert said[0].startswith("step 2 of 12")
    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert torch.allclose(one, other, atol=1e-5)

    batch = make_batch(examples[:3], 3, "a")

    def missed(model: torch.nn.Module) -> float:
        with torch.inference_mode():
            out = model(batch.ids, batch.mask, batch.types)
        return float(loss(out.start_logits, out.end_logits, batch))

    assert missed(whole) < missed(new_model(weights.folder())) / 2
