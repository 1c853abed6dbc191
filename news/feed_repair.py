"""XML of feeds as programs write it to XML that a strict parser takes, and reads as it was meant."""

from __future__ import annotations

import html
import re

_BARE = re.compile(r"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)(\w{2,31};)?")
_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_OWN_TITLES = re.compile(r"<(media|itunes|googleplay):(title|description|summary|author)\b[^>]*>[^<]*</\1:\2>")
"""What extensions say of a picture or a broadcast: their titles were taken for the entry's."""
_MARKED_UP = re.compile(r"(<title\b[^>]{0,80}\btype=[\"']xhtml[\"'][^>]{0,80}>)((?:(?!</title>).){0,4000})", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>")
_SHOUTED = re.compile(r"</?[A-Z][A-Z:]*")
_OLD_SPACES = ("http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/")
_SPACE = "http://purl.org/rss/1.0/"


def repaired(text: str) -> str:
    """A feed's XML without what stands before it, its namespaces known, its texts in their places, all escaped."""
    root = _ROOT.search(text[:20_000])
    text = text if root is None else text[root.start() :]  # declarations, entities, warnings of the writing program
    for space in _OLD_SPACES:
        text = text.replace(space, _SPACE)
    if root is not None and root.group().isupper():
        text = _SHOUTED.sub(lambda found: found.group().lower(), text)
    if "xhtml" in text:
        text = _MARKED_UP.sub(lambda found: found.group(1) + _TAG.sub("", found.group(2)), text)
    return escaped(_with_items_inside(_OWN_TITLES.sub("", text)))


def _with_items_inside(text: str) -> str:
    """An RSS feed whose entries stand in its channel, where some put them behind it."""
    end, first = text.find("</channel>"), text.find("<item")
    if not 0 <= end < first or "<rss" not in text[:20_000]:
        return text
    text = text[:end] + text[end + len("</channel>") :]
    return text.replace("</rss>", "</channel></rss>", 1)


def escaped(text: str) -> str:
    """XML whose bare ampersands and HTML entities a strict parser takes; CDATA sections stay as they are.

    The parser drops what it cannot read: "AT&T" became "AT", an ampersand in a link cut the link.
    """
    if _BARE.search(text) is None:
        return text
    done: list[str] = []
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        done += (_BARE.sub(_entity, text[at:start]), text[start:end])
        at = end
    return "".join([*done, _BARE.sub(_entity, text[at:])])


def _entity(found: re.Match[str]) -> str:
    name = found.group(1)
    if name is None:
        return "&amp;"
    sign = html.unescape(f"&{name}")
    return sign if not sign.startswith("&") else f"&amp;{name}"
