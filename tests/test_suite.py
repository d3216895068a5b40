"""The suite, asked of an archive of two articles kept in memory."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.baseline import load_baseline
from eval.cases import Case, Evidence
from eval.known import evaluate, rebase
from eval.locate import Span, overlaps
from eval.report import Report, render
from eval.suite import fingerprint, run
from index.article import Article, Passage
from index.errors import DatelineError
from rag.answer import Answer, Citation, Question, Statement
from rag.wording import normalise

DAY = date(2020, 6, 12)
GATES = Article(
    text="The warden opened the sluice gates on Tuesday. Nobody\nwas hurt downstream.",
    title="Gates opened",
    outlet="Harbour Post",
    published="2020-06-09",
    path="articles/2020/gates.txt",
)
FERRY = Article(
    text="Captain Ilse Brandt runs the ferry. The ferry carries 40 cars.",
    title="A new ferry",
    outlet="Isle Courier",
    published="2020-06-11",
    path="articles/2020/ferry.txt",
)


@dataclass(frozen=True)
class Hit:
    passage: Passage


class TinyArchive:
    """Finds sentences by the words that they share with a question, and answers with the best."""

    def __init__(self, *articles: Article) -> None:
        self._articles = {article.id: article for article in articles}
        self.asked: list[tuple[str, date | None, date | None, int]] = []

    def articles(self) -> Iterable[Article]:
        return self._articles.values()

    def article(self, article_id: str) -> Article:
        return self._articles[article_id]

    def search(self, text: str, *, k: int, as_of: date | None, until: date | None) -> Sequence[Hit]:
        wanted = set(normalise(text).split())
        spans = [Passage(a.id, *span) for a in self.articles() for span in sentences(a.text)]
        shared = {p: len(wanted & set(normalise(self._quote(p)).split())) for p in spans}
        ranked = sorted((p for p in spans if shared[p]), key=lambda p: -shared[p])
        return [Hit(passage) for passage in ranked[:k]]

    def ask(
        self, text: str, *, as_of: date | None, until: date | None, history: list[Answer]
    ) -> Answer:
        self.asked.append((text, as_of, until, len(history)))
        standalone = " ".join([*(answer.question.text for answer in history), text])
        question = Question(text, standalone, as_of=as_of or DAY, until=until or DAY)
        hits = self.search(standalone, k=1, as_of=as_of, until=until)
        if not hits:
            return Answer(question, abstained=True, message="The archive does not say.")
        citation = self._cite(hits[0].passage)
        statement = Statement(citation.quote, (citation,), verified=True)
        short = " ".join(citation.quote.split()[:3])
        return Answer(question, (statement,), short_answer=short, citations=(citation,))

    def _quote(self, passage: Passage) -> str:
        return self.article(passage.article_id).text[passage.start : passage.end]

    def _cite(self, passage: Passage) -> Citation:
        article = self.article(passage.article_id)
        return Citation(
            number=1,
            article_id=article.id,
            start=passage.start,
            end=passage.end,
            quote=self._quote(passage),
            outlet=article.outlet,
            title=article.title,
            published=article.published,
            published_how="stated",
            url="",
        )


class Misquoting(TinyArchive):
    """Abstains although it has an answer, and quotes one character beside what it cites."""

    def ask(
        self, text: str, *, as_of: date | None, until: date | None, history: list[Answer]
    ) -> Answer:
        answer = super().ask(text, as_of=as_of, until=until, history=history)
        shifted = tuple(replace(c, start=c.start + 1, end=c.end + 1) for c in answer.citations)
        return replace(answer, abstained=True, nearest=shifted)


def sentences(text: str) -> list[tuple[int, int]]:
    middle = text.index(". ") + 1
    return [(0, middle), (middle + 1, len(text))]


def case(question: str, *answers: str, **others: object) -> Case:
    plain: dict[str, object] = {
        "id": question.split()[0].lower(),
        "kind": "fact",
        "question": question,
        "as_of": DAY,
        "until": None,
        "history": (),
        "answers": answers,
        "evidence": (),
    }
    return Case(**(plain | others))  # type: ignore[arg-type]


OPENED = Evidence("gates.txt", "The warden opened the sluice gates on Tuesday.")
HURT = Evidence("2020/gates.txt", "Nobody was hurt downstream.")
CARS = Evidence("ferry.txt", "The ferry carries 40 cars.")
WHO = case("Who opened the sluice gates?", "warden", evidence=(OPENED,))
MOON = case("Zero-gravity moonbase?", kind="unanswerable")


def scores(archive: TinyArchive, asked: Case) -> dict[str, float]:
    return dict(run(archive, [asked]).results[0].scores)


def test_a_right_answer_earns_what_it_says_and_what_it_cites() -> None:
    assert scores(TinyArchive(GATES, FERRY), WHO) == {
        "hit@1": 1,
        "hit@5": 1,
        "hit@10": 1,
        "mrr": 1,
        "em": 0,
        "f1": pytest.approx(2 / 3),  # "The warden opened" has two words where one is right
        "contains": 1,
        "evidence_hit": 1,
        "citation_validity": 1,
        "answered": 1,
    }


def test_the_rank_is_that_of_the_first_passage_that_holds_evidence() -> None:
    asked = case("Who runs the ferry of 40 passengers?", "40", evidence=(CARS,))
    result = run(TinyArchive(GATES, FERRY), [asked]).results[0]
    assert result.rank == 2
    assert result.scores["mrr"] == 0.5
    assert result.scores["hit@1"] == 0
    assert result.scores["evidence_hit"] == 0
    assert result.scores["contains"] == 0


def test_an_abstention_on_an_answerable_case_earns_nothing() -> None:
    asked = replace(MOON, kind="fact", answers=("warden",), evidence=(OPENED,))
    earned = scores(TinyArchive(GATES, FERRY), asked)
    assert set(earned.values()) == {0}
    assert {"em", "f1", "contains", "evidence_hit", "answered", "mrr"} <= set(earned)
    assert "citation_validity" not in earned


def test_an_unanswerable_case_is_scored_by_abstention_alone() -> None:
    assert scores(TinyArchive(GATES, FERRY), MOON) == {"abstained": 1}
    answered = scores(
        TinyArchive(GATES), replace(WHO, kind="unanswerable", evidence=(), answers=())
    )
    assert answered == {"abstained": 0, "citation_validity": 1}


def test_the_nearest_passages_of_an_abstention_must_be_quoted_truly_too() -> None:
    assert scores(Misquoting(GATES), WHO)["citation_validity"] == 0.5


def test_an_answer_withheld_by_abstaining_earns_nothing() -> None:
    earned = scores(Misquoting(GATES), WHO)
    assert [earned[name] for name in ("em", "f1", "contains", "evidence_hit")] == [0, 0, 0, 0]
    assert earned["answered"] == 0


SPANS = st.builds(
    lambda article, start, length: Span(article, start, start + length),
    st.sampled_from(["a", "b"]),
    st.integers(0, 6),
    st.integers(1, 3),
)


@given(SPANS, st.lists(SPANS, max_size=2))
def test_spans_overlap_where_they_share_a_character(placed: Span, spans: list[Span]) -> None:
    def characters(span: Span) -> set[tuple[str, int]]:
        return {(span.article_id, place) for place in range(span.start, span.end)}

    shared = any(characters(placed) & characters(span) for span in spans)
    assert overlaps(placed, spans) == shared


def test_evidence_is_found_across_a_line_break_and_by_as_many_folders_as_are_named() -> None:
    asked = case("Was nobody hurt downstream?", "nobody", evidence=(HURT,))
    assert scores(TinyArchive(GATES, FERRY), asked)["hit@1"] == 1


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("ferry.txt", OPENED.sentence),
        ("ates.txt", OPENED.sentence),
        ("gates.txt", "The warden closed the sluice gates."),
    ],
)
def test_evidence_that_the_archive_lacks_is_named_with_case_and_file(
    file: str, sentence: str
) -> None:
    asked = case("Who opened them?", evidence=(Evidence(file, sentence),), answers=("x",))
    with pytest.raises(DatelineError) as error:
        run(TinyArchive(GATES, FERRY), [asked])
    assert all(name in str(error.value) for name in (repr(asked.id), repr(file), repr(sentence)))


def test_a_conversation_is_asked_in_turn_from_the_same_day() -> None:
    until = date(2020, 6, 13)
    asked = case(
        "How many?",
        "40",
        history=("Who runs the ferry?", "And cars?"),
        until=until,
        evidence=(CARS,),
    )
    archive = TinyArchive(GATES, FERRY)
    run(archive, [asked])
    assert archive.asked == [
        ("Who runs the ferry?", DAY, until, 0),
        ("And cars?", DAY, until, 1),
        ("How many?", DAY, until, 2),
    ]


def test_a_follow_up_is_searched_for_as_the_conversation_completes_it() -> None:
    asked = case("How many?", "40", history=("What does the ferry carry?",), evidence=(CARS,))
    assert run(TinyArchive(GATES, FERRY), [asked]).results[0].rank is not None
    assert run(TinyArchive(GATES, FERRY), [replace(asked, history=())]).results[0].rank is None


def test_measures_that_apply_to_no_case_are_none() -> None:
    report = run(TinyArchive(GATES, FERRY), [WHO, MOON])
    assert report.overall["abstained"].value == 1
    assert report.overall["em"].cases == 1
    assert report.by_kind["unanswerable"]["em"].value is None
    assert report.by_kind["fact"]["abstained"].value is None
    assert report.by_kind["fact"]["ms_p50"].value is not None


def test_the_slow_questions_show_in_the_95th_percentile() -> None:
    result = run(TinyArchive(GATES), [WHO]).results[0]
    quick = [replace(result, milliseconds=10.0)] * 19
    overall = Report("c0ffee", (*quick, replace(result, milliseconds=510.0))).overall
    assert overall["ms_p50"].value == 10
    assert overall["ms_p95"].value == pytest.approx(35)


def test_each_case_is_told_of_as_it_is_done() -> None:
    seen: list[str] = []
    run(TinyArchive(GATES), [WHO, MOON], on_case=lambda result: seen.append(result.case.id))
    assert seen == [WHO.id, MOON.id]


def test_a_report_is_plain_json_with_the_answers_in_it() -> None:
    report = run(TinyArchive(GATES, FERRY), [WHO, MOON])
    plain = json.loads(json.dumps(report.to_dict()))
    assert plain == report.to_dict()
    row = plain["results"][0]
    assert row["answer"] == "The warden opened.\nThe warden opened the sluice gates on Tuesday. [1]"
    assert row["citations"][0]["quote"] == OPENED.sentence
    assert row["scores"]["abstained"] is None


def test_a_rendered_report_shows_every_failed_case_within_100_columns() -> None:
    wrong = case("Who runs the ferry? " * 9, "the harbour master", id="ferry-1", evidence=(CARS,))
    text = render(run(TinyArchive(GATES, FERRY), [WHO, MOON, wrong]))
    assert max(map(len, text.splitlines())) <= 100
    assert "1 of 3 cases failed:" in text
    assert "ferry-1 (fact): does not say what was expected; does not cite the evidence" in text
    assert "  expected  the harbour master" in text
    assert "  answered  Captain Ilse Brandt. Captain Ilse Brandt runs the ferry. [1]" in text
    assert WHO.question not in text


def test_a_rendered_table_is_aligned_and_marks_what_does_not_apply() -> None:
    text = render(run(TinyArchive(GATES, FERRY), [WHO, MOON]))
    finding = text.split("\n\n")[0].splitlines()
    assert [line.split()[0] for line in finding] == ["finding", "all", "fact", "unanswerable"]
    assert len({len(line) for line in finding}) == 1
    assert finding[3].split()[2:6] == ["-"] * 4
    assert text.endswith("0 of 2 cases failed.")


def test_an_answer_to_the_unanswerable_is_shown_as_one() -> None:
    text = render(run(TinyArchive(GATES), [replace(WHO, kind="unanswerable", answers=())]))
    assert "answered what the archive does not say" in text
    assert "  expected  an abstention" in text


def test_the_fingerprint_changes_with_a_case_or_an_article_but_not_with_their_order() -> None:
    mark = fingerprint([WHO, MOON], [GATES, FERRY])
    assert fingerprint([WHO, MOON], [FERRY, GATES]) == mark
    assert fingerprint([WHO], [GATES, FERRY]) != mark
    assert fingerprint([WHO, replace(MOON, as_of=date(2020, 1, 1))], [GATES, FERRY]) != mark
    assert fingerprint([WHO, MOON], [GATES, replace(FERRY, text="Sunk.", blocks=())]) != mark
    assert fingerprint([WHO, MOON], [GATES, replace(FERRY, path="moved/ferry.txt")]) == mark


@pytest.fixture
def asked_file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    rows = [{k: v for k, v in asdict(c).items() if v is not None} for c in (WHO, MOON)]
    path.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows))
    return path


def test_a_file_of_cases_is_held_against_the_baseline_made_from_it(asked_file: Path) -> None:
    archive, baseline = TinyArchive(GATES, FERRY), asked_file.with_name("baseline.json")
    rebase(evaluate(archive, asked_file).report, baseline)
    assert load_baseline(baseline).floors["citation_validity"] == 1
    assert evaluate(archive, asked_file, baseline).shortfalls == ()
    worse = evaluate(Misquoting(GATES, FERRY), asked_file, baseline).shortfalls
    assert [shortfall.measure for shortfall in worse] == ["citation_validity"]


def test_a_baseline_of_another_corpus_is_refused_before_anything_is_asked(asked_file: Path) -> None:
    baseline = asked_file.with_name("baseline.json")
    rebase(evaluate(TinyArchive(GATES, FERRY), asked_file).report, baseline)
    archive = TinyArchive(GATES)
    with pytest.raises(DatelineError, match="dateline eval --update"):
        evaluate(archive, asked_file, baseline)
    assert archive.asked == []
