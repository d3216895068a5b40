"""The option that names years to read, and the archives made of them."""

import argparse
from pathlib import Path


def add_years(parser: argparse.ArgumentParser, fewest: str = "") -> None:
    """`--year FOLDER ARCHIVE`, as often as there are years: `options.year` is a list of pairs.

    Args:
        fewest: what to add to the help on how many it takes.
    """
    parser.add_argument(
        "--year",
        type=Path,
        nargs=2,
        action="append",
        required=True,
        metavar=("FOLDER", "ARCHIVE"),
        help=f"a year's folder and the archive made of it{fewest}",
    )
