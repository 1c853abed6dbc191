"""The story of a page that shows none before its scripts run: in its structured data, or as markup inside a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from news.metadata import strings

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from news.metadata import Metadata

_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_PARAGRAPH = re.compile(r"(?:<|\\u003c)p[\s>\\]", re.IGNORECASE)
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
    return _decoded(longest) if len(longest) >= _LEAST else None


def _longest_markup(script: str) -> str:
    """The longest string of a script that holds paragraphs, as written there."""
    found = (match.group(1) for match in _STRING.finditer(script) if match.end() - match.start() >= _LEAST)
    return max((text for text in found if len(_PARAGRAPH.findall(text)) >= 2), key=len, default="")


def _decoded(text: str) -> str | None:
    try:
        return msgspec.json.decode(f'"{text}"'.encode("utf-8", "replace"), type=str)
    except (msgspec.DecodeError, UnicodeError):
        return None
