"""PDF, Word and EPUB become articles, and hostile files of these formats only refusals."""

import zipfile
from pathlib import Path

import pytest
from documents import DUBLIN, docx, epub, odt, p, pdf, set_in_type, stream, word, zipped
from loading import only, refusal, write

from index.article import Article
from index.errors import UnreadableSource
from index.loaders import load
from index.loaders.document.pdf import Pdf
from index.loaders.document.titles import titled

TEXT = (
    "The sluice gates at the upper weir were shut at dawn on Tuesday, the county said, after a "
    "night of rain had filled the lower meadow. Nobody was hurt, and the road was open by noon."
)
MORE = (
    "Engineers found that a bearing had worn through, and that another would take a week to come "
    "from its maker. Until then the gates are worked by hand, which takes four people an hour."
)


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Gates shut", "Gates shut"),
        ("GATES OPENED", "GATES OPENED"),
        ("Documents show who shut the gates", "Documents show who shut the gates"),
        *[(made_up, "Gates opened") for made_up in (
            "", None, "gates.docx", "Untitled", "Microsoft Word - gates.doc", "HP_0609_A1",
            "https://harbour.example/a",
        )],
    ],
)  # fmt: skip
def test_a_title_that_a_program_made_up_is_none(stated: object, title: str) -> None:
    assert titled(f"Gates opened\n\n{TEXT}", stated)[0] == title


# PDF


def test_a_pdf_gives_whole_paragraphs_in_reading_order(tmp_path: Path) -> None:
    first = [*set_in_type(TEXT, 700), *set_in_type(MORE, 640)]
    second = list(set_in_type(f"At noon, {TEXT}", 700))
    article = only(write(tmp_path / "a.pdf", pdf(first, second)))
    assert article.text == f"{TEXT}\n\n{MORE}\n\nAt noon, {TEXT}"


def test_paragraphs_are_told_by_their_indent_where_no_space_parts_them(tmp_path: Path) -> None:
    full = " ".join(["The gates were shut by hand at dawn, said the county clerk."] * 3)
    lines = [*set_in_type(full, 700), *set_in_type(MORE, 664)]
    lines[3] = (62, *lines[3][1:])
    assert only(write(tmp_path / "a.pdf", pdf(lines))).text == f"{full}\n\n{MORE}"


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(tmp_path: Path) -> None:
    lines = list(set_in_type(TEXT, 700, width=40))
    left, right, next_page = lines[:2], lines[2:3], lines[3:]
    page = [*left, (300, 700, 10, right[0][3])]
    article = only(write(tmp_path / "a.pdf", pdf(page, next_page)))
    assert article.text == TEXT


@pytest.mark.parametrize(
    ("begun", "ended", "whole"),
    [
        ("The engi-", "neers came.", "The engineers came."),
        ("Its well-known sluice was a well-", "known one.", None),
        ("The Anglo-", "Saxon weir.", "The Anglo-Saxon weir."),
        ("The pre-", "and post-war weirs.", "The pre- and post-war weirs."),
        ("The gates \u2013", "all of them.", "The gates \u2013 all of them."),
    ],
)
def test_a_word_broken_at_a_lines_end_is_joined(
    tmp_path: Path, begun: str, ended: str, whole: str | None
) -> None:
    article = only(write(tmp_path / "a.pdf", pdf([(50, 700, 10, begun), (50, 688, 10, ended)])))
    assert article.text == (whole or begun + ended)


def test_heads_feet_and_page_numbers_are_dropped_wherever_they_are_drawn(tmp_path: Path) -> None:
    words = f"{TEXT} {MORE}".replace(".", ",").split()
    texts = [" ".join([*words[7 * n :], *words[: 7 * n], "and so on."]) for n in range(4)]
    pages = [
        [
            (50, 800, 8, "Harbour Post, 9 June 2020"),
            (290, 20, 8, f"- {number} -"),
            *set_in_type(text, 700),
        ]
        for number, text in enumerate(texts, start=1)
    ]
    assert only(write(tmp_path / "a.pdf", pdf(*pages))).text == "\n\n".join(texts)


def test_the_head_of_a_lone_page_gives_title_and_day(tmp_path: Path) -> None:
    page = [(50, 800, 8, "Harbour Post"), (50, 780, 8, "9 June 2020"), *set_in_type(TEXT, 700)]
    article = only(write(tmp_path / "a.pdf", pdf([*page, (290, 20, 8, "Page 1 of 1")])))
    assert article.title == "Harbour Post"
    assert article.text == TEXT
    assert (article.published, article.published_how) == ("2020-06-09", "inferred")


def test_lists_and_headings_keep_their_lines(tmp_path: Path) -> None:
    lines = [
        *set_in_type(TEXT, 700), (50, 640, 14, "What is shut"), (50, 620, 10, "\u2022 Varn"),
        (50, 608, 10, "\u2022 Orrel, where the road is"), (58, 596, 10, "under water"),
        *set_in_type(MORE, 570),
    ]  # fmt: skip
    article = only(write(tmp_path / "a.pdf", pdf([(50, 760, 18, "Gates shut"), *lines])))
    assert article.title == "Gates shut"
    assert article.text == (
        f"{TEXT}\n\nWhat is shut\n\nVarn\nOrrel, where the road is under water\n\n{MORE}"
    )


def test_a_large_initial_belongs_to_its_word(tmp_path: Path) -> None:
    lines = [(50, 676, 36, "T"), *set_in_type(TEXT[1:], 700)]
    assert only(write(tmp_path / "a.pdf", pdf(lines))).text == TEXT


def test_the_dates_of_the_file_are_not_the_reports(tmp_path: Path) -> None:
    info = {
        "Title": "Gates shut at dawn", "Author": "Ada Quill; Ben Roe",
        "CreationDate": "D:20200609140500+09'00'", "ModDate": "D:20200610000000Z",
    }  # fmt: skip
    data = pdf(list(set_in_type(TEXT, 700)), info=info, root="/Lang(fr-CA)")
    article = only(write(tmp_path / "a.pdf", data))
    assert article.title == "Gates shut at dawn"
    assert article.authors == ("Ada Quill", "Ben Roe")
    assert (article.published, article.published_how) == (None, "unknown")
    assert article.language == "fr"


XMP = f"""<x xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="{DUBLIN}"><rdf:RDF>
<rdf:Description><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Gates shut at dawn</rdf:li>
</rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>Ada Quill</rdf:li>
<rdf:li>Ben Roe</rdf:li></rdf:Seq>
</dc:creator></rdf:Description></rdf:RDF></x>"""


@pytest.mark.parametrize(
    ("xmp", "authors"), [(XMP, ("Ada Quill", "Ben Roe")), (XMP[:200], ()), (f"&a;{XMP}", ())]
)
def test_xmp_is_read_if_it_is_whole(tmp_path: Path, xmp: str, authors: tuple[str, ...]) -> None:
    lines = list(set_in_type(TEXT, 700))
    data = pdf(lines, root="/Metadata 7 0 R", extra=[stream(xmp)])
    article = only(write(tmp_path / "a.pdf", data))
    assert article.authors == authors
    assert article.title == ("Gates shut at dawn" if authors else "")


def test_a_day_in_the_running_head_is_inferred(tmp_path: Path) -> None:
    pages = [[(50, 800, 8, "9 June 2020"), *set_in_type(text, 700)] for text in (TEXT, MORE)]
    article = only(write(tmp_path / "a.pdf", pdf(*pages)))
    assert (article.text, article.published) == (f"{TEXT}\n\n{MORE}", "2020-06-09")
    assert article.published_how == "inferred"


def test_an_encrypted_pdf_is_refused_by_name(tmp_path: Path) -> None:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(BytesIO(pdf(list(set_in_type(TEXT, 700))))))
    writer.encrypt("secret", algorithm="RC4-128")
    with (tmp_path / "a.pdf").open("wb") as file:
        writer.write(file)
    assert "encrypted" in refusal(tmp_path / "a.pdf").problem


def test_a_scan_is_refused_with_the_advice_to_use_ocr(tmp_path: Path) -> None:
    drawn = "q 100 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q\n"
    unreadable = refusal(write(tmp_path / "a.pdf", pdf([], [], more=drawn)))
    assert "images of text" in unreadable.problem
    assert "OCR" in unreadable.cure
    assert "no text" in refusal(write(tmp_path / "b.pdf", pdf([]))).problem


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"not a PDF", pdf([])[:200], pdf()])
def test_a_damaged_pdf_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    refusal(write(tmp_path / "a.pdf", data))


def test_a_pdf_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", pdf(list(set_in_type(TEXT, 700))))
    with pytest.raises(UnreadableSource, match="too long"):
        list(Pdf(seconds=0).load(path))


def test_a_pdf_of_too_many_pages_or_characters_is_refused(tmp_path: Path) -> None:
    assert "2,001 pages" in refusal(write(tmp_path / "a.pdf", pdf(*[[]] * 2001))).problem
    long = [(50.0, 700.0, 10.0, "x" * 1_000_000)] * 6
    assert "5,000,000 characters" in refusal(write(tmp_path / "b.pdf", pdf(long))).problem


# Word


def test_a_word_document_gives_paragraphs_lists_tables_and_notes(tmp_path: Path) -> None:
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    body = (
        p("Gates shut", "Title") + p("At dawn", "Heading1") + p(TEXT)
        + p("Varn", "ListBullet") + p("Orrel", "ListBullet")
        + f"<w:tbl>{row.format(p('Town'), p('Level'))}{row.format(p('Varn'), p('3.2 m'))}</w:tbl>"
        + "<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p>"
    )  # fmt: skip
    notes = (
        f'<w:footnotes><w:footnote w:type="separator">{p("-")}</w:footnote>'
        f"<w:footnote>{p('The county keeps a register.')}</w:footnote></w:footnotes>"
    )
    article = only(write(tmp_path / "a.docx", docx(body, footnotes=notes)))
    assert article.title == "Gates shut"
    assert article.text == (
        f"At dawn\n\n{TEXT}\n\nVarn\nOrrel\n\nTown | Level\nVarn | 3.2 m\n\n"
        "One two\nthree\n\nThe county keeps a register."
    )


def test_only_what_a_reader_of_the_document_sees_is_text(tmp_path: Path) -> None:
    body = p(TEXT) + (
        "<w:p><w:r><w:t>It was </w:t></w:r>"
        "<w:del><w:r><w:delText>denied</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>confirmed</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>elsewhere</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>planted one</w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="H"/></w:rPr><w:t>planted two</w:t></w:r>'
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> at noon</w:t></w:r>'
        "<w:r><w:instrText>PAGEREF</w:instrText></w:r>"
        "<m:AlternateContent><m:Choice><w:txbxContent><w:p><w:r><w:t>A box</w:t></w:r></w:p>"
        "</w:txbxContent></m:Choice><m:Fallback><w:r><w:t>A box</w:t></w:r></m:Fallback>"
        "</m:AlternateContent><w:r><w:t>.</w:t></w:r></w:p>"
    )
    styles = '<w:styles><w:style w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    article = only(write(tmp_path / "a.docx", docx(body, styles=styles)))
    assert article.text == f"{TEXT}\n\nIt was confirmed at noon.\n\nA box"


def test_a_word_document_is_described_by_its_properties_but_for_its_dates(tmp_path: Path) -> None:
    core = (
        "<dc:title>Gates shut at dawn</dc:title><dc:creator>Ada Quill;Ben Roe</dc:creator>"
        "<dc:language>fr-CA</dc:language><t:created>2020-06-09T00:00:00Z</t:created>"
    )
    article = only(write(tmp_path / "a.docx", docx(p("Gates shut at dawn") + p(TEXT), core)))
    assert (article.title, article.text) == ("Gates shut at dawn", TEXT)
    assert (article.authors, article.language) == (("Ada Quill", "Ben Roe"), "fr")
    assert article.published is None


def test_a_document_behind_a_password_is_refused_by_name(tmp_path: Path) -> None:
    data = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(3000)
    assert "encrypted" in refusal(write(tmp_path / "a.docx", data)).problem


# OpenDocument


def test_an_opendocument_text_gives_what_its_readers_see_and_then_its_notes(tmp_path: Path) -> None:
    item = "<t:list-item><t:p>{}</t:p></t:list-item>"
    row = f"<t:table-row>{'<t:table-cell><t:p>{}</t:p></t:table-cell>' * 2}</t:table-row>"
    body = (
        "<t:tracked-changes><t:p>Deleted.</t:p></t:tracked-changes><t:h>Gates shut at dawn</t:h>"
        f"<t:p>{TEXT[:40]}<t:span>{TEXT[40:]}</t:span><t:note><t:note-citation>1</t:note-citation>"
        "<t:note-body><t:p>The county keeps a register.</t:p></t:note-body></t:note></t:p>"
        f"<t:list>{item.format('Varn')}{item.format('Orrel')}</t:list>"
        f"<t:table>{row.format('Town', 'Level')}{row.format('Varn', '3.2 m')}</t:table>"
        '<t:p>One<t:tab/>two<t:s t:c="2"/>three<t:line-break/>four<o:annotation><t:p>Check.</t:p>'
        '</o:annotation><t:span t:style-name="H">Planted.</t:span></t:p>'
    )
    styles = '<t:style t:name="H"><t:text-properties t:display="none"/></t:style>'
    meta = "<dc:title>Gates shut at dawn</dc:title><dc:creator>Ada Quill</dc:creator>"
    dated = f"{meta}<dc:date>2020-06-09</dc:date>"
    article = only(write(tmp_path / "a.odt", odt(body, dated, styles)))
    assert (article.title, article.authors) == ("Gates shut at dawn", ("Ada Quill",))
    assert article.published is None
    assert article.text == (
        f"{TEXT}\n\nVarn\nOrrel\n\nTown | Level\nVarn | 3.2 m\n\n"
        "One two three\nfour\n\nThe county keeps a register."
    )


# EPUB

CHAPTER = "<html><head><title/></head><body>{}</body></html>"
ABOUT = (
    "<dc:title>Harbour Post, 9 June</dc:title><dc:creator>The Harbour desk</dc:creator>"
    '<dc:date opf:event="creation">2024-01-01</dc:date><dc:date>2020-06-09</dc:date>'
    "<dc:language>fr</dc:language>"
)


def test_an_issue_gives_an_article_for_each_chapter(tmp_path: Path) -> None:
    chapters = {
        "cover.xhtml": CHAPTER.format(f"<p>{TEXT} {TEXT}</p>"),
        "front.xhtml": CHAPTER.format(f"<p>{TEXT} {TEXT}</p>"),
        "half.xhtml": CHAPTER.format("<h1>News</h1>"),
        "a.xhtml": CHAPTER.format(f'<a id="x"/><h1>Gates shut</h1><p>{TEXT}</p><p>{MORE}</p>'),
        "b.xhtml": CHAPTER.format(f"<p>{MORE}</p><p>{TEXT}</p>"),
        "legal.xhtml": CHAPTER.format(f"<p>Copyright 2020 Harbour Post. {TEXT} {MORE}</p>"),
        "typed.xhtml": CHAPTER.format(
            f'<div epub:type="copyright-page"><p>{TEXT} {MORE}</p></div>'
        ),
    }
    data = epub(
        chapters,
        ABOUT,
        contents='<li><a href="b.xhtml#here">Week\u2019s <i>wait</i> for a bearing</a></li>',
        guide='<reference type="title-page" href="front.xhtml"/>',
    )
    path = write(tmp_path / "issue.epub", data)
    first, second = load(path)
    assert first == Article(
        text=f"{TEXT}\n\n{MORE}",
        title="Gates shut",
        outlet="Harbour Post, 9 June",
        authors=("The Harbour desk",),
        published="2020-06-09",
        published_how="stated",
        path=f"{path}/OPS/a.xhtml",
        language="fr",
    )
    assert isinstance(second, Article)
    assert (second.title, second.text) == ("Week\u2019s wait for a bearing", f"{MORE}\n\n{TEXT}")


def test_older_books_name_their_chapters_in_an_ncx(tmp_path: Path) -> None:
    ncx = (
        '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://ncx.example/ncx.dtd"><ncx>'
        "<navMap><navPoint><navLabel><text>Gates shut</text></navLabel>"
        '<content src="a.xhtml"/></navPoint></navMap></ncx>'
    )
    package = (
        f'<package xmlns:dc="{DUBLIN}"><manifest><item id="n" href="toc.ncx" '
        'media-type="application/x-dtbncx+xml"/><item id="a" href="a.xhtml" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine>'
        "</package>"
    )
    page = CHAPTER.format(f"<p>{TEXT}</p><p>{MORE}</p>")
    data = epub({"a.xhtml": page}, more={"OPS/toc.ncx": ncx, "OPS/book.opf": package})
    assert only(write(tmp_path / "a.epub", data)).title == "Gates shut"


def test_a_broken_chapter_is_named_and_the_others_come_in(tmp_path: Path) -> None:
    page = CHAPTER.format(f"<p>{TEXT}</p><p>{MORE}</p>")
    chapters = {"a.xhtml": "\0" * 300, "b.xhtml": page}
    path = write(tmp_path / "a.epub", epub(chapters))
    broken, article = load(path)
    assert isinstance(article, Article)
    assert isinstance(broken, UnreadableSource)
    assert broken.problem.startswith(f"{path}/OPS/a.xhtml: ")


@pytest.mark.parametrize(
    ("algorithm", "is_drm"),
    [
        ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", True),
        ("http://www.idpf.org/2008/embedding", False),
    ],
)
def test_a_protected_book_is_refused_and_one_with_scrambled_fonts_is_read(
    tmp_path: Path, algorithm: str, is_drm: bool
) -> None:
    method = f'<e><EncryptionMethod Algorithm="{algorithm}"/></e>'
    page = CHAPTER.format(f"<p>{TEXT}</p><p>{MORE}</p>")
    data = epub({"a.xhtml": page}, more={"META-INF/encryption.xml": method})
    (loaded,) = load(write(tmp_path / "a.epub", data))
    assert ("protected by DRM" in str(loaded)) == is_drm


def test_a_book_without_a_chapter_is_refused(tmp_path: Path) -> None:
    data = epub({"a.xhtml": CHAPTER.format("<h1>News</h1>")})
    assert "no chapter" in refusal(write(tmp_path / "a.epub", data)).problem


# Hostile zips

LAUGHS = '<!ENTITY l1 "ha">' + "".join(
    f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("declared", "entity"),
    [(LAUGHS, "&l2;"), (LAUGHS, "&l9;"), ('<!ENTITY o SYSTEM "file:///etc/passwd">', "&o;")],
)
def test_no_entity_is_expanded(tmp_path: Path, declared: str, entity: str) -> None:
    body = f"<w:p><w:r><w:t>{TEXT}{entity}</w:t></w:r></w:p>"
    xml = word(f"<w:document><w:body>{body}</w:body></w:document>")
    members = {"_rels/.rels": "<r/>", "word/document.xml": f"<!DOCTYPE w [{declared}]>{xml}"}
    (loaded,) = load(write(tmp_path / "a.docx", zipped(members)))
    if entity == "&l9;":
        assert "damaged" in str(loaded)
    else:
        assert isinstance(loaded, Article)
        assert loaded.text == TEXT


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    xml = word(f"<w:document><w:body>{p('x')}{' ' * 19_000_000}</w:body></w:document>")
    data = zipped({"_rels/.rels": "<r/>", "word/document.xml": xml})
    assert len(data) < 100_000
    assert "unpacks to 19 MB" in refusal(write(tmp_path / "a.docx", data)).problem


def test_a_list_of_members_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    data = zipped({f"{number:060}": b"" for number in range(20_000)}, zipfile.ZIP_STORED)
    assert "too many members" in refusal(write(tmp_path / "a.epub", data)).problem


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub"])
@pytest.mark.parametrize(
    "data", [b"", b"PK", zipped({"a": "b"}), zipped({"a": "b"})[:40], docx(p(TEXT))[:-30]]
)
def test_a_damaged_zip_is_refused_by_name(tmp_path: Path, suffix: str, data: bytes) -> None:
    refusal(write(tmp_path / f"a{suffix}", data))


def test_a_document_nested_beyond_reason_is_refused_not_recursed_into(tmp_path: Path) -> None:
    deep = "<w:p>" * 5_000
    data = docx(deep + "</w:p>" * 5_000)
    assert "damaged" in refusal(write(tmp_path / "a.docx", data)).problem
