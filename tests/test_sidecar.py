"""`metadata.csv` in a folder describes the files beside it and below it."""

from pathlib import Path

import pytest

from index.article import Article
from index.errors import UnreadableSource
from index.loaders import load

TEXT = "The sluice gates at Varn were opened at dawn, the river office said."


def write(folder: Path, **files: str) -> Path:
    """`a_txt` stands for a.txt, `sub__a_txt` for sub/a.txt."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def split(folder: Path) -> tuple[dict[str, Article], list[UnreadableSource]]:
    found = list(load(folder))
    articles = {Path(a.path).name: a for a in found if isinstance(a, Article)}
    return articles, [error for error in found if isinstance(error, UnreadableSource)]


@pytest.mark.parametrize("column", ["file", "path", " File ", "PATH"])
def test_a_sidecar_is_believed_before_the_file(tmp_path: Path, column: str) -> None:
    rows = (
        f"{column},title,publisher,author,date,url,place,lang,mood\n"
        "a.txt,Gates open,Harbour Post,Ada Quill; Ben Roe,9 June 2020,"
        "https://harbour.example/gates,Varn,fr,grey\n"
    )
    front = "---\ntitle: Old\noutlet: Old\npublished: 2011-01-01\n---\n"
    articles, errors = split(write(tmp_path, a_txt=front + TEXT, metadata_csv=rows))
    assert errors == []
    article = articles["a.txt"]
    assert article == Article(
        text=TEXT,
        title="Gates open",
        outlet="Harbour Post",
        authors=("Ada Quill", "Ben Roe"),
        published="2020-06-09",
        published_how="stated",
        url="https://harbour.example/gates",
        path=str(tmp_path / "a.txt"),
        language="fr",
        place="Varn",
    )
    assert set(article.known.values()) == {"sidecar"}


def test_what_a_sidecar_leaves_blank_stays_as_the_file_has_it(tmp_path: Path) -> None:
    rows = "file,title,outlet\na.txt,,Harbour Post\n"
    articles, _ = split(write(tmp_path, a_txt=f"Gates open\n\n{TEXT}", metadata_csv=rows))
    article = articles["a.txt"]
    assert (article.title, article.outlet) == ("Gates open", "Harbour Post")
    assert article.known == {"title": "text", "outlet": "sidecar"}


def test_a_date_that_cannot_be_read_is_unknown(tmp_path: Path) -> None:
    front = "---\npublished: 2011-01-01\n---\n"
    rows = "file,published\na.txt,10/11/2020\n"
    articles, _ = split(write(tmp_path, a_txt=front + TEXT, metadata_csv=rows))
    assert (articles["a.txt"].published, articles["a.txt"].published_how) == (None, "unknown")


def test_the_nearest_sidecar_has_the_last_word_and_those_above_the_rest(tmp_path: Path) -> None:
    write(
        tmp_path,
        metadata_csv="path,title,outlet\nsub/a.txt,Far,Harbour Post\n",
        sub__metadata_csv="file,title\na.txt,Near\n",
        sub__a_txt=TEXT,
        b_txt=TEXT,
    )
    articles, errors = split(tmp_path)
    assert errors == []
    assert (articles["a.txt"].title, articles["a.txt"].outlet) == ("Near", "Harbour Post")
    assert articles["b.txt"].title == ""


@pytest.mark.parametrize("name", ["gone.txt", "", "sub", "../outside.txt", "/etc/hosts"])
def test_an_entry_without_a_file_is_named_by_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.txt").write_text(TEXT)
    folder = write(tmp_path / "news", a_txt=TEXT, sub__b_txt=TEXT)
    write(folder, metadata_csv=f"file,title\na.txt,Gates\n{name},Gone\n")
    articles, errors = split(folder)
    (error,) = errors
    assert error.problem == f"{folder / 'metadata.csv'}:3: no file '{name}'"
    assert articles["a.txt"].title == "Gates"


@pytest.mark.parametrize(
    ("content", "what"),
    [("name,title\na.txt,Gates\n", "no column 'file'"), ("", "no column"), ('file\n"a', "not CSV")],
)
def test_a_sidecar_that_cannot_be_used_is_named_once_and_stops_nothing(
    tmp_path: Path, content: str, what: str
) -> None:
    write(tmp_path, a_txt=TEXT, b_txt=TEXT, sub__c_txt=TEXT, metadata_csv=content)
    articles, errors = split(tmp_path)
    assert set(articles) == {"a.txt", "b.txt", "c.txt"}
    (error,) = errors
    assert str(tmp_path / "metadata.csv") in error.problem
    assert what in error.problem
    assert error.cure


def test_a_folder_that_holds_only_a_sidecar_has_no_article(tmp_path: Path) -> None:
    _, errors = split(write(tmp_path, metadata_csv="file\n"))
    assert "no article in it" in errors[-1].problem


def test_a_sidecar_describes_every_article_of_a_file(tmp_path: Path) -> None:
    lines = f'{{"text": "{TEXT}"}}\n{{"text": "{TEXT} Twice."}}\n'
    write(tmp_path, a_jsonl=lines, metadata_csv="file,outlet\na.jsonl,Harbour Post\n")
    assert {a.outlet for a in load(tmp_path) if isinstance(a, Article)} == {"Harbour Post"}
