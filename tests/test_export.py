"""What leaves as Markdown: every citation in full, and no markup of an article's own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_render import GATES, POISON, answered, cite

from rag.answer import Answer, Question, Rival, Statement
from ui.chat.conversation import Turn
from ui.cli import main
from ui.export import conversation_markdown, escaped, file_name, markdown

HOSTILE = [
    POISON,
    "<script>pwned()</script>",
    "[read](javascript:pwned()) [x]: https://evil.example",
    "![a](https://evil.example/x.png) https://evil.example www.evil.example",
    "# heading",
    "1. one",
    "- one\n- two",
    "===\n---",
    "> quoted `code` **bold** ~~gone~~ | a | b |",
    "&lt;b&gt; \\",
]
OURS = "https://harbour.example/gates"


def tokens(text: str) -> list[tuple[str, str]]:
    """The kinds of mark that Markdown sees, with the address of each link."""
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    found = []
    for block in parser.parse(text):
        for token in [block, *(block.children or [])]:
            found.append((token.type, str(token.attrs.get("href", ""))))
    return found


def shown(text: str) -> str:
    """What a reader of the Markdown reads."""
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    blocks = [block.children or [] for block in parser.parse(text) if block.type == "inline"]
    return "\n".join("".join(token.content for token in block) for block in blocks)


@settings(deadline=None)
@given(st.text() | st.sampled_from(HOSTILE) | st.text("#*_`[]()<>!&\\~|$-=+.1: \n", max_size=30))
def test_escaped_text_is_shown_to_the_letter_and_marks_nothing(text: str) -> None:
    words = " ".join(text.split()).replace("\0", "\N{REPLACEMENT CHARACTER}")
    assert shown(escaped(text)) == words
    marks = {kind for kind, _ in tokens(escaped(text))}
    assert marks <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_article_adds_no_link_and_no_mark_to_an_export(text: str) -> None:
    calm = tokens(markdown(_answer("calm")))
    assert tokens(markdown(_answer(text))) == calm
    assert {link for _, link in calm if link} == {OURS}


def _answer(text: str) -> Answer:
    citation = replace(
        cite(GATES, 0, 23), quote=text, title=text, outlet=text, url=OURS, article_id=text
    )
    rival = Rival(text, (citation,))
    return replace(
        answered(citation),
        question=Question(text, text, date(2021, 6, 9), date(2021, 6, 9)),
        statements=(Statement(text, (citation,), False),),
        short_answer=text,
        rivals=(rival,),
        message=text,
        notes=(text,),
        model=text,
    )


@pytest.mark.parametrize("url", ["javascript:pwned()", "file:///etc/passwd", "data:text/html,x"])
def test_an_address_that_is_no_web_page_is_no_link(url: str) -> None:
    citation = replace(cite(GATES, 0, 23), url=url)
    assert url not in markdown(answered(citation))


def test_an_address_cannot_break_out_of_its_brackets() -> None:
    citation = replace(cite(GATES, 0, 23), url="https://a.example/> <b>x</b>")
    links = [link for _, link in tokens(markdown(answered(citation))) if link]
    assert links == ["https://a.example/%3E%20%3Cb%3Ex%3C/b%3E"]


def test_a_citation_is_given_in_full() -> None:
    citation = replace(cite(GATES, 0, 23), url=OURS)
    text = markdown(replace(answered(citation), short_answer="The river", said_by=(citation,)))
    assert text == (
        "# What rose?\n\n"
        "Asked as of 9 June 2021.\n\n"
        "**The river** \\[1\\]\n\n"
        "The river rose at noon. \\[1\\]\n\n"
        "One outlet says so: Harbour Post.\n\n"
        "## Sources\n\n"
        "\\[1\\] Harbour Post, 9 June 2021 (stated), “Gates open”\n\n"
        "> The river rose at noon.\n\n"
        f"<{OURS}> Article {GATES.id}, characters 0–23.\n"
    )


def test_what_was_not_found_in_its_source_says_so() -> None:
    citation = cite(GATES, 0, 23)
    doubted = answered(citation, statements=(Statement("It fell.", (citation,), False),))
    assert "It fell. \\[1\\] *(unchecked: not found in its source)*" in markdown(doubted)


def test_an_answer_that_is_not_sure_says_so_wherever_it_is_taken() -> None:
    citation = cite(GATES, 0, 23)
    unsure = replace(answered(citation), short_answer="The river", confidence=0.2)
    assert "about 2 in 10 are right." in markdown(unsure)


def test_a_conversation_has_all_its_questions_and_its_title() -> None:
    turns = (Turn("What rose?", answer=answered(cite(GATES, 0, 23))), Turn("Why?", problem="Gone."))
    text = conversation_markdown(turns, "The flood", "clippings")
    assert text.startswith("# The flood\n\nFrom the archive clippings, by Dateline.\n\n## What ")
    assert text.endswith("## Why?\n\nGone.\n")


def test_the_command_line_prints_it(
    write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = write("gates.txt", "The sluice gates at Oakes were opened at dawn.")
    archive = ["--archive", str(tmp_path / "here")]
    assert main(["add", str(folder), *archive]) == 0
    capsys.readouterr()
    assert main(["ask", "When were the gates opened?", "--markdown", *archive]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# When were the gates opened?\n")
    assert "> The sluice gates at Oakes were opened at dawn." in out


def test_a_file_is_named_for_its_question_alone() -> None:
    assert file_name("../../etc/passwd: a question?") == "etc-passwd-a-question.md"
    assert file_name("ΤΙ;") == "dateline.md"
