"""What a page says of its article outside the text: metadata of all kinds, gathered and not yet judged."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Posting|NewsStory|Review)$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_TRAILING = re.compile(r",\s*([}\]])")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_MARKS = re.compile(r"[^a-z0-9]+")
_NO_WORDS = re.compile(r"[\W_]+")
_WITNESSES = 'meta[content],script[type*="ld+json"],title,link[rel="canonical"],h1,time[datetime]'
_LONGEST = 2_000_000
_MOST = 400
"""Objects of structured data that are looked at."""

Data = Mapping[str, Any]


class Metadata(Struct, frozen=True):
    """The witnesses of one page, in the order in which it names them."""

    metas: dict[str, list[str]]
    article: Data
    others: tuple[Data, ...]
    title: str
    headings: tuple[str, ...]
    language: str | None
    canonical: str | None
    lower: tuple[str, ...] = ()
    """Headings of the second level, where there is none of the first."""
    times: tuple[str, ...] = ()
    """Timestamps of time elements, those marked as publication first."""

    def first(self, *names: str) -> str | None:
        """The first value of the first of these metas that has one."""
        return next(self.every(*names), None)

    def every(self, *names: str) -> Iterator[str]:
        """All values of these metas, in the order of the names."""
        return (value for name in names for value in self.metas.get(meta_key(name), ()))


@lru_cache(maxsize=4096)
def meta_key(name: str) -> str:
    """The name of a meta without its marks: papers write "article:published_time" in a dozen ways."""
    return _MARKS.sub("", name.lower())


def gather(parser: LexborHTMLParser) -> Metadata:
    """All witnesses of a parsed page; call it before scripts are taken out."""
    found: dict[str, list[LexborNode]] = {"meta": [], "script": [], "title": [], "link": [], "h1": [], "time": []}
    for node in parser.css(_WITNESSES):  # one query for all: each walks the whole tree
        found[node.tag or ""].append(node)
    metas = _metas(found["meta"])
    data = [thing for script in _scripts(found["script"]) for thing in _things(script)]
    root = parser.root
    return Metadata(
        metas=metas,
        article=_article(data, metas),
        others=tuple(data[:_MOST]),
        title=next((squeeze(node.text(deep=True)) for node in found["title"]), ""),
        headings=_headings(found["h1"]),
        lower=() if found["h1"] else _headings(parser.css("h2")[:6]),
        language=(root.attributes.get("lang") or root.attributes.get("xml:lang")) if root is not None else None,
        canonical=next((node.attributes.get("href") for node in found["link"]), None),
        times=_times(found["time"]),
    )


def _metas(nodes: list[LexborNode]) -> dict[str, list[str]]:
    """The values of metas by their keys."""
    metas: dict[str, list[str]] = {}
    for node in nodes[:_MOST]:
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        value = squeeze(attributes.get("content") or "")
        if name and value:
            metas.setdefault(meta_key(name), []).append(value[:4000])
    return metas


def _times(nodes: list[LexborNode]) -> tuple[str, ...]:
    each = [node.attributes for node in nodes[:20]]
    marked = [held for held in each if "publish" in str(held) or held.get("pubdate") is not None]
    return tuple(held.get("datetime") or "" for held in (*marked, *each))


def squeeze(text: str) -> str:
    """A text on one line, entities resolved that were escaped twice, soft hyphens and zero-width signs gone."""
    if "&" in text:
        text = html.unescape(text)
    if not text.isprintable():
        text = _UNSEEN.sub("", text)
    return " ".join(text.split())


def _headings(nodes: list[LexborNode]) -> tuple[str, ...]:
    texts = (squeeze(node.text(deep=True, separator=" ")) for node in nodes[:12])
    return tuple(text for text in texts if text and len(text) < 400)


def _scripts(nodes: list[LexborNode]) -> Iterator[str]:
    for node in nodes[:40]:
        text = node.text(deep=True)
        if text and len(text) <= _LONGEST:
            yield text


def parse_leniently(text: str) -> object:
    """JSON as pages write it: line breaks in strings, trailing commas, comments around; None if beyond repair."""
    for attempt in (str, _repair):
        try:
            return msgspec.json.decode(attempt(text))
        except (ValueError, RecursionError):
            continue
    return None


def _repair(text: str) -> str:
    text = text.strip().removeprefix("<!--").removesuffix("-->").replace("<![CDATA[", "").replace("]]>", "")
    text = text.strip().strip("/").strip()  # the comment marks that hid the CDATA marks
    text = _TRAILING.sub(r"\1", _CONTROL.sub(" ", text)).strip().rstrip(";")
    if text.startswith("{") and re.search(r"\}\s*\{", text):
        whole = re.sub(r"\}\s*,?\s*\{\s*\"@context", '},{"@context', text)
        return f"[{whole}]"
    return text


def _things(text: str) -> Iterator[Data]:
    """All objects of a piece of structured data that may be an article, outer before inner."""
    queue: list[tuple[object, int]] = [(parse_leniently(text), 0)]
    seen = 0
    while queue and seen < _MOST:
        thing, depth = queue.pop(0)
        seen += 1
        if isinstance(thing, list):
            queue[:0] = [(inner, depth + 1) for inner in thing[:50]]
        elif isinstance(thing, dict):
            yield thing
            inside = [
                thing.get(key)
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "article")
            ]
            queue.extend((inner, depth + 1) for inner in inside if isinstance(inner, dict | list) and depth < 6)


def types_of(thing: Data) -> tuple[str, ...]:
    """The types an object of structured data gives itself, without their namespace."""
    types = thing.get("@type") or thing.get("type") or ()
    types = [types] if isinstance(types, str) else types if isinstance(types, list) else []
    return tuple(str(name).rsplit("/", 1)[-1] for name in types)


def _article(data: list[Data], metas: dict[str, list[str]]) -> Data:
    """The object that tells of the page's article: of those of the right type the one that says most; {} if none."""
    titles = {words_key(value) for value in metas.get("ogtitle", [])}

    def rank(thing: Data) -> tuple[int, int]:
        kinds = types_of(thing)
        is_article = any(_ARTICLE.search(name) for name in kinds)
        says = sum(bool(thing.get(key)) for key in ("headline", "datePublished", "author", "articleBody", "keywords"))
        own = 2 if words_key(str(thing.get("headline") or thing.get("name") or "")) in titles else 0
        page = int(any(name.endswith("Page") for name in kinds))
        return (2 * is_article + page if says else 0, says + own)

    best = max(data, key=rank, default={})
    return best if rank(best)[0] > 0 else {}


def words_key(text: str) -> str:
    """A text's letters and digits alone, small: equal for titles that differ in marks."""
    return _NO_WORDS.sub("", html.unescape(text) if "&" in text else text).casefold()


def strings(value: object, *keys: str) -> list[str]:
    """The texts in a value of structured data: a text, an object's first of `keys` that is one, or a list of either."""
    found: list[str] = []
    queue: list[object] = [value]
    while queue and len(found) < 60:
        thing = queue.pop(0)
        if isinstance(thing, str):
            found.append(squeeze(thing))
        elif isinstance(thing, list):
            queue[:0] = thing[:60]
        elif isinstance(thing, dict):
            inner = next((thing[key] for key in keys if isinstance(thing.get(key), str | list) and thing[key]), None)
            if inner is None and "name" in keys and isinstance(thing.get("familyName"), str):
                inner = f"{thing.get('givenName') or ''} {thing['familyName']}"
            if inner is not None:
                queue.insert(0, inner)
    return [text for text in found if text]
