"""The RealTimeQA benchmark, over a year of five articles written here."""

import gzip
import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eval.benchmarks.realtimeqa import calibration, misses
from eval.benchmarks.realtimeqa.__main__ import main
from eval.benchmarks.realtimeqa.questions import QuizQuestion, read_questions
from eval.benchmarks.realtimeqa.run import run
from eval.benchmarks.realtimeqa.short import ShortArticles
from eval.benchmarks.realtimeqa.tables import measures
from index.article import Article
from index.errors import DatelineError
from index.index import Allowed
from rag import Archive
from rag.answer import Answer, Question
from rag.results import SearchResult

ARTICLES = [
    ("2023-01-03", "Gates shut", "The sluice gates at Oakes were shut by Lena Lunt on Tuesday."),
    ("2023-01-04", "Ferry sold", "The Skerrow ferry was sold to Brennick Line for 84 million."),
    ("2023-01-05", "Mill burns", "A fire at the Pell mill in Hale was put out by forty men."),
    ("2023-01-05", "Live", "The sea was calm. " * 2_000 + "The Marrick ran aground at Pell Head."),
    ("2023-01-12", "Late news", "Who shut the sluice gates? It was not Lena Lunt but Tom Reed."),
]
QUESTIONS = [
    ("Who shut the sluice gates at Oakes?", ["Lena Lunt"], "answerable"),
    ("Which company bought the Skerrow ferry?", ["Brennick Line"], "answerable"),
    ("In which town did the Pell mill burn?", ["Hale"], "answerable"),
    ("Which ship ran aground at Pell Head?", ["Marrick"], "answerable"),
    ("Which planet did astronomers find?", ["Kepler"], "unanswerable"),
    ("Whose hat was that?", ["Dale"], "unclear"),
]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("2023")
    with gzip.open(folder / "articles.jsonl.gz", "wt") as file:
        for number, (day, title, text) in enumerate(ARTICLES):
            url = f"https://example.org/{number}"
            row = {"id": url, "url": url, "title": title, "published": day, "text": text}
            file.write(json.dumps(row | {"authors": []}) + "\n")
    with (folder / "questions.jsonl").open("w") as questions:
        for number, (text, answers, label) in enumerate(QUESTIONS):
            row = {"id": f"{number}", "question": text, "label": label, "asked": "2023-01-06"}
            own = [f"https://example.org/{number}"]
            questions.write(json.dumps({**row, "answers": answers, "articles": own}) + "\n")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made")


@pytest.fixture(scope="module")
def report(year: Path, made: Path) -> dict[str, object]:
    options = ["--archive", str(made / "archive"), "--without-long"]
    assert main([str(year), *options, "--json", str(made / "out.json")]) == 0
    report: dict[str, object] = json.loads((made / "out.json").read_text())
    return report


def test_the_report_has_every_measure_and_every_scored_case(report: dict[str, object]) -> None:
    found, cases = report["measures"], report["cases"]
    assert isinstance(found, dict) and isinstance(cases, list)
    assert len(cases) == 5
    expected = "hit@1 hit@5 hit@10 hit@20 hit@50 mrr em f1 contains citation_validity"
    expected += " answered_present abstained_absent abstained_unanswerable ms_p50 ms_p95"
    assert set(expected.split()) <= set(found)
    assert found["hit@5"] == found["citation_validity"] == found["answered_present"] == 1.0


def test_the_answer_is_out_of_reach_when_it_is_withheld(year: Path, tmp_path: Path) -> None:
    question = read_questions(year)[0]
    with Archive.open(tmp_path / "archive") as archive:
        archive.add(year / "articles.jsonl.gz")
        answer = archive.ask(
            question.text,
            question.asked,
            allowed=lambda p: "Lunt" not in archive.article(p.article_id).text,
        )
    assert "Lunt" not in json.dumps(answer.to_dict())


def test_nothing_later_than_two_days_after_the_question_is_used(report: dict[str, object]) -> None:
    assert "Tom Reed" not in json.dumps(report["cases"])


def test_without_long_articles_none_is_cited_and_what_only_they_answer_is_not_counted(
    report: dict[str, object],
) -> None:
    without = report["without_long"]
    assert isinstance(without, dict) and "Pell Head" in json.dumps(report["cases"])
    assert "The Marrick" not in json.dumps(without) and "sea was calm" not in json.dumps(without)
    assert [case["answers"][0] for case in without["cases"]] == [
        *("Lena Lunt", "Brennick Line", "Hale", "Kepler")
    ]
    assert without["measures"]["hit@5"] == 1.0


def test_an_answer_that_stands_only_in_later_articles_does_not_keep_its_label() -> None:
    early, late = (Article("It was Hale.", published=f"2023-01-{day}") for day in ("08", "09"))
    question = QuizQuestion("1", "Where?", ("Hale",), date(2023, 1, 6), "answerable")
    unknown = Article("It was Hale.")
    assert [ShortArticles([one]).keep_label(question) for one in (early, late, unknown)] == [
        *(True, False, True)
    ]


class DecidesByForm:
    """An archive that looks at nothing but the question's words to decide whether to abstain."""

    def __init__(self, refused: set[str]) -> None:
        self.refused = refused

    def search(
        self, text: str, k: int, as_of: date, until: date, allowed: Allowed | None = None
    ) -> Sequence[SearchResult]:
        return []

    def ask(self, text: str, as_of: date, until: date, allowed: Allowed | None = None) -> Answer:
        question = Question(text, text, as_of, until)
        return Answer(question, abstained=text in self.refused)

    def article(self, article_id: str) -> Article:
        raise KeyError(article_id)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from([text for text, _, _ in QUESTIONS])))
def test_the_form_of_a_question_alone_predicts_nothing_of_the_honest_pair(
    year: Path, refused: set[str]
) -> None:
    results = list(run(DecidesByForm(refused), read_questions(year)))
    found = measures(results)
    assert found["answered_present"] is not None and found["abstained_absent"] is not None
    assert found["answered_present"] + found["abstained_absent"] == pytest.approx(1)


def test_a_folder_without_questions_is_named_with_a_cure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 1
    assert "no questions at" in capsys.readouterr().err


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text('{"id": "1"}\n')
    with pytest.raises(DatelineError, match=r"questions\.jsonl:1 is no question"):
        read_questions(tmp_path)


def test_confidence_is_fitted_on_what_came_true(
    year: Path, report: dict[str, object], made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert calibration.main(["--year", str(year), str(made / "archive")]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"WEIGHTS = Signs\(strength=-?[\d.]+, .*fits=-?[\d.]+\)", printed)
    bins = re.findall(r"^\| \d\.\d to \d\.\d \| (\d+) \| [-\d.]+ \| (\d+) \|", printed, re.M)
    assert sum(int(whole) for whole, _ in bins) == 8  # four as they are, and without their answers
    assert sum(int(small) for _, small in bins) == 5  # without, only the calm sea


def test_calibration_without_the_archive_says_what_is_missing(
    year: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert calibration.main(["--year", str(year), str(tmp_path / "gone")]) == 1
    assert "gone" in capsys.readouterr().err


def test_every_miss_is_lost_at_one_step(
    year: Path, report: dict[str, object], made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert misses.main([str(year), str(made / "archive"), "--list", "9"]) == 0
    printed = capsys.readouterr().out
    missed = int(printed.split(" of 4 questions")[0])
    assert sum(int(n) for n in re.findall(r"\| (\d+) \| \d\.\d\d \|", printed)) == missed
    assert printed.count("; proposed ") == missed


@pytest.mark.parametrize(
    ("wording", "right"),
    [("Lena Lunt", True), ("Lunt", True), ("warden Lena Lunt", True), ("Tom Reed", False)],
)
def test_a_part_of_the_expected_answer_and_a_longer_one_are_right(
    wording: str, right: bool
) -> None:
    question = QuizQuestion("1", "Who?", ("Lena Lunt",), date(2023, 1, 6), "answerable")
    assert calibration.is_right(wording, question) is right
