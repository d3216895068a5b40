"""Question in, cited answer out. `from rag import Archive, Scope` is the Python API."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.archive import Archive as Archive
    from rag.scope import Scope as Scope

__all__ = ["Archive", "Scope"]


def __getattr__(name: str) -> Any:
    # LlamaIndex takes a second to import; `rag.answer` alone should not wait for it.
    if name == "Archive":
        from rag.archive import Archive

        return Archive
    if name == "Scope":
        from rag.scope import Scope

        return Scope
    raise AttributeError(f"module 'rag' has no attribute '{name}'")
