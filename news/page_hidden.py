"""The story of a page that shows none before its scripts run: in its structured data, or as markup inside a script."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from news.metadata import parse_leniently, strings

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from news.metadata import Metadata

_QUOTE = re.compile(r'\\.|"', re.DOTALL)
_PARAGRAPH = re.compile(r"(?:<|\\u003c)p[\s>\\]", re.IGNORECASE)
_LINKING = frozenset(("url", "href", "link", "slug", "path", "uri", "permalink"))
_ENDED = ".!?\u2026\"'\u201d\u2019\u00bb"
_LONGEST = 2_000_000
_MOST = 5_000
"""Characters of a script, and objects in it, that are looked at."""
_LEAST = 400
"""Characters that a story inside a script has at least."""


def told_in_data(metadata: Metadata) -> str | None:
    """Markup of the whole body that structured data give; None where they give none.

    The page's own text is believed before this: data hold whole bodies on one page in eight, often shortened ones.
    """
    bodies = strings(metadata.article.get("articleBody")) + strings(metadata.article.get("text"))
    body = next((text for text in bodies if len(text) >= _LEAST), None)
    return body if body is None or "<p" in body else f"<p>{body}</p>"


def told_in_scripts(parser: LexborHTMLParser) -> str | None:
    """Markup of the story that a page keeps from readers without scripts; None where there is none."""
    hidden = [node.inner_html or "" for node in parser.css("noscript, template")[:50]]
    longest = max((text for text in hidden if len(_PARAGRAPH.findall(text)) >= 3), key=len, default="")
    if len(longest) >= _LEAST:
        return longest
    for node in parser.css("script")[:200]:
        text = node.text(deep=True)
        if not text or len(text) < _LEAST or len(_PARAGRAPH.findall(text)) < 3:
            continue
        if "<p" in text[:_LEAST] and text.lstrip()[:1] == "<":  # a template kept in a script
            return text
        longest = max(longest, _longest_markup(text), key=len)
    if len(longest) >= _LEAST:
        return _decoded(longest)
    return next(filter(None, map(_told_in_parts, parser.css("script")[:200])), None)


def _told_in_parts(node: LexborNode) -> str | None:
    """Markup of the story that a script of data keeps paragraph by paragraph: the list that holds most prose."""
    text = (node.text(deep=True) or "").strip()
    if not _LEAST <= len(text) <= _LONGEST or text[0] not in "{[":
        return None
    best: list[str] = []
    queue: list[object] = [parse_leniently(text)]
    for _ in range(_MOST):
        if not queue:
            break
        thing = queue.pop()
        inside = list(thing.values()) if isinstance(thing, dict) else thing if isinstance(thing, list) else []
        queue.extend(inner for inner in inside if isinstance(inner, dict | list))
        if isinstance(thing, list):
            best = max(
                best, [told for told in map(_prose_in, thing[:400]) if told], key=lambda told: sum(map(len, told))
            )
    return "".join(f"<p>{escape(part)}</p>" for part in best) if sum(map(len, best)) >= _LEAST else None


def _prose_in(item: object) -> str:
    """The sentences that an item of a list holds, "" where it is a link to something else or holds none."""
    if isinstance(item, dict):
        if not _LINKING.isdisjoint(item):
            return ""
        texts = [text for text in item.values() if isinstance(text, str)]
    else:
        texts = [item] if isinstance(item, str) else []
    return max((text for text in texts if " " in text.strip() and text.rstrip()[-1:] in _ENDED), key=len, default="")


def _longest_markup(script: str) -> str:
    """The longest string of a script that holds paragraphs, as written there: what stands between two of its quotes."""
    quotes = [match.end() for match in _QUOTE.finditer(script) if match.group() == '"']
    found = (script[start : end - 1] for start, end in pairwise(quotes) if end - start >= _LEAST)
    return max((text for text in found if len(_PARAGRAPH.findall(text)) >= 2), key=len, default="")


def _decoded(text: str) -> str | None:
    try:
        return msgspec.json.decode(f'"{text}"'.encode("utf-8", "replace"), type=str)
    except (msgspec.DecodeError, UnicodeError):
        return None
