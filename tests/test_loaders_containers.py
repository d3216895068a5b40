"""Files within files: archives, crawls and saved pages, and those that were made to do harm."""

import bz2
import gzip
import io
import json
import lzma
import os
import random
import stat
import struct
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest
from loading import only

from index.article import Article
from index.errors import UnreadableSource
from index.loaders import load
from index.loaders.files import MOST_BYTES
from index.loaders.packed import allowance

TEXT = "The sluice gates at Varn were opened at dawn, the river office said."
PAGE = f"<html><head><title>Gates opened</title>{{head}}</head><body><p>{TEXT}</p></body></html>"
FILES = {
    "news/b.html": PAGE,
    "news/2020-06-09-a.txt": f"Gates opened\n\n{TEXT}",
    "c.jsonl": json.dumps({"text": TEXT}) + '\n{"text": ""}',
}

Files = Mapping[str, str | bytes]


def data(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def zipped(files: Files) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(files: Files) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data(content))
            archive.addfile(member, io.BytesIO(data(content)))
    return packed.getvalue()


PACKERS: dict[str, Callable[[Files], bytes]] = {
    "a.zip": zipped,
    "a.tar": tarred,
    "a.tar.gz": lambda files: gzip.compress(tarred(files)),
    "a.TGZ": lambda files: gzip.compress(tarred(files)),
    "a.tar.bz2": lambda files: bz2.compress(tarred(files)),
    "a.tar.xz": lambda files: lzma.compress(tarred(files)),
}
every_archive = pytest.mark.parametrize("name", PACKERS)


def packed(folder: Path, name: str, files: Files) -> Path:
    return put(folder / name, PACKERS[name](files))


def put(path: Path, content: str | bytes) -> Path:
    path.write_bytes(data(content))
    return path


def errors(path: Path) -> list[str]:
    return [str(found) for found in load(path) if isinstance(found, UnreadableSource)]


def texts(path: Path) -> list[str]:
    return [found.text for found in load(path) if isinstance(found, Article)]


@pytest.fixture(autouse=True)
def temporary(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A folder for temporary files of each test's own, which must be empty at its end."""
    folder = tmp_path_factory.mktemp("unpacked")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert not list(folder.iterdir())


# Archives


@every_archive
def test_members_are_read_by_their_own_suffix_in_the_archives_order(
    tmp_path: Path, name: str
) -> None:
    path = packed(tmp_path, name, FILES)
    page, text, line, bad = load(path)
    assert isinstance(page, Article) and isinstance(text, Article) and isinstance(line, Article)
    assert (page.path, page.text) == (f"{path}/news/b.html", TEXT)
    assert (text.path, text.title) == (f"{path}/news/2020-06-09-a.txt", "Gates opened")
    assert text.published == "2020-06-09"
    assert line.path == f"{path}/c.jsonl#1"
    assert str(bad).startswith(f"{path}/c.jsonl:2: no text")


@every_archive
def test_an_archive_in_an_archive_is_read_and_one_deeper_is_refused(
    tmp_path: Path, name: str
) -> None:
    pack = PACKERS[name]
    path = packed(tmp_path, name, {"in.zip": zipped({"a.txt": TEXT, f"deep/{name}": pack(FILES)})})
    article, bad = load(path)
    assert isinstance(article, Article)
    assert article.path == f"{path}/in.zip/a.txt"
    assert str(bad).startswith(f"{path}/in.zip/deep/{name}: an archive in an archive in an archive")


def test_columns_reach_the_members(tmp_path: Path) -> None:
    path = packed(tmp_path, "a.zip", {"a.csv": f'story\n"{TEXT}"\n'})
    (article,) = load(path, {"text": "story"})
    assert isinstance(article, Article)
    assert article.text == TEXT


@pytest.mark.parametrize("inner", ["a.html", "a.txt", "a.csv", "2020-06-09.json", "a.jsonl"])
def test_a_lone_file_may_be_compressed(tmp_path: Path, inner: str) -> None:
    contents = {".html": PAGE, ".txt": TEXT, ".csv": f'text\n"{TEXT}"'}
    content = contents.get(Path(inner).suffix, json.dumps({"text": TEXT}))
    article = only(put(tmp_path / f"{inner}.gz", gzip.compress(content.encode())))
    assert article.text == TEXT
    assert article.path.startswith(str(tmp_path / f"{inner}.gz"))


@every_archive
def test_what_nobody_takes_for_an_article_is_passed_over_in_silence(
    tmp_path: Path, name: str
) -> None:
    silent = ["__MACOSX/._a.txt", ".git/a.txt", "a/.hidden.txt", "logo.PNG", "a/style.css"]
    path = packed(tmp_path, name, {"./a.txt": TEXT, **dict.fromkeys(silent, TEXT)})
    assert only(path).path == f"{path}/a.txt"
    (nothing,) = errors(packed(tmp_path, name, dict.fromkeys(silent, TEXT)))
    assert nothing.startswith(f"{path}: no article in it")


@every_archive
def test_a_member_of_no_known_format_is_named_and_the_rest_goes_on(
    tmp_path: Path, name: str
) -> None:
    path = packed(tmp_path, name, {"a.mp3": b"\0", "b.txt": b"\0", "c.txt": TEXT})
    assert texts(path) == [TEXT]
    first, second = errors(path)
    assert first.startswith(f"{path}/a.mp3: not a format Dateline reads")
    assert second.startswith(f"{path}/b.txt: not text")


HOSTILE = [
    "../evil.txt", "a/../../evil.txt", "..", "/etc/evil.txt", "C:\\evil.txt", "\\\\host\\evil.txt",
    "a\\..\\..\\evil.txt", "a/..", "esc\x1b[2J.txt", "line\n.txt", "x" * 256 + ".txt",
]  # fmt: skip


@every_archive
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_name_that_leads_out_is_refused_and_the_rest_goes_on(
    tmp_path: Path, name: str, hostile: str
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    path = packed(inside, name, {hostile: "evil", "b.txt": TEXT})
    before = sorted(tmp_path.rglob("*"))
    assert texts(path) == [TEXT]
    (bad,) = errors(path)
    assert bad.startswith(f"{path}: '") and "is no name for a packed file" in bad
    assert bad.isprintable()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_name_of_lone_bytes_is_refused(tmp_path: Path) -> None:
    (bad,) = errors(packed(tmp_path, "a.tar", {"caf\udce9.txt": TEXT}))
    assert "caf\\udce9.txt" in bad
    bad.encode()


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE]
)
def test_links_and_devices_in_a_tar_are_refused_by_name(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("secret.txt")
        link.type, link.linkname = kind, "/etc/hostname"
        archive.addfile(link)
        member = tarfile.TarInfo("b.txt")
        member.size = len(TEXT)
        archive.addfile(member, io.BytesIO(TEXT.encode()))
    assert texts(path) == [TEXT]
    assert [f"{path}/secret.txt: a link or a device" in bad for bad in errors(path)] == [True]


def test_a_sparse_file_in_a_tar_is_refused_since_its_holes_cost_nothing_to_write(
    tmp_path: Path,
) -> None:
    holes = tarfile.TarInfo("a.txt")
    holes.type, holes.size = tarfile.GNUTYPE_SPARSE, 0
    header = bytearray(holes.tobuf(tarfile.GNU_FORMAT))
    header[483:495] = b"77777777777\0"  # its true size: 8 GB
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    (bad,) = errors(put(tmp_path / "a.tar", bytes(header) + bytes(1024)))
    assert "a.txt: a link or a device" in bad


def test_a_link_in_a_zip_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("secret.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
        archive.writestr("b.txt", TEXT)
    assert texts(path) == [TEXT]
    assert f"{path}/secret.txt: a link or a device" in errors(path)[0]


def test_an_encrypted_member_is_refused_by_name_and_the_rest_goes_on(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": "secret", "b.txt": TEXT}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    path = put(tmp_path / "a.zip", bytes(content))
    assert texts(path) == [TEXT]
    assert errors(path) == [f"{path}/a.txt: encrypted: unpack it with its password"]


def test_a_damaged_member_of_a_zip_is_refused_by_name_and_the_rest_goes_on(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": os.urandom(500).hex(), "b.txt": TEXT}))
    content[100] ^= 0xFF
    path = put(tmp_path / "a.zip", bytes(content))
    assert texts(path) == [TEXT]
    (bad,) = errors(path)
    assert bad.startswith(f"{path}/a.txt: a damaged archive")


@every_archive
@pytest.mark.parametrize("kept", [0.0, 0.3, 0.6, 0.8])
def test_a_cut_archive_is_refused_by_name(tmp_path: Path, name: str, kept: float) -> None:
    content = PACKERS[name]({f"{n}.txt": os.urandom(900).hex() for n in range(20)})
    path = put(tmp_path / name, content[: int(len(content) * kept)])
    found = list(load(path))
    assert isinstance(found[-1], UnreadableSource)
    assert "damaged" in found[-1].problem or "empty" in found[-1].problem
    assert str(path) in found[-1].problem


@every_archive
def test_a_damaged_archive_does_not_stop_a_folder(tmp_path: Path, name: str) -> None:
    put(tmp_path / name, random.Random(1).randbytes(2000))
    put(tmp_path / "b.txt", TEXT)
    assert texts(tmp_path) == [TEXT]
    assert len(errors(tmp_path)) == 1


# Archives that were made to fill a disk

ZEROS = bytes(30_000_000)


@every_archive
def test_what_unpacks_to_far_too_much_is_refused(tmp_path: Path, name: str) -> None:
    if name == "a.tar":
        pytest.skip("is not compressed")
    (bad,) = errors(packed(tmp_path, name, {"a.txt": ZEROS}))
    assert "unpacks to more than 200 times its size" in bad


def test_a_bomb_in_a_zip_does_not_take_its_neighbours_with_it(tmp_path: Path) -> None:
    path = packed(tmp_path, "a.zip", {"a.txt": ZEROS, "b.txt": TEXT})
    assert texts(path) == [TEXT]


def test_a_zip_that_lies_about_its_sizes_gives_nothing(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": ZEROS}))
    for mark, size in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.index(mark) + size, 10)
    (bad,) = errors(put(tmp_path / "a.zip", bytes(content)))
    assert "a damaged archive" in bad


def test_bombs_within_bombs_share_one_allowance(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(15_000_000))
    files: Files = {"1.txt": TEXT, "2.txt.gz": bomb, "3.txt.gz": bomb, "4.txt": TEXT}
    path = packed(tmp_path, "a.zip", files)
    first, second, third = load(path)
    assert isinstance(first, Article)
    assert str(second).startswith(f"{path}/2.txt.gz/2.txt: not text")
    assert str(third).startswith(f"{path}/3.txt.gz/3.txt: unpacks to more than")


def test_many_copies_of_a_bomb_within_a_bomb_are_stopped_early(tmp_path: Path) -> None:
    inner = zipped({f"{n}.txt": bytes(1_000_000) for n in range(15)})
    path = packed(tmp_path, "a.zip", {f"{n}.zip": inner for n in range(100)})
    found = [str(bad) for bad in load(path)]
    assert len(found) < 50
    assert "unpacks to more than" in found[-1]


@every_archive
def test_too_many_members_are_refused(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowance.Allowance.__init__, "__defaults__", (3,))
    path = packed(tmp_path, name, {f"{n}.txt": TEXT for n in range(5)})
    *_, last = found = list(load(path))
    assert len(found) == 4
    assert str(last).startswith(f"{path}: more than ")


def test_a_header_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    long = tarfile.TarInfo("long")
    long.type, long.size = tarfile.XHDTYPE, 3_000_000_000
    path = put(tmp_path / "a.tar.gz", gzip.compress(long.tobuf() + bytes(10_000)))
    assert "an endless header" in errors(path)[0]


# WARC


Capture = tuple[str, str, str, bytes, dict[str, str]]


def warc(records: Sequence[Capture], compressed: bool = True) -> bytes:
    """Records of a kind, an address, a status line ("" for none), content and HTTP headers."""
    written = [one_record(*record) for record in records]
    return b"".join(map(gzip.compress, written) if compressed else written)


def one_record(kind: str, url: str, status: str, body: bytes, headers: dict[str, str]) -> bytes:
    media_type = headers["Content-Type"]
    if status:
        lines = [status, *(f"{name}: {value}" for name, value in headers.items())]
        body = "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n" + body
        media_type = "application/http"
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2020-06-09T05:05:00Z\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


URL = "https://harbour.example/gates"
HTML = {"Content-Type": "text/html; charset=windows-1251"}
RUSSIAN = "Мэр сказал, что ворота открыли на рассвете после трёх дней дождя."
CAPTURED = [
    ("request", URL, "GET / HTTP/1.1", b"", HTML),
    ("response", URL, "HTTP/1.1 200 OK", PAGE.replace(TEXT, RUSSIAN).encode("cp1251"), HTML),
    ("response", URL, "HTTP/1.1 404 Not Found", PAGE.encode(), HTML),
    ("response", f"{URL}.png", "HTTP/1.1 200 OK", b"\0", {"Content-Type": "image/png"}),
    ("response", "https://harbour.example/robots.txt", "HTTP/1.1 200 OK", b"User-agent: *",
     {"Content-Type": "text/plain"}),
    ("resource", f"{URL}.txt", "", f"Gates opened\n\n{TEXT}".encode(),
     {"Content-Type": "Text/Plain"}),
    ("response", f"{URL}/none", "HTTP/1.1 200 OK", b"<html></html>", HTML),
]  # fmt: skip


@pytest.mark.parametrize("compressed", ["no", "by record", "as a whole"])
def test_a_crawl_gives_the_pages_that_it_was_given(tmp_path: Path, compressed: str) -> None:
    content = warc(CAPTURED, compressed == "by record")
    if compressed == "as a whole":
        content = gzip.compress(content)
    suffix = ".warc" if compressed == "no" else ".warc.gz"
    path = put(tmp_path / f"2020-06-09-crawl{suffix}", content)
    page, text, bad = load(path)
    assert isinstance(page, Article) and isinstance(text, Article)
    assert (page.text, page.url, page.path) == (RUSSIAN, URL, f"{path}#2")
    assert (text.text, text.title, text.url) == (TEXT, "Gates opened", f"{URL}.txt")
    assert str(bad).startswith(f"{path}#7: no article found")


def test_the_day_of_a_crawl_is_no_day_of_publication(tmp_path: Path) -> None:
    article = only(put(tmp_path / "2020-06-09-crawl.warc.gz", warc(CAPTURED[1:2])))
    assert (article.published, article.published_how) == (None, "unknown")


def test_what_a_captured_page_says_of_itself_is_believed_first(tmp_path: Path) -> None:
    head = f'<link rel="canonical" href="{URL}/own"><meta name="date" content="2020-06-08">'
    page = PAGE.replace("{head}", head).encode()
    record = ("response", URL, "HTTP/1.1 200 OK", page, HTML)
    article = only(put(tmp_path / "a.warc.gz", warc([record])))
    assert (article.url, article.published) == (f"{URL}/own", "2020-06-08")


@pytest.mark.parametrize("odd", ["&#28;", "&#1;", "&#xFFFE;", "\x0c"])
def test_a_page_may_hold_characters_that_xml_lacks(tmp_path: Path, odd: str) -> None:
    page = PAGE.replace("<p>", f"<h1>Gates{odd} opened{odd}</h1>{odd}<p>{odd}")
    assert only(put(tmp_path / "a.html", page)).text == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "chunked"])
def test_a_page_is_unpacked_as_a_browser_would(tmp_path: Path, encoding: str) -> None:
    page = PAGE.encode()
    if encoding == "gzip":
        content, headers = gzip.compress(page), {"Content-Encoding": "gzip"}
    else:
        content = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
        headers = {"Transfer-Encoding": "chunked"}
    record = ("response", URL, "HTTP/1.1 200 OK", content, HTML | headers)
    assert only(put(tmp_path / "a.warc.gz", warc([record]))).text == TEXT


def test_a_page_that_is_far_too_large_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(MOST_BYTES + 1))
    large = ("response", URL, "HTTP/1.1 200 OK", bomb, HTML | {"Content-Encoding": "gzip"})
    path = put(tmp_path / "a.warc.gz", warc([large, CAPTURED[1]]))
    assert errors(path) == [f"{path}#1: a page of more than 20 MB: leave it out"]
    assert texts(path) == [RUSSIAN]


@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
@pytest.mark.parametrize("kept", [0.37, 0.53, 0.71])
def test_a_cut_crawl_gives_what_came_before_the_cut(
    tmp_path: Path, suffix: str, kept: float, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = [
        (
            "response",
            f"{URL}/{n}",
            "HTTP/1.1 200 OK",
            PAGE.replace("Varn", os.urandom(900).hex()).encode(),
            HTML,
        )
        for n in range(10)
    ]
    content = warc(pages, suffix.endswith("gz"))
    path = put(tmp_path / f"a{suffix}", content[: int(len(content) * kept)])
    *articles, last = load(path)
    assert 2 <= len(articles) <= 7
    assert all(isinstance(article, Article) for article in articles)
    assert isinstance(last, UnreadableSource)
    assert "damaged" in last.problem and str(path) in last.problem
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "no page in it"),
        (warc(CAPTURED[:1], compressed=False), "no page in it"),
        (b"gates", "damaged"),
        (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\ngates\r\n\r\n", "damaged"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 1\r\n\r\ngates\r\n\r\n", "damaged"),
    ],
)
def test_a_crawl_without_a_page_is_refused_by_name(
    tmp_path: Path, content: bytes, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(tmp_path / "a.warc", content)
    (bad,) = errors(path)
    assert bad.startswith(str(path)) and what in bad
    assert capsys.readouterr() == ("", "")


def test_a_crawl_that_unpacks_to_far_too_much_is_refused(tmp_path: Path) -> None:
    film = ("response", URL, "HTTP/1.1 200 OK", ZEROS, {"Content-Type": "video/mp4"})
    assert "unpacks to more than" in errors(put(tmp_path / "a.warc.gz", warc([film])))[0]


# MHTML


def saved_page(page: str, charset: str = "utf-8", encoding: str = "quoted-printable") -> bytes:
    saved = EmailMessage()
    saved["From"] = "<Saved by Blink>"
    saved["Snapshot-Content-Location"] = URL
    saved["Date"] = "Tue, 9 Jun 2020 05:05:00 -0000"
    saved["MIME-Version"] = "1.0"
    saved.set_type("multipart/related")
    for content in (page, "<html><body><p>An advertisement in a frame.</p></body></html>"):
        part = EmailMessage()
        part.set_content(content, "html", charset=charset, cte=encoding)
        part["Content-Location"] = "cid:frame@mhtml.blink"
        saved.attach(part)
    return saved.as_bytes()


@pytest.mark.parametrize("name", ["a.mhtml", "a.MHT"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1251"])
def test_a_saved_page_is_read_without_its_frames(
    tmp_path: Path, name: str, encoding: str, charset: str
) -> None:
    page = PAGE.replace(TEXT, RUSSIAN)
    article = only(put(tmp_path / name, saved_page(page, charset, encoding)))
    assert (article.text, article.title, article.url) == (RUSSIAN, "Gates opened", URL)
    assert article.path == str(tmp_path / name)


def test_the_day_of_saving_dates_nothing(tmp_path: Path) -> None:
    assert only(put(tmp_path / "a.mhtml", saved_page(PAGE))).published is None


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "no page in it"),
        (b"gates", "no page in it"),
        (b"MIME-Version: 1.0\nContent-Type: text/html\n\n", "no article found"),
        (
            b"".join(
                b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n)
                for n in range(2000)
            ),
            "nested too deep",
        ),
    ],
)
def test_a_saved_page_without_a_report_is_refused_by_name(
    tmp_path: Path, content: bytes, what: str
) -> None:
    path = put(tmp_path / "a.mht", content)
    (bad,) = errors(path)
    assert bad.startswith(f"{path}: ") and what in bad
