"""The command line: parse, one call, show."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import DatelineError
from ui import upkeep
from ui.keep import command
from ui.server import commands as server
from ui.which import open_archive

if TYPE_CHECKING:
    from ui.upkeep import Commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status: 0 done, 1 not done (stderr says why), 2 not understood."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except DatelineError as error:
        sys.stderr.write(f"dateline: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\ndateline: interrupted; the same command goes on where it stopped\n")
        return 130
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        sys.stderr.close()
        return 141


def _add(options: argparse.Namespace) -> int:
    from ui.terminal import outcome_log, progress_bar, summary

    with open_archive(options.archive, create=True, encoder=options.encoder) as archive:
        with progress_bar() as show, outcome_log(options.log) as log:
            report = archive.add(
                options.sources,
                show,
                options.columns,
                options.sync,
                options.emptied,
                log,
                options.linked,
            )
        print(summary(report))
        status = archive.status()
        print(f"{status.name}: {status}")
        return 0 if status.articles else 1


def _ask(options: argparse.Namespace) -> int:
    from rag.scope import Scope
    from ui.export import markdown
    from ui.terminal import written

    with open_archive(options.archive, llm=options.llm) as archive:
        scope = Scope(options.first, options.last, tuple(options.outlet))
        answer = archive.ask(options.question, options.as_of, options.until, scope=scope)
    if options.markdown:
        print(markdown(answer), end="")
    else:
        print(json.dumps(answer.to_dict(), ensure_ascii=False) if options.json else written(answer))
    return 0


def _chat(options: argparse.Namespace) -> int:
    from rag.llm import local_model
    from ui.library import Library
    from ui.serve import serve

    access = server.access(options)
    if options.articles:
        add = [
            "add",
            options.articles,
            *(["--archive", options.archive] if options.archive else []),
        ]
        _add(_parser().parse_args(add))
    with open_archive(options.archive, llm=options.llm) as archive:
        offer = None if options.llm else local_model
        with Library(archive, options.llm) as library:
            where = (options.host, options.port, options.open)
            serve(library, (), *where, offer, access, keep=server.keeps(options))
    return 0


def _eval(options: argparse.Namespace) -> int:
    from eval.known import evaluate, rebase
    from eval.report import render
    from eval.sample import BASELINE, CASES

    baseline = options.baseline or (None if options.cases else BASELINE)
    if options.update and baseline is None:
        raise DatelineError("--update has no floors to raise", "name their file with --baseline")
    with open_archive(options.archive or (None if options.cases else "sample")) as archive:
        verdict = evaluate(archive, options.cases or CASES, None if options.update else baseline)
    print(render(verdict.report))
    if options.json:
        options.json.write_text(json.dumps(verdict.report.to_dict(), indent=1, ensure_ascii=False))
    if options.update and baseline:
        rebase(verdict.report, baseline, options.lower)
    for shortfall in verdict.shortfalls:
        sys.stderr.write(f"dateline: {shortfall}\n")
    return 1 if verdict.shortfalls else 0


def _status(options: argparse.Namespace) -> int:
    with open_archive(options.archive) as archive:
        status = archive.status()
    print(f"{status.name}: {status}")
    print(f"{status.passages:,} passages, embedded by {status.encoder}")
    print(f"{status.stories:,} stories: prints and rewrites of one report count once")
    print(f"{status.size / 1e6:,.1f} MB at {status.path}")
    for outlet, articles in status.outlets.items():
        print(f"{articles:>8,}  {outlet or '(outlet unknown)'}")
    if status.articles:
        print("How it is known:")
        for line in status.origins:
            print(f"  {line}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dateline",
        description="Answers from an archive of news articles, every sentence cited and checked.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    which = argparse.ArgumentParser(add_help=False)
    which.add_argument(
        "--archive",
        metavar="NAME",
        help="a name, or a path such as ./clippings; by default your own archive, and the sample "
        "until there is one",
    )
    writer = argparse.ArgumentParser(add_help=False)
    writer.add_argument(
        "--llm",
        metavar="MODEL",
        default=os.environ.get("DATELINE_LLM"),
        help="a language model to write the answers: ollama:NAME, or the address of an "
        "OpenAI-compatible server, http://HOST:PORT/v1#NAME (key: DATELINE_LLM_KEY)",
    )
    _add_parser(commands, which)
    _ask_parser(commands, which, writer)
    _chat_parser(commands, which, writer)
    _eval_parser(commands, which)
    status = commands.add_parser("status", parents=[which], help="what the archive holds")
    status.set_defaults(run=_status)
    upkeep.add_to(commands, which)
    server.add_to(commands)
    command.add_to(commands)
    return parser


def _add_parser(commands: "Commands", which: argparse.ArgumentParser) -> None:
    add = commands.add_parser(
        "add", parents=[which], help="add articles: files, folders, addresses"
    )
    add.add_argument(
        "sources", nargs="+", metavar="PATH", help="a file, a folder, or a page's or feed's address"
    )
    add.add_argument(
        "--linked", action="store_true", help="fetch the pages that a feed at an address links to"
    )
    add.add_argument(
        "--columns",
        type=_columns,
        metavar="FIELD=COLUMN,…",
        help="for CSV, JSON and Parquet whose columns have other names than text, title, outlet, "
        "authors, published, url or language: text=story,published=day",
    )
    add.add_argument(
        "--encoder",
        metavar="NAME",
        help="make a new archive with this sentence-transformers model: a folder, or a name in the "
        "local cache; from then on the archive keeps to it",
    )
    add.add_argument(
        "--sync",
        action="store_true",
        help="remove the articles of files that have vanished from the folders",
    )
    add.add_argument("--emptied", action="store_true", help="even if all of them have vanished")
    add.add_argument(
        "--log", type=Path, metavar="FILE", help="write there what became of each file and record"
    )
    add.set_defaults(run=_add)


def _ask_parser(
    commands: "Commands", which: argparse.ArgumentParser, writer: argparse.ArgumentParser
) -> None:
    ask = commands.add_parser("ask", parents=[which, writer], help="ask one question")
    ask.add_argument("question")
    ask.add_argument("--as-of", type=_day, metavar="DAY", help="asked from this day (2020-06-30)")
    ask.add_argument("--until", type=_day, metavar="DAY", help="use nothing published later")
    ask.add_argument(
        "--from", dest="first", type=_day, metavar="DAY", help="use nothing published earlier"
    )
    ask.add_argument(
        "--to",
        dest="last",
        type=_day,
        metavar="DAY",
        help="or later; undated articles are left out",
    )
    ask.add_argument(
        "--outlet", action="append", default=[], metavar="NAME", help="use only this; repeatable"
    )
    form = ask.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    form.add_argument("--markdown", action="store_true", help="print it with its full citations")
    ask.set_defaults(run=_ask)


def _chat_parser(
    commands: "Commands", which: argparse.ArgumentParser, writer: argparse.ArgumentParser
) -> None:
    chat = commands.add_parser("chat", parents=[which, writer], help="open the chat page")
    chat.add_argument("--articles", metavar="PATH", help="add these first")
    chat.add_argument("--host", default="127.0.0.1")
    chat.add_argument("--port", type=int, default=7860, help="the next free one if it is taken")
    chat.add_argument("--open", action="store_true", help="open it in the browser")
    server.add_options(chat)
    chat.add_argument("--forget", action="store_true", help="keep no conversation on disk")
    chat.set_defaults(run=_chat)


def _eval_parser(commands: "Commands", which: argparse.ArgumentParser) -> None:
    suite = commands.add_parser("eval", parents=[which], help="run a suite of known answers")
    suite.add_argument("--cases", type=Path, metavar="FILE", help="default: the sample's own")
    suite.add_argument("--baseline", type=Path, metavar="FILE", help="floors to hold it to")
    suite.add_argument("--update", action="store_true", help="raise the floors to what is measured")
    suite.add_argument("--lower", action="store_true", help="let --update lower them, too")
    suite.add_argument("--json", type=Path, metavar="FILE", help="write the report there")
    suite.set_defaults(run=_eval)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day; write it as 2020-06-30") from None


def _columns(text: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in text.split(",")]
    columns = {field.strip(): column.strip() for field, _, column in pairs}
    if len(columns) < len(pairs) or not all(columns.values()):
        raise argparse.ArgumentTypeError(f"'{text}' is not like text=story,published=day")
    return columns


if __name__ == "__main__":
    sys.exit(main())
