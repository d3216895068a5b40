"""`python -m eval.benchmarks.realtimeqa FOLDER [--archive DIR] [--encoder NAME] [--limit N]
[--without-long] [--json FILE]`"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from eval.benchmarks.realtimeqa.questions import QuizQuestion, read_questions
from eval.benchmarks.realtimeqa.run import QuizResult, run
from eval.benchmarks.realtimeqa.short import LONG, ShortArticles
from eval.benchmarks.realtimeqa.tables import groups, plain, table
from index.encoder import load_encoder
from index.errors import DatelineError
from index.home import home
from index.index import Allowed
from index.report import Progress
from rag.archive import Archive


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    try:
        questions = read_questions(options.folder)[: options.limit]
        where = options.archive or home() / "benchmarks" / f"realtimeqa-{options.folder.name}"
        encoder = load_encoder(options.encoder) if options.encoder else None
        with Archive.open(where, encoder) as archive:
            _fill(archive, options.folder)
            results = _asked(archive, questions)
            without = _without_long(archive, questions) if options.without_long else []
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    columns, report = groups(results), plain(results)
    if options.without_long:
        columns["without long"] = without
        report["without_long"] = plain(without)
    print(table(columns))
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1))
    return 0


def _asked(
    archive: Archive, questions: Sequence[QuizQuestion], allowed: Allowed | None = None
) -> list[QuizResult]:
    return list(tqdm(run(archive, questions, allowed), total=len(questions), disable=None))


def _without_long(archive: Archive, questions: Sequence[QuizQuestion]) -> list[QuizResult]:
    short = ShortArticles(archive.articles())
    return _asked(archive, list(filter(short.keep_label, questions)), short.allow)


def _fill(archive: Archive, folder: Path) -> None:
    """Add the year's articles, unless the archive holds some: it was made for this then."""
    if archive.status().articles:
        return
    bar = tqdm(unit=" passages", desc="adding", disable=None)

    def show(progress: Progress) -> None:
        if progress.stage == "embedding":
            bar.total = progress.total
            bar.update(progress.done - bar.n)

    archive.add(folder / "articles.jsonl.gz", show)
    bar.close()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.realtimeqa")
    parser.add_argument("folder", type=Path, help="of one year: articles.jsonl.gz, questions.jsonl")
    parser.add_argument("--archive", type=Path, help="use this archive; it is made if absent")
    parser.add_argument(
        "--encoder", help="make the archive with this one, such as a model's folder"
    )
    parser.add_argument("--limit", type=int, help="ask only the first so many questions")
    parser.add_argument(
        "--without-long",
        action="store_true",
        help=f"ask again with no article of {LONG:,} characters or more within reach; a question "
        "whose answer then stands nowhere is not counted",
    )
    parser.add_argument("--json", type=Path, help="write measures and cases there")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
