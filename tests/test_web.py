"""Pages and feeds by their addresses; whatever lies within a private network is out of reach."""

import gzip
import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import WordEncoder
from site_of_pages import Page, Site, served

from index.article import Article
from index.errors import UnreadableSource
from index.index import Index
from index.loaders.files import MOST_BYTES
from index.loaders.web.address import is_public, target
from index.loaders.web.fetch import MOST_REDIRECTS, fetch
from index.loaders.web.web import Web, is_address

TEXT = (
    "The sluice gates at Varn were opened at dawn, the river office said on Tuesday. "
    "Nobody was hurt, but the road along the Ister will stay shut until the end of the week."
)
PAGE = (
    "<html><head><title>Gates opened</title>"
    "<meta property='og:site_name' content='Harbour Post'>"
    "<meta property='article:published_time' content='2031-04-12'></head>"
    f"<body><article><h1>Gates opened</h1><p>{TEXT}</p></article></body></html>"
).encode()
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title>
<item><title>Gates opened</title><link>SITE/gates</link>
<pubDate>Sat, 12 Apr 2031 06:00:00 GMT</pubDate><description>{TEXT} {TEXT}</description></item>
<item><title>Ferry sold</title><link>SITE/ferry</link><description>Sold.</description></item>
</channel></rss>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with served({"/gates": Page(PAGE)}) as site:
        feed = FEED.replace("SITE", site.url).encode()
        site.pages["/feed"] = Page(feed, "application/rss+xml")
        yield site


def loaded(site: Site, path: str, linked: bool = False) -> list[Article | UnreadableSource]:
    return list(Web(linked, site.may_reach, pause=0).load(f"{site.url}{path}"))


def refusal(site: Site, path: str) -> str:
    (unreadable,) = loaded(site, path)
    assert isinstance(unreadable, UnreadableSource), unreadable
    assert unreadable.cure
    return unreadable.problem


def test_a_page_becomes_an_article_with_its_address(site: Site) -> None:
    (article,) = loaded(site, "/gates")
    assert isinstance(article, Article)
    assert (article.text, article.title) == (TEXT, "Gates opened")
    assert (article.outlet, article.published) == ("Harbour Post", "2031-04-12")
    assert article.url == article.path == f"{site.url}/gates"


def test_a_page_is_asked_for_by_name_and_version(site: Site) -> None:
    loaded(site, "/gates")
    path, host, agent = site.asked[-1]
    assert (path, host) == ("/gates", f"127.0.0.1:{site.port}")
    assert agent.startswith("Dateline/0.")


def test_a_page_that_claims_another_sites_address_keeps_its_own(site: Site) -> None:
    claim = b"<head><link rel='canonical' href='https://bank.example/news'>"
    site.pages["/claims"] = Page(PAGE.replace(b"<head>", claim))
    (article,) = loaded(site, "/claims")
    assert isinstance(article, Article) and article.url == f"{site.url}/claims"


def test_what_the_server_says_of_its_encoding_is_believed(site: Site) -> None:
    page = PAGE.decode().replace("Varn", "Värn").encode("windows-1250")
    site.pages["/old"] = Page(page, "text/html; charset=windows-1250")
    (article,) = loaded(site, "/old")
    assert isinstance(article, Article) and "Värn" in article.text


def test_a_feed_gives_an_article_an_entry_and_fetches_no_other_page(site: Site) -> None:
    article, teaser = loaded(site, "/feed")
    assert isinstance(article, Article) and article.url == f"{site.url}/gates"
    assert isinstance(teaser, UnreadableSource) and "5 characters" in teaser.problem
    assert site.paths == ["/robots.txt", "/feed"]


def test_the_pages_that_a_feed_links_to_are_fetched_when_asked_for(site: Site) -> None:
    article, missing = loaded(site, "/feed", linked=True)
    assert isinstance(article, Article) and article.text == TEXT
    assert isinstance(missing, UnreadableSource) and "/ferry: answered 404" in missing.problem
    assert site.paths == ["/robots.txt", "/feed", "/gates", "/ferry"]


def test_robots_txt_is_kept_to(site: Site) -> None:
    rules = b"User-agent: *\nAllow: /\n\nUser-agent: dateline\nDisallow: /gates\n"
    site.pages["/robots.txt"] = Page(rules, "text/plain")
    assert "robots.txt asks not to" in refusal(site, "/gates")
    assert len(loaded(site, "/feed")) == 2
    assert "/gates" not in site.paths


def test_without_its_robots_txt_a_site_is_left_alone(site: Site) -> None:
    site.pages["/robots.txt"] = Page(status=503)
    assert "robots.txt: answered 503" in refusal(site, "/gates")
    assert site.paths == ["/robots.txt"]


def test_redirects_are_followed_a_few_times(site: Site) -> None:
    for step in range(10):
        site.pages[f"/{step}"] = Page(status=302, headers={"Location": f"/{step + 1}"})
    site.pages["/5"] = Page(PAGE)
    (article,) = loaded(site, "/0")
    assert isinstance(article, Article) and article.url == f"{site.url}/5"
    del site.pages["/5"]
    site.pages["/5"] = Page(status=302, headers={"Location": "/6"})
    assert f"more than {MOST_REDIRECTS} times" in refusal(site, "/0")


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://localhost:22/",
        "file:///etc/passwd",
        "gopher://harbour.example/",
        "http://[",
    ],
)
def test_a_redirect_is_checked_as_the_first_address_is(site: Site, location: str) -> None:
    site.pages["/away"] = Page(status=301, headers={"Location": location})
    refusal(site, "/away")
    assert site.paths == ["/robots.txt", "/away"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (Page(b"%PDF-1.7", "application/pdf"), "application/pdf, not a page or a feed"),
        (Page(b"<p>gone", status=410), "answered 410"),
        (Page(b"<html><body></body></html>"), "no article found in the page"),
        (Page(b"x" * (MOST_BYTES + 1)), "larger than the 20 MB"),
        (
            Page(gzip.compress(bytes(MOST_BYTES + 1)), headers={"Content-Encoding": "gzip"}),
            "larger than the 20 MB",
        ),
        (Page(b"not gzip", headers={"Content-Encoding": "gzip"}), "decode"),
        (Page(b"short", headers={"Content-Length": "500"}), "IncompleteRead"),
    ],
)
def test_what_is_no_page_is_refused_by_name(site: Site, page: Page, said: str) -> None:
    site.pages["/odd"] = page
    problem = refusal(site, "/odd")
    assert said in problem and f"{site.url}/odd" in problem


# Out of reach


@pytest.mark.parametrize(
    "address",
    """
    127.0.0.1 127.8.8.8 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0
    224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1
    ::1 :: fe80::1 fc00::1 fd12:3456::1 ff02::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
    2002:7f00:1:: 64:ff9b::7f00:1 2001:0:7f00:1::
    """.split(),  # noqa: SIM905
)
def test_private_and_reserved_addresses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address), 80)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:1.1.1.1"])
def test_public_addresses_are_public_on_the_ports_of_the_web(address: str) -> None:
    assert is_public(ipaddress.ip_address(address), 443)
    assert not is_public(ipaddress.ip_address(address), 22)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://169.254.169.254/latest/meta-data/", "not a public web server"),
        ("http://127.0.0.1/", "not a public web server"),
        ("http://2130706433/", "not a public web server"),  # 127.0.0.1 as one number
        ("http://0x7f.1/", "not a public web server"),
        ("http://localhost/", "not a public web server"),
        ("http://[::1]/", "not a public web server"),
        ("http://[::ffff:169.254.169.254]/", "not a public web server"),
        ("http://1.1.1.1:22/", "not a public web server"),
        ("http://1.1.1.1:99999/", "not a web address"),
        ("http://[fe80::1%25lo]/", ""),
        ("file:///etc/passwd", "not an http or https address"),
        ("ftp://harbour.example/gates", "not an http or https address"),
        ("http:///gates", "not an http or https address"),
        ("https://reader:secret@harbour.example/", "a name or password"),
        ("http://no-such-host.invalid/", "no host of the name"),
        (f"http://{'a' * 70}.example/", "no host of the name"),
    ],
)
def test_an_address_that_leads_inside_is_refused_by_name(url: str, said: str) -> None:
    (unreadable,) = Web().load(url)
    assert isinstance(unreadable, UnreadableSource)
    assert said in unreadable.problem and unreadable.cure
    assert "secret" not in str(unreadable)


def test_a_name_that_is_looked_up_again_elsewhere_does_not_lead_there(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the second look-up would give an address inside."""
    asked: list[object] = []
    real = socket.getaddrinfo

    def rebinding(host: str | None, *rest: object, **named: object) -> object:
        asked.append(host)
        inside = asked.count("rebind.example") > 1
        name = "127.0.0.2" if inside else "127.0.0.1"
        return real(name if host == "rebind.example" else host, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    found = fetch(f"http://rebind.example:{site.port}/gates", site.may_reach)
    assert found.data == PAGE
    assert asked.count("rebind.example") == 1
    assert site.asked == [("/gates", f"rebind.example:{site.port}", site.asked[0][2])]


def test_a_name_with_one_address_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("1.1.1.1", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *rest, **named: found)
    with pytest.raises(UnreadableSource, match=r"10\.0\.0\.1"):
        target("http://half.example/")


def test_an_archive_takes_addresses_beside_files(
    site: Site, tmp_path: Path, encoder: WordEncoder
) -> None:
    (tmp_path / "mill.txt").write_text("The mill at Tamsel has stood empty for years.")
    with Index(tmp_path / "archive", encoder) as index:
        sources: list[str | Path] = [
            tmp_path / "mill.txt",
            f"{site.url}/gates",
            "http://127.0.0.1:1/",
        ]
        report = index.add(sources, web=Web(may_reach=site.may_reach))
    assert (report.added, len(report.skipped)) == (2, 1)


@pytest.mark.parametrize(
    ("source", "yes"),
    [("https://harbour.example", True), ("FILE:///etc", True), ("a/b.md", False), ("C:\\a", False)],
)
def test_an_address_is_told_from_a_path(source: str, yes: bool) -> None:
    assert is_address(source) is yes
