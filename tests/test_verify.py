import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.verify import unsupported

QUOTE = (
    "The county said on 3 May that 1,250 people had left Oakes; "
    "\u201cnobody rang,\u201d said Lena Lunt."
)


@pytest.mark.parametrize(
    "statement",
    [
        QUOTE,
        "On 3 May 1,250 people left Oakes.",
        "Lunt said \u201cNobody rang\u201d.",
        'Lena Lunt said "nobody rang," in Oakes.',
        "Nobody knows.",  # the first word is no name
        "Oakes's people left.",
    ],
)
def test_what_the_quote_has_is_supported(statement: str) -> None:
    assert unsupported(statement, [QUOTE]) == []


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        ("In Oakes 1,251 people left.", ["1,251"]),
        ("On 3 May 250 people left.", ["250"]),
        ("People left Oakley.", ["Oakley"]),
        ("Lunt said \u201cnobody came\u201d.", ["nobody came"]),
        ("On 4 May Ada Lunt left.", ["4", "Ada"]),
    ],
)
def test_what_no_quote_has_is_named(statement: str, missing: list[str]) -> None:
    assert unsupported(statement, [QUOTE]) == missing


@given(st.text())
@example('Mr Lunt, of inter-Korean fame, said \u201c\u201d and "yes."')
def test_every_text_supports_itself(text: str) -> None:
    assert unsupported(text, [text]) == []


def test_several_quotes_support_a_statement_together() -> None:
    assert unsupported("In Oakes 40 fled to Lunt.", ["Oakes lost 40.", "They went to Lunt."]) == []


def test_nothing_cited_supports_nothing() -> None:
    assert unsupported("The toll in Oakes is 40.", []) == ["40", "Oakes"]
