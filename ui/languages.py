"""Languages by name, and what is said of articles that are not in English."""

from collections import Counter

NAMES = {
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nb": "Norwegian", "nl": "Dutch",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish",
    "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip


def named(code: str) -> str:
    """`French` for "fr"; a code that is not in the list stays one."""
    return NAMES.get(code, code)


def foreign(counts: Counter[str]) -> str:
    """`2 in French, 1 in German`; empty if there are none.

    Args:
        counts: of articles, by language.
    """
    return ", ".join(f"{count:,} in {named(code)}" for code, count in counts.most_common())
