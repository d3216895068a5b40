"""The command line's part: `dateline user`, and the options of `dateline chat`."""

import argparse
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import DatelineError
from ui.server.users import Users

if TYPE_CHECKING:
    from ui.server.access import Access
    from ui.upkeep import Commands

THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


def add_to(commands: "Commands") -> None:
    user = commands.add_parser("user", help="who may log in to a chat with --auth")
    actions = user.add_subparsers(required=True, metavar="ACTION")
    for name, run, help in [
        ("add", _add, "add a user, or change their password"),
        ("remove", _remove, "remove a user"),
        ("list", _list, "name the users"),
    ]:
        action = actions.add_parser(name, help=help)
        if run is not _list:
            action.add_argument("name", metavar="NAME")
        action.add_argument("--file", type=Path, required=True, help="made if there is none")
        action.set_defaults(run=run)


def add_options(chat: argparse.ArgumentParser) -> None:
    chat.add_argument(
        "--auth", type=Path, metavar="FILE", help="let in only its users; see `dateline user`"
    )
    chat.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="another name of this server, such as that of a proxy before it; may be repeated",
    )
    chat.add_argument(
        "--rate", type=_number, metavar="N", help="requests a minute from one visitor (240)"
    )


def access(options: argparse.Namespace) -> "Access":
    """What the options allow; a warning on stderr if that is everyone on the network."""
    from ui.server.access import PER_MINUTE, Access

    users = Users.read(options.auth) if options.auth else None
    if users is None and options.host not in THIS_MACHINE:
        sys.stderr.write(
            f"dateline: everyone who can reach {options.host} can read and change the archives, "
            "and no conversation is kept; --auth FILE asks for a password\n"
        )
    return Access(users, tuple(options.allow_host), options.rate or PER_MINUTE)


def keeps(options: argparse.Namespace) -> bool:
    """Whether conversations are kept: not where nothing tells one visitor from another."""
    return not options.forget and (options.auth is not None or options.host in THIS_MACHINE)


def _add(options: argparse.Namespace) -> int:
    password = getpass(f"Password for {options.name}: ")
    if getpass("The same again: ") != password:
        raise DatelineError("the two passwords differ", "nothing was changed; try again")
    users = Users.read(options.file) if options.file.exists() else Users()
    users.with_user(options.name, password).write(options.file)
    print(f"{options.name} may log in to a chat started with --auth {options.file}")
    return 0


def _remove(options: argparse.Namespace) -> int:
    Users.read(options.file).without(options.name).write(options.file)
    print(f"{options.name} may no longer log in, once the chat is started anew")
    return 0


def _list(options: argparse.Namespace) -> int:
    print("\n".join(sorted(Users.read(options.file).hashes)))
    return 0


def _number(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of requests, such as 60")
    return int(text)
