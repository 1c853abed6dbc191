"""A small archive of our own writing, so that a first start has something to answer from.

57 articles around 15 true stories of spring 2025 from four invented outlets, as web pages with all that surrounds a
story: they take the same way in as any page from the web.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from news.page import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from store import Store

OUTLETS = ("meridian", "harbour", "northgate", "lantern")


def pages() -> Iterator[tuple[str, bytes]]:
    """Address and bytes of each page; the address stands in the first line, as a comment."""
    for outlet in OUTLETS:
        folder = files(__name__).joinpath("pages", outlet)
        for page in sorted(folder.iterdir(), key=lambda found: found.name):
            data = page.read_bytes()
            yield data.split(b"\n", 1)[0].decode().removeprefix("<!--").removesuffix("-->").strip(), data


def load(store: Store, now: datetime) -> int:
    """How many articles were kept; those already there are known and stay as they are."""
    from handlers.collect import keep  # noqa: PLC0415  # the reader's word lists are loaded only where they are needed

    articles = [read_page(data, url=url) for url, data in pages()]
    articles.sort(key=lambda article: (article.published is None, article.published, article.id))
    return sum(keep(store, article, now).state == "new" for article in articles)
