"""An article out of a record: the last step of every format that is made of records."""

from collections.abc import Mapping
from pathlib import Path

from index.article import Article
from index.errors import UnreadableSource
from index.loaders.record import HTML, TEXT, article_of_file
from index.loaders.table.columns import Columns, Record, plain_name


def by_plain_name(record: Mapping[str, object]) -> Record:
    return {plain_name(name): said for name, said in record.items()}


def article_of_record(record: Record, path: str, columns: Columns) -> Article:
    """
    Args:
        path: the file with the record's number, as `news.csv#3`.

    Raises:
        UnreadableSource: the record has no text. The caller names it.
    """
    fields = columns.fields(record)
    text, source = _first(fields, TEXT), _first(fields, HTML)
    if columns.text_is_html:
        text, source = None, text
    if text is None and source is not None:
        text = _shown(source)
    if text is None:
        where = columns.named.get("text")
        cure = f'give it in "{where}"' if where else 'give it in "text", "body" or "content"'
        raise UnreadableSource("no text in it", cure)
    return article_of_file(fields, text, Path(path))


def _first(fields: Record, names: tuple[str, ...]) -> str | None:
    found = (fields.get(name) for name in names)
    return next((said for said in found if said and isinstance(said, str)), None)


def _shown(source: str) -> str:
    """What a piece of HTML shows."""
    from lxml import etree, html

    from index.loaders.page.blocks import block_text
    from index.loaders.page.hidden import drop_hidden

    source = source.encode("utf-8", "replace").decode()  # lone surrogates, which lxml refuses
    try:
        page = html.fragment_fromstring(source, create_parent="div")
    except (etree.ParserError, ValueError) as error:  # ValueError: it declares an encoding
        raise UnreadableSource("HTML that cannot be read", "give its words") from error
    drop_hidden(page)
    return block_text(page)
