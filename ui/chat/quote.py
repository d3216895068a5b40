"""A quoted sentence, with the words in it that answer."""

import re

from ui.chat.render import plain


def quote(text: str, said: str) -> str:
    """The text with each place that has the words set off, whatever their capitals.

    >>> quote("Forty boats & forty more.", "forty boats")
    "<b class='dl-said'>Forty boats</b> &amp; forty more."
    """
    if not said.strip():
        return plain(text)
    # The "amp" of "&amp;" is no word of the text.
    words = rf"(?<![\w&#]){re.escape(plain(said))}(?!\w)"
    return re.sub(words, r"<b class='dl-said'>\g<0></b>", plain(text), flags=re.IGNORECASE)
