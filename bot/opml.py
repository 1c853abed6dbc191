"""Lists of feeds as other programs exchange them (OPML 2.0, http://opml.org/spec2.opml)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from bot.guard import RefusedAddress, checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LARGEST = 5_000_000
DEEPEST = 20


class OpmlError(ValueError):
    """A file that is no OPML; the message says what is accepted."""


class Outline(Struct, frozen=True):
    """A feed of a list: its address, its name, and the list it stands in."""

    url: str
    name: str
    within: str | None = None


def read(data: bytes) -> tuple[tuple[Outline, ...], tuple[str, ...]]:
    """The feeds of a file, each address once, and the addresses that can't be used.

    Raises:
        OpmlError: no OPML, or too large.
    """
    accepted = 'Accepted: an OPML file, <opml><body><outline xmlUrl="https://example.org/rss.xml"/></body></opml>'
    if len(data) > LARGEST:
        raise OpmlError(f"The file has more than {LARGEST // 1_000_000} MB. {accepted}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise OpmlError(f"This is no XML: {error.msg}. {accepted}") from error
    if root is None or root.tag != "opml":
        raise OpmlError(f"This is no OPML. {accepted}")
    found: dict[str, Outline] = {}
    refused = []
    for outline in _outlines(root, None, 0):
        try:
            checked(outline.url)
        except RefusedAddress:
            refused.append(outline.url[:200])
        else:
            found.setdefault(outline.url, outline)
    return tuple(found.values()), tuple(refused)


def _outlines(node: etree._Element, within: str | None, depth: int) -> Iterator[Outline]:
    """Every outline below a node that has an address."""
    if depth > DEEPEST:
        return
    for child in node.iterchildren("body", "outline"):
        address = (child.get("xmlUrl") or "").strip()
        name = " ".join((child.get("title") or child.get("text") or "").split())[:200]
        if address:
            yield Outline(address, name, within)
        yield from _outlines(child, within if child.tag == "body" or address else name or within, depth + 1)


def write(title: str, outlines: Iterable[Outline]) -> bytes:
    """The list as a file; lists become outlines with feeds below them."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    lists: dict[str, etree._Element] = {}
    for outline in outlines:
        parent = body
        if outline.within:
            name = _legal(outline.within)
            if name not in lists:
                lists[name] = etree.SubElement(body, "outline", text=name, title=name)
            parent = lists[name]
        name = _legal(outline.name or outline.url)
        etree.SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=_legal(outline.url))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _legal(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
