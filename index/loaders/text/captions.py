"""Lines that belong to a picture, or that name who made a report: no sentences of it."""

import re
from typing import Literal

LONGEST = 600  # characters
LONGEST_CREDIT = 150

_NAME = r"[A-Z\u00c0-\u00de][\w.'’-]*"
_NAMES = rf"{_NAME}(?:\s(?:(?:de|van|von|der|la|al|bin|for|of|the|and|&)\s)*{_NAME}){{0,5}}"
_FULL_NAME = rf"{_NAME}(?:\s(?:de|van|von|der|la|al|bin)){{0,2}}(?:\s{_NAME}){{1,4}}"
_AGENCY = (
    r"(?:AP|Associated Press|AFP|Agence France-Presse|Reuters|REUTERS|Getty(?: Images)?"
    r"|EPA(?:-EFE)?|EFE|Kyodo(?: News)?|Xinhua|Yonhap|KCNA|Korean Central News Agency|TASS"
    r"|Sputnik|ANSA|DPA|PA(?: Wire| Media| Images)?|Press Association|Shutterstock|Alamy|iStock"
    r"|Bloomberg|UPI|ANI|PTI|Anadolu(?: Agency)?|Zuma(?: Press)?|NurPhoto|Adobe Stock"
    r"|Wikimedia Commons|Unsplash)"
)
_PICTURE = r"(?:photo(?:graph)?s?|images?|pictures?|frame ?grab|screen ?(?:grab|shot)|illustration)"
_FILED = r"(?:file|stock|handout|undated|archive|aerial|satellite|combination)"
_SLASHED = rf"(?:{_FULL_NAME}|{_AGENCY})/(?:[\w.&'’ -]+/)*{_NAMES}(?:\svia\s{_NAMES})?"

# At a caption's end, or alone on the line below it.
BRACKETED = re.compile(
    rf"\((?:(?i:(?:{_FILED}\s)?{_PICTURE}(?:\s(?:by|credit|courtesy(?:\sof)?|from|via))?\s?[:/|,]\s?|credit:|courtesy\s)"
    rf"[^()]+|(?i:(?:{_FILED}\s)?photo\sby\s)[^()]+|[^()]+\s(?i:photo)(?:/[^()]+)?|{_SLASHED}|{_AGENCY}(?:[/,]\s?[^()]+)?(?!\)\.)"
    rf"|[^()]+\svia\s{_NAMES}|(?i:file(?:\sphoto)?))\)\.?$"
)
# The same after the caption's own full stop, without brackets.
TRAILING = re.compile(
    rf"(?:^|[.!?…][\"'”’]?\s|\s\|\s)(?:—\s)?(?:{_SLASHED}|{_AGENCY}|(?i:(?:{_PICTURE}|credit)(?:\sby|:)"
    rf"|{_PICTURE}\s(?:credit|courtesy)(?:\sof|:)?|courtesy(?:\sof|:)?)\s{_NAMES}(?:[/,]\s?{_NAMES})*)$"
)
LABELLED = re.compile(
    rf"\(?(?:{_FILED}\s)?{_PICTURE}\)?(?:\s(?:by|credit|caption|courtesy|gallery|source))?s?\s?[:|]"
    r"|(?:caption|credits?\sphoto)\s?[:|]|\(?file\)?\s?[\u2013\u2014-]\s|pictured(?:\s\w+)?:"
    rf"|in\sthis\s(?:[\w-]+\s){{0,2}}?(?:{_PICTURE}|handout)\b"
    rf"|(?:this|an?\s{_FILED})\s(?:[\w-]+\s){{0,2}}?{_PICTURE},?\s(?:taken|provided|released|made"
    r"|posted|distributed|obtained|from|shows)\b",
    re.IGNORECASE,
)
_ONLY_A_CREDIT = re.compile(
    rf"\(?(?i:{_PICTURE}|credit)(?i:\scredit)?(?i:\sby|:)\s(?:{_SLASHED}|{_NAMES})\)?\.?"
)
GALLERY = re.compile(
    r"\bhide caption(?:\s\d+ of \d+)?$|\b\d?\d:\d\d\s[\u2013-]\ssource: .{2,30}$"
    r"|^(?:just watched|now playing)\b",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"\(?(?:additional\s|further\s)?(?:reporting|writing|editing|compiled|edited|written)"
    r"\sby\s[^.]{3,200}\)?\.?$"
    r"|\(?(?:contributing|contributors?|with (?:files|reports?) from|sources?|credits?)"
    r"\s?:\s[^.]{2,150}\.?$"
    r"|with\s(?:files|inputs?|reports?|reporting)\s(?:from|by)\s.{2,150}$"
    r"|from\s.{2,60}\b(?:wire|staff|agency)\sreports\.?$"
    r"|(?:(?![a-z]{3}[.:]\s).){2,200}\bcontributed\s(?:reporting\s)?(?:to|for)\s(?:this|the)\s"
    r"(?:report|story|article|piece|dispatch)\.?$|.{2,150}\bcontributed\sreporting.{0,60}$"
    r"|(?:contact|reach|e-?mail)\s[^.]{0,80}(?:\bat|:|\b)\s.{0,30}\S+@\S+\.\w+.{0,120}$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*/[^()]*\)")

Mark = Literal["caption", "credit"]


def mark_of(line: str) -> Mark | None:
    """What a line is that is no prose; None where nothing in it tells.

    >>> mark_of("The quay at dawn. (Photo: Ada Quill/Harbour Post)")
    'caption'
    >>> mark_of("Ada Quill contributed to this report.")
    'credit'
    """
    if len(line) > LONGEST:
        return None
    if CREDIT.match(line) or _ONLY_A_CREDIT.fullmatch(line):
        return "credit"
    if LABELLED.match(line) or GALLERY.search(line):
        return "caption"
    bracketed = line.endswith((")", ")."))
    found = BRACKETED.search(line) if bracketed else TRAILING.search(line[-LONGEST_CREDIT:])
    if found is None or len(_BRACKETS.findall(line)) > 1:  # a list: "Orr (Varn/Lunt), Roe (…)"
        return None
    return "credit" if len(found[0]) == len(line) else "caption"
