"""Text that was once read in the wrong encoding: "cafÃ©" for "café"."""


def mended(text: str) -> str:
    """The text as it was meant, line by line; a line that only may be garbled is left alone.

    >>> mended("The cafÃ© closed")
    'The café closed'
    """
    if text.isascii():
        return text
    from ftfy import fix_encoding  # imported late: most texts do not need it
    from ftfy.badness import is_bad

    lines = text.split("\n")
    return "\n".join(fix_encoding(line) if is_bad(line) else line for line in lines)
