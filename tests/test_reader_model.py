"""The reader on onnxruntime says what torch says, of a model of random weights made on the spot."""

import copy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertForQuestionAnswering

from index.article import Excerpt, Passage
from index.encoder.smooth import smooth
from rag.reader.inputs import make_input
from rag.reader.model import ReaderModel, ReaderUnusable
from rag.reader.spans import best_spans, nothing
from rag.reader.train.export import export, export_whole, main
from rag.reader.train.restore import restore

QUESTION = "Which port was shut?"
TEXTS = (
    "Storm Ada shut the port of Larvik. Nine ferries stayed in harbour until Friday.",
    "The council met on Monday.",
)


def _excerpt(text: str) -> Excerpt:
    passage = Passage("0" * 16, 100, 100 + len(text))
    return Excerpt(passage, text, "Storm shuts port", "", None, "unknown", "")


@pytest.fixture(scope="module")
def trained() -> BertForQuestionAnswering:
    torch.manual_seed(5)
    config = BertConfig(
        hidden_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=96,
        initializer_range=0.4,  # so that question, title and place all tell in the logits
    )
    model = BertForQuestionAnswering(config)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) / 50)  # no two alike, as in real ones
    model.train(False)
    return model


@pytest.fixture(scope="module")
def folder(trained: BertForQuestionAnswering, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reader")
    export_whole(trained, folder / "whole.onnx")
    export(trained, folder / "int8.onnx")
    return folder


@pytest.mark.parametrize(("name", "apart"), [("whole.onnx", 1e-3), ("int8.onnx", 2.0)])
def test_an_exported_model_scores_as_the_trained_one(
    trained: BertForQuestionAnswering, folder: Path, name: str, apart: float
) -> None:
    readings = ReaderModel(folder / name).read(QUESTION, [_excerpt(text) for text in TEXTS])
    for text, reading in zip(TEXTS, readings, strict=True):
        one = make_input(QUESTION, "Storm shuts port", text)
        with torch.inference_mode():
            out = trained(torch.tensor([one.ids]), None, torch.tensor([one.types]))
        starts, ends = out.start_logits[0].numpy(), out.end_logits[0].numpy()
        assert reading.nothing == pytest.approx(nothing(starts, ends), abs=apart)
        scores = [span.score for span in best_spans(one, starts, ends)]
        assert np.array([s.score for s in reading.spans]) == pytest.approx(scores, abs=apart)


def test_an_exported_model_is_restored_to_learn_on(
    trained: BertForQuestionAnswering, folder: Path
) -> None:
    restored = copy.deepcopy(trained)
    restored.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    with torch.no_grad():
        for parameter in restored.parameters():
            if parameter.requires_grad:
                parameter.normal_()
    restore(folder / "int8.onnx", restored)
    for (name, one), other in zip(trained.named_parameters(), restored.parameters(), strict=True):
        assert (one - other).norm() <= 0.02 * one.norm(), name


def test_smoothing_evens_what_enters_the_products_and_leaves_what_comes_out(
    trained: BertForQuestionAnswering,
) -> None:
    bert: Any = copy.deepcopy(trained.bert)
    with torch.no_grad():
        bert.embeddings.LayerNorm.weight[7] *= 20  # one channel stands out, as it does in real ones
        ids = torch.randint(0, bert.config.vocab_size, (1, 30))
        hidden, query = bert.embeddings(ids), bert.encoder.layer[0].attention.self.query
        before = query(hidden)
        factors = smooth(bert)[0].attention
        assert torch.allclose(query(hidden * factors), before, atol=1e-4)
    assert _unevenness(hidden * factors) < _unevenness(hidden) / 3


def _unevenness(hidden: torch.Tensor) -> float:
    """The largest channel's largest value, in those of the median channel."""
    largest = hidden.abs().amax((0, 1))
    return float(largest.max() / largest.median())


def test_a_folder_without_a_model_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), str(tmp_path / "reader.onnx")]) == 1
    assert f"{tmp_path} holds no trained model" in capsys.readouterr().err


def test_a_reading_does_not_depend_on_what_else_is_read(folder: Path) -> None:
    model = ReaderModel(folder / "int8.onnx")
    excerpts = [_excerpt(text) for text in TEXTS]
    assert model.read(QUESTION, excerpts) == [
        model.read(QUESTION, [excerpt])[0] for excerpt in excerpts
    ]


def test_nothing_read_gives_no_readings(folder: Path) -> None:
    assert ReaderModel(folder / "int8.onnx").read(QUESTION, []) == []


def test_a_missing_or_altered_model_is_named_with_its_cure(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ReaderUnusable, match=r"gone\.onnx.*pip install"):
        ReaderModel(tmp_path / "gone.onnx").read(QUESTION, [_excerpt(TEXTS[0])])
    with pytest.raises(ReaderUnusable, match=r"int8\.onnx has SHA-256"):
        ReaderModel(folder / "int8.onnx", "0" * 64).read(QUESTION, [_excerpt(TEXTS[0])])
