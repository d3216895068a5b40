"""Files become articles; what cannot become one is named, and stops nothing."""

import gzip
import json
import os
import random
import tracemalloc
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loading import only, refusal, write

from index.article import Article
from index.errors import DatelineError, UnreadableSource
from index.loaders import LOADERS, load
from index.loaders.files import MOST_BYTES
from index.loaders.text.clean import clean, clean_line

SAMPLE = Path(__file__).parent.parent / "eval" / "sample" / "articles"
TEXT = "The sluice gates at Varn were opened at dawn, the river office said."


# Cleaning


def test_cleaning_gives_one_kind_of_space_line_end_and_blank_line() -> None:
    assert clean(" a\u00a0\u2009b\t c \r\n\r\n \r\n\r\nd\u200b\ufeff\x07e\u00ad\rf\u2028g ") == (
        "a b c\n\nde\nf\ng"
    )
    assert clean("cafe\u0301") == "caf\u00e9"


TEXTS = st.text() | st.text(alphabet="ab \n\r\t\u00a0\u200b\u0301e\u2000\u2028\x0b\x85\ud800.")


@given(TEXTS)
def test_cleaning_again_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(TEXTS)
def test_clean_text_holds_nothing_that_a_reader_cannot_see(text: str) -> None:
    cleaned = clean(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c != "\n" for c in cleaned)
    assert not any(unicodedata.category(c) in {"Zs", "Zl", "Zp"} and c != " " for c in cleaned)
    assert not any(run in cleaned for run in ("  ", " \n", "\n ", "\n\n\n", "\u200b", "\ufeff"))
    assert cleaned == cleaned.strip() == unicodedata.normalize("NFC", cleaned)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"])))
def test_cleaning_loses_no_letter(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


# Plain text


def test_a_first_line_that_stands_alone_is_the_title(tmp_path: Path) -> None:
    article = only(write(tmp_path / "a.txt", f"Gates opened\n\n{TEXT}\n"))
    assert (article.title, article.text) == ("Gates opened", TEXT)
    assert article.path == str(tmp_path / "a.txt")


@pytest.mark.parametrize(
    "first",
    [
        "It rained.", "Did it rain?", "\u201cIt rained.\u201d", '"It rained!"', "Two\nlines",
        "word " * 30,
    ],
)  # fmt: skip
def test_a_first_paragraph_that_reads_as_text_is_no_title(tmp_path: Path, first: str) -> None:
    article = only(write(tmp_path / "a.txt", f"{first}\n\n{TEXT}"))
    assert article.title == ""
    assert article.text == f"{clean(first)}\n\n{TEXT}"


def test_a_lone_line_is_the_text_not_the_title(tmp_path: Path) -> None:
    article = only(write(tmp_path / "a.txt", "Gates opened"))
    assert (article.title, article.text) == ("", "Gates opened")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "L\u2019\u00e9t\u00e9 \u2014 caf\u00e9."),
        ("utf-8-sig", "L\u2019\u00e9t\u00e9 \u2014 caf\u00e9."),
        ("utf-16", "L\u2019\u00e9t\u00e9 \u2014 caf\u00e9."),
        ("cp1252", "Le maire l\u2019a dit \u00e0 la presse, o\u00f9 l\u2019\u00e9t\u00e9 dure."),
        ("cp1252", "The caf\u00e9 \u201cclosed\u201d, at a cost of \u00a330."),
        ("cp1251", "Мэр сказал, что лето будет очень сухим и жарким. " * 3),
        ("shift_jis", "市長は夏が非常に乾燥すると述べた。" * 4),
    ],
)
def test_text_is_read_in_the_encoding_it_was_written_in(
    tmp_path: Path, encoding: str, text: str
) -> None:
    assert only(write(tmp_path / "a.txt", text.encode(encoding))).text == clean(text)


@pytest.mark.parametrize("data", [b"gates\0open", random.Random(1).randbytes(3000)])
def test_bytes_that_are_not_text_are_refused(tmp_path: Path, data: bytes) -> None:
    assert "not text" in refusal(write(tmp_path / "a.txt", data)).problem


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.jsonl.gz"])
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \n\n\t\n"])
def test_a_blank_file_is_refused_by_name(tmp_path: Path, name: str, content: bytes) -> None:
    refusal(write(tmp_path / name, gzip.compress(content) if name.endswith("gz") else content))


def test_a_day_that_a_file_name_begins_with_is_inferred(tmp_path: Path) -> None:
    article = only(write(tmp_path / "2020-06-09-gates.txt", TEXT))
    assert (article.published, article.published_how) == ("2020-06-09", "inferred")


def test_a_folder_or_the_day_of_saving_dates_nothing(tmp_path: Path) -> None:
    article = only(write(tmp_path / "2020-06-09" / "a.txt", TEXT))
    assert (article.published, article.published_how) == (None, "unknown")


# Markdown


def test_front_matter_describes_the_article(tmp_path: Path) -> None:
    source = f"""---
Title: Gates opened
publisher: Harbour Post
authors: [Ada Quill, By Ben Roe]
date: 2020-06-09 14:05:00 +0900
url: https://harbour.example/gates
language: no
mood: grey
---
{TEXT}
"""
    article = only(write(tmp_path / "a.md", source.replace("\n", "\r\n")))
    assert article == Article(
        text=TEXT,
        title="Gates opened",
        outlet="Harbour Post",
        authors=("Ada Quill", "Ben Roe"),
        published="2020-06-09T14:05:00+09:00",
        published_how="stated",
        url="https://harbour.example/gates",
        path=str(tmp_path / "a.md"),
        language="no",
    )


def test_markup_leaves_its_words_and_nothing_else(tmp_path: Path) -> None:
    source = """# Gates *opened*

The **gates** at [Varn](https://varn.example "Varn") were
opened\\* at `dawn` &amp; shut ![a gate](gate.png) later.

- one
- two

| Town | Level |
|---|---|
| Varn | 3.2 m |

```
x  = 1
y
```

<p>Kept</p><p style="display:none">Planted</p><script>alert(1)</script>
"""
    article = only(write(tmp_path / "a.md", source))
    assert article.title == "Gates opened"
    assert article.text == (
        "The gates at Varn were opened* at dawn & shut later.\n\none\ntwo\n\n"
        "Town | Level\nVarn | 3.2 m\n\nx = 1\ny\n\nKept"
    )


def test_a_heading_stays_in_the_text_if_the_title_is_another(tmp_path: Path) -> None:
    source = f"---\ntitle: Gates opened\n---\n# Update\n\n{TEXT}"
    article = only(write(tmp_path / "a.md", source))
    assert (article.title, article.text) == ("Gates opened", f"Update\n\n{TEXT}")


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("title: a\noutlet: b: c\n---\n", 3),
        ("title: [a\n---\n", 3),
        ("title: " + "[" * 5000 + "\n---\n", 1),
        ("title: never closed\n\n", 1),
    ],
)
def test_broken_front_matter_is_refused_by_line(tmp_path: Path, front: str, line: int) -> None:
    path = write(tmp_path / "a.md", f"---\n{front}{TEXT}")
    assert f"{path}:{line}:" in refusal(path).problem


def test_ruled_lines_are_not_front_matter(tmp_path: Path) -> None:
    assert only(write(tmp_path / "a.md", f"---\nIt rained\n\n---\n{TEXT}")).text.endswith(TEXT)
    assert only(write(tmp_path / "b.md", f"---\nIt rained.\n\n{TEXT}")).text.endswith(TEXT)


@pytest.mark.parametrize("written", ["2020-13-45", "10/11/2024", "yesterday"])
def test_a_stated_date_that_cannot_be_read_is_unknown(tmp_path: Path, written: str) -> None:
    source = f"---\ndate: {written}\nurl: https://harbour.example/2020/06/09/a\n---\n{TEXT}"
    article = only(write(tmp_path / "2020-06-09-a.md", source))
    assert (article.published, article.published_how) == (None, "unknown")


# Web pages

LITTER = (
    "cookies", "Home", "Share", "Tweet", "Bridge closes", "Leave a comment", "troll",
    "newsletter", "All rights reserved", "Planted", "Accept", "Read more", "Follow us",
)  # fmt: skip
PAGE = """<!doctype html><html lang="en-GB"><head>
<title>Gates opened at dawn | Harbour Post</title>{head}</head><body>
<header><nav><a href="/">Home</a></nav></header>
<div class="cookie-banner"><p>We use cookies. Accept all</p></div>
<main><article><h1>Gates opened at dawn</h1>
<p class="byline">By Ada Quill | <time datetime="2020-06-09">9 June 2020</time></p>
<div class="share"><a href="#">Share on Facebook</a> <a href="#">Tweet</a></div>
<p>The sluice gates at Varn were opened at dawn, the river <a href="/o">office</a> said.</p>
<p style="color: red; DISPLAY : none">Planted one.</p><p hidden>Planted two.</p>
<p aria-hidden="true">Planted three.</p><span style="font-size:0px">Planted four.</span>
<div class="sr-only">Planted five.</div><noscript>Planted six.</noscript>
<p>Officials said that <b>forty</b> families had been moved to a school hall.</p>
<p><a href="/m">Read more: How the gates were built</a></p><p>Follow us on every network</p>
<blockquote class="pullquote">Forty families had been moved</blockquote>
<ul><li>Varn is shut.</li><li>Orrel is open.</li></ul>
<table><tr><th>Town</th><th>Level</th></tr><tr><td>Varn</td><td>3.2 m</td></tr></table>
<aside class="newsletter"><p>Sign up to our newsletter</p><form><input></form></aside>
<div class="related"><h3>Related</h3><ul><li><a href="/b">Bridge closes</a></li></ul></div>
</article><section class="comments" id="comments"><h2>Leave a comment</h2>
<form><textarea></textarea></form><p>Nice one, said troll.</p></section></main>
<footer>Copyright 2024. All rights reserved.</footer></body></html>"""
BODY = (
    "The sluice gates at Varn were opened at dawn, the river office said.\n\n"
    "Officials said that forty families had been moved to a school hall.\n\n"
    "Varn is shut.\nOrrel is open.\n\nTown | Level\nVarn | 3.2 m"
)
JSON_LD = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite"},
{"@type": ["NewsArticle"], "headline": "Gates opened &amp; shut", "inLanguage": "fr",
 "datePublished": "2020-06-09T14:05:00+09:00", "author": [{"name": "Ben Roe"}, "Cy Lo"],
 "publisher": {"name": "Harbour Post"}}]}</script>"""
META = """<meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2020-06-09T05:05:00Z">
<meta name="author" content="Ada Quill">
<link rel="canonical" href="https://harbour.example/gates">"""


@pytest.mark.parametrize("head", ["", META, JSON_LD])
def test_a_page_gives_its_report_without_the_page_around_it(tmp_path: Path, head: str) -> None:
    article = only(write(tmp_path / "a.html", PAGE.replace("{head}", head)))
    assert not [litter for litter in LITTER if litter in article.text]
    assert article.text == BODY


def test_a_page_is_described_by_its_meta_tags(tmp_path: Path) -> None:
    article = only(write(tmp_path / "a.htm", PAGE.replace("{head}", META)))
    assert article.title == "Gates opened at dawn"
    assert (article.outlet, article.authors) == ("Harbour Post", ("Ada Quill",))
    assert (article.published, article.published_how) == ("2020-06-09T05:05:00+00:00", "stated")
    assert (article.url, article.language) == ("https://harbour.example/gates", "en")


def test_json_ld_is_believed_before_meta_tags(tmp_path: Path) -> None:
    article = only(write(tmp_path / "a.html", PAGE.replace("{head}", META + JSON_LD)))
    assert (article.title, article.authors) == ("Gates opened & shut", ("Ben Roe", "Cy Lo"))
    assert article.published == "2020-06-09T14:05:00+09:00"


@pytest.mark.parametrize("json_ld", ["{", "[" * 100_000, "[" * 900 + "]" * 900, '[{"@type": 1}]'])
def test_broken_json_ld_is_passed_over(tmp_path: Path, json_ld: str) -> None:
    head = f'{META}<script type="application/ld+json">{json_ld}</script>'
    assert only(write(tmp_path / "a.html", PAGE.replace("{head}", head))).outlet == "Harbour Post"


def test_a_date_that_only_readers_see_is_inferred(tmp_path: Path) -> None:
    article = only(write(tmp_path / "a.html", PAGE.replace("{head}", "")))
    assert (article.published, article.published_how) == ("2020-06-09", "inferred")


def test_a_date_in_the_report_itself_is_not_taken_for_its_own(tmp_path: Path) -> None:
    page = f"<html><body><article><p>{TEXT}</p><p>It last rained on 3 May 2012.</p></article>"
    assert only(write(tmp_path / "a.html", page)).published is None


def test_a_page_is_read_in_the_encoding_it_declares(tmp_path: Path) -> None:
    head = '<meta charset="windows-1251">'
    text = "Мэр сказал, что ворота открыли на рассвете после трёх дней дождя."
    page = f"<html><head>{head}</head><body><article><p>{text}</p></article></body></html>"
    assert only(write(tmp_path / "a.html", page.encode("cp1251"))).text == text


@pytest.mark.parametrize("charset", ["unicode_escape", "zip", "utf-7", "nonsense", "iso-8859-1"])
def test_a_page_cannot_choose_a_codec_that_browsers_lack(tmp_path: Path, charset: str) -> None:
    page = f"<meta charset={charset}><p>{TEXT} \\ud800 +ADw- caf\u00e9</p>".encode("cp1252")
    assert only(write(tmp_path / "a.html", page)).text == f"{TEXT} \\ud800 +ADw- caf\u00e9"


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><nav>Home</nav></body></html>"])
def test_a_page_without_a_report_is_refused(tmp_path: Path, page: str) -> None:
    assert "no article" in refusal(write(tmp_path / "a.html", page)).problem


def test_a_page_that_declares_xml_is_read(tmp_path: Path) -> None:
    page = f'<?xml version="1.0" encoding="utf-8"?>\n<html><body><p>{TEXT}</p></body></html>'
    assert only(write(tmp_path / "a.html", page)).text == TEXT


@pytest.mark.parametrize("tab", ["\x0b", "&#11;", "&#x0B;"])
def test_a_vertical_tab_in_a_page_stops_nothing(tmp_path: Path, tab: str) -> None:
    page = f"<html><body><h1>Gates{tab}opened</h1><p>{TEXT}</p></body></html>"
    assert only(write(tmp_path / "a.html", page)).text == TEXT


# JSON Lines


@pytest.mark.parametrize(
    "record",
    [
        {"text": TEXT, "title": "T", "outlet": "O", "authors": ["A", "B"],
         "published": "9 June 2020"},
        {"body": TEXT, "headline": "T", "source": "O", "author": "A; B", "date": "2020-06-09"},
        {"content": TEXT, "Title": "T", "publisher": {"name": "O"}, "authors": [{"name": "A"}, "B"],
         "published_at": "2020/06/09"},
        {"text": TEXT, "title": "T\n", "site": "O", "author": ["A", "B"],
         "pubdate": "June 9, 2020"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", ["url", "link", "id"])
def test_fields_are_known_by_their_usual_names(
    tmp_path: Path, record: dict[str, object], address: str
) -> None:
    line = json.dumps({**record, address: "https://harbour.example/a", "lang": "en-US"})
    article = only(write(tmp_path / "a.jsonl", line))
    assert article == Article(
        text=TEXT,
        title="T",
        outlet="O",
        authors=("A", "B"),
        published="2020-06-09",
        published_how="stated",
        url="https://harbour.example/a",
        path=f"{tmp_path / 'a.jsonl'}#1",
        language="en",
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/hosts", "17", "http://a b"]
)
def test_only_a_web_address_is_a_url(tmp_path: Path, address: str) -> None:
    assert only(write(tmp_path / "a.jsonl", json.dumps({"text": TEXT, "url": address}))).url == ""


@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".JSONL", ".jsonl.gz"])
@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (b'{"text": "gat', "not JSON"),
        (b'["text"]', "not an object"),
        (b'{"title": "Gates"}', "no text"),
        (b'{"text": " \\n"}', "no text"),
        (b'{"text": ["a"]}', "no text"),
        (b'{"text": "caf\xe9"}', "not UTF-8"),
        (b"[" * 100_000, "cannot be read"),
        (b'{"text": ' + b"9" * 10_000 + b"}", "cannot be read"),
    ],
)
def test_a_broken_line_is_named_and_the_others_come_in(
    tmp_path: Path, suffix: str, broken: bytes, what: str
) -> None:
    lines = [json.dumps({"text": f"{TEXT} {n}"}).encode() for n in range(1, 501)]
    lines[499] = broken
    lines.insert(3, b"")
    data = b"\n".join([*lines, lines[0]])
    path = write(tmp_path / f"a{suffix}", gzip.compress(data) if suffix.endswith("gz") else data)
    loaded = list(load(path))
    (unreadable,) = (found for found in loaded if isinstance(found, UnreadableSource))
    assert unreadable.problem.startswith(f"{path}:501: ")
    assert what in unreadable.problem
    paths = [found.path for found in loaded if isinstance(found, Article)]
    assert paths == [f"{path}#{n}" for n in range(1, 503) if n not in (4, 501)]


def test_a_lone_surrogate_in_json_does_not_reach_the_text(tmp_path: Path) -> None:
    line = '{"text": "gates \\ud800open", "title": "\\udfffT", "url": "https://a.example/\\ud800"}'
    article = only(write(tmp_path / "a.jsonl", line))
    assert (article.text, article.title, article.url) == ("gates open", "T", "https://a.example/")


def test_a_line_longer_than_an_article_is_passed_over_without_keeping_it(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.truncate(10 * MOST_BYTES)
        file.seek(0, os.SEEK_END)
        file.write(b"\n" + json.dumps({"text": TEXT}).encode())
    tracemalloc.start()
    unreadable, article = load(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(unreadable, UnreadableSource)
    assert isinstance(article, Article)
    assert f"{path}:1: " in unreadable.problem
    assert article.path == f"{path}#2"
    assert peak < 5 * MOST_BYTES


def test_a_cut_archive_gives_what_came_before_the_cut(tmp_path: Path) -> None:
    noise = random.Random(1)
    lines = [json.dumps({"text": noise.randbytes(50).hex()}) for _ in range(2000)]
    packed = gzip.compress("\n".join(lines).encode())
    *articles, last = load(write(tmp_path / "a.jsonl.gz", packed[: len(packed) // 2]))
    assert len(articles) > 500
    assert isinstance(last, UnreadableSource)
    assert "damaged" in last.problem


def test_an_archive_that_unpacks_to_far_too_much_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl.gz", gzip.compress((b" " * 999 + b"\n") * 40_000))
    assert "unpacks" in refusal(path).problem


def test_what_is_called_packed_but_is_not_is_refused(tmp_path: Path) -> None:
    refusal(write(tmp_path / "a.jsonl.gz", json.dumps({"text": TEXT})))


# Files and folders


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(MOST_BYTES * 100)
    unreadable = refusal(path)
    assert "2000 MB" in unreadable.problem
    assert "JSONL" in unreadable.cure


def test_a_text_that_is_too_long_is_refused(tmp_path: Path) -> None:
    assert "5,000,001 characters" in refusal(write(tmp_path / "a.txt", "x" * 5_000_001)).problem


def test_a_path_that_is_not_there_is_refused_at_once_with_the_nearest_name(tmp_path: Path) -> None:
    write(tmp_path / "news" / "a.txt", TEXT)
    with pytest.raises(DatelineError, match=r"did you mean .*news'") as caught:
        load(tmp_path / "nwes")
    assert not isinstance(caught.value, UnreadableSource)
    with pytest.raises(DatelineError, match="check the spelling"):
        load(tmp_path / "zzz" / "zzz")


def test_a_folder_is_read_in_sorted_order_and_passes_over_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b.TXT", "c/d/e.text", ".git/a.txt", ".a.txt", "logo.PNG"):
        write(tmp_path / name, TEXT)
    write(tmp_path / "Page.html", PAGE)
    write(tmp_path / "Page_files" / "frame.html", PAGE)
    names = [str(Path(found.path).relative_to(tmp_path)) for found in load(tmp_path)]  # type: ignore[union-attr]
    assert names == ["Page.html", "b.txt", "a/b.TXT", "a/z.md", "c/d/e.text"]


@pytest.mark.parametrize("name", ["a.doc", "a.xlsx", "README", "a.mp3"])
def test_nothing_that_could_be_an_article_vanishes_silently(tmp_path: Path, name: str) -> None:
    write(tmp_path / "b.txt", TEXT)
    path = write(tmp_path / name, b"%PDF")
    (unreadable,) = (found for found in load(tmp_path) if isinstance(found, UnreadableSource))
    assert unreadable.problem == f"{path}: not a format Dateline reads"
    assert all(suffix in unreadable.cure for loader in LOADERS for suffix in loader.suffixes)


def test_a_folder_without_an_article_is_named(tmp_path: Path) -> None:
    write(tmp_path / "logo.png", b"")
    assert "no article in it" in refusal(tmp_path).problem


def test_links_are_followed_only_inside_the_folder(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.txt", TEXT)
    inside = write(tmp_path / "news" / "a.txt", TEXT).parent
    (inside / "b.txt").symlink_to("a.txt")
    (inside / "c.txt").symlink_to(outside)
    (inside / "d").symlink_to(outside.parent)
    (inside / "e.txt").symlink_to("gone.txt")
    (inside / "f").symlink_to(inside)
    a, b, c, d, e = load(inside)
    assert isinstance(a, Article)
    assert isinstance(b, Article)
    assert "leaves the folder" in str(c)
    assert "leaves the folder" in str(d)
    assert "link to nothing" in str(e)


def test_what_is_not_a_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to("gone.txt")
    assert "link to nothing" in refusal(tmp_path / "link.txt").problem
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not an ordinary file" in refusal(tmp_path / "pipe.txt").problem
    for loader in LOADERS:
        with pytest.raises(UnreadableSource, match="a folder, not a file"):
            list(loader.load(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a/b.txt"])
def test_what_may_not_be_read_is_refused_by_name(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, TEXT)
    barred = tmp_path / Path(name).parts[0]
    barred.chmod(0)
    (unreadable,) = (found for found in load(tmp_path) if isinstance(found, UnreadableSource))
    assert f"{barred}: permission denied" in unreadable.problem
    barred.chmod(0o700)


def test_a_name_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(TEXT)
    (unreadable,) = load(tmp_path)
    assert "not UTF-8" in str(unreadable)
    str(unreadable).encode()


@pytest.mark.skipif(not SAMPLE.is_dir(), reason="the sample archive is not there")
def test_every_sample_article_loads_clean() -> None:
    for article in load(SAMPLE):
        assert isinstance(article, Article), article
        assert article.text == clean(article.text)
        assert article.title
        litter = ("cookie", "Share", "Subscribe", "Read next", "Comments (", "minutes to read")
        assert not [words for words in litter if words in article.text], article.path
