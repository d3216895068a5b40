"""Lines that pages set around a report and between its paragraphs: calls, menus, forms, notices.

Every pattern was read against thousands of real articles; what a report might say itself
("Share prices fell", "Follow the river") must not match.
"""

import re

LONGEST = 200  # characters; what is longer is no litter, whatever it begins with
LONGEST_HEADING = 60
_MARKS = " \t.!?:;,*•·|<>«»→←↓↑+-–—…\"'()[]#▶►✕×_"  # what such lines are dressed in
_NETWORK = (
    r"(?:facebook|fb|twitter|x|whats ?app|linkedin|telegram|reddit|pinterest|instagram|threads"
    r"|bluesky|mastodon|youtube|tiktok|flipboard|messenger|viber|e-?mail|google news)"
)
_PIECE = r"(?:articles?|stor(?:y|ies)|news|posts?|pages?|reports?|pieces?)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# The whole line, but for its marks.
WHOLE = _any(
    r"share|tweet|print|e-?mail|save|pin|like|subscribe|menu|search|home|close|reply|copied",
    r"log in|sign (?:in|up)|listen|more|copy (?:link|url)|share button|gift this|loading",
    rf"{_NETWORK}(?:\W+(?:and\W+)?{_NETWORK})*",
    rf"(?:share|tweet|send|e-?mail|print|save|like|rate|bookmark|copy) this(?: {_PIECE})?",
    rf"(?:click to )?(?:share|tweet|pin|post|send) (?:it )?(?:on|to|via|with) {_NETWORK}\b.*",
    r"click to (?:share|print|e-?mail)\b.*|share on(?: social(?: media)?)?",
    r"skip to (?:the )?(?:main )?(?:content|navigation|search)",
    r"(?:back|return|go|scroll) (?:to )?(?:the )?top(?: button)?",
    r"(?:story|article) continues below(?: (?:this )?(?:ad|advertisement|video))?",
    r"scroll to continue(?: with content)?|continue reading(?: below)?",
    r"(?:this )?advertisements?|advertorial|ads?|promoted(?: content)?",
    r"sponsored(?: (?:content|links?|by .*))?",
    r"\d+ min(?:ute)?s? (?:to )?read|(?:estimated )?reading time\W.*",
    r"(?:file|image|article) source|source link",
    r"(?:comments?|responses?)(?: ?\(?\d+\)?)?|(?:no|\d+) (?:comments?|shares|views)(?: yet)?",
    r"(?:no|one|\d+) (?:thoughts? on|repl(?:y|ies) to|responses? to) .*",
    r"(?:leave|post|add|write|submit) (?:a|your) (?:reply|comment)(?: cancel reply)?",
    r"(?:show|hide|view|see|read|load)(?: all)?(?: \d+)?(?: more)? comments?|join the discussion",
    r"cancel reply|notify me of .*|save my name.*",
    rf"(?:next|previous|prev)(?: (?:{_PIECE}|page))?|(?:add as )?(?:a )?preferred source.*",
    r"(?:terms|privacy)(?: (?:of (?:use|service)|policy|notice|(?:&|and) conditions))?",
    r"(?:(?:image|photo|video|media) )?\d+ of \d+|(?:hide|show|toggle) captions?",
    r"now playing|up next|watch (?:now|live)|play video|listen now|please wait",
    r"(?:file|photo|image) (?:gallery|slideshow)",
)

# The lines below such a heading, up to the next sentence, are headlines of other reports.
LIST_HEADING = _any(
    rf"(?:related|recommended|suggested|trending|popular|latest|recent|more|other|similar|top"
    rf"|must-?read|most (?:read|popular|viewed))(?: (?:now|topics?|content|coverage|links?|reading"
    rf"|headlines|videos?|tags|for you|like this|on this(?: {_PIECE})?|in .{{2,30}}"
    rf"|from (?:the |our )?\w+(?: \w+)?|{_PIECE}(?: from .*)?))",
    r"related|recommended|trending|tags|topics|most (?:read|popular|viewed)",
    r"you (?:may|might) (?:also )?(?:like|be interested in)|(?:also|what to) read(?: next)?",
    r"(?:read|see) also|read (?:more|next)|editors?['’]?s?['’]? (?:picks?|choice)",
    r"don['’]t miss|in case you missed it|(?:around|from) the web",
)

# How the line begins. A label needs its colon, bar or dash.
OPENING = _any(
    rf"(?:read(?: (?:more|also|next|on))?|also read|see (?:also|more)|related(?: {_PIECE})?"
    r"|recommended|more(?: (?:on this|reading))?|watch|listen|don['’]t miss|click here"
    r"|what to read next)\s?[:|»>]",
    rf"(?:read (?:more|also|next)|also read|see also|related(?: {_PIECE})?)\s?[\u2013\u2014-]",
    rf"read (?:the|our) (?:whole|full|entire|original) (?:interview|(?:\w+ )?{_PIECE})\b",
    r"copy this (?:url|link)\b|(?:click|tap) here (?:to|for)\b|read more (?:about|of our|at)\b",
    r"(?:please )?(?:follow|like|join|find|connect with|add) us (?:on|at)\b",
    rf"(?:follow|like) [\w@. ]{{2,40}} on {_NETWORK}\b(?!\s+(?:and|as|when|for)\s+\w+ed)",
    r"share (?:this|your (?:thoughts|views|opinion))\b",
    r"(?:let us know|tell us what you think|have your say|do you have a (?:story|tip))\b",
    r"(?:sign up|register) (?:here )?(?:for|to(?: (?:get|receive|our|the|read))?)\b",
    r"sign up (?:here|now|today)\b|subscribe (?:to|now|today|here|for)\b",
    r"(?:already a subscriber|become a (?:member|subscriber)|support our journalism)\b",
    r"get (?:the|our|more|all the) .{0,60}\b(?:newsletter|your inbox|delivered to|straight to)\b",
    r"(?:enter|confirm) your e-?mail\b|your e-?mail address will not be published\b",
    r"required fields are marked\b|(?:news(?:letter)?|e-?mail) (?:sign[ -]?up|alerts?)\b",
    r"by (?:signing up|subscribing|clicking|submitting)\b.*\b(?:agree|accept|consent|policy)\b",
    r"thank(?:s| you) for (?:subscribing|signing up|reading|your (?:subscription|registration))\b",
    r"(?:we|this (?:web)?site|our (?:web)?site) uses? cookies\b|by continuing to (?:use|browse)\b",
    r"(?:accept|reject|manage|allow)(?: all)? cookies\b",
    r"cookie (?:policy|settings|preferences|notice)\b|(?:download|get) (?:the|our) .{0,30}\bapp\b",
    r"(?:copyright )?(?:©|\(c\))\s?(?:copyright )?\d{4}|copyright \d{4}|all rights reserved",
    r"this material may not be published\b",
    r"this (?:video|content) (?:is not|isn['’]t|cannot|can['’]t)\b|(?:please )?enable javascript\b",
    r"(?:your|this) browser (?:does not|doesn['’]t|is not)\b|javascript (?:is|must be)\b",
)  # fmt: skip
# "Ferries:How the crossing got its new boats": a link whose label lost the space after it.
GLUED = re.compile(
    r"[A-Z'\"‘“](?:(?!https?$)[^.:/]){3,70}[^\W\d_][?!'\"’”]?:[A-Z'\"‘“][^:/]{15,}[^.:;,]"
)


def is_litter(line: str) -> bool:
    """Whether a line is no part of the report.

    >>> is_litter("Share this news on your Fb"), is_litter("Share prices fell on Monday.")
    (True, False)
    """
    if len(line) > LONGEST:
        return False
    bare = line.strip(_MARKS)
    return (
        not bare
        or WHOLE.fullmatch(bare) is not None
        or OPENING.match(line.lstrip(_MARKS)) is not None
        or GLUED.fullmatch(line) is not None
        or opens_list(line)
    )


def opens_list(line: str) -> bool:
    """Whether it is the heading of a list of other reports."""
    return len(line) <= LONGEST_HEADING and LIST_HEADING.fullmatch(line.strip(_MARKS)) is not None
