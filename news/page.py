"""A web page to the article it holds."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import structs
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from news.address import absolute, canonical, host_of
from news.article import Article, Image, Link, article_id
from news.errors import NotAnArticle, NotAPage
from news.furniture import is_notice, parted_credit
from news.language import language_of
from news.lines import read_text
from news.markup import guard, has_markup, text_of
from news.metadata import gather, squeeze, strings, words_key
from news.metadata_byline import byline, dated_name, holds_byline, signs, without_biography
from news.metadata_date import published as published_when
from news.metadata_title import candidates, clean_title, title_of
from news.page_hidden import told_in_data, told_in_scripts
from news.page_select import select
from news.page_tree import flatten

if TYPE_CHECKING:
    from datetime import datetime

    from news.article import Precision
    from news.metadata import Metadata
    from news.page_select import Story

_SHORTEST = 60
"""Characters of running text below which a page tells no story of its own."""
_SHORT = 1_000
_THIN = 250
"""Characters below which the story is looked for in the page's structured data, and in its scripts too."""
_KEEPING = re.compile(r"<(?:script|noscript|template)\b", re.IGNORECASE)
_SHADOW = re.compile(r"<template(?=[^>]{0,200}\bshadowroot)", re.IGNORECASE)
"""Parts that a page shows as they stand, though the element is for what is not shown (declarative shadow DOM)."""
_SUFFIX = 8
"""Characters behind a story's address that make another view of it: /amp/, /index.2."""
_PARTS = re.compile(r"\||\.\s+(?=[A-Z][a-z]+ by )")
"""What parts a line that names several: "Words by Ida Holm. Pictures by Jon Aas"."""
_HOST = re.compile(r"\w\.[A-Za-z]{2,10}/?$")
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?")
_PATH = re.compile(r"^[a-z]+(?:/[a-z-]+)*/(?=\S)")
"""What stands before a tag that is written as a place among others: "topic/", "sport/football/"."""
_MOST_RELATED = 12
_NAME = 40
"""Characters of a line that can be an author's name, the day below it."""
_NOTICE = 900
"""Characters of running text that a login, an error or a question for consent has at most."""
_FRONT = 1_500
"""Characters of running text that make the page at a site's root an article all the same."""


def read_page(
    data: bytes | str,
    *,
    url: str | None = None,
    title: str | None = None,
    published: datetime | None = None,
) -> Article:
    """The article of a page, cleaned; `title` and `published` are a feed's word for it, used where the page is silent.

    Raises:
        NotAPage: the bytes are no text.
        NotAnArticle: the page tells no story of its own.
    """
    text = text_of(data)
    if not has_markup(text):
        return read_text(text, url=url, title=title, published=published)
    return _read(text, url or "", title, published)


def _parse(markup: str) -> LexborHTMLParser:
    try:
        return LexborHTMLParser(_SHADOW.sub("<div", guard(markup)) if "shadowroot" in markup else guard(markup))
    except (SelectolaxError, ValueError, MemoryError) as error:
        raise NotAPage("The page's markup cannot be parsed. A page is HTML or plain text.") from error


def _text(story: Story) -> str:
    return "\n\n".join(squeeze(paragraph) for paragraph in story.paragraphs)


def _read(markup: str, url: str, title: str | None, given: datetime | None) -> Article:
    parser = _parse(markup)
    metadata = gather(parser)
    site = _site(metadata, url)
    host = host_of(url)
    headline = title_of(metadata, site, host)
    titles = tuple(dict.fromkeys([headline, *candidates(metadata), title or ""]))
    story = select(flatten(parser), titles)
    story = _fuller(markup, metadata, story, titles)
    text = _text(story)
    _require_story(text, url, metadata)
    people, agencies = byline(metadata, _shown(story), site, host)
    text = without_biography(text, people)
    when = _when(metadata, story, (url, metadata.canonical or "", metadata.first("og:url") or ""), given)
    address = _address(metadata, url)
    return Article(
        id=article_id(address, text),
        title=headline or (title and clean_title(squeeze(title))) or text[:120].rsplit(" ", 1)[0],
        text=text,
        url=address,
        byline=people,
        agencies=agencies,
        published=when[0] if when else None,
        precision=when[1] if when else None,
        site=_called(metadata, site),
        image=_image(metadata, url, story),
        language=language_of(text, metadata.language or metadata.first("og:locale", "content-language")),
        standfirst=squeeze(story.standfirst) if story.standfirst else None,
        captions=tuple(map(squeeze, story.captions)),
        tags=_tags(metadata, story, site, host),
        related=_related(story, url, headline),
    )


def _fuller(markup: str, metadata: Metadata, story: Story, titles: tuple[str, ...]) -> Story:
    """The story in the page's data or scripts where it tells twice as much as the page shows, else the one it shows."""
    shown = len(_text(story))
    if shown >= _SHORT:
        return story
    found = told_in_data(metadata)
    if found is None and shown < _THIN and _KEEPING.search(markup):
        found = told_in_scripts(_parse(markup))
    if found is None or len(found) < 2 * shown:
        return story
    title = escape(titles[0]) if titles else ""
    inside = select(flatten(_parse(f"<article><h1>{title}</h1>{found}</article>")), titles)
    if len(_text(inside)) <= 2 * shown:
        return story
    return structs.replace(story, paragraphs=inside.paragraphs, captions=(*story.captions, *inside.captions))


def _require_story(text: str, url: str, metadata: Metadata) -> None:
    """Nothing, where a page tells a story of its own.

    Raises:
        NotAnArticle: it does not, or it is a site's front page, whose text is that of its newest teaser.
    """
    front = bool(url) and urlsplit(url).path in {"", "/"} and not urlsplit(url).query and not metadata.article
    notice = len(text) < _NOTICE and not metadata.article and is_notice(metadata.title)
    if len(text) < _SHORTEST or (front and len(text) < _FRONT) or notice:
        raise NotAnArticle(
            "The page tells no story: it may be a front page, a login or a notice. Give the address of one article."
        )


def _shown(story: Story) -> tuple[list[str], list[str], list[str]]:
    """Lines in which a page's authors may stand: its bylines, lines near the headline that open so, its last words."""
    marked = [part for line in story.near for part in _PARTS.split(line) if holds_byline(part)]
    pairs = pairwise((*story.near, ""))
    named = (
        dated_name(line) or (dated_name(f"{line}, {below}") if len(line) < _NAME else None) for line, below in pairs
    )
    marked += [name for name in named if name]
    return [*story.bylines, *story.credits], marked, [*filter(signs, story.signatures)]


def _when(
    metadata: Metadata, story: Story, urls: tuple[str, ...], given: datetime | None
) -> tuple[datetime, Precision] | None:
    lines = (*story.dates, *story.bylines, metadata.title, *story.near)
    found = published_when(metadata, metadata.times, lines, (), urls)
    if found is None and given is not None:
        return given, "minute"
    return found or published_when(metadata, (), (), story.captions, ())


def _site(metadata: Metadata, url: str) -> str | None:
    publisher = strings(metadata.article.get("publisher"), "name")
    name = metadata.first("og:site_name") or (publisher[0] if publisher else None) or metadata.first("application-name")
    return name[:100] if name else host_of(url) or None


def _called(metadata: Metadata, site: str | None) -> str | None:
    """The name of the house for people: its publisher's name where the page itself gives an address for a name."""
    if site is None or not _HOST.search(site):
        return site
    names = [*strings(metadata.article.get("publisher"), "name"), metadata.first("application-name") or site]
    name = next((name for name in names if not _HOST.search(name)), site)
    return _SCHEME.sub("", name)[:100]


def _address(metadata: Metadata, url: str) -> str:
    """The page's own address for itself where it is believed, else the one it was fetched from."""
    own = canonical(url)
    for said in (metadata.canonical, metadata.first("og:url")):
        address = canonical(absolute(url, said) or "")
        if address and _is_own(address, own):
            return address
    return own


def _is_own(address: str, fetched: str) -> bool:
    """Whether an address that a page gives itself can be its own: on the same host, and no section above it.

    Some houses name their front page or the section on every page; taken at its word, all stories would be one.
    """
    if urlsplit(address).path in {"", "/"} and not urlsplit(address).query:
        return False
    if not fetched:
        return True
    above = fetched.startswith(address.rstrip("/") + "/") and len(fetched) - len(address) > _SUFFIX
    return host_of(address) == host_of(fetched) and not above


def _image(metadata: Metadata, url: str, story: Story) -> Image | None:
    pictures = [
        *metadata.every("og:image", "og:image:url", "twitter:image"),
        *strings(metadata.article.get("image"), "url", "contentUrl", "@id"),
    ]
    address = next((found for found in (absolute(url, picture) for picture in pictures) if found), None)
    if address is None:
        return None
    words = story.captions[0] if story.captions else metadata.first("og:image:alt", "twitter:image:alt")
    caption, credit = parted_credit(squeeze(words or ""))
    return Image(address, caption or None, credit)


def _tags(metadata: Metadata, story: Story, site: str | None, host: str) -> tuple[str, ...]:
    """What the page files its article under: by its metadata, else by its links to topics; never the house's name."""
    lines = [*metadata.every("news_keywords", "keywords"), *strings(metadata.article.get("keywords"), "name")]
    tags = [
        tag
        for line in metadata.every("article:tag")
        for tag in (_keywords(line) if line.count(",") > 1 and ", " not in line else [line])
    ]
    tags += [tag for line in lines for tag in _keywords(line)]
    tags = [_PATH.sub("", tag.strip(" #\t\"'[]")) for tag in tags] or [tag.strip(" #,") for tag in story.tags]
    houses = {words_key(site or ""), words_key(host), words_key(host.partition(".")[0])}
    kept = [tag for tag in tags if 1 < len(tag) < 80 and not tag.lstrip("+").isdigit() and words_key(tag) not in houses]
    once = {words_key(tag): tag for tag in reversed(kept)}
    return tuple(dict.fromkeys(once[words_key(tag)] for tag in kept))[:30]


def _keywords(line: str) -> list[str]:
    """The keywords of one line, parted by commas; by spaces where there are many and the script has none."""
    parts = re.split(r"[,;|\u3001\uff0c]", line)
    return (
        line.split()
        if len(parts) == 1 and len(line.split()) > 3 and not line.isascii() and line[0] > "\u2e80"
        else parts
    )


def _related(story: Story, url: str, title: str) -> tuple[Link, ...]:
    """The other stories of the same house that the page shows."""
    found: dict[str, Link] = {}
    host, here, own = host_of(url), url.partition("#")[0], words_key(title)
    for label, href in story.related:
        address = absolute(url, href)
        elsewhere = address is None or (host_of(address) == host and address.partition("#")[0] != here)
        if (elsewhere or not url) and words_key(label) != own:
            found.setdefault(address or label, Link(squeeze(label), address))
        if len(found) == _MOST_RELATED:
            break
    return tuple(found.values())
