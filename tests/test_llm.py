"""A language model by its address: found, refused by name, and talked to as its user would want."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from scripted import NAME, Script, serving

from index.errors import DatelineError
from rag import Archive
from rag.llm import load_llm, local_model
from rag.llm.server import KEY
from rag.prose.said import said
from ui.cli import main
from ui.serve import free_port


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def address(script: Script) -> Iterator[str]:
    with serving(script) as at:
        yield at


@pytest.fixture
def nothing() -> str:
    """An address at which nothing listens."""
    return f"http://127.0.0.1:{free_port('127.0.0.1', 42000)}/v1"


def test_the_only_model_of_a_server_needs_no_name(address: str) -> None:
    assert load_llm(address).metadata.model_name == NAME


def test_of_several_models_one_must_be_named(address: str, script: Script) -> None:
    script.models = ["large", "small"]
    with pytest.raises(DatelineError, match=r"several models or none \(large, small\): write http"):
        load_llm(address)
    assert load_llm(f"{address}#small").metadata.model_name == "small"


def test_a_model_that_a_server_does_not_have_is_refused_by_name(address: str) -> None:
    with pytest.raises(DatelineError, match=f"no language model 'vast' at {address}.*has {NAME}"):
        load_llm(f"{address}#vast")


def test_a_server_that_lists_nothing_is_believed(address: str, script: Script) -> None:
    script.models = []
    assert load_llm(f"{address}#hidden").metadata.model_name == "hidden"


def test_an_address_where_nothing_answers_is_refused_by_name(nothing: str) -> None:
    with pytest.raises(DatelineError, match=f"no language model answers at {nothing}"):
        load_llm(f"{nothing}#any")


def test_a_model_that_is_not_there_stops_an_archive_from_opening(
    nothing: str, tmp_path: Path
) -> None:
    with pytest.raises(DatelineError, match="no language model answers"):
        Archive.open(tmp_path / "archive", llm=nothing)


@pytest.mark.parametrize("address", ["llama3.2", "ollama:", "ftp://host/v1#a", ""])
def test_what_is_no_address_is_refused_with_the_forms_there_are(address: str) -> None:
    with pytest.raises(DatelineError, match="write ollama:NAME, or http://HOST:PORT/v1#NAME"):
        load_llm(address)


def test_the_key_is_sent_to_the_address_given_and_no_other_key_ever(
    address: str, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "meant-for-others")
    "".join(said(load_llm(f"{address}#{NAME}"), []))
    monkeypatch.setenv(KEY, "meant-for-this")
    "".join(said(load_llm(f"{address}#{NAME}"), []))
    assert script.keys == ["", "Bearer none", "Bearer meant-for-this", "Bearer meant-for-this"]


def test_no_proxy_is_asked_for_an_address_of_this_machine(
    address: str, script: Script, nothing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, nothing.removesuffix("/v1"))
    assert "".join(said(load_llm(f"{address}#{NAME}"), [])) == "The archive does not say."


@pytest.fixture
def ollama(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An Ollama runs on this machine."""
    monkeypatch.setenv("OLLAMA_HOST", address.removeprefix("http://").removesuffix("/v1"))


def test_an_ollama_writes_by_its_models_name(ollama: None, sample: Archive, script: Script) -> None:
    script.says("Kim Yeon-chul resigned as minister. [1]")
    answer = sample.written_by(f"ollama:{NAME}").ask("Who resigned as minister?", "2020-06-30")
    assert [statement.text for statement in answer.statements] == [
        "Kim Yeon-chul resigned as minister."
    ]
    assert answer.model == NAME


def test_a_model_that_ollama_does_not_have_is_refused_with_the_command_that_gets_it(
    ollama: None,
) -> None:
    with pytest.raises(DatelineError, match=r"no language model 'vast' at .*: ollama pull vast"):
        load_llm("ollama:vast")


def test_an_ollamas_newest_model_that_can_write_is_offered(ollama: None, script: Script) -> None:
    script.models = ["nomic-embed-text:latest", "new:3b", "old:7b"]
    assert local_model() == "ollama:new:3b"
    script.models = ["nomic-embed-text:latest"]
    assert local_model() is None


def test_no_ollama_is_looked_for_on_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "ollama.example:11434")
    assert local_model() is None


def test_where_no_ollama_runs_none_is_offered(
    nothing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", nothing.removesuffix("/v1"))
    assert local_model() is None


def test_a_model_is_given_to_the_command_line_by_address(
    sample: Archive, address: str, script: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    script.says("Kim Yeon-chul resigned as minister. [1]")
    arguments = [
        "ask",
        "--archive",
        "sample",
        "--llm",
        f"{address}#{NAME}",
        "--as-of",
        "2020-06-30",
    ]
    assert main([*arguments, "Who resigned as minister?"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Kim Yeon-chul resigned as minister. [1]")
    assert f"Written by the language model {NAME}" in printed


def test_the_command_line_says_where_it_found_no_model(
    sample: Archive, nothing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "--archive", "sample", "--llm", nothing, "Who resigned?"]) == 1
    assert f"no language model answers at {nothing}" in capsys.readouterr().err
