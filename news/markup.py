"""Bytes of a page to safe markup: decoded, and cut down to what a parser takes in fractions of a second.

Both HTML parsers at hand are quadratic in the depth of nesting and in the attributes of one tag (100,000 nested boxes:
15 s); the limits here keep every page, hostile or not, below a second.
"""

from __future__ import annotations

import codecs
import re
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING

from news.charset import is_mostly_utf8, told
from news.errors import NotAPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from news.article import Span

LONGEST = 1_500_000
"""Characters of markup that are read, long scripts left out; the longest of 434 pages had 2.2 million with them."""
DEEPEST = 1_500
"""Nested elements that are followed; deeper ones are cut off. Browsers stop at 512."""
_LONG_TAG = 50_000
_MOST_ATTRIBUTES = 300
_SCANNED = 40_000
"""Characters of markup that no nesting or attribute can make slow."""
_LONG_SCRIPT = 100_000
_LONG_DATA = 2_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, film or WebP picture"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"\x00\x00\x00\x20ftyp", "a film"),
    (b"ID3", "a sound"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd\ud800-\uf8ff]")
"""Control signs, surrogates, signs for private use, and what stands for what could not be decoded."""
_SCRIPT = re.compile(r"<(/?)(script|style)\b", re.IGNORECASE)
_OPENING = re.compile(r"\s*<(?:!doctype|!--|\?xml|[a-z])", re.IGNORECASE)
_KNOWN = re.compile(r"<(?:/?(?:p|div|html|body|head|article|h[1-6]|br|span|a|meta|li|td)\b|!doctype)", re.IGNORECASE)
_WIDE = 2400
"""Characters of a tag from which on its attributes are counted."""
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_TAG = re.compile(r"<[a-zA-Z]")
_ANY_TAG = re.compile(r"<(/?)[a-zA-Z]")
_STEP = {"": 1, "/": -1}
_NESTING = re.compile(
    r"<(/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|option|t[rdh]|d[td])\b)[a-z]",
    re.IGNORECASE,
)
_RENAMED = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "windows-874": "cp874",
    "tis-620": "cp874",
}
"""What labels mean to browsers (WHATWG Encoding, section 4.2)."""
_BY_DEFAULT = frozenset(("utf-8", "utf8", "cp1252", "windows-1252"))


def decode(data: bytes) -> str:
    """Text of a page's bytes: by byte order mark, as UTF-8, as the page declares, or as its letters tell.

    Raises:
        NotAPage: the bytes are a picture, an archive or the like.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise NotAPage(f"This is {what}, no web page. A page is HTML or plain text.")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if b"\x00<\x00" in data[:64] or data[:2] == b"<\x00":
        return data.decode("utf-16-le" if data[:2] == b"<\x00" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        near_end = error.start >= len(data) - 4
        return data[: error.start].decode("utf-8") if near_end and error.start else _decode_as_declared(data)


def _decode_as_declared(data: bytes) -> str:
    """Text of bytes that are no sound UTF-8.

    A page that says it is in UTF-8, in Western letters or nothing says what its maker's tools say by default.
    """
    if is_mostly_utf8(data):
        return data.decode("utf-8", "replace")
    found = _CHARSET.search(data[:4096])
    name = found.group(1).decode("ascii").lower() if found else "cp1252"
    name = _RENAMED.get(name, name)
    try:
        codec = codecs.lookup(name)
        if codec._is_text_encoding is False:  # noqa: SLF001 - hex, zip and the like are listed among the codecs
            name = "cp1252"
    except (LookupError, ValueError):
        name = "cp1252"
    return data.decode(told(data) if name in _BY_DEFAULT else name, "replace")


def text_of(data: bytes | str) -> str:
    """What was given as readable text, without lone surrogates and control signs.

    Raises:
        NotAPage: there is nothing in it, or mostly what is no text.
    """
    text = decode(data[: 4 * LONGEST]) if isinstance(data, bytes) else data
    if not text or text.isspace():
        raise NotAPage("The page is empty. A page is HTML or plain text.")
    head = text[:4096]
    if len(_NO_TEXT.findall(head)) > len(head) / 10:
        raise NotAPage(
            "This is no text: it may be a picture, an archive or another file. A page is HTML or plain text."
        )
    try:
        written = text.encode()
    except UnicodeEncodeError:
        written = text.encode("utf-8", "replace")
        text = written.decode()
    return text.replace("\x00", "") if b"\x00" in written else text


def has_markup(text: str) -> bool:
    """Whether a text holds tags, so that it must be read as HTML."""
    return _OPENING.match(text) is not None or len(_KNOWN.findall(text[:200_000])) > 1


def guard(markup: str) -> str:
    """Markup that a parser takes in time linear in its length: no oversized scripts, tags, depth or whole."""
    if len(markup) <= _SCANNED:
        return markup
    if len(markup) > LONGEST:
        markup = _drop_long_scripts(markup)[:LONGEST]
    markup = without_wide_tags(markup)
    return _cut_deep(markup) if markup.count("<") > 4 * DEEPEST else markup


def without_wide_tags(markup: str) -> str:
    """Markup without the tags that hold more attributes or text than any honest one."""
    kept: list[str] = []
    at = 0
    for start, end in _long_stretches(markup):
        tag = _TAG.search(markup, start, end - _WIDE)
        if tag and (end - tag.start() >= _LONG_TAG or _attributes(markup[tag.start() : end]) > _MOST_ATTRIBUTES):
            kept.append(markup[at : tag.start()])
            at = end + 1
    return "".join([*kept, markup[at:]]) if kept else markup


def _attributes(tag: str) -> int:
    """How many attributes a tag has at most, with values and without; spaces and slashes part them."""
    bare = _QUOTED.sub('""', tag)
    return max(bare.count("="), bare.count("/"), len(bare.split()))


def _long_stretches(markup: str) -> Iterator[Span]:
    """Where more than _WIDE characters stand without a ">"; they hold a whole window of half as many."""
    at = 0
    while at < len(markup):
        if markup.find(">", at, at + _WIDE // 2) >= 0:
            at += _WIDE // 2
            continue
        start, end = markup.rfind(">", 0, at) + 1, markup.find(">", at)
        end = len(markup) if end < 0 else end
        if end - start > _WIDE:
            yield start, end
        at = max(at + _WIDE // 2, end)


def _drop_long_scripts(markup: str) -> str:
    """Markup without the scripts and styles that are longer than any that tell of the article."""
    kept: list[str] = []
    at = 0
    opening: re.Match[str] | None = None
    for token in _SCRIPT.finditer(markup):
        if opening is None:
            opening = None if token.group(1) else token
        elif token.group(1) and token.group(2).lower() == opening.group(2).lower():
            if token.start() - opening.end() > _longest_script(markup, opening):
                kept.append(markup[at : opening.start()])
                at = token.start()
            opening = None
    rest = markup[at:]
    if opening is not None and len(markup) - opening.end() > _longest_script(markup, opening):
        rest = markup[at : opening.start()]
    return "".join([*kept, rest])


def _longest_script(markup: str, opening: re.Match[str]) -> int:
    return _LONG_DATA if "ld+json" in markup[opening.end() : opening.end() + 200] else _LONG_SCRIPT


def _cut_deep(markup: str) -> str:
    """Markup up to where its elements nest deeper than any page's do."""
    depths = list(accumulate(map(_STEP.__getitem__, _ANY_TAG.findall(markup))))
    if len(depths) <= DEEPEST or max(map(sub, depths, accumulate(depths, min))) <= DEEPEST:
        return markup  # too little opens at all, elements that never close counted as open
    depth = 0
    for match in _NESTING.finditer(markup):
        depth = max(0, depth + (-1 if match.group(1) else 1))
        if depth > DEEPEST:
            return markup[: match.start()]
    return markup
