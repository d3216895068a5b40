"""A report without the page around it: litter goes, captions are marked, sentences stay."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Kind
from index.loaders import load
from index.loaders.text.clean import clean
from index.loaders.text.sift import CAPTION_MARK, sift
from index.passages import passages
from index.sentences import sentences

ONE = "The sluice gates at Varn were opened at dawn, the river office said."
TWO = "Forty families had been moved to a school hall before the water came."
BODY = f"{ONE}\n\n{TWO}"
TITLE = "Gates opened at dawn"


def loaded(folder: Path, text: str, name: str = "a.txt") -> Article:
    (folder / name).write_text(text, encoding="utf-8")
    (article,) = load(folder / name)
    assert isinstance(article, Article), article
    return article


def shown(article: Article, kind: Kind) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind == kind]


AROUND = {
    "a call to share": f"{BODY}\n\nShare this story on Facebook, Twitter or WhatsApp",
    "networks in a row": f"Facebook Twitter WhatsApp Email\n\n{BODY}",
    "a comment form": f"{BODY}\n\nLeave a Reply\n\nYour email address will not be published. "
    "Required fields are marked *\n\nSave my name, email, and website in this browser.",
    "a count of comments": f"{BODY}\n\n3 Comments\n\nJoin the discussion",
    "a list of other reports": f"{BODY}\n\nRelated Articles\n\nBridge at Orrel closes for a week"
    "\n\nWhat became of the ferry?\n\nMayor names a new harbour master",
    "a list between paragraphs": f"{ONE}\n\nYou may also like\n\nBridge at Orrel closes\n\n{TWO}",
    "headlines at the end": f"{BODY}\n\nBridge at Orrel closes for a whole week"
    "\n\nMayor of Varn names a new harbour master\n\nFerry to Lunt stays ashore until spring",
    "a link between paragraphs": f"{ONE}\n\nRead more: How the gates were built\n\n{TWO}",
    "a link with its label glued": f"{ONE}\n\nFerry plans:How the crossing got its boats\n\n{TWO}",
    "a cookie notice": f"We use cookies to improve your visit. Accept all\n\n{BODY}",
    "a newsletter box": f"{ONE}\n\nSign up for our morning newsletter\n\nEnter your email\n\n{TWO}",
    "a subscription's small print": f"{BODY}\n\nBy signing up you agree to our privacy policy.",
    "an advertisement": f"{ONE}\n\nADVERTISEMENT\n\nStory continues below\n\n{TWO}",
    "a menu": f"Skip to content\n\nMenu\n\n{BODY}\n\nBack to top",
    "a reading time": f"4 min read\n\n{BODY}",
    "a copyright line": f"{BODY}\n\n© 2020 Harbour Post. All rights reserved.",
    "a source's link": f"{BODY}\n\nSource link",
    "a follow call": f"{BODY}\n\nFollow us on Instagram\n\nFollow @harbourpost on X",
    "the title again": f"{TITLE}\n\n{BODY}",
    "a byline and a date": f"By Ada Quill\n9 June 2020\nUpdated 10 June 2020\n\n{BODY}",
    "a relative date": f"3 hours ago\n\n{BODY}",
    "rules": f"{ONE}\n\n* * *\n\n{TWO}\n\n-----",
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND.keys())
def test_what_stands_around_a_report_is_dropped(tmp_path: Path, around: str) -> None:
    article = loaded(tmp_path, f"{TITLE}\n\n{around}")
    assert article.title == TITLE
    assert article.text == BODY


CAPTIONS = [
    "The gates at Varn. (Photo: Ada Quill/Harbour Post)",
    "The gates at Varn on Tuesday (Image: Harbour Wire)",
    "The gates at Varn. (AP Photo/Ada Quill)",
    "Ben Roe, head of the river office, at the upper weir in May. (Kyodo)",
    "The gates at Varn. Ada Quill/Harbour Post",
    "The upper weir in 2012. Courtesy Ben Roe",
    "FILE PHOTO: The gates at Varn stand open",
    "FILE - The gates at Varn stand open in 2012.",
    "Photo: the gates at Varn, seen from the quay",
    "This photo provided by the river office shows the gates at Varn.",
    "In this file photo, boats lie at the quay.",
    "The gates at Varn on Tuesday\n(River Office/Harbour Wire via AP)",
]


@pytest.mark.parametrize("caption", CAPTIONS)
@pytest.mark.parametrize(
    "near", ["{c}\n\n{one}\n\n{two}", "{one}\n\n{c}\n{two}", "{one}\n\n{c}\n\n{two}"]
)
def test_a_caption_is_kept_and_marked_wherever_it_stands(
    tmp_path: Path, caption: str, near: str
) -> None:
    article = loaded(tmp_path, f"{TITLE}\n\n" + near.format(c=caption, one=ONE, two=TWO))
    assert shown(article, "caption") == [caption]
    assert "\n\n".join(shown(article, "body")) == BODY


def test_a_caption_is_no_title(tmp_path: Path) -> None:
    article = loaded(tmp_path, f"The gates. (Photo: Ada Quill)\n\n{BODY}")
    assert article.title == ""
    assert article.heading == ONE


CREDITS = [
    "Ada Quill contributed to this report.",
    "The Harbour Wire contributed to this report",
    "(Reporting by Ada Quill; Editing by Ben Roe)",
    "Additional reporting by Ben Roe",
    "Contributing: Ada Quill, Harbour Post",
    "Photo by Ada Quill",
    "From staff and wire reports",
    "Contact Ada Quill at ada@harbour.example",
]


@pytest.mark.parametrize("credit", CREDITS)
def test_a_credit_is_kept_and_never_found(tmp_path: Path, credit: str) -> None:
    article = loaded(tmp_path, f"{TITLE}\n\n{BODY}\n\n{credit}")
    assert shown(article, "credit") == [credit]
    found = [article.text[p.start : p.end] for p in passages(article)]
    assert not any(credit in passage for passage in found)
    assert "".join(found).replace(" ", "").replace("\n", "") == "".join(BODY.split())


SENTENCES = [
    "Share prices fell by a tenth on Monday.",
    "Follow the river and you come to Varn, he said.",
    "Sign language is taught at the school.",
    "Related charges were dropped in May.",
    "Most read the notice and went home.",
    "Comments by the mayor were not welcome.",
    "More than forty families were moved.",
    "Watch towers were built along the quay.",
    "Subscribe or leave, the editor told her readers in 1912.",
    "The photo was taken in May, the court heard.",
    "A photo of the gates was shown to the court.",
    "In a photo posted on Sunday, the gates stand open.",
    "The minister met the press (and the mayor).",
    "The river office (VRO) said so.",
    "Ferries run to Lunt/Orrel on Sundays.",
    "He said: \u201cRead more.\u201d",
    "Cookies were sold at the fair.",
    "The court ruled at 10:30 a.m.",
    "She contributed to the fund.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("near", ["{s}\n\n{one}", "{one}\n\n{s}\n\n{one}", "{one}\n\n{s}"])
def test_a_sentence_is_never_taken_for_anything_else(sentence: str, near: str) -> None:
    text = near.format(s=sentence, one=ONE)
    sifted = sift(text)
    assert sifted.text == text
    assert [block.kind for block in sifted.blocks] == ["body"]


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n\nThe towns are:\n\nVarn\n\nOrrel\n\nLunt",
        f"{ONE}\n\nVarn\nOrrel\nLunt\n\n{TWO}",
        f"{ONE}\n\n1. Varn, 3.2 metres above the mark\n\n2. Orrel, 2.9 metres above the mark"
        "\n\n3. Lunt, 2.1 metres above the mark",
        f"{ONE}\n\nTown | Level\nVarn | 3.2 m",
        f"{ONE}\n\nWhat happens next\n\n{TWO}",
        "Gates opened",
    ],
)
def test_lists_tables_and_headings_stay(text: str) -> None:
    assert sift(text).text == text


def test_a_long_line_between_paragraphs_that_is_no_sentence_stands_apart() -> None:
    line = "Ben Roe speaks of the flood at the ninth meeting of the river office of Varn in May"
    sifted = sift(f"{ONE}\n\n{line}\n\n{TWO}")
    assert [block.kind for block in sifted.blocks] == ["body", "aside", "body"]


def test_a_page_gives_its_captions_marked(tmp_path: Path) -> None:
    page = (
        f"<html><body><main><article><h1>{TITLE}</h1><p>{ONE}</p><figure><img src='a.jpg'>"
        f"<figcaption>The quay <b>at</b> dawn</figcaption></figure><p>{TWO}</p>"
        f"<p>{ONE} {TWO} {ONE} {TWO}</p>"
        "<figure><figcaption></figcaption></figure></article></main></body></html>"
    )
    article = loaded(tmp_path, page, "a.html")
    assert shown(article, "caption") == ["The quay at dawn"]
    assert CAPTION_MARK not in article.text
    assert shown(article, "body")[0] == ONE


LINES = st.lists(
    st.sampled_from(
        ["", ONE, TWO, TITLE, *CAPTIONS, *CREDITS, *SENTENCES, "Related Articles", "* * *"]
    )
    | st.text(max_size=30),
    max_size=12,
).map("\n".join)


@given(LINES)
def test_blocks_tile_the_text_and_sentences_tile_the_blocks(text: str) -> None:
    sifted = sift(clean(text))
    assert sifted.text == clean(sifted.text)
    assert all(a.end <= b.start and a.kind != b.kind for a, b in pairwise(sifted.blocks))
    inside = "".join(sifted.text[b.start : b.end] for b in sifted.blocks)
    assert "".join(inside.split()) == "".join(sifted.text.split())
    spans = sentences(sifted.text, sifted.blocks)
    assert all(any(b.start <= s and e <= b.end for b in sifted.blocks) for s, e in spans)
    said = "".join(sifted.text[start:end] for start, end in spans)
    assert "".join(said.split()) == "".join(sifted.text.split())


@given(LINES)
def test_every_line_is_kept_or_named_as_dropped(text: str) -> None:
    cleaned = clean(text).replace(CAPTION_MARK, "")
    sifted = sift(cleaned)
    lines = sorted(filter(None, (line.strip() for line in cleaned.split("\n"))))
    kept = [line for line in sifted.text.split("\n") if line]
    assert sorted([*kept, *filter(None, sifted.dropped)]) == lines
