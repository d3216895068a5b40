"""Train the reader: `python -m rag.reader.train FOLDER --out FOLDER`.

With `--start` and another `--seed`, a model made so learns on, with other negatives. Stopped, it
goes on where it was when run again with the same arguments. Two CPU cores do about 100,000 passages
an hour in bfloat16; a GPU is used where there is one.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from index.encoder import weights
from index.errors import DatelineError
from rag.reader.train.examples import make_examples, split
from rag.reader.train.loop import Recipe, new_model, train
from rag.reader.train.sets import LICENSED, read_set


def main() -> int:
    arguments = _parser().parse_args()
    recipe = Recipe(
        arguments.passes, arguments.size, arguments.group, arguments.rate, arguments.seed
    )
    try:
        weights.check(weights.folder())
        learn, _ = split([one for name in arguments.sets for one in read_set(arguments.data, name)])
        _say(f"{len(learn):,} questions; looking for passages that look as if they answered them…")
        examples = make_examples(learn)
        _say(f"{len(examples):,} examples, {recipe.group} passages each, {recipe.passes} passes")
        arguments.out.mkdir(parents=True, exist_ok=True)
        model = new_model(arguments.start or weights.folder())
        train(model, examples, recipe, arguments.out / "kept.pt", _say)
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    model.save_pretrained(arguments.out)
    made = {
        "start": str(arguments.start or weights.NAME),
        "sets": arguments.sets,
        "examples": len(examples),
        "recipe": asdict(recipe),
    }
    (arguments.out / "recipe.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rag.reader.train", description=__doc__)
    parser.add_argument("data", type=Path, nargs="+", help="folders of the reading sets")
    parser.add_argument("--out", type=Path, required=True, help="where the model is written")
    parser.add_argument("--start", type=Path, help="a model trained earlier; default: the encoder")
    parser.add_argument("--sets", nargs="+", default=list(LICENSED), help="default: all that ship")
    recipe = Recipe()
    parser.add_argument("--passes", type=int, default=recipe.passes)
    parser.add_argument("--size", type=int, default=recipe.size, help="questions a step")
    parser.add_argument("--group", type=int, default=recipe.group, help="passages a question")
    parser.add_argument("--rate", type=float, default=recipe.rate, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=recipe.seed)
    return parser


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
