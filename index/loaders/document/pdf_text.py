"""The lines of a PDF as paragraphs: a PDF says where a line stands, not which it belongs to."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from statistics import median

from index.loaders.document.pdf_lines import Line, Page
from index.loaders.text.sift import SENTENCE_END

WIDER = 1.3  # times the usual distance of two lines: a gap between paragraphs
LARGER = 1.1  # times the size of type: a heading
INDENT = 0.6  # times the size of type
SHORT = 0.75  # of a full line: a sentence that ends here ends its paragraph
STUB = 0.5  # of a full line: nothing goes on after this
NEAR = 10  # lines above, the longest of which is a full one
BULLET = re.compile(r"[\u2022\u2023\u25aa\u25cf\u25e6\u25a0\u2043\uf0b7]\s*")
HYPHENATED = re.compile(r"(\w{1,60})[-\u2010]$")
WORD = re.compile(r"\w+(?:-\w+)*")
SUSPENDED = {"and", "or", "to", "nor"}  # as in "pre- and post-war"

Paragraph = list[Line]


def headline(pages: Sequence[Page]) -> str:
    """The first lines in the first page's largest type, if that is no type to read a report in."""
    page = pages[0]
    letters = Counter[float]()
    for line in page:
        letters[round(line.size, 1)] += len(line.text)
    if not letters or max(letters) < LARGER * letters.most_common(1)[0][0]:
        return ""
    run: list[str] = []
    for line in page:
        if round(line.size, 1) == max(letters):
            run.append(line.text)
        elif run:
            break
    return " ".join(run)


def pdf_text(pages: Sequence[Page]) -> str:
    """Paragraphs, with a blank line between; the items of a list each on a line."""
    lines = list(chain.from_iterable(pages))
    words = {word.lower() for line in lines for word in WORD.findall(line.text)}
    pieces: list[str] = []
    after_item = False
    for paragraph in _paragraphs(lines, _leading(pages)):
        text = _joined(paragraph, words)
        is_item = BULLET.match(text) is not None
        pieces += ["\n" if is_item and after_item else "\n\n", BULLET.sub("", text, count=1)]
        after_item = is_item
    return "".join(pieces).strip()


def _leading(pages: Sequence[Page]) -> float:
    """The usual distance of two lines, in sizes of their type."""
    gaps = [
        (a.y - b.y) / a.size
        for page in pages
        for a, b in pairwise(page)
        if a.size > 0 and 0 < a.y - b.y < 3 * a.size
    ]
    return median(gaps) if gaps else 1.2


def _paragraphs(lines: Sequence[Line], leading: float) -> Iterator[Paragraph]:
    paragraph: Paragraph = []
    for line in lines:
        if paragraph and _begins(line, paragraph, leading):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _begins(line: Line, paragraph: Paragraph, leading: float) -> bool:
    """Whether a line begins a paragraph of its own after the lines given."""
    above = paragraph[-1]
    if _is_initial(paragraph):
        return False
    smaller, larger = sorted((above.size, line.size))
    if larger > LARGER * smaller or BULLET.match(line.text):
        return True
    ended = SENTENCE_END.search(above.text) is not None
    if line.page != above.page or line.y >= above.y:  # at the head of a page or a column
        return ended
    if above.y - line.y > WIDER * leading * above.size:
        return True
    if HYPHENATED.search(above.text):
        return False
    widest = max(len(other.text) for other in (*paragraph[-NEAR:], line))
    indented = line.x > above.x + INDENT * line.size
    width = len(above.text)
    return width < STUB * widest or (ended and (indented or width < SHORT * widest))


def _is_initial(paragraph: Paragraph) -> bool:
    """A single large letter, as some first paragraphs begin with."""
    return len(paragraph) == 1 and len(paragraph[0].text) == 1 and paragraph[0].text.isupper()


def _joined(paragraph: Paragraph, words: set[str]) -> str:
    """Its lines as one; `words` are those of the whole document, in lower case."""
    pieces = [_before(above.text, line.text, words) for above, line in pairwise(paragraph)]
    if pieces and _is_initial(paragraph[:1]):
        pieces[0] = paragraph[0].text
    return "".join([*pieces, paragraph[-1].text])


def _before(above: str, line: str, words: set[str]) -> str:
    """A line as it stands before the next: `words` tell `sluice-gate` from `engi-neer`."""
    begun, ended = HYPHENATED.search(above), WORD.match(line)
    if begun is None or ended is None or ended[0] in SUSPENDED:
        return f"{above} "
    whole, parts = f"{begun[1]}{ended[0]}".lower(), f"{begun[1]}-{ended[0]}".lower()
    is_compound = not ended[0][0].islower() or (parts in words and whole not in words)
    return above if is_compound else above[:-1]
