"""Pages that stand in the way of a report: asking for consent, a challenge to robots, an error."""

import re

from index.sentences import sentences

LONGEST = 3_000  # characters
FEWEST = 2  # sentences that say so
SHARE = 0.5  # of all sentences

_QUOTED = re.compile('["\u201c][^"\u201d]*["\u201d]')
# A report speaks of these things; a notice speaks of them to its reader.
_THING = re.compile(
    r"\bcookies?\b|\bconsent\b|\b(?:privacy|cookie) (?:policy|notice|settings)\b"
    r"|\b(?:accept|reject) all\b|\bmanage (?:your )?(?:choices|preferences|options)\b"
    r"|\bpartners\b.*\b(?:devices?|data)\b|\blegitimate interests?\b|\bpersonal data\b"
    r"|\bjavascript\b|\b(?:ad|content) ?blockers?\b|\bbrowser\b|\brobot\b|\bhuman\b"
    r"|\bunusual (?:traffic|activity)\b|\breference id\b|\bray id\b|\bterms of (?:service|use)\b"
    r"|\baccess denied\b|\bpermission to (?:access|view)\b|\b(?:error|status) ?40[34]\b"
    r"|\b(?:page|article)\b.*\b(?:no longer|not (?:be|found|exist|available))\b",
    re.IGNORECASE,
)
_TO_THE_READER = re.compile(r"\b(?:we|us|our|you|your|please)\b", re.IGNORECASE)


def is_notice(text: str) -> bool:
    """
    >>> is_notice("We use cookies to serve you. You can accept all, or manage your choices.")
    True
    >>> is_notice("The regulator fined the firm for cookies that nobody could reject all at once.")
    False
    """
    if len(text) > LONGEST:
        return False
    spans = sentences(text)
    told = [_QUOTED.sub("", text[start:end]) for start, end in spans]
    said = sum(bool(_THING.search(one) and _TO_THE_READER.search(one)) for one in told)
    return said >= FEWEST and said >= SHARE * len(told)
