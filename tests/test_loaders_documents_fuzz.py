"""Whatever is done to a file, its loader gives articles or refusals, and ends.

`DATELINE_FUZZ_SEED=17` begins with the case that a failure named as 17. More cases: `-m slow`.
"""

import io
import os
import random
import time
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest
from documents import docx, epub, odt, p, pdf, set_in_type, zipped

from index.article import Article
from index.errors import UnreadableSource
from index.loaders import load

TEXT = "The sluice gates at the upper weir were shut at dawn on Tuesday, the county said. " * 4
LONGEST = 20  # seconds for one small file, on a machine that is busy with other things


def letter() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Caf\u00e9 shut"
    message["From"] = "Ada Quill <ada@harbour.example>"
    message["Date"] = "Tue, 9 Jun 2020 14:05:00 +0900"
    message["List-Id"] = "Harbour Daily <daily.harbour.example>"
    message.set_content(TEXT)
    message.add_alternative(f"<div><p>{TEXT}</p></div>", subtype="html")
    message.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="a.txt")
    message.add_attachment(message_within())
    return bytes(message)


def message_within() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "ben@harbour.example"
    message.set_content(TEXT, cte="quoted-printable")
    return message


WHOLE = {
    "a.pdf": pdf(
        [*set_in_type(TEXT, 700), (290, 20, 8, "1")],
        [*set_in_type(TEXT, 700), (290, 20, 8, "2")],
        info={"Title": "Gates shut", "CreationDate": "D:20200609140500"},
        more="q 1 0 0 1 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q\n",
    ),
    "a.docx": docx(
        p("Gates shut", "Title") + p(TEXT) + f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc></w:tr></w:tbl>",
        "<dc:title>Gates</dc:title>",
        footnotes=f"<w:footnotes><w:footnote>{p('note')}</w:footnote></w:footnotes>",
        styles='<w:styles><w:style w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>',
    ),
    "a.odt": odt(f"<t:p>{TEXT}</t:p><t:list><t:list-item><t:p>a</t:p></t:list-item></t:list>"),
    "a.epub": epub(
        {"a.xhtml": f"<html><body><h1>Gates</h1><p>{TEXT}</p><p>{TEXT}</p></body></html>"},
        "<dc:title>Harbour Post</dc:title><dc:date>2020-06-09</dc:date>",
        '<li><a href="a.xhtml">Gates shut</a></li>',
    ),
    "a.eml": letter(),
    "a.mbox": b"From ada Tue Jun  9 14:05:00 2020\n%b\n\n" % letter() * 2,
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """One to five bytes flipped, or a piece left out, doubled, moved or made up."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        if not changed:
            break
        at = chance.randrange(len(changed))
        end = at + chance.choice([1, 4, 40, 400])
        made_up = chance.choice([b"<", b">>", b"&a;", b"0 R", b"-1", b"9" * 20, b"\0", b"\n\n"])
        kind = chance.randrange(6)
        if kind == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del changed[at:end]
        elif kind == 2:
            changed[at:at] = changed[at:end] * chance.choice([1, 2, 50])
        elif kind == 3:
            changed[at : at + len(made_up)] = made_up
        elif kind == 4:
            changed[at:at] = chance.randbytes(chance.choice([1, 8, 64]))
        elif chance.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def damaged_within(data: bytes, chance: random.Random) -> bytes:
    """A zip with a member damaged, and packed so that the zip itself is whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    name = chance.choice(list(members))
    return zipped({**members, name: damaged(members[name], chance)})


def endures(path: Path, damage: Callable[[bytes, random.Random], bytes], seconds: float) -> None:
    seed = int(os.environ.get("DATELINE_FUZZ_SEED", "1"))
    whole, end = WHOLE[path.name], time.monotonic() + seconds
    for number in count(seed):
        path.write_bytes(damage(whole, random.Random(number)))
        began = time.monotonic()
        try:
            loaded = list(load(path))
        except BaseException as error:
            error.add_note(f"repeat it with DATELINE_FUZZ_SEED={number}")
            raise
        took = time.monotonic() - began
        assert took < LONGEST, f"{took:.0f} s with DATELINE_FUZZ_SEED={number}"
        assert loaded, f"nothing with DATELINE_FUZZ_SEED={number}"
        assert all(isinstance(found, Article | UnreadableSource) for found in loaded)
        if time.monotonic() > end:
            break


CASES = [
    *((name, damaged) for name in WHOLE),
    *((name, damaged_within) for name in ("a.docx", "a.odt", "a.epub")),
]


@pytest.mark.parametrize(("name", "damage"), CASES)
def test_a_damaged_file_gives_articles_or_refusals(
    tmp_path: Path, name: str, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    endures(tmp_path / name, damage, seconds=0.5)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "damage"), CASES)
def test_so_do_many_more(
    tmp_path: Path, name: str, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    endures(tmp_path / name, damage, seconds=60)


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_file_gives_articles(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(WHOLE[name])
    assert all(isinstance(found, Article) for found in load(tmp_path / name))
