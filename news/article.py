"""The cleaned text of one page, and the id that every machine gives it."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Literal

from msgspec import Struct

Span = tuple[int, int]
"""Offsets in characters, end exclusive."""

Precision = Literal["day", "minute"]


class Image(Struct, frozen=True, omit_defaults=True):
    """A picture of an article: its address and the words beside it."""

    url: str
    caption: str | None = None
    credit: str | None = None


class Link(Struct, frozen=True):
    """A title and where it leads; `url` is None where a page given as text only names it."""

    title: str
    url: str | None = None


class Article(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One article, cleaned.

    `text` holds the paragraphs of the body, parted by one blank line, without title, captions and furniture.
    `published` is aware UTC; where only the day is known it is that day's midnight and `precision` is "day".
    """

    id: int
    title: str
    text: str
    url: str = ""
    byline: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    published: datetime | None = None
    precision: Precision | None = None
    site: str | None = None
    image: Image | None = None
    language: str | None = None
    standfirst: str | None = None
    captions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    related: tuple[Link, ...] = ()


def article_id(url: str, text: str) -> int:
    """Id of an article, 0 to 2**63 - 1: a hash of its canonical address, of its text where it has none."""
    digest = blake2b((url or text).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def published_text(published: datetime | None, precision: Precision | None) -> str | None:
    """The moment of publication as ISO 8601 with zone, a bare date where only the day is known, or None."""
    if published is None:
        return None
    moment = published.astimezone(UTC)
    return moment.date().isoformat() if precision == "day" else moment.isoformat()
