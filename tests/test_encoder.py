import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.encoder import Encoder, load_encoder, weights
from index.errors import EncoderUnusable

TEXTS = [
    "The telephones ring again between the Koreas",
    "Why were the gates shut?",
    "\u201cNobody rang,\u201d she said.",
    "",
    "A long report. " * 100,
]


NAMES = {"int8": None, "fp32": weights.NAME, "sentence-transformers": str(weights.folder())}


@pytest.fixture(scope="module", params=NAMES)
def encoder(request: pytest.FixtureRequest) -> Encoder:
    """The default encoder, the same unrounded, and its weights as any model that a user names."""
    return load_encoder(NAMES[request.param])


def test_vectors_have_length_one_and_a_row_for_every_text(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension) == (5, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_a_text_has_the_same_vector_alone_and_among_others(encoder: Encoder) -> None:
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert (alone * encoder.encode(TEXTS)).sum(1).min() >= 0.9999


def test_a_question_is_nearer_to_its_answer_than_to_another_sentence(encoder: Encoder) -> None:
    question, answer, other = encoder.encode(
        ["Who shut the gates?", "The engineer closed the sluice gates.", "Ticket prices will rise."]
    )
    assert question @ answer > question @ other + 0.2


def test_onnx_and_sentence_transformers_give_the_same_vectors() -> None:
    ours, theirs = (load_encoder(NAMES[name]) for name in ("fp32", "sentence-transformers"))
    assert (ours.encode(TEXTS) * theirs.encode(TEXTS)).sum(1).min() >= 0.9999


def test_rounding_to_int8_turns_no_vector_far() -> None:
    rounded, whole = (load_encoder(NAMES[name]) for name in ("int8", "fp32"))
    assert (rounded.encode(TEXTS) * whole.encode(TEXTS)).sum(1).min() >= 0.97


def test_an_encoder_is_loaded_again_by_its_name(encoder: Encoder) -> None:
    assert load_encoder(encoder.name).name == encoder.name


def test_an_unknown_model_is_refused_by_name_without_the_network() -> None:
    with pytest.raises(EncoderUnusable, match="no sentence-transformers model 'no/such-model'"):
        load_encoder("no/such-model")


def test_altered_weights_are_refused_by_their_hash(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(EncoderUnusable, match=r"SHA-256 .*not 53aa51172d14.*--force-reinstall"):
        weights.check(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"not a graph" * 100])
def test_a_damaged_export_is_named_with_its_cure(
    damage: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    file = weights.onnx_file("int8")
    file.parent.mkdir()
    file.write_bytes(damage)
    with pytest.raises(EncoderUnusable, match=r"int8\.onnx cannot be loaded .*: delete it"):
        load_encoder().encode(["a"])


def test_the_default_encoder_does_not_import_torch() -> None:
    program = (
        "import sys; from index.encoder import load_encoder; load_encoder().encode(['a']);"
        "sys.exit('torch' in sys.modules)"
    )
    load_encoder().encode(["the export is there"])
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
