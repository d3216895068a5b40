"""The known-answer cases: what is refused, and whether the shipped ones are true of the archive."""

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.cases import KINDS, Case, Evidence, load_cases
from index.errors import DatelineError

SAMPLE = Path(__file__).parent.parent / "eval" / "sample"
ARTICLES = SAMPLE / "articles"
CASES = load_cases(SAMPLE / "cases.jsonl")
GOOD = {
    "id": "mill-01",
    "kind": "fact",
    "question": "Who runs the mill?",
    "as_of": "2020-05-02",
    "answers": ["Ada Byrne"],
    "evidence": [{"article": "mill.md", "sentence": "Ada Byrne runs the mill."}],
}


def write(folder: Path, *lines: str) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_line_becomes_a_case(tmp_path: Path) -> None:
    line = json.dumps(GOOD | {"until": "2020-05-01", "history": ["Is there a mill?"]})
    assert load_cases(write(tmp_path, "", line, "")) == [
        Case(
            id="mill-01",
            kind="fact",
            question="Who runs the mill?",
            as_of=date(2020, 5, 2),
            until=date(2020, 5, 1),
            history=("Is there a mill?",),
            answers=("Ada Byrne",),
            evidence=(Evidence("mill.md", "Ada Byrne runs the mill."),),
        )
    ]


def test_without_until_and_history_a_case_has_none(tmp_path: Path) -> None:
    (case,) = load_cases(write(tmp_path, json.dumps(GOOD)))
    assert case.until is None and case.history == ()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"colour": "red"}, "'colour' is unknown"),
        ({"id": " "}, "'id' is ' '"),
        ({"id": 7}, "'id' is 7"),
        ({"kind": "facts"}, "'kind' is 'facts'"),
        ({"question": ""}, "'question' is ''"),
        ({"as_of": "31 October"}, "'as_of' is '31 October'"),
        ({"as_of": "2021-02-30"}, "'as_of' is '2021-02-30'"),
        ({"until": None}, "'until' is None"),
        ({"history": "Is there a mill?"}, "'history' is 'Is there a mill?'"),
        ({"answers": "Ada Byrne"}, "'answers' is 'Ada Byrne'"),
        ({"answers": [1868]}, "'answers' is 1868"),
        ({"answers": []}, "'answers' is empty"),
        ({"evidence": []}, "'evidence' is empty"),
        ({"evidence": ["mill.md"]}, "evidence: 'mill.md' is not a JSON object"),
        ({"evidence": [{"article": "mill.md"}]}, "evidence: field 'sentence' is missing"),
        ({"evidence": [{"article": "a", "sentence": "b", "page": 1}]}, "'page' is unknown"),
        ({"kind": "unanswerable", "evidence": []}, "'answers' is not empty"),
        ({"kind": "false-premise", "answers": []}, "'evidence' is not empty"),
        ({"kind": "follow-up"}, "'history' is missing or empty"),
    ],
)
def test_a_malformed_field_is_refused_by_file_line_and_name(
    tmp_path: Path, change: dict[str, object], complaint: str
) -> None:
    path = write(tmp_path, "", json.dumps(GOOD | change))
    with pytest.raises(DatelineError) as refusal:
        load_cases(path)
    assert refusal.value.problem.startswith(f"{path}, line 2")
    assert complaint in refusal.value.problem
    assert refusal.value.cure


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_field_is_refused_by_name(tmp_path: Path, name: str) -> None:
    line = json.dumps({key: value for key, value in GOOD.items() if key != name})
    with pytest.raises(DatelineError, match=f"line 1: field '{name}' is missing"):
        load_cases(write(tmp_path, line))


@pytest.mark.parametrize(("line", "complaint"), [("{", "not JSON"), ("[]", "not a JSON object")])
def test_a_line_that_is_no_object_is_refused(tmp_path: Path, line: str, complaint: str) -> None:
    with pytest.raises(DatelineError, match=f"line 1: .*{complaint}"):
        load_cases(write(tmp_path, line))


def test_a_repeated_id_is_refused_at_its_second_line(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="line 2: field 'id' is 'mill-01'"):
        load_cases(write(tmp_path, json.dumps(GOOD), json.dumps(GOOD)))


def test_a_file_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="no cases in"):
        load_cases(write(tmp_path, "", " "))


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match=r"nowhere\.jsonl"):
        load_cases(tmp_path / "nowhere.jsonl")


def test_a_file_in_another_encoding_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "latin.jsonl"
    path.write_bytes("Ångström".encode("latin-1"))
    with pytest.raises(DatelineError, match=r"latin\.jsonl"):
        load_cases(path)


# The shipped cases, against the shipped articles. They are read here without Dateline's own
# loaders, so that a fault there cannot hide a fault in the cases.


class PlainText(HTMLParser):
    """A page's text, without its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text += data


def raw(article: str) -> str:
    """What the file holds of an article, "file.jsonl#2" being a file's second line."""
    name, _, line = article.partition("#")
    content = (ARTICLES / name).read_text(encoding="utf-8")
    return content.splitlines()[int(line) - 1] if line else content


def text_of(article: str) -> str:
    if "#" in article:
        return str(json.loads(raw(article))["text"])
    return PlainText(raw(article)).text if article.endswith(".html") else raw(article)


def day_of(article: str) -> date | None:
    stated = re.search(r'published(?:_time" content="|": "|: )(\d{4}-\d\d-\d\d)', raw(article))
    return date.fromisoformat(stated[1]) if stated else None


def of_kind(*kinds: str) -> list[Case]:
    return [case for case in CASES if case.kind in kinds]


def named(case: Case) -> str:
    return case.id


answerable = pytest.mark.parametrize("case", [c for c in CASES if c.answerable], ids=named)


def test_the_shipped_cases_are_of_every_kind() -> None:
    assert len(CASES) >= 66
    assert {case.kind for case in CASES} == set(KINDS)


@answerable
def test_evidence_stands_on_one_line_of_its_article(case: Case) -> None:
    for evidence in case.evidence:
        lines = text_of(evidence.article).splitlines()
        assert any(evidence.sentence in line for line in lines), evidence


@answerable
def test_evidence_was_published_by_the_day_of_the_question(case: Case) -> None:
    for evidence in case.evidence:
        published = day_of(evidence.article)
        assert published is None or published <= (case.until or case.as_of), evidence


@pytest.mark.parametrize("case", of_kind("fact", "who-said", "as-of"), ids=named)
def test_an_acceptable_answer_is_in_the_evidence(case: Case) -> None:
    sentences = " ".join(evidence.sentence for evidence in case.evidence)
    found = [
        answer
        for answer in case.answers
        if re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", sentences, re.IGNORECASE)
    ]
    assert found, (case.answers, sentences)


@pytest.mark.parametrize("case", of_kind("comparison"), ids=named)
def test_a_comparison_rests_on_two_articles(case: Case) -> None:
    assert len({evidence.article for evidence in case.evidence}) >= 2


def test_one_question_has_other_answers_on_other_days() -> None:
    answers: dict[str, set[tuple[str, ...]]] = {}
    for case in of_kind("as-of"):
        answers.setdefault(case.question, set()).add(case.answers)
    assert all(len(different) >= 2 for different in answers.values()), answers


@pytest.mark.parametrize("path", sorted(ARTICLES.iterdir()), ids=lambda path: path.name)
def test_every_article_is_labelled_a_sample(path: Path) -> None:
    records = (
        path.read_text(encoding="utf-8").splitlines()
        if path.suffix == ".jsonl"
        else [path.read_text(encoding="utf-8")]
    )
    assert all(re.search(r"written for Dateline; not a real report", record) for record in records)
