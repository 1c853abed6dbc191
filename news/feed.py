"""Feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed, sound or broken, to their entries."""

from __future__ import annotations

import html
import re
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any

import fastfeedparser
import msgspec
from msgspec import Struct, structs
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from news.address import absolute, canonical
from news.errors import NotAFeed, NotAPage
from news.feed_repair import repaired
from news.markup import guard, text_of, without_wide_tags
from news.metadata_date import moment

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 5_000_000
"""Characters of a feed that are read, some thousand entries."""
_MOST = 2_000
"""Entries of a feed that are taken."""
_SUMMARY = 1_000
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--.{0,2000}?-->", re.DOTALL)
_ROOT = re.compile(r"<(?:\w{1,20}:)?(rss|feed|rdf|channel)\b", re.IGNORECASE)
_ITEM = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_BASE = re.compile(
    r"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)\b[^>]{0,1000}?\bxml:base=[\"']([^\"'>]{1,500})", re.IGNORECASE
)
"""The address that relative links of a feed start from, where it states one (XML Base)."""
_FEED_TYPES = re.compile(
    r"(?:application|text)/(?:(?:rss|atom|rdf)\+xml|feed\+json|x\.atom\+xml|rss|atom)", re.IGNORECASE
)
_FEED_PATH = re.compile(
    r"(?:^|/)(?:rss|feeds?|atom)(?:/|\.xml|\.rss|\.php|$)|\.(?:rss|atom|rdf)$|[?&]feed=(?:rss|atom)", re.IGNORECASE
)
_ACCEPTED = (
    "Accepted are RSS, RDF, Atom and JSON Feed; give the feed's own address, such as https://example.org/rss.xml."
)


class Entry(Struct, frozen=True, omit_defaults=True):
    """One line of a feed. `key` is the same whenever the feed lists it again; `published` is aware UTC."""

    link: str | None
    title: str
    published: datetime | None
    summary: str | None
    key: str


class Feed(Struct, frozen=True, omit_defaults=True):
    """What a feed says of itself, and its entries in its own order."""

    title: str
    link: str | None
    entries: tuple[Entry, ...]


def read_feed(data: bytes, url: str) -> Feed:
    """The feed in the bytes fetched from `url`, whose relative links are made whole.

    Raises:
        NotAFeed: the bytes are none.
    """
    try:
        text = text_of(data)[:_LONGEST].lstrip("\ufeff \t\r\n")
    except NotAPage as error:
        raise NotAFeed(f"There is no feed here: the answer is empty or no text. {_ACCEPTED}") from error
    if text[:1] in {"{", "["}:
        return _json_feed(text, url)
    if _ROOT.search(text[:20_000]) is None:
        what = "a web page" if _PAGE.search(text[:5_000]) else "something else"
        raise NotAFeed(f"This is {what}, no feed. {_ACCEPTED}")
    return _xml_feed(text, url)


def feeds_in(data: bytes | str, url: str) -> tuple[str, ...]:
    """Addresses of the feeds that a web page names, those it declares first; empty where it names none."""
    try:
        parser = LexborHTMLParser(guard(text_of(data)))
    except (NotAPage, SelectolaxError, ValueError):
        return ()
    declared = [
        node.attributes.get("href")
        for node in parser.css('link[rel~="alternate"][type]')[:200]
        if _FEED_TYPES.match(node.attributes.get("type") or "")
    ]
    if not declared:
        hrefs = (node.attributes.get("href") for node in parser.css("a[href]")[:5_000])
        declared = [href for href in hrefs if href and _FEED_PATH.search(href.partition("#")[0])]
    whole = (absolute(url, href) for href in declared)
    return tuple(dict.fromkeys(address for address in whole if address))[:20]


def _xml_feed(text: str, url: str) -> Feed:
    body = without_wide_tags(text)
    further = next(islice(_ITEM.finditer(body), _MOST, None), None)
    body = body if further is None else body[: further.start()]
    sound = ('<?xml version="1.0" encoding="utf-8"?>' + repaired(body)).encode("utf-8", "replace")
    try:
        parsed = fastfeedparser.parse(sound, include_tags=False, include_media=False, include_enclosures=False)
    except Exception as error:  # an untyped parser on anybody's bytes: whatever it says, it is no feed
        what = "a web page" if "HTML" in str(error) else "no readable XML"
        raise NotAFeed(f"This is {what}, no feed. {_ACCEPTED}") from error
    about: Mapping[str, Any] = parsed.get("feed") or {}
    link = absolute(url, _string(about.get("link")))
    stated = _BASE.search(body[:20_000])
    base = url if _is_whole(url) else link or url
    base = (absolute(base, html.unescape(stated.group(1))) if stated else None) or base
    entries = [_xml_entry(raw, base) for raw in (parsed.get("entries") or [])[:_MOST]]
    return Feed(plain(_string(about.get("title"))), link, _distinct(entries))


def _is_whole(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _xml_entry(raw: Mapping[str, Any], base: str) -> Entry:
    said = _string(raw.get("id"))
    said = None if said == _string(raw.get("link")) else said
    link = absolute(base, _string(raw.get("link"))) or (absolute(None, said) if said else None)
    stamp = _string(raw.get("published")) or _string(raw.get("updated"))
    return _entry(said, link, _string(raw.get("title")), stamp, _string(raw.get("description")))


def _entry(said: str | None, link: str | None, title: str | None, stamp: str | None, summary: str | None) -> Entry:
    """One entry, its texts plain and its missing parts made up from the others."""
    words = plain(summary)
    if len(words) > _SUMMARY:
        words = words[:_SUMMARY].rsplit(" ", 1)[0] + "\u2026"
    headline = plain(title) or words[:120]
    when = moment(stamp) if stamp else None
    key = said or canonical(link or "") or blake2b(f"{headline}\n{words}".encode(), digest_size=12).hexdigest()
    return Entry(link, headline, when[0] if when else None, words or None, key[:500])


def _distinct(entries: list[Entry]) -> tuple[Entry, ...]:
    """The entries that say anything, each key once; a key that is given to several addresses is none."""
    links: dict[str, set[str]] = {}
    for entry in entries:
        links.setdefault(entry.key, set()).add(entry.link or "")
    keyed = (
        entry if len(links[entry.key]) == 1 else structs.replace(entry, key=canonical(entry.link or "") or entry.key)
        for entry in reversed(entries)
        if entry.title or entry.link
    )
    return tuple({entry.key: entry for entry in keyed}.values())[::-1]


def _json_feed(text: str, url: str) -> Feed:
    """A JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    try:
        parsed = msgspec.json.decode(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(f"This looks like JSON but cannot be read. {_ACCEPTED}") from error
    if not isinstance(parsed, dict) or not isinstance(parsed.get("items"), list):
        raise NotAFeed(f"This is JSON, but no JSON Feed: it has no list of items. {_ACCEPTED}")
    home = absolute(url, _string(parsed.get("home_page_url")))
    entries = [_json_entry(raw, url) for raw in parsed["items"][:_MOST] if isinstance(raw, dict)]
    return Feed(plain(_string(parsed.get("title"))), home, _distinct(entries))


def _json_entry(raw: Mapping[str, Any], base: str) -> Entry:
    said = raw.get("id")
    said = str(said) if isinstance(said, str | int | float) else None
    link = absolute(base, _string(raw.get("url")) or _string(raw.get("external_url"))) or (
        absolute(None, said) if said else None
    )
    summary = next(
        (text for key in ("summary", "content_text", "content_html") if (text := _string(raw.get(key)))), None
    )
    stamp = _string(raw.get("date_published")) or _string(raw.get("date_modified"))
    return _entry(said, link, _string(raw.get("title")), stamp, summary)


def _string(value: object) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None


def plain(text: str | None) -> str:
    """A text without markup, entities resolved, on one line; "" for none."""
    if not text:
        return ""
    bare = html.unescape(_TAG.sub(" ", text[: 20 * _SUMMARY])) if "<" in text or "&" in text else text[: 20 * _SUMMARY]
    return " ".join(_TAG.sub(" ", bare).split())
