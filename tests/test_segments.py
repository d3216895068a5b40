from eval.benchmarks.segmenters import labelled
from index.sentences import sentences

MOST_WRONG = 4  # of the labelled runs; docs/decisions/sentences.md names them


def test_our_sentences_are_right_on_the_labelled_runs() -> None:
    wrong = []
    for parts in labelled():
        text = " ".join(parts)
        if [text[start:end] for start, end in sentences(text)] != parts:
            wrong.append(text)
    assert len(wrong) <= MOST_WRONG, wrong
