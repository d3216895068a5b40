"""How pages say who published what, when and where: one small page a habit, all invented.

A page is a head, lines above the text, the text and what stands below. Beside it stands what a
careful reader would write down, each with how it is known; what is not named is not to be found,
but that the text is English.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

GATES = "The sluice gates at Varn were opened at dawn, the river office said."
REST = (
    "Forty families had been moved to a school hall in the night, and the road to Orrel was shut. "
    "Officials said that the water would go on rising until noon, and that nobody was missing."
)
TITLE = "Gates opened at dawn"
H1 = f"<h1>{TITLE}</h1>"

Expected = Mapping[str, tuple[object, str]]  # by field: the value, and its origin


@dataclass(frozen=True, slots=True)
class Habit:
    name: str
    expected: Expected
    head: str = ""
    above: str = H1
    first: str = GATES
    below: str = ""
    attributes: str = ""
    file: str = "page.html"

    @property
    def to_be_found(self) -> Expected:
        return {"language": ("en", "text"), **self.expected}

    @property
    def page(self) -> str:
        return (
            f"<!doctype html><html{self.attributes}><head>{self.head}</head><body><main><article>"
            f"{self.above}<p>{self.first}</p><p>{REST}</p></article></main>{self.below}</body></html>"
        )


def report(**more: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": TITLE, **more}


def ld(stated: object) -> str:
    """As JSON-LD; a string as it stands, for what is no JSON."""
    written = stated if isinstance(stated, str) else json.dumps(stated)
    return f'<script type="application/ld+json">{written}</script>'


def meta(**contents: str) -> str:
    """`og__title` stands for og:title, `parsely_pub_date` for parsely-pub-date."""
    return "".join(
        f'<meta name="{name.replace("__", ":").replace("_", "-")}" content="{content}">'
        for name, content in contents.items()
    )


def og(**contents: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{content}">'
        for name, content in contents.items()
    )


M, P, T, U, D = "markup", "page", "text", "url", "dateline"
TITLED: Expected = {"title": (TITLE, M)}
ADA, BEN = "Ada Quill", "Ben Roe"
URL = "https://harbour.example/gates"
CANONICAL = f'<link rel="canonical" href="{URL}">'
AT_URL: Expected = {**TITLED, "url": (URL, M), "outlet": ("harbour.example", U)}
MONTH_URL = "https://harbour.example/2020/06"
DAY_URL = f"{MONTH_URL}/09"
TIME = "2020-06-09T14:05:00+09:00"
DATED_LD = json.dumps(report(datePublished=TIME))
POST = {"@type": "Organization", "@id": "#o", "name": "Harbour Post"}
PERSON = {"@type": "Person", "@id": "#a", "name": ADA}
BY_ADA = {**TITLED, "authors": ((ADA,), M)}
DATED = {**TITLED, "published": (TIME, M)}

HABITS = (
    Habit(
        "JSON-LD, whole",
        {**DATED, "authors": ((ADA,), M), "outlet": ("Harbour Post", M), "language": ("en", M)},
        ld(report(datePublished=TIME, author={"name": ADA}, publisher=POST, inLanguage="en")),
    ),
    Habit("JSON-LD in a list", DATED, ld([{"@type": "WebSite"}, report(datePublished=TIME)])),
    Habit(
        "JSON-LD in a graph, author by reference",
        {**BY_ADA, "outlet": ("Harbour Post", M)},
        ld({"@graph": [report(author={"@id": "#a"}, publisher={"@id": "#o"}), PERSON, POST]}),
    ),
    Habit(
        "JSON-LD as a page's main entity",
        DATED,
        ld({"@type": "WebPage", "mainEntity": report(datePublished=TIME)}),
    ),
    Habit(
        "JSON-LD with two types",
        DATED,
        ld({**report(datePublished=TIME), "@type": ["NewsArticle", "CreativeWork"]}),
    ),
    Habit(
        "JSON-LD with a comma too many",
        DATED,
        ld(json.dumps(report(datePublished=TIME)).replace("}", ",}")),
    ),
    Habit("JSON-LD in a comment", DATED, ld(f"<!-- {DATED_LD} -->")),
    Habit("JSON-LD in CDATA", DATED, ld(f"//<![CDATA[\n{DATED_LD}\n//]]>")),
    Habit("JSON-LD broken, meta beside it", DATED, ld("{") + og(article__published_time=TIME)),
    Habit(
        "JSON-LD with entities in the headline",
        {"title": ("Gates & locks opened", M)},
        ld(report(headline="Gates &amp; locks opened")),
    ),
    Habit(
        "JSON-LD of a live blog",
        DATED,
        ld({**report(datePublished=TIME), "@type": "LiveBlogPosting"}),
    ),
    Habit(
        "JSON-LD of the site only",
        TITLED,
        ld({"@type": "WebSite", "name": "Harbour", "dateCreated": "2011-01-01"}),
    ),
    Habit(
        "JSON-LD, published and changed",
        DATED,
        ld(report(dateModified="2020-06-11T08:00:00+09:00", datePublished=TIME)),
    ),
    Habit("JSON-LD, changed only", TITLED, ld(report(dateModified="2020-06-11T08:00:00+09:00"))),
    Habit(
        "JSON-LD, two authors in a list",
        {**TITLED, "authors": ((ADA, BEN), M)},
        ld(report(author=[{"name": ADA}, {"name": BEN}])),
    ),
    Habit(
        "JSON-LD, two authors in one name",
        {**TITLED, "authors": ((ADA, BEN), M)},
        ld(report(author={"name": f"By {ADA} and {BEN}"})),
    ),
    Habit("JSON-LD, the author as a string", BY_ADA, ld(report(author=ADA))),
    Habit(
        "JSON-LD, the author as an address",
        TITLED,
        ld(report(author="https://harbour.example/ada")),
    ),
    Habit(
        "JSON-LD, address in mainEntityOfPage", AT_URL, ld(report(mainEntityOfPage={"@id": URL}))
    ),
    Habit(
        "Open Graph only",
        {**DATED, "outlet": ("Harbour Post", M), "url": (URL, M), "language": ("en", M)},
        og(
            og__title=TITLE,
            og__site_name="Harbour Post",
            og__url=URL,
            article__published_time=TIME,
            og__locale="en_GB",
        ),
    ),
    Habit(
        "an author's profile in Open Graph",
        BY_ADA,
        og(article__author="https://harbour.example/ada") + meta(author=ADA),
    ),
    Habit(
        "meta: author and date",
        {**BY_ADA, "published": ("2020-06-09", M)},
        meta(author=ADA, date="2020-06-09"),
    ),
    Habit(
        "meta: parsely",
        {**BY_ADA, "published": ("2020-06-09T05:05:00+00:00", M)},
        meta(parsely_title=TITLE, parsely_author=ADA, parsely_pub_date="2020-06-09T05:05:00Z"),
    ),
    Habit(
        "meta: sailthru",
        {**BY_ADA, "published": ("2020-06-09T14:05:00", M)},
        meta(**{"sailthru.author": ADA, "sailthru.date": "2020-06-09 14:05:00"}),
    ),
    Habit(
        "meta: Dublin Core",
        {**BY_ADA, "published": ("2020-06-09", M), "outlet": ("Harbour Post", M)},
        meta(
            **{
                "DC.title": TITLE,
                "DC.creator": ADA,
                "DC.date.issued": "2020-06-09",
                "DC.publisher": "Harbour Post",
            }
        ),
    ),
    Habit("meta: byl with By", BY_ADA, meta(byl=f"By {ADA}")),
    Habit("meta: an ambiguous date", TITLED, meta(date="10/11/2020")),
    Habit(
        "meta: a date in words",
        {**TITLED, "published": ("2020-06-09T14:05:00+09:00", M)},
        meta(pubdate="Tue, 09 Jun 2020 14:05:00 +0900"),
    ),
    Habit(
        "meta: two authors with a semicolon",
        {**TITLED, "authors": ((ADA, BEN), M)},
        meta(author=f"{ADA}; {BEN}"),
    ),
    Habit(
        "microdata",
        {**DATED, "authors": ((ADA,), M), "outlet": ("Harbour Post", M)},
        above=f'<h1 itemprop="headline">{TITLE}</h1>'
        f'<meta itemprop="datePublished" content="{TIME}">'
        f'<p itemprop="author" itemscope>By <span itemprop="name">{ADA}</span></p>'
        '<div itemprop="publisher" itemscope><meta itemprop="name" content="Harbour Post"></div>',
    ),
    Habit(
        "microdata: a date in <time>",
        DATED,
        above=f'{H1}<time itemprop="datePublished" datetime="{TIME}">9 June</time>',
    ),
    Habit("<time pubdate>", DATED, above=f'{H1}<time pubdate datetime="{TIME}">9 June</time>'),
    Habit(
        "<time> alone",
        {**TITLED, "published": (TIME, P)},
        above=f'{H1}<p><time datetime="{TIME}">9 June</time></p>',
    ),
    Habit(
        "<time> updated, then published",
        {**TITLED, "published": ("2020-06-09", P)},
        above=f'{H1}<time class="updated" datetime="2020-06-11">11 June</time>'
        '<time class="published" datetime="2020-06-09">9 June</time>',
    ),
    Habit(
        "<time> of a related report",
        TITLED,
        below='<aside class="related"><a href="/b">Bridge shut</a>'
        '<time datetime="2012-05-03">3 May</time></aside>',
    ),
    Habit(
        "a date in words with a class",
        {**TITLED, "published": ("2020-06-09", P)},
        above=f'{H1}<span class="article-date">Published on 9 June 2020</span>',
    ),
    Habit("a relative date", TITLED, above=f'{H1}<span class="date">3 hours ago</span>'),
    Habit(
        "a byline with a class",
        {**TITLED, "authors": ((ADA,), P)},
        above=f'{H1}<p class="byline">By {ADA}</p>',
    ),
    Habit("rel=author", BY_ADA, above=f'{H1}<p><a rel="author" href="/ada">{ADA}</a></p>'),
    Habit("a byline in the text", {**TITLED, "authors": ((ADA,), T)}, above=f"{H1}<p>By {ADA}</p>"),
    Habit(
        "a byline of two in the text",
        {**TITLED, "authors": ((ADA, BEN), T)},
        above=f"{H1}<p>By {ADA} and {BEN}</p>",
    ),
    Habit(
        "a byline with its outlet in the text",
        {**TITLED, "authors": ((ADA,), T)},
        above=f"{H1}<p>{ADA}, Harbour Post</p>",
    ),
    Habit(
        "a byline and a date in one line",
        {**TITLED, "authors": ((ADA,), T), "published": ("2020-06-09", T)},
        above=f"{H1}<p>By {ADA} | 9 June 2020</p>",
    ),
    Habit(
        "a date in the URL",
        {**AT_URL, "url": (f"{DAY_URL}/gates", M), "published": ("2020-06-09", U)},
        f'<link rel="canonical" href="{DAY_URL}/gates">',
    ),
    Habit(
        "a date in the file's name",
        {**TITLED, "published": ("2020-06-09", "name")},
        file="2020-06-09-gates.html",
    ),
    Habit(
        "the outlet behind the title",
        {**TITLED, "outlet": ("Harbour Post", P)},
        f"<title>{TITLE} | Harbour Post</title>",
    ),
    Habit(
        "the outlet behind the title, and stated",
        {**TITLED, "outlet": ("Harbour Post", M)},
        f"<title>{TITLE} - Harbour Post</title>"
        + og(og__site_name="Harbour Post", og__title=f"{TITLE} - Harbour Post"),
    ),
    Habit(
        "a dash within the title",
        {"title": ("Varn - a town under water", M)},
        "<title>Varn - a town under water</title>",
        above="<h1>Varn - a town under water</h1>",
    ),
    Habit("the host as outlet", AT_URL, CANONICAL),
    Habit(
        "a canonical address without its host",
        AT_URL,
        '<link rel="canonical" href="/gates">' + og(og__url=URL),
    ),
    Habit(
        "AMP",
        {**DATED, "url": (URL, M), "outlet": ("Harbour Post", M)},
        CANONICAL + ld(report(datePublished=TIME, publisher=POST)),
        attributes=" amp",
    ),
    Habit("language of the page", {**TITLED, "language": ("fr", M)}, attributes=' lang="fr-CA"'),
    Habit(
        "language in meta",
        {**TITLED, "language": ("de", M)},
        '<meta http-equiv="content-language" content="de-AT">',
    ),
    Habit(
        "a wire dateline", {**TITLED, "place": ("VARN", D)}, first=f"VARN (Harbour Wire) — {GATES}"
    ),
    Habit(
        "a wire dateline with its land",
        {**TITLED, "place": ("VARN, Lunt", D)},
        first=f"VARN, Lunt – {GATES}",
    ),
    Habit(
        "a wire dateline with a day and no year",
        {**TITLED, "place": ("VARN", D)},
        first=f"VARN, June 9 (Harbour Wire) — {GATES}",
    ),
    Habit(
        "a wire dateline with a day, the year in the URL",
        {
            **AT_URL,
            "url": (f"{MONTH_URL}/gates", M),
            "place": ("VARN", D),
            "published": ("2020-06-09", D),
        },
        f'<link rel="canonical" href="{MONTH_URL}/gates">',
        first=f"VARN, June 9 (Harbour Wire) — {GATES}",
    ),
    Habit(
        "a wire dateline with its whole date",
        {**TITLED, "place": ("VARN", D), "published": ("2020-06-09", D)},
        first=f"VARN, June 9, 2020 (Harbour Wire) — {GATES}",
    ),
    Habit("capitals that are no place", TITLED, first=f"UPDATE — {GATES}"),
    Habit("a date in the report itself", TITLED, first=f"{GATES} It last rained so on 3 May 2012."),
    Habit(
        "a wire dateline in small letters",
        {**TITLED, "place": ("Varn", D)},
        first=f"Varn, June 9 (Harbour Wire) - {GATES}",
    ),
    Habit(
        "a wire dateline, day before month",
        {**TITLED, "place": ("VARN", D)},
        first=f"VARN, 9 June (Harbour Wire) -- {GATES}",
    ),
    Habit("a place and a colon", {**TITLED, "place": ("VARN", D)}, first=f"VARN: {GATES}"),
    Habit(
        "a date in French",
        {**TITLED, "published": ("2020-06-09", P), "language": ("fr", M)},
        above=f'{H1}<span class="date">9 juin 2020</span>',
        attributes=' lang="fr"',
    ),
    Habit("a year alone in meta", TITLED, meta(date="2020")),
    Habit(
        "seconds since 1970 in meta",
        {**TITLED, "published": ("2020-06-09T05:05:00+00:00", M)},
        meta(date="1591679100"),
    ),
    Habit("an author and his trade", BY_ADA, ld(report(author={"name": f"{ADA}, Chief Reporter"}))),
    Habit("an author behind an address", BY_ADA, meta(author=f"ada@harbour.example ({ADA})")),
    Habit(
        "a byline with Words",
        {**TITLED, "authors": ((ADA,), T)},
        above=f"{H1}<p>Words by {ADA}</p>",
    ),
    Habit(
        "a byline with From",
        {**TITLED, "authors": ((ADA,), T)},
        above=f"{H1}<p>From {ADA} in Varn</p>",
    ),
    Habit(
        "a byline in capitals",
        {**TITLED, "authors": (("ADA QUILL",), T)},
        above=f"{H1}<p>BY ADA QUILL</p>",
    ),
    Habit("a byline of the staff", TITLED, above=f"{H1}<p>By Staff Reporter</p>"),
    Habit(
        "a byline at the end",
        {**TITLED, "authors": ((ADA,), T)},
        below="<p>Reporting by Ada Quill</p>",
    ),
    Habit(
        "a kicker above the title",
        {"title": (TITLE, M)},
        f"<title>{TITLE}</title>",
        above=f"<p>Flood</p>{H1}",
    ),
    Habit(
        "two headings of the first rank",
        TITLED,
        f"<title>{TITLE} :: Harbour Post</title>",
        above=f"<h1>Harbour Post</h1>{H1}",
    ),
    Habit("a copyright year", TITLED, below="<footer>© 2020 Harbour Post</footer>"),
    Habit(
        "the file says when it was saved",
        TITLED,
        meta(last_modified="2024-01-01", revised="2024-01-01"),
    ),
    Habit("nothing but the text", {}, above=""),
)
