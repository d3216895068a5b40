"""The command that exports what the chat page has kept."""

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.errors import DatelineError

if TYPE_CHECKING:
    from ui.keep.feedback import Judgement
    from ui.keep.store import Store
    from ui.upkeep import Commands


def add_to(commands: "Commands") -> None:
    export = commands.add_parser("export", help="conversations and feedback of the chat page")
    what = export.add_mutually_exclusive_group(required=True)
    what.add_argument("--list", action="store_true", help="the conversations that are kept")
    what.add_argument("--conversation", metavar="ID", help="one of them, as Markdown")
    what.add_argument("--feedback", action="store_true", help="thumbs and comments, as JSON Lines")
    what.add_argument(
        "--cases",
        metavar="ARCHIVE",
        help="the answers of this archive that readers found good, for `dateline eval --cases`",
    )
    export.set_defaults(run=_export)


def _export(options: argparse.Namespace) -> int:
    from ui.keep.store import opened

    with opened() as store:
        if options.list:
            _list(store)
        elif options.conversation:
            _conversation(store, options.conversation)
        elif options.feedback:
            _print(judgement.to_dict() for judgement in _judgements(store))
        else:
            found = [one for one in _judgements(store) if one.archive == options.cases]
            _print(case for case in (one.to_case() for one in found) if case)
    return 0


def _list(store: "Store") -> None:
    from ui.keep.store import conversations_file

    headings = store.headings()
    print(f"{len(headings):,} conversations in {conversations_file()}")
    for one in headings:
        whose = f"{one.archive}, {one.owner}" if one.owner else one.archive
        print(f"{one.id}  {one.updated[:10]}  {one.title} ({whose})")


def _conversation(store: "Store", key: str) -> None:
    from ui.export import conversation_markdown

    heading = store.heading(key)
    if heading is None:
        raise DatelineError(f"no conversation '{key}'", "`dateline export --list` shows them")
    print(conversation_markdown(store.turns(key), heading.title, heading.archive), end="")


def _judgements(store: "Store") -> "Iterator[Judgement]":
    from ui.keep.feedback import judgements

    return judgements((one, store.turns(one.id)) for one in store.headings())


def _print(records: Iterator[object]) -> None:
    for record in records:
        print(json.dumps(record, ensure_ascii=False))
