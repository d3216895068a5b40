"""How each field is known is recorded, kept, and told wherever the field is shown."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import WordEncoder

from index import schema
from index.article import Article, Passage
from index.errors import ArchiveUnusable
from index.index import Index
from index.known import FIELDS, INFERRED, STATED, certainty, in_words
from index.loaders import load
from index.loaders.text.dateline import read_dateline
from index.loaders.text.head import names_in, read_head
from index.loaders.text.mojibake import mended
from index.store import Store
from rag.answer import Citation, day_line
from rag.status import Status
from ui.chat import source
from ui.chat.view import View
from ui.terminal import summary

TEXT = "The sluice gates at Varn were opened at dawn, the river office said."
URL = "https://www.harbour.example/2020/06/09/gates"


def loaded(path: Path, content: str) -> Article:
    path.write_text(content, encoding="utf-8")
    (article,) = load(path)
    assert isinstance(article, Article), article
    return article


def test_fields_of_a_file_are_stated_and_what_they_lack_is_unknown(tmp_path: Path) -> None:
    article = loaded(
        tmp_path / "a.jsonl", json.dumps({"text": TEXT, "title": "T", "date": "2020-06-09"})
    )
    assert article.known == {"title": "fields", "published": "fields"}
    assert article.published_how == "stated"


def test_a_url_tells_the_day_and_the_outlet_where_nothing_states_them(tmp_path: Path) -> None:
    article = loaded(tmp_path / "a.jsonl", json.dumps({"text": TEXT, "url": URL}))
    assert (article.outlet, article.published) == ("harbour.example", "2020-06-09")
    assert article.known == {"url": "fields", "outlet": "url", "published": "url"}


@pytest.mark.parametrize("url", ["https://[harbour", "https://[::1]:x/a"])
def test_an_address_that_is_none_tells_no_outlet(tmp_path: Path, url: str) -> None:
    assert loaded(tmp_path / "a.jsonl", json.dumps({"text": TEXT, "url": url})).text == TEXT


def test_plain_text_tells_what_stands_above_it(tmp_path: Path) -> None:
    above = "Gates opened\n\nBy Ada Quill and Ben Roe\n9 June 2020\n\nVARN (Harbour Wire) —"
    article = loaded(tmp_path / "a.txt", f"{above} {TEXT}")
    assert article.authors == ("Ada Quill", "Ben Roe")
    assert (article.published, article.place) == ("2020-06-09", "VARN")
    assert article.known == {
        "title": "text", "authors": "text", "published": "text", "place": "dateline",
    }  # fmt: skip
    assert article.text == f"VARN (Harbour Wire) — {TEXT}"


def test_front_matter_of_plain_text_is_believed_before_its_first_lines(tmp_path: Path) -> None:
    front = "---\nauthors: [Cy Lo]\npublished: 2020-06-10\n---\n"
    article = loaded(
        tmp_path / "a.txt", f"{front}Gates opened\n\nBy Ada Quill\n9 June 2020\n\n{TEXT}"
    )
    assert (article.authors, article.published) == (("Cy Lo",), "2020-06-10")
    assert (article.title, article.text) == ("Gates opened", TEXT)
    assert article.known["published"] == article.known["authors"] == "fields"


def test_the_time_at_which_a_file_was_saved_dates_nothing(tmp_path: Path) -> None:
    article = loaded(tmp_path / "a.txt", TEXT)
    assert (article.published, article.known) == (None, {})


DATELINES = {
    f"VARN (Harbour Wire) — {TEXT}": ("VARN", None, None),
    f"VARN, June 9 (Harbour Wire) — {TEXT}": ("VARN", 6, 9),
    f"VARN, 9 June -- {TEXT}": ("VARN", 6, 9),
    f"VARN — {TEXT}": ("VARN", None, None),
    f"VARN—{TEXT}": ("VARN", None, None),
    f"VARN - {TEXT}": ("VARN", None, None),
    f"ST. LUNT, Orr. – {TEXT}": ("ST. LUNT, Orr.", None, None),
    f"NEW VARN, Sept. 3 (HW) - {TEXT}": ("NEW VARN", 9, 3),
    f"Varn (Harbour Wire) — {TEXT}": ("Varn", None, None),
}


@pytest.mark.parametrize(("text", "read"), DATELINES.items())
def test_a_wire_report_says_where_and_when_it_was_filed(
    text: str, read: tuple[str, int | None, int | None]
) -> None:
    found = read_dateline(text)
    assert found is not None
    assert (found.place, found.month, found.day) == read


@pytest.mark.parametrize(
    "text",
    [
        TEXT, f"UPDATE — {TEXT}", f"BREAKING - {TEXT}", f"Varn — {TEXT}", "VARN-BASED firms shut.",
        "A ferry - the last - left.", f"Gates opened - {TEXT}", "Q - What happened?",
    ],
)  # fmt: skip
def test_a_dash_alone_makes_no_dateline(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://harbour.example/2020/06/gates", "2020-06-09"),
        ("https://harbour.example/2020/gates", "2020-06-09"),
        ("https://harbour.example/2020/07/gates", None),
        ("https://harbour.example/gates", None),
        ("", None),
    ],
)
def test_the_year_of_a_dateline_is_never_guessed(tmp_path: Path, url: str, day: str | None) -> None:
    record = {"text": f"VARN, June 9 (Harbour Wire) — {TEXT}", "url": url}
    article = loaded(tmp_path / "a.jsonl", json.dumps(record))
    assert article.published == day
    assert article.known.get("published") == ("dateline" if day else None)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Quill", ("Ada Quill",)),
        ("BY ADA QUILL", ("ADA QUILL",)),
        ("By Ada Quill, Ben Roe and Cy van der Lo", ("Ada Quill", "Ben Roe", "Cy van der Lo")),
        ("By Ada Quill in Varn", ("Ada Quill",)),
        ("Words by Ada Quill, Harbour Post", ("Ada Quill",)),
        ("Ada Quill, Harbour Post", ("Ada Quill",)),
        ("By Staff Reporter", ()),
        ("By dawn the gates were open", ()),
        ("By Monday, the water had gone", ()),
        ("Varn, Lunt", ()),
    ],
)
def test_a_byline_gives_its_people(line: str, names: tuple[str, ...]) -> None:
    assert names_in(line) == names


def test_lines_that_are_all_there_is_are_the_text() -> None:
    assert read_head("By Ada Quill\n9 June 2020").text == "By Ada Quill\n9 June 2020"


# Encodings

ENCODED = [
    ("utf-8", "", "Le maire a dit : « L’été dure. »"),
    ("utf-8-sig", "", "Le maire a dit : « L’été dure. »"),
    ("utf-16", "", "Le maire a dit : « L’été dure. »"),
    ("cp1252", "", "Le maire l’a dit à la presse, où l’été dure."),
    ("cp1252", "windows-1252", "Le café « été » — £30"),
    ("cp1251", "windows-1251", "Мэр сказал, что лето будет сухим."),
    ("koi8-r", "koi8-r", "Мэр сказал, что лето будет сухим."),
    ("shift_jis", "shift_jis", "市長は夏が乾燥すると述べた。"),
    ("gb18030", "gb18030", "市长说夏天会很干燥。"),
    ("big5", "big5", "市長說夏天會很乾燥。"),
    ("euc-kr", "euc-kr", "시장은 여름이 건조할 것이라고 말했다."),
    ("iso-8859-2", "iso-8859-2", "Starosta řekl, že léto bude suché."),
    ("iso-8859-9", "iso-8859-9", "Başkan yazın kuru olacağını söyledi."),
    ("cp1253", "windows-1253", "Ο δήμαρχος είπε ότι το καλοκαίρι θα είναι ξηρό."),
]


@pytest.mark.parametrize(("encoding", "declared", "text"), ENCODED)
def test_a_page_is_read_in_the_encoding_it_declares_or_seems_to_have(
    tmp_path: Path, encoding: str, declared: str, text: str
) -> None:
    head = f"<meta charset={declared}>" if declared else ""
    page = f"<html><head>{head}</head><body><article><p>{text}</p></article></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode(encoding))
    (article,) = load(tmp_path / "a.html")
    assert isinstance(article, Article), article
    assert article.text == text
    assert "text" not in article.known


GARBLED = {
    "The café at Varn — shut since May — opened.": ("utf-8", "cp1252"),
    "L’été dure à Varn, où l’eau monte.": ("utf-8", "cp1252"),
    "“It rose,” she said… and then: nothing.": ("utf-8", "latin-1"),
    "Die Brücke über die Lunt blieb für Fußgänger gesperrt.": ("utf-8", "cp1252"),
    "Мэр сказал, что лето будет сухим.": ("utf-8", "cp1251"),
}


@pytest.mark.parametrize(("meant", "how"), GARBLED.items())
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
def test_garbled_characters_are_put_right_and_told(
    tmp_path: Path, name: str, meant: str, how: tuple[str, str]
) -> None:
    written = meant.encode(how[0]).decode(how[1])
    contents = {"a.jsonl": json.dumps({"text": f"{TEXT}\n\n{written}"})}
    contents["a.html"] = f"<article><p>{TEXT}</p><p>{written}</p></article>"
    content = contents.get(name, f"{TEXT}\n\n{written}")
    article = loaded(tmp_path / name, content)
    assert article.text == f"{TEXT}\n\n{meant}"
    assert article.known["text"] == "repaired"


@pytest.mark.parametrize("text", [text for _, _, text in ENCODED] + ["São Tomé", "Â", "ÃO", "Ä©"])
def test_sound_text_is_left_alone(text: str) -> None:
    assert mended(text) == text


def test_an_add_tells_how_many_articles_were_garbled(tmp_path: Path, encoder: WordEncoder) -> None:
    texts = {"a.txt": TEXT, "b.txt": "The cafÃ© at Varn is shut.", "c.md": "L’été dure."}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Index(tmp_path / "archive", encoder) as index:
        report = index.add([tmp_path / name for name in texts])
    assert (report.added, report.repaired) == (3, 1)
    assert "Garbled characters put right in 1 article." in summary(report)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The gates of the dam at Varn were opened on Monday after three days of rain."),
        ("fr", "Les vannes du barrage de Varn ont été ouvertes lundi après trois jours de pluie."),
        ("de", "Die Schleusen des Damms bei Varn wurden am Montag nach drei Regentagen geöffnet."),
        ("ko", "바른 댐의 수문이 사흘 동안 내린 폭우 끝에 월요일에 열렸다고 당국이 밝혔다."),
        ("", "Varn, Odda, Molde, Skien."),
    ],
)
def test_a_language_that_is_not_stated_is_inferred_from_text_enough(
    tmp_path: Path, language: str, text: str
) -> None:
    long = f"{text} " * (3 if language else 1)
    article = loaded(tmp_path / "a.txt", long)
    known = "text" if language else None
    assert (article.language, article.known.get("language")) == (language, known)
    page = f"<html lang='pt'><article><p>{long}</p></article></html>"
    if language:
        assert loaded(tmp_path / "a.html", page).language == "pt"


def test_an_add_tells_which_articles_are_not_in_english(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    (tmp_path / "a.txt").write_text(TEXT * 3, encoding="utf-8")
    french = "Les vannes du barrage de Varn ont été ouvertes lundi, a déclaré la préfecture. "
    (tmp_path / "b.txt").write_text(french * 3, encoding="utf-8")
    with Index(tmp_path / "archive", encoder) as index:
        report = index.add([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert report.foreign == {"fr": 1}
    assert "Not in English, which alone is read well: 1 in French." in summary(report)


# Where it is kept and told


def test_every_origin_is_stated_or_inferred_and_has_words() -> None:
    assert {certainty(origin) for origin in STATED} == {"stated"}
    assert {certainty(origin) for origin in INFERRED} == {"inferred"}
    assert all(in_words(origin) for origin in {**STATED, **INFERRED})
    assert (certainty(None), certainty("hearsay"), in_words(None)) == ("unknown", "unknown", "")


def article() -> Article:
    known = {"title": "markup", "outlet": "url", "published": "url", "text": "repaired"}
    return Article(
        TEXT, "Gates", "harbour.example", published="2020-06-09", published_how="inferred",
        url=URL, place="VARN", known=known,
    )  # fmt: skip


def stored(store: Store, article: Article) -> None:
    store.stage([(article, [(0, len(TEXT))], [Passage(article.id, 0, len(TEXT))])])
    store.finish(arrived=[article.id])


def test_a_store_keeps_what_is_known_and_counts_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    stored(store, article())
    stored(store, replace(article(), title="", known={}, url=""))
    again = store.article(article().id)
    assert again is not None
    assert (again, again.known, again.place) == (article(), article().known, "VARN")
    assert store.known()["published"] == {"url": 1, "": 1}
    assert list(store.known()) == list(FIELDS)
    excerpt = store.excerpt(Passage(article().id, 0, 5))
    assert excerpt is not None and excerpt.published_from == "url"
    store.close()


VERSION_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, outlet TEXT NOT NULL, authors TEXT NOT NULL, published TEXT,
    published_how TEXT NOT NULL, url TEXT NOT NULL, path TEXT NOT NULL, language TEXT NOT NULL,
    blocks TEXT NOT NULL, sentences BLOB NOT NULL
);
CREATE INDEX articles_by_source ON articles (source);
CREATE INDEX articles_by_state ON articles (state) WHERE state <> 'ready';
CREATE TABLE passages (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (article_id, start)
) WITHOUT ROWID;
INSERT INTO articles VALUES ('00aa', 'ready', '/a.txt', 'Gates', 'It rained.', 'Harbour Post',
    '["Ada Quill"]', '2020-06-09', 'stated', '', '/a.txt', 'en',
    '[{"start": 0, "end": 10, "kind": "body"}]', x'000000000a000000');
PRAGMA user_version = 1;
"""


def old_archive(path: Path) -> Path:
    db = sqlite3.connect(path)
    db.executescript(VERSION_1)
    db.close()
    return path


def test_an_archive_of_the_first_format_is_brought_up_in_place(tmp_path: Path) -> None:
    path = old_archive(tmp_path / "a.sqlite")
    for _ in range(2):
        store = Store(path)
        old = store.article("00aa")
        assert old is not None
        assert (old.title, old.authors, old.published_how) == ("Gates", ("Ada Quill",), "stated")
        assert (old.known, old.place) == ({}, "")
        assert store.sentences("00aa") == [(0, 10)]
        store.close()
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    db.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = old_archive(tmp_path / "a.sqlite")
    db = sqlite3.connect(path)
    db.execute("ALTER TABLE articles ADD COLUMN known TEXT")  # stands in the second step's way
    db.commit()
    with pytest.raises(sqlite3.OperationalError, match="known"):
        Store(path)
    columns = [row[1] for row in db.execute("PRAGMA table_info(articles)")]
    assert "place" not in columns
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    db.close()


def test_an_archive_of_a_later_format_is_refused(tmp_path: Path) -> None:
    path = old_archive(tmp_path / "a.sqlite")
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(ArchiveUnusable, match="format 99"):
        Store(path)


def cite(article: Article) -> Citation:
    return Citation(
        1, article.id, 0, len(TEXT), TEXT, article.outlet, article.title, article.published,
        article.published_how, article.url, article.known["published"],
    )  # fmt: skip


def test_an_inferred_day_says_from_what() -> None:
    assert day_line(cite(article())) == "about 9 June 2020 (from the URL)"
    stated = replace(article(), published_how="stated", known={"published": "markup"})
    assert day_line(cite(stated)) == "9 June 2020"


def test_the_source_pane_says_what_is_inferred() -> None:
    pane = source.pane(article(), View(1, article().id))
    assert pane.count("<span class='dl-how'>from the URL</span>") == 2
    assert "garbled characters put right" in pane
    stated = replace(article(), known={"title": "markup", "published": "markup"})
    assert "dl-how" not in source.pane(stated, View(1, stated.id))


def test_the_status_tells_by_field_how_it_is_known() -> None:
    known = {"published": {"markup": 2, "url": 1, "": 4}, "title": {"text": 7}}
    status = Status("a", "/a", 7, 9, {}, None, None, 4, "encoder", 1, known)
    assert status.origins == [
        "published 2 stated (the page's markup 2), 1 inferred (the URL 1), 4 unknown",
        "title     7 inferred (the text 7)",
    ]
