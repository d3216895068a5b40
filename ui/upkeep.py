"""The commands that look after an archive: remove, watch, rebuild, verify."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from ui.which import open_archive

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: "Commands", which: argparse.ArgumentParser) -> None:
    """Args: which: the parser of the options that name the archive."""
    remove = commands.add_parser("remove", parents=[which], help="take articles out")
    remove.add_argument(
        "names", nargs="+", metavar="NAME", help="an article's id, a URL, or a file or folder"
    )
    remove.set_defaults(run=_remove)

    watch = commands.add_parser("watch", parents=[which], help="add files as they come")
    watch.add_argument("folder", type=Path, metavar="FOLDER")
    watch.set_defaults(run=_watch)

    rebuild = commands.add_parser(
        "rebuild", parents=[which], help="make the indexes anew from the articles"
    )
    rebuild.set_defaults(run=_rebuild)

    verify = commands.add_parser(
        "verify", parents=[which], help="check every offset, and that the stores agree"
    )
    verify.add_argument("--json", action="store_true", help="print the findings as JSON")
    verify.set_defaults(run=_verify)


def _remove(options: argparse.Namespace) -> int:
    from ui.terminal import removal

    with open_archive(options.archive) as archive:
        print(removal(archive.remove(options.names)))
    return 0


def _watch(options: argparse.Namespace) -> int:
    from index.watch import watch
    from ui.terminal import summary

    with open_archive(options.archive, create=True) as archive:
        print(f"Watching {options.folder} for {archive.name} (Ctrl-C ends it)", flush=True)
        try:
            for report in watch(options.folder, archive.add):
                print(summary(report), flush=True)
        except KeyboardInterrupt:
            print("Stopped. What was added stays; what was on its way, the next add brings in.")
    return 0


def _rebuild(options: argparse.Namespace) -> int:
    from ui.terminal import progress_bar

    with open_archive(options.archive) as archive:
        with progress_bar() as show:
            passages = archive.rebuild(show)
        print(f"{archive.name}: made anew, {passages:,} passages.")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from ui.terminal import findings

    with open_archive(options.archive) as archive:
        report = archive.verify()
    print(json.dumps(report.to_dict(), ensure_ascii=False) if options.json else findings(report))
    return 1 if report.flaws else 0
