from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.article import Passage
from index.words import WordIndex, content_words, stems

TEXTS = {
    "gates": "The sluice gates won't open, said O'Hara: (see [2]) AND OR NOT title:x^2 ~",
    "ferry": "The ferries sailed for Skerrow.",
    "mill": "The mill at Skerrow burned; the ferry was late.",
}


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordIndex]:
    index = WordIndex(tmp_path_factory.mktemp("words"))
    passages = [Passage(name, 0, len(text)) for name, text in TEXTS.items()]
    index.put(passages, ["Skerrow news", "", ""], list(TEXTS.values()))
    index.commit()
    index.end_writing()
    yield index


def _found(index: WordIndex, text: str) -> list[str]:
    return [passage.article_id for passage, _ in index.search(text, 5)]


def test_words_are_found_by_their_stems(words: WordIndex) -> None:
    assert set(_found(words, "ferry sailing")) == {"ferry", "mill"}
    assert _found(words, "ferry sailing")[0] == "ferry"


def test_a_title_counts_less_than_the_text(words: WordIndex) -> None:
    assert _found(words, "Skerrow")[-1] == "gates"


def test_only_function_words_find_nothing(words: WordIndex) -> None:
    assert _found(words, "What did they do about it?") == []


def test_a_rarer_stem_tells_more(words: WordIndex) -> None:
    assert words.rarity("sluic") > words.rarity("skerrow") > 0
    assert words.rarity("unheard") > words.rarity("sluic")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.sampled_from(["won't", "'", '"', "a:b", "(", "AND", "^2", "*"])))
def test_no_question_is_a_syntax_error(words: WordIndex, text: str) -> None:
    assert all(score > 0 for _, score in words.search(f"gates {text}", 3))


@given(st.text())
def test_content_words_are_words_and_stems_are_no_more_than_their_parts(text: str) -> None:
    assert all(word.strip() for word in content_words(text))
    assert all(stem.isalnum() for stem in stems(text))
