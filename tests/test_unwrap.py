import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.loaders.text.unwrap import unwrap

REPORT = (
    "The sluice gates at the upper weir were shut at dawn on Tuesday, the county said, after a "
    "night of rain had filled the lower meadow. Nobody was hurt, and the road was open by noon."
)


@pytest.mark.parametrize("width", [60, 72, 80])
def test_a_paragraph_wrapped_at_a_fixed_width_is_made_whole(width: int) -> None:
    wrapped = "\n".join(textwrap.wrap(REPORT, width))
    assert unwrap(f"{wrapped}\n\n{wrapped}") == f"{REPORT}\n\n{REPORT}"


@pytest.mark.parametrize(
    "text",
    [
        "First gate\nSecond gate\nThird gate",
        "The first gate was shut at dawn, said the county.\nThe second was shut at noon by hand.",
        f"{REPORT}\n{REPORT}",
        "Six feet\nof water",
    ],
)
def test_lists_verse_and_whole_paragraphs_keep_their_lines(text: str) -> None:
    assert unwrap(text) == text


@given(st.text(alphabet="ab. \n", max_size=400))
def test_unwrapping_changes_nothing_but_line_breaks(text: str) -> None:
    assert unwrap(text).replace("\n", " ") == text.replace("\n", " ")
