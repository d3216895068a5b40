"""The folders import in one direction, each big framework has one home, and all is declared."""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDER = ["index", "rag", "eval", "ui"]  # each imports only those to its left, and itself
HOMES = {
    "chromadb": "index",
    "tantivy": "index",
    "sqlite3": "index",
    "llama_index": "rag",
    "gradio": "ui",
}
PEERS = "eval.benchmarks.peers"  # what Dateline is measured against may import anything
SLOW = {"torch", "sentence_transformers"}  # seconds to import: never while answering by default
CLIENTS = {"httpx", "ollama"}  # of language models, which not everybody installs
CLIENTS_HOME = "rag.llm."
SLOW_HOMES = (
    "index.encoder.export.",
    "index.encoder.one_text.",
    "index.encoder.sentence_transformer.",
    "index.encoder.smooth.",
    "rag.reader.train.",
)


@dataclass(frozen=True)
class Import:
    """One imported name: `from a import b` by `c` is Import("c", "a.b", ...)."""

    by: str
    what: str
    at_top: bool

    @property
    def home(self) -> str:
        return self.by.split(".")[0]

    @property
    def root(self) -> str:
        return self.what.split(".")[0]


Rule = Callable[[list[Import]], list[Import]]


def modules(root: Path) -> dict[str, Path]:
    """Every module of the four folders, by dotted name; a package goes by its folder's name."""
    found = {}
    for file in sorted(file for folder in ORDER for file in (root / folder).rglob("*.py")):
        parts = file.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def imports(root: Path) -> list[Import]:
    return [found for name, file in modules(root).items() for found in imports_of(name, file)]


def imports_of(name: str, file: Path) -> Iterator[Import]:
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node, at_top in statements(parsed(file), at_top=True):
        if isinstance(node, ast.Import):
            yield from (Import(name, alias.name, at_top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = absolute(node, package)
            yield from (Import(name, f"{source}.{alias.name}", at_top) for alias in node.names)


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def absolute(node: ast.ImportFrom, package: str) -> str:
    """The full name of what `from ..x import y` names as `..x`, seen from a package."""
    if not node.level:
        return node.module or ""
    parents = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*parents, *filter(None, [node.module])])


def statements(node: ast.AST, *, at_top: bool) -> Iterator[tuple[ast.AST, bool]]:
    """Every node below, and whether it runs as its module is imported."""
    for child in ast.iter_child_nodes(node):
        yield child, at_top
        later = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) or for_types_only(child)
        yield from statements(child, at_top=at_top and not later)


def for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def to_the_right(found: list[Import]) -> list[Import]:
    return [i for i in found if i.root in ORDER and ORDER.index(i.root) > ORDER.index(i.home)]


def away_from_home(found: list[Import]) -> list[Import]:
    return [
        i
        for i in found
        if HOMES.get(i.root, i.home) != i.home and not f"{i.by}.".startswith(f"{PEERS}.")
    ]


def slow_at_top(found: list[Import]) -> list[Import]:
    return [
        i for i in found if i.at_top and i.root in SLOW and not f"{i.by}.".startswith(SLOW_HOMES)
    ]


def clients_at_top(found: list[Import]) -> list[Import]:
    return [
        i for i in found if i.root in CLIENTS and (i.at_top or not i.by.startswith(CLIENTS_HOME))
    ]


def loaded_with(start: str, root: Path) -> set[str]:
    """What `import start` imports: our modules, followed through, and the roots of all others."""
    ours = modules(root)
    loaded: set[str] = set()
    ahead = [start]
    while ahead:
        name = ahead.pop()
        if name in loaded:
            continue
        loaded.add(name)
        if name in ours:
            top = [i.what for i in imports_of(name, ours[name]) if i.at_top]
            ahead += [known for what in top for known in on_the_way(what, ours)]
    return loaded


def on_the_way(name: str, ours: dict[str, Path]) -> set[str]:
    """What importing a name runs: its root, and the a, a.b, a.b.c of "a.b.c" that are ours."""
    parts = name.split(".")
    dotted = {".".join(parts[: n + 1]) for n in range(len(parts))}
    return {parts[0]} | (dotted & ours.keys())


def test_a_folder_imports_only_those_to_its_left() -> None:
    assert to_the_right(imports(ROOT)) == []


def test_each_framework_is_imported_only_at_its_home() -> None:
    assert away_from_home(imports(ROOT)) == []


def test_torch_is_imported_only_when_it_is_needed() -> None:
    assert slow_at_top(imports(ROOT)) == []


def test_the_clients_of_language_models_are_imported_only_for_one() -> None:
    found = [i for i in imports(ROOT) if not f"{i.by}.".startswith(f"{PEERS}.")]
    assert clients_at_top(found) == []


def test_the_command_line_starts_without_a_framework() -> None:
    assert "ui.cli" in modules(ROOT)
    loaded = loaded_with("ui.cli", ROOT)
    assert loaded & {"chromadb", "llama_index", "gradio", *SLOW} == set()


def test_what_is_imported_is_declared() -> None:
    """A requirement that comes only through another package may leave with it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = project["dependencies"] + extras["llm"] + extras["parquet"]
    declared = {plain(re.split("[<>=]", line)[0]) for line in lines}
    sources = packages_distributions()
    others = {i.root for i in imports(ROOT) if not f"{i.by}.".startswith(f"{PEERS}.")}
    others -= {*ORDER, *sys.stdlib_module_names}
    assert {o for o in others if not declared & {plain(d) for d in sources.get(o, [])}} == set()


def plain(distribution: str) -> str:
    """A distribution's name as indexes compare it: lower case, hyphens only."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


@pytest.mark.parametrize(
    ("file", "line", "rule"),
    [
        ("index/a.py", "import rag", to_the_right),
        ("index/a.py", "def f():\n    from rag.b import c", to_the_right),
        ("rag/deep/a.py", "from ...eval import b", to_the_right),
        ("rag/a.py", "import sqlite3", away_from_home),
        ("eval/benchmarks/a.py", "from llama_index.core import b", away_from_home),
        ("rag/llm/a.py", "import httpx", clients_at_top),
        ("ui/a.py", "def f():\n    import ollama", clients_at_top),
        ("rag/a.py", "try:\n    import torch\nexcept ImportError:\n    pass", slow_at_top),
    ],
)
def test_a_broken_rule_is_seen(tmp_path: Path, file: str, line: str, rule: Rule) -> None:
    assert len(rule(tree(tmp_path, file, line))) == 1


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("ui/a.py", "import index.article, eval.gate, gradio"),
        ("rag/deep/a.py", "from ..answer import b\nfrom index import c"),
        ("eval/benchmarks/peers/a.py", "import chromadb"),
        ("rag/a.py", "def f():\n    import torch"),
        ("rag/a.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import torch"),
    ],
)
def test_what_the_rules_allow_passes(tmp_path: Path, file: str, line: str) -> None:
    found = tree(tmp_path, file, line)
    assert found
    assert to_the_right(found) + away_from_home(found) + slow_at_top(found) == []


def test_imports_are_followed_through_our_own_modules(tmp_path: Path) -> None:
    tree(tmp_path, "ui/cli.py", "from rag import archive")
    tree(tmp_path, "rag/__init__.py", "from rag.archive import Archive")
    tree(tmp_path, "rag/archive.py", "import chromadb.api\ndef f():\n    import gradio")
    assert loaded_with("ui.cli", tmp_path) == {"ui.cli", "rag", "rag.archive", "chromadb"}


def tree(root: Path, file: str, source: str) -> list[Import]:
    """A source tree with one more file in it, and all its imports."""
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(source)
    return imports(root)
