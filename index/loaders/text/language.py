"""Which language a text is in, where nothing states it."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

READ = 1_000  # characters; more of them change nothing
FEWEST = 100  # characters; less may be but names
SURE = 0.9


def language_of(text: str) -> str:
    """ISO 639-1; empty where too little of the text speaks for any."""
    if len(text) < FEWEST:
        return ""
    language, confidence = _identifier().classify(text[:READ])
    return language if confidence >= SURE else ""


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # a second, where it is needed

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
