from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article, Block
from index.encoder import weights
from index.passages import MAX_TOKENS, encoded_text, passages
from index.sentences import sentences

TOKENIZER = weights.tokenizer()

SENTENCE = st.builds(
    lambda words, end: " ".join(words).capitalize() + end,
    st.lists(
        st.sampled_from(["gate", "river", "Oakes", "1,250", "mid-week;", "sluice,"]),
        min_size=1,
        max_size=60,
    ),
    st.sampled_from([". ", "!\n", ".\n\n", "? "]),
)
ARTICLES = st.builds(
    Article,
    text=st.one_of(st.lists(SENTENCE, max_size=12).map("".join), st.text(max_size=400)),
    title=st.sampled_from(["", "Gates shut", "A title that goes on " * 20]),
)


def _length(text: str) -> int:
    return len(TOKENIZER.encode(text, add_special_tokens=False).ids)


@settings(max_examples=60)
@given(ARTICLES)
def test_passages_hold_every_sentence_in_order_and_nothing_twice(article: Article) -> None:
    cut = passages(article)
    spans = sentences(article.text)
    assert all(a.end <= b.start for a, b in pairwise(cut))
    joined = "".join("".join(article.text[p.start : p.end].split()) for p in cut)
    assert joined == "".join("".join(article.text[a:b].split()) for a, b in spans)


@settings(max_examples=60)
@given(ARTICLES)
def test_a_passage_with_its_title_fits_the_encoder(article: Article) -> None:
    title = min(_length(article.title), 48)
    for passage in passages(article):
        # One token's room: a cut between two characters of a word can split a token in two.
        assert title + _length(article.text[passage.start : passage.end]) <= MAX_TOKENS + 1


@settings(max_examples=60)
@given(ARTICLES)
def test_a_passage_is_whole_sentences_unless_one_is_too_long(article: Article) -> None:
    spans = sentences(article.text)
    starts, ends = {a for a, _ in spans}, {b for _, b in spans}
    for passage in passages(article):
        inside = [(a, b) for a, b in spans if a < passage.end and passage.start < b]
        cut = passage.start not in starts or passage.end not in ends
        assert not cut or any(_length(article.text[a:b]) > MAX_TOKENS - 49 for a, b in inside)


def test_an_over_long_sentence_is_cut_at_a_clause() -> None:
    clause = (
        "the water rose over the lower meadow and the road beyond it was closed to all but carts"
    )
    article = Article(text=f"{'; '.join([clause] * 14)}.")
    first, *rest = passages(article)
    assert rest
    assert article.text[first.start : first.end].endswith("carts;")


def test_a_caption_is_never_run_into_a_passage_of_the_body() -> None:
    text = "The quay at dawn\nThe ferry left late."
    article = Article(text=text, blocks=(Block(0, 16, "caption"), Block(17, len(text))))
    assert [text[p.start : p.end] for p in passages(article)] == text.split("\n")


def test_what_is_embedded_begins_with_the_title() -> None:
    article = Article(text="The gates were shut.", title="Gates")
    assert [encoded_text(article, p) for p in passages(article)] == ["Gates\nThe gates were shut."]
