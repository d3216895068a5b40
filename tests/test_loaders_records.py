"""Formats made of records: JSON, CSV and Parquet, and the columns that a user names."""

import csv
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from conftest import WordEncoder
from hypothesis import given
from hypothesis import strategies as st
from loading import refusal

from index.article import Article
from index.errors import DatelineError, UnreadableSource
from index.loaders import load
from index.loaders.record import article as article_of
from index.loaders.table.csv_file import DELIMITERS
from index.loaders.text.clean import clean
from rag.archive import Archive
from ui.cli import main

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

TEXT = "The sluice gates at Varn were opened at dawn, the river office said."
Record = Mapping[str, object]
Records = Sequence[Record]

RECORD: Record = {
    "text": TEXT,
    "title": "Gates opened",
    "outlet": "Harbour Post",
    "date": "2020-06-09",
}
ODD: Record = {
    "Story": TEXT,
    "head line": "Gates opened",
    "paper": "Harbour Post",
    "day": "2020-06-09",
}
COLUMNS = {"text": "story", "title": "Head Line", "outlet": "paper", "published": "day"}


def as_json(path: Path, records: Records) -> None:
    path.write_text(json.dumps(records))


def as_lines(path: Path, records: Records) -> None:
    path.write_text("\n".join(map(json.dumps, records)))


def as_csv(path: Path, records: Records) -> None:
    with path.open("w", newline="") as file:
        table = csv.DictWriter(file, list(dict.fromkeys(name for r in records for name in r)))
        table.writeheader()
        table.writerows(records)


def as_parquet(path: Path, records: Records) -> None:
    parquet.write_table(pyarrow.Table.from_pylist(records), path)


WRITERS = {"a.json": as_json, "a.jsonl": as_lines, "a.csv": as_csv, "a.parquet": as_parquet}
every_format = pytest.mark.parametrize("name", WRITERS)


def written(folder: Path, name: str, *records: Record) -> Path:
    WRITERS[name](folder / name, list(records))
    return folder / name


def put(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def articles(path: Path, columns: Mapping[str, str] | None = None) -> list[Article]:
    found = list(load(path, columns))
    assert all(isinstance(article, Article) for article in found), found
    return [article for article in found if isinstance(article, Article)]


# Every format


@every_format
def test_a_record_is_an_article_known_by_its_file_and_number(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name, RECORD, {**RECORD, "text": "It rained."})
    first, second = articles(path)
    assert first == Article(
        text=TEXT,
        title="Gates opened",
        outlet="Harbour Post",
        published="2020-06-09",
        published_how="stated",
        path=f"{path}#1",
    )
    assert (second.text, second.path) == ("It rained.", f"{path}#2")


@every_format
def test_a_bad_record_is_named_and_the_others_come_in(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name, RECORD, {**RECORD, "text": " "}, RECORD)
    first, bad, third = load(path)
    assert isinstance(first, Article) and isinstance(third, Article)
    assert third.path == f"{path}#3"
    assert isinstance(bad, UnreadableSource)
    assert bad.problem in (f"{path}#2: no text in it", f"{path}:2: no text in it")


@every_format
def test_columns_that_the_user_names_are_used(tmp_path: Path, name: str) -> None:
    (article,) = articles(written(tmp_path, name, ODD), COLUMNS)
    assert (article.text, article.title, article.outlet) == (TEXT, "Gates opened", "Harbour Post")
    assert article.published == "2020-06-09"


@every_format
def test_a_column_that_is_named_serves_nothing_else(tmp_path: Path, name: str) -> None:
    record = {"text": "Ad.", "story": TEXT, "source": "Gates opened", "title": "T"}
    path = written(tmp_path, name, record)
    (article,) = articles(path, {"text": "story", "title": "source"})
    assert (article.text, article.title, article.outlet) == (TEXT, "Gates opened", "")


@every_format
def test_a_column_that_no_record_has_is_refused_once_with_those_there_are(
    tmp_path: Path, name: str
) -> None:
    unreadable = refusal(written(tmp_path, name, ODD, ODD), {"text": "storey"})
    assert "no column 'storey'" in unreadable.problem
    assert all(column in unreadable.cure.lower() for column in ("story", "paper", "day"))


@every_format
def test_a_column_that_only_a_late_record_has_is_found(tmp_path: Path, name: str) -> None:
    records = [RECORD] * 50 + [{**RECORD, "paper": "Weir Gazette"}]
    path = tmp_path / name
    if name == "a.parquet":  # has every column from the start
        records = [{"paper": None, **record} for record in records]
    WRITERS[name](path, records)
    assert articles(path, {"outlet": "paper"})[-1].outlet == "Weir Gazette"


def test_a_named_column_of_markup_is_read_as_markup(tmp_path: Path) -> None:
    record: Record = {"text": "Ad.", "content_html": "<p>It <b>rained</b>.</p>"}
    (article,) = articles(written(tmp_path, "a.json", record), {"text": "content_html"})
    assert article.text == "It rained."
    (bad,) = load(written(tmp_path, "a.jsonl", {**record, "blank": ""}), {"text": "blank"})
    assert 'no text in it: give it in "blank"' in str(bad)


def test_a_field_that_there_is_not_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="no field 'txt': the fields are text") as caught:
        load(written(tmp_path, "a.csv", ODD), {"txt": "story"})
    assert not isinstance(caught.value, UnreadableSource)


def test_columns_are_for_records_and_change_nothing_for_other_files(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", ODD)
    put(tmp_path / "b.txt", TEXT)
    assert [article.text for article in articles(tmp_path, COLUMNS)] == [TEXT, TEXT]


def test_an_archive_is_told_of_columns(tmp_path: Path, encoder: WordEncoder) -> None:
    path = written(tmp_path, "a.csv", ODD)
    with Archive.open(tmp_path / "archive", encoder) as archive:
        assert archive.add(path, columns=COLUMNS).added == 1
        assert next(archive.articles()).outlet == "Harbour Post"


def test_the_command_line_takes_columns(
    tmp_path: Path, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "a.csv", ODD)
    add = ["add", str(path), "--archive", str(tmp_path / "archive"), "--columns"]
    assert main([*add, "text=story,title=head line,published=day"]) == 0
    assert "Added 1 article" in capsys.readouterr().out
    assert main([*add, "txt=story"]) == 1
    assert "no field 'txt'" in capsys.readouterr().err
    for nonsense in ("story", "text=", "text=a,text=b"):
        with pytest.raises(SystemExit):
            main([*add, nonsense])
        assert "is not like text=story" in capsys.readouterr().err


# JSON

OTHERS: dict[str, object] = {"status": "ok", "total": 2, "tags": ["a"]}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda records: records,
        lambda records: {**OTHERS, "articles": records},
        lambda records: {"data": records, "authors": [{"name": "A"}]},
        lambda records: {"whatever": records},
        lambda records: {"response": {**OTHERS, "results": records}},
        lambda records: {"content": records, **OTHERS},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_is_found_wherever_programs_put_it(
    tmp_path: Path, wrap: Callable[[Records], object], indent: int | None
) -> None:
    path = put(tmp_path / "a.json", json.dumps(wrap([RECORD, RECORD]), indent=indent))
    assert [article.path for article in articles(path)] == [f"{path}#1", f"{path}#2"]


def test_an_object_with_a_text_is_one_article(tmp_path: Path) -> None:
    record = {"text": TEXT, "data": [{"a": 1}]}
    (article,) = articles(put(tmp_path / "2020-06-09-a.json", json.dumps(record)))
    assert (article.text, article.published_how) == (TEXT, "inferred")
    assert article.path == str(tmp_path / "2020-06-09-a.json")


def test_a_json_feed_says_for_its_items_what_they_do_not_say(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour Post",
        "authors": [{"name": "Ada Quill"}],
        "language": "en-GB",
        "items": [
            {
                "id": "1",
                "url": "https://harbour.example/1",
                "title": "Gates opened",
                "content_html": f"<p>{TEXT}</p><p>It <b>rained</b>.</p><script>x()</script>",
                "date_published": "2020-06-09T05:05:00Z",
            },
            {"id": "2", "content_text": TEXT, "authors": [{"name": "Ben Roe"}]},
        ],
    }
    first, second = articles(put(tmp_path / "feed.json", json.dumps(feed)))
    assert first.text == f"{TEXT}\n\nIt rained."
    assert (first.outlet, first.authors) == ("Harbour Post", ("Ada Quill",))
    assert (first.published, first.url) == (
        "2020-06-09T05:05:00+00:00",
        "https://harbour.example/1",
    )
    assert (second.text, second.authors) == (TEXT, ("Ben Roe",))


def test_json_lines_under_the_name_of_json_are_read_as_lines(tmp_path: Path) -> None:
    lines = [json.dumps(RECORD), "{", json.dumps(RECORD)]
    first, bad, third = load(put(tmp_path / "a.json", "\n".join(lines)))
    assert isinstance(first, Article) and isinstance(third, Article)
    assert "a.json:2: not JSON" in str(bad)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('[{"text": "gat', "not JSON (unterminated string starting at at character 11)"),
        ('[\n{"text": "a"},\n]', "at line 3, character 1)"),
        ("[" * 100_000, "cannot be read"),
        ("[]", "no article in it"),
        ("{}", "no article in it"),
        ("17", "no article in it"),
        ('["a", "b"]', "no article in it"),
        ('[{"title": "a"}, {"mood": "b"}]', "no column of text among title, mood"),
        ("", "not JSON"),
        (b"\0\1\2", "not text"),
    ],
)
def test_json_without_an_article_is_refused_by_name(
    tmp_path: Path, content: str | bytes, what: str
) -> None:
    assert what in refusal(put(tmp_path / "a.json", content)).problem


def test_what_is_no_object_among_records_is_named(tmp_path: Path) -> None:
    found = list(load(put(tmp_path / "a.json", json.dumps([RECORD, "gates", RECORD]))))
    assert f"{tmp_path / 'a.json'}#2: not an object" in str(found[1])
    assert len(found) == 3


@pytest.mark.parametrize(
    "html",
    [
        "gates<p hidden></p>&#28;",
        "gates \ud800 open",
        "<?xml version='1.0' encoding='utf-8'?><p>gates open</p>",
        "<",
    ],
)
def test_markup_of_any_kind_breaks_nothing(tmp_path: Path, html: str) -> None:
    (found,) = load(put(tmp_path / "a.json", json.dumps({"content_html": html, "title": "T"})))
    assert isinstance(found, Article | UnreadableSource)


# CSV

SHOWN = st.characters(exclude_categories=["Cc", "Cs"], include_characters='\n\r\t"')
FIELDS = st.text(SHOWN, max_size=40)


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_the_delimiter_is_told_from_the_first_row(
    tmp_path: Path, delimiter: str, name: str
) -> None:
    header = delimiter.join(["id", "Title", '"a;b,c|d\te"', " TEXT "])
    row = delimiter.join(["1", "Gates", "x", f'"{TEXT}"'])
    (article,) = articles(put(tmp_path / name, f"\n{header}\r\n\r\n{row}\r\n"))
    assert (article.title, article.text) == ("Gates", TEXT)


@given(rows=st.lists(st.tuples(FIELDS, FIELDS), max_size=5), delimiter=st.sampled_from(DELIMITERS))
def test_what_a_program_writes_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: str
) -> None:
    file = io.StringIO(newline="")
    kept = [(title, f"{TEXT} {text}") for title, text in rows]
    csv.writer(file, delimiter=delimiter).writerows([("title", "text"), *kept])
    path = put(tmp_path_factory.mktemp("csv") / "a.csv", file.getvalue())
    found = articles(path) if rows else []
    assert [one.text for one in found] == [article_of({}, text, "").text for _, text in kept]


def test_a_quoted_field_keeps_its_lines_and_may_be_very_long(tmp_path: Path) -> None:
    text = f'{TEXT}\n\n"Forty" families, in all. ' + "It rained. " * 50_000
    (article,) = articles(written(tmp_path, "a.csv", {"text": text}))
    assert article.text == clean(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1251"])
def test_a_table_is_read_in_the_encoding_it_was_written_in(tmp_path: Path, encoding: str) -> None:
    text = "Мэр сказал, что ворота открыли." if encoding == "cp1251" else "L’été est à Orrel, où…"
    table = "text,title\n" + "gates,open\n" * 20_000 + f'"{text}",last\n' * 20
    *_, last = articles(put(tmp_path / "a.csv", table.encode(encoding)))
    assert (last.text, last.title) == (text, "last")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "no row in it"),
        ("\n\n", "no row in it"),
        ("text,title\n", "no article"),
        ("headline,day\nGates,2020\n", "no column of text among headline, day"),
        ("\0\0\0", "not text"),
        (b"\xff\xfeg\0a", "not text"),
        (b"text\n" + bytes(range(128, 256)) * 2000, "not text"),
    ],
)
def test_a_table_without_articles_is_refused_by_name(
    tmp_path: Path, content: str | bytes, what: str
) -> None:
    assert what in refusal(put(tmp_path / "a.csv", content)).problem


def test_a_table_without_a_column_of_text_says_how_to_name_one(tmp_path: Path) -> None:
    header = ",".join(f"column {n}" for n in range(40))
    unreadable = refusal(put(tmp_path / "a.csv", f"{header}\n1\n"))
    assert "column 19 and 20 more" in unreadable.problem
    assert "--columns text=COLUMN" in unreadable.cure


def test_a_row_with_more_fields_than_names_is_refused_rather_than_cut(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", "title,text\nGates,They rose, and fell.\nT,It rained.,,\nU\n")
    cut, whole, short = load(path)
    assert f"{path}#1: 3 fields in a row, and 2 names" in str(cut)
    assert isinstance(whole, Article)
    assert f"{path}#3: no text" in str(short)


def test_a_quotation_mark_that_is_never_closed_is_refused_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "a.csv", 'text\nIt rained.\n"' + ("gates " * 1000 + "\n") * 3400)
    first, bad = load(path)
    assert isinstance(first, Article)
    assert f"{path}:" in str(bad) and "never closed" in str(bad)


def test_a_line_that_never_ends_is_not_kept_in_memory(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", "text\nIt rained.\n" + "x" * 25_000_000)
    first, bad = load(path)
    assert isinstance(first, Article)
    assert f"{path}:3: a line of more" in str(bad)


# Parquet


def test_parquet_keeps_lists_structs_and_times(tmp_path: Path) -> None:
    table = pyarrow.table(
        {
            "text": pyarrow.array([TEXT, "It rained."], pyarrow.large_string()),
            "authors": [["Ada Quill", "Ben Roe"], None],
            "source": [{"id": 7, "name": "Harbour Post"}, None],
            "published": pyarrow.array(
                [datetime(2020, 6, 9, 5, 5, 1, 5, UTC), None], pyarrow.timestamp("ns", "Asia/Seoul")
            ),
            "vector": [[0.5] * 400] * 2,
        }
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    first, second = articles(tmp_path / "a.parquet")
    assert (first.outlet, first.authors) == ("Harbour Post", ("Ada Quill", "Ben Roe"))
    assert first.published == "2020-06-09T14:05:01+09:00"
    assert (second.text, second.published_how) == ("It rained.", "unknown")


@pytest.mark.parametrize("value", [date(2020, 6, 9), datetime(2020, 6, 9)])
def test_a_day_in_parquet_is_a_day_even_if_it_is_kept_as_a_time(
    tmp_path: Path, value: date
) -> None:
    (article,) = articles(written(tmp_path, "a.parquet", {"text": TEXT, "date": value}))
    assert article.published == "2020-06-09"


def test_a_text_that_parquet_keeps_as_bytes_is_decoded(tmp_path: Path) -> None:
    records: Records = [{"text": TEXT.encode()}, {"text": b"gates\0open"}]
    first, bad = load(written(tmp_path, "a.parquet", *records))
    assert isinstance(first, Article) and first.text == TEXT
    assert f"{tmp_path / 'a.parquet'}#2: not text" in str(bad)


def test_parquet_without_rows_or_without_text_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"text": pyarrow.array([], pyarrow.string())}), path)
    assert "no row in it" in refusal(path).problem
    parquet.write_table(pyarrow.table({"day": ["a"]}), path)
    assert "no column of text among day" in refusal(path).problem


def test_a_damaged_table_is_refused_by_name(tmp_path: Path) -> None:
    path = written(tmp_path, "a.parquet", RECORD)
    put(path, path.read_bytes()[:-20])
    assert "a damaged table" in refusal(path).problem
    assert "a damaged table" in refusal(put(path, b"")).problem


def test_without_pyarrow_the_error_says_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "a.parquet", RECORD)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert refusal(path).cure == f'{sys.executable} -m pip install "dateline[parquet]"'
