"""Letters and mailboxes become articles, with the files that came with them."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from documents import docx, p, pdf, set_in_type
from loading import only, refusal, write

from index.article import Article
from index.errors import UnreadableSource
from index.loaders import load
from index.loaders.mail.reply import without_quotes

TEXT = (
    "The sluice gates at the upper weir were shut at dawn on Tuesday, the county said, after a "
    "night of rain had filled the lower meadow. Nobody was hurt, and the road was open by noon."
)
WRAPPED = TEXT.replace(" the county", "\nthe county").replace(" the lower", "\nthe lower")
HEAD = (
    "Subject: Gates shut at dawn\nFrom: Ada Quill <ada@harbour.example>\n"
    "Date: Tue, 9 Jun 2020 14:05:00 +0900 (JST)\n"
)


def letter(text: str = TEXT, subject: str = "Gates shut at dawn") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Ada Quill <ada@harbour.example>"
    message.set_content(text)
    return message


def test_a_letter_is_described_by_its_headers(tmp_path: Path) -> None:
    path = write(tmp_path / "a.eml", f"{HEAD}\n{WRAPPED}\n".replace("\n", "\r\n"))
    assert only(path) == Article(
        text=TEXT,
        title="Gates shut at dawn",
        outlet="harbour.example",
        authors=("Ada Quill",),
        published="2020-06-09T14:05:00+09:00",
        published_how="stated",
        path=str(path),
        language="en",
    )


@pytest.mark.parametrize(
    ("written", "published", "how"),
    [
        ("Tue, 09 Jun 2020 05:05:00 GMT", "2020-06-09T05:05:00+00:00", "stated"),
        ("9 Jun 2020 14:05 EDT", "2020-06-09T14:05:00-04:00", "stated"),
        ("Tue, 9 Jun 2020 14:05:00 -0000", "2020-06-09T14:05:00", "stated"),
        ("Tue, 9 Jun 20 14:05:00 +0900", "2020-06-09T14:05:00+09:00", "stated"),
        ("Tue,  9 Jun 2020\n\t14:05:00 +0900", "2020-06-09T14:05:00+09:00", "stated"),
        ("Tuesday", None, "unknown"),
        ("Tue, 31 Jun 2020 14:05:00 +0900", None, "unknown"),
        ("Tue, 9 Jun 2020 14:05:00 +9999", None, "unknown"),
    ],
)
def test_the_date_is_read_as_letters_write_it(
    tmp_path: Path, written: str, published: str | None, how: str
) -> None:
    article = only(write(tmp_path / "2019-01-01.eml", f"Date: {written}\n\n{TEXT}"))
    assert (article.published, article.published_how) == (published, how)


@pytest.mark.parametrize(
    ("headers", "outlet"),
    [
        ("From: a@harbour.example", "harbour.example"),
        ("From: a@Gmail.com", ""),
        ("From: a@yahoo.co.uk", ""),
        ("From: a@post.example\nList-Id: Harbour Daily <daily.post.example>", "Harbour Daily"),
        ('From: a@post.example\nList-Id: "Harbour Daily" <d.post.example>', "Harbour Daily"),
        ("From: a@post.example\nList-Id: <daily.post.example>", "post.example"),
        ("From: a@post.example\nList-Id: 1f2e3d4c5b6amc list <x.example>", "post.example"),
        ("Subject: none", ""),
    ],
)
def test_the_outlet_is_the_list_else_the_senders_domain(
    tmp_path: Path, headers: str, outlet: str
) -> None:
    assert only(write(tmp_path / "a.eml", f"{headers}\n\n{TEXT}")).outlet == outlet


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?q?Caf=C3=A9_shut?=", "Caf\u00e9 shut"),
        ("Caf\u00e9 shut", "Caf\u00e9 shut"),
        ("Gates\n shut", "Gates shut"),
        ("=?nonsense?q?Gates?=", "Gates"),
        ("x" * 500_000, "x" * 2000),
    ],
)
def test_headers_are_read_however_they_were_sent(tmp_path: Path, subject: str, title: str) -> None:
    assert only(write(tmp_path / "a.eml", f"Subject: {subject}\n\n{TEXT}")).title == title


def test_a_header_that_cannot_be_read_spoils_no_message(tmp_path: Path) -> None:
    data = f"From: {'(' * 5000}\nDate: {'(' * 5000}\nSubject: Gates shut\n\n{TEXT}"
    article = only(write(tmp_path / "a.eml", data))
    assert (article.title, article.text, article.authors) == ("Gates shut", TEXT, ())


@pytest.mark.parametrize(
    "answered",
    [
        f"{TEXT}\n\nOn Tue, 9 June 2020 at 14:05, Ben Roe <b@post.example>\nwrote:\n\n> When?\n",
        f"On 9 June, Ben Roe wrote:\n> When?\n>> Who?\n\n{TEXT}\n",
        f"{TEXT}\n\n-----Original Message-----\nFrom: Ben Roe\nWhen?\n",
        f"{TEXT}\n\n________________________________\nFrom: Ben Roe\nWhen?\n",
        f"{TEXT}\n\n-- \nAda Quill\nHarbour Post\n",
        f"{TEXT}\n_______________________________________________\nFlood mailing list\n",
    ],
)
def test_what_was_answered_and_the_signature_are_dropped(tmp_path: Path, answered: str) -> None:
    assert without_quotes(answered).strip() == TEXT
    assert only(write(tmp_path / "a.eml", f"{HEAD}\n{answered}")).text == TEXT


@pytest.mark.parametrize(
    "text", ["On Tuesday she wrote:\n\nThe gates are shut.", "a -- b", "The level is\n--\nthree."]
)
def test_what_only_looks_like_a_quotation_stays(text: str) -> None:
    assert without_quotes(text) == text


def test_a_message_that_forwards_another_keeps_it(tmp_path: Path) -> None:
    text = f"Look.\n\n-----Original Message-----\n\n{TEXT}"
    path = write(tmp_path / "a.eml", f"Subject: Fwd: Gates\n\n{text}")
    assert TEXT in only(path).text


def test_lines_that_flow_are_joined(tmp_path: Path) -> None:
    flowed = f"{TEXT[:30]} \n{TEXT[31:]}" if TEXT[30] == " " else TEXT.replace(" at ", " at \n", 1)
    head = f"{HEAD}Content-Type: text/plain; format=flowed\n"
    assert only(write(tmp_path / "a.eml", f"{head}\n{flowed}\n\n-- \nAda")).text == TEXT


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("windows-1251", "Мэр сказал, что ворота открыли на рассвете."),
        ("iso-8859-1", "The caf\u00e9 closed."),
        ("iso-2022-jp", "市長は夏が非常に乾燥すると述べた。"),
        ("nonsense", "The caf\u00e9 closed."),
    ],
)
def test_the_body_is_read_in_its_encoding(tmp_path: Path, charset: str, text: str) -> None:
    data = text.encode("utf-8" if charset == "nonsense" else charset)
    head = f"{HEAD}Content-Type: text/plain; charset={charset}\n\n".encode()
    assert only(write(tmp_path / "a.eml", head + data)).text == text


def test_plain_text_is_preferred_to_the_page_that_says_the_same(tmp_path: Path) -> None:
    message = letter()
    message.add_alternative("<p>The page says something else at length.</p>", subtype="html")
    assert only(write(tmp_path / "a.eml", bytes(message))).text == TEXT


@pytest.mark.parametrize("plain", ["", "\n \n", "> quoted\n"])
def test_the_page_is_read_where_the_plain_text_says_nothing(tmp_path: Path, plain: str) -> None:
    message = letter(plain)
    message.add_alternative(
        f"<div><p>{TEXT}</p><p style='display:none'>Planted.</p></div><div class='gmail_quote'>"
        "<blockquote type='cite'>When?</blockquote></div><div class='gmail_signature'>Ada</div>",
        subtype="html",
    )
    assert only(write(tmp_path / "a.eml", bytes(message))).text == TEXT


def test_a_newsletter_laid_out_in_tables_is_read(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Daily"
    cell = f"<td><h2>Gates shut</h2><p>{TEXT}</p></td>"
    message.set_content(f"<table><tr>{cell}</tr></table>", subtype="html")
    assert TEXT in only(write(tmp_path / "a.eml", bytes(message))).text


def test_a_file_with_a_letter_is_read_by_its_own_loader_under_the_name_of_both(
    tmp_path: Path,
) -> None:
    message = letter()
    files = {
        "gates.pdf": pdf(list(set_in_type(TEXT, 700))), "2020-06-09.txt": TEXT.encode(),
        "../../etc/gates.docx": docx(p(TEXT)), "logo.png": b"png", "levels.xlsx": b"PK",
        "broken.pdf": b"%PDF", "key.asc": b"key",
    }  # fmt: skip
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="x", filename=name)
    message.add_attachment(TEXT.encode(), maintype="application", subtype="x", filename="a.txt")
    message.add_attachment(b"Other.", maintype="application", subtype="x", filename="a.txt")
    path = write(tmp_path / "a.eml", bytes(message))
    loaded = list(load(path))
    articles = {found.path: found for found in loaded if isinstance(found, Article)}
    assert list(articles) == [
        f"{path}/gates.pdf", f"{path}/2020-06-09.txt", f"{path}/_.._etc_gates.docx",
        f"{path}/a.txt", f"{path}/2-a.txt", str(path),
    ]  # fmt: skip
    assert {found.text for found in articles.values()} == {TEXT, "Other."}
    assert articles[f"{path}/2020-06-09.txt"].published == "2020-06-09"
    wrong = [found.problem for found in loaded if isinstance(found, UnreadableSource)]
    assert wrong[0] == f"{path}/levels.xlsx: not a format Dateline reads"
    assert wrong[1].startswith(f"{path}/broken.pdf: a damaged PDF")
    assert len(wrong) == 2


def test_a_letter_that_is_only_an_attachment_gives_the_attachment(tmp_path: Path) -> None:
    message = letter("")
    message.add_attachment(TEXT, filename="gates.txt")
    path = write(tmp_path / "a.eml", bytes(message))
    assert only(path).path == f"{path}/gates.txt"


@pytest.mark.parametrize("name", ["photo.jpg", "encrypted.asc"])
def test_a_letter_that_holds_nothing_to_read_does_not_vanish(tmp_path: Path, name: str) -> None:
    message = letter("")
    message.add_attachment(b"x", maintype="application", subtype="x", filename=name)
    assert "no text" in refusal(write(tmp_path / "a.eml", bytes(message))).problem


def test_a_letter_within_a_letter_is_an_article_of_its_own(tmp_path: Path) -> None:
    message = letter("See below.", "Fwd")
    message.add_attachment(letter())
    message.add_attachment(letter("\n"))
    path = write(tmp_path / "a.eml", bytes(message))
    inner, empty, outer = load(path)
    assert isinstance(outer, Article) and isinstance(inner, Article)
    assert (outer.text, inner.text) == ("See below.", TEXT)
    assert (inner.path, inner.title) == (f"{path}/message.eml", "Gates shut at dawn")
    assert str(empty).startswith(f"{path}/2-message.eml: no text in it")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("", "not an e-mail"), ("\n\nonly text", "not an e-mail"), (HEAD, "no text"),
        (f"{HEAD}\n> quoted", "no text"), (f"{HEAD}\n\0\0\0\0", "not text"),
        (f"{HEAD}Content-Type: image/png\n\nPNG", "no text"),
        ("Content-Type: message/rfc822\n\n" * 5000, "parts"),
        ("Content-Type: multipart/mixed; boundary=a\n\n" + "--a\nboundary=\n" * 500, "parts"),
    ],
)  # fmt: skip
def test_what_is_no_letter_is_refused_by_name(tmp_path: Path, data: str, problem: str) -> None:
    assert problem in refusal(write(tmp_path / "a.eml", data)).problem


# Mailboxes


def box(*messages: str) -> str:
    return "".join(f"From ada Tue Jun  9 14:05:00 2020\n{message}\n\n" for message in messages)


def test_a_mailbox_gives_its_letters_by_number_and_names_the_broken_one(tmp_path: Path) -> None:
    said = f"{TEXT}\n\nFrom then on the gates were worked by hand.\n>From dawn on, that is."
    path = write(tmp_path / "a.mbox", box(f"{HEAD}\n{said}", f"{HEAD}\n\0\0", f"{HEAD}\n{TEXT}"))
    first, broken, last = load(path)
    assert isinstance(first, Article) and isinstance(last, Article)
    assert first.text == said.replace(">From", "From")
    assert (first.path, last.path) == (f"{path}#1", f"{path}#3")
    assert str(broken).startswith(f"{path}#2: not text")


def test_a_letter_that_is_too_large_is_passed_over_without_keeping_it(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "a.mbox"
    with path.open("wb") as file:
        file.write(box(HEAD).encode())
        for _ in range(1_000):
            file.write(b"x" * 99_999 + b"\n")
        file.write(f"\n{box(f'{HEAD}{chr(10)}{TEXT}')}".encode())
    tracemalloc.start()
    large, article = load(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert str(large).startswith(f"{path}#1: ")
    assert isinstance(article, Article)
    assert (article.path, article.text) == (f"{path}#2", TEXT)
    assert peak < 80_000_000


@pytest.mark.parametrize("data", ["", f"{HEAD}\n{TEXT}", "\0" * 99])
def test_what_is_no_mailbox_is_refused_by_name(tmp_path: Path, data: str) -> None:
    assert "not a mailbox" in refusal(write(tmp_path / "a.mbox", data)).problem
