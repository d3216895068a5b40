"""Pages that stand in the way of a report are no articles, and reports on such pages are."""

import pytest

from index.errors import UnreadableSource
from index.loaders.page.html import article_of_page

CONSENT = """<h1>Before you continue to the Varn Post</h1>
<p>We and our 842 partners store and access information on a device, such as cookies.</p>
<p>You may accept or manage your choices at any time in the privacy policy.</p>
<p>If you choose to “Accept all,” we will also use cookies to improve new services.</p>"""
ROBOT = """<h1>Are you a robot?</h1>
<p>Please make sure your browser supports JavaScript and cookies and does not block them.</p>
<p>For more information you can review our Terms of Service and Cookie Policy.</p>
<p>Contact our support team and give the reference ID below.</p>"""
GONE = """<h1>404</h1><p>We are sorry, the page you asked for does not exist.</p>
<p>Please check the address: the article may not be available any more.</p>"""
FINED = """<h1>Regulator fines maker of cookie notices</h1>
<p>VARN, June 9 — The data protection authority fined Consentia 4 million crowns on Tuesday for
cookie notices that made it hard to refuse.</p>
<p>Visitors who wanted to reject all had to click through five pages. "We use cookies and data to
serve you" was not enough of an explanation, it found.</p>"""
SHORT = """<h1>Ferry withdrawn</h1><p>The ferry to Odda was withdrawn on Monday, and the page that
sold its tickets was not available.</p><p>"You can write to us," the company said.</p>"""


def _page(body: str) -> bytes:
    return f"<html lang='en'><body><article>{body}</article></body></html>".encode()


@pytest.mark.parametrize("body", [CONSENT, ROBOT, GONE])
def test_a_notice_to_the_visitor_is_no_article(body: str) -> None:
    with pytest.raises(UnreadableSource, match=r"a notice to its visitor.*save the page"):
        article_of_page(_page(body), "a.html")


@pytest.mark.parametrize("body", [FINED, SHORT])
def test_a_report_on_such_things_is_an_article(body: str) -> None:
    assert article_of_page(_page(body), "a.html").text.startswith(("VARN", "The ferry"))
