"""A page given as plain text to the article in it: no boxes to go by, only the lengths and the words of its lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from news.address import canonical, day_in, host_of
from news.article import Article, Link, article_id
from news.errors import NotAnArticle, NotAPage
from news.furniture import ends_story, is_credit, is_date_line, is_furniture, is_photo_credit
from news.language import language_of
from news.markup import text_of
from news.metadata import squeeze, words_key
from news.metadata_byline import (
    dated_name,
    holds_byline,
    is_agency,
    is_byline,
    is_name_like,
    names_in,
    names_of,
    without_biography,
)
from news.metadata_date import day_written, midnight
from news.metadata_title import clean_title
from news.page_body import best_run, weigh
from news.text import paragraphs, sentences, words

if TYPE_CHECKING:
    from datetime import datetime

    from news.article import Precision

_SHORTEST = 40
"""Characters of text below which there is nothing to read."""
_LONGEST = 1_000_000
_MOST_LINES = 10_000
"""Characters and lines of text that are read."""
_READING_TIME = re.compile(
    r"^(?:\d{1,2}\s*-?\s*min(?:s|ute|utes|uten|uti|utos)?\.?\s*(?:read|lesezeit|de lecture|de lectura)?"
    r"|lesezeit:?.{0,12}min\w*)\b[\s|\u2022\u00b7,-]*",
    re.IGNORECASE,
)
_CAPTION_END = re.compile(
    r"(?:[.!?)\u2026\"\u201d]|\d{4})\s*\(?\[?"
    r"(?:[A-Z][\w.&' -]{1,40}/[\w.&' /-]{2,60}|(?:Photo|Foto|Image|Bild|Picture|Credit|Via|\u00a9)\b.{2,80})\)?\]?\.?$"
    r"|\((?:Photo|Foto|File photo|AP|Reuters|AFP|EPA|Getty)\b[^)]{0,80}\)\.?$"
    r"|\([A-Z][\w.'\u2019-]+(?: [\w.'\u2019-]+){1,3} ?(?:for|via|/) ?[A-Z][^)]{2,50}\)\.?$",
)
_MARKS = re.compile(r"^(?:#{1,6} +|> +)")
_STRESSED = re.compile(r"([*_]{1,3})(?=\S)([^*_]{3,300})\1")
_HOUSE = re.compile(r"(?<=\w.{16}) \| [^|]{2,40}$")
"""The name of the paper behind a headline, as in the title of a browser's window."""
_LISTED = re.compile(r"^\s*[\u2022\u00b7\u25aa\u25cf*-]\s+")
_LABELS = re.compile(r"^(tags|topics|themen|schlagworte|keywords)\s*:?\s*(.*)$", re.IGNORECASE)
_RELATED = re.compile(
    r"^(?:related|more|you may|read next|recommended|also|mehr|weitere|lire aussi|te puede|leggi)\b", re.IGNORECASE
)
_ABOVE = 16
"""Lines between a headline and its story at most."""
_FEW = 0.5
"""What the words of a line count less together: the name of a paper has two or three, and all return."""
_STEM = 5
"""Letters of a word that its forms share."""
_ENDED = ".!?\u2026\"'\u201d\u2019\u00bb)\u3002\u300d"


class _Page(Struct):
    """What has been told apart of a page's lines."""

    lines: list[str]
    title: int = -1
    body: list[str] = []
    captions: list[str] = []
    people: list[str] = []
    agencies: list[str] = []
    tags: list[str] = []
    related: list[Link] = []
    site: str | None = None
    dated: list[str] = []
    named: list[str] = []


def read_text(
    text: bytes | str,
    *,
    url: str | None = None,
    title: str | None = None,
    published: datetime | None = None,
    clean: bool = False,
) -> Article:
    """The article of a page given as text; with `clean` the text is the body and stays as it is, to the character.

    Raises:
        NotAPage: there is no text.
        NotAnArticle: the text is too short to tell a story.
    """
    if clean and isinstance(text, str):
        return _as_given(text, url or "", title, published)
    readable = text_of(text)[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    spans = paragraphs(readable)
    page = _Page([squeeze(readable[start:end]) for start, end in spans[:_MOST_LINES]])
    page.lines = [line for line in map(_unmarked, page.lines) if line]
    _sort(page, title)
    people = tuple(dict.fromkeys(page.people or page.named))
    body = without_biography("\n\n".join(page.body), people)
    if weigh(body) < _SHORTEST:
        raise NotAnArticle("The text tells no story: it holds no sentences. Give the whole article, or its address.")
    found = _when(page, url, published)
    address = canonical(url or "")
    shown = _HOUSE.sub("", page.lines[page.title]) if page.title >= 0 else ""
    headline = clean_title(squeeze(title or "") or shown)
    return Article(
        id=article_id(address, body),
        title=headline or _opening(page.body[0]),
        text=body,
        url=address,
        byline=people,
        agencies=tuple(dict.fromkeys(page.agencies)),
        published=found[0] if found else None,
        precision=found[1] if found else None,
        site=page.site or host_of(url) or None,
        language=language_of(body),
        captions=tuple(dict.fromkeys(page.captions)),
        tags=tuple(dict.fromkeys(page.tags)),
        related=tuple(page.related),
    )


def _as_given(text: str, url: str, title: str | None, published: datetime | None) -> Article:
    """The article of a text that is a body already."""
    if not squeeze(text):
        raise NotAPage("The text is empty. Give the article's text, or its address.")
    spans = paragraphs(text)
    address = canonical(url)
    return Article(
        id=article_id(address, text),
        title=clean_title(squeeze(title or "")) or next(filter(None, (_opening(squeeze(text[a:b])) for a, b in spans))),
        text=text,
        url=address,
        published=published,
        precision=None if published is None else "minute" if (published.hour or published.minute) else "day",
        site=host_of(url) or None,
        language=language_of(text),
    )


def _opening(line: str) -> str:
    """The first sentence of a text that has no headline, at most 120 characters."""
    spans = sentences(line[:2000])
    line = clean_title(line[slice(*spans[0])]).removesuffix(".") if spans else line
    line = line[:1].upper() + line[1:]
    return line if len(line) <= 120 else line[:119].rsplit(" ", 1)[0].rstrip(",;:- ") + "\u2026"


def _unmarked(line: str) -> str:
    """A line without the marks that plain text writes for headings, quotations and stress (Markdown)."""
    line = _MARKS.sub("", line)
    stressed = _STRESSED.fullmatch(line)
    return stressed.group(2).strip() if stressed else line


def _is_prose(line: str) -> bool:
    ended = line[-1] in _ENDED
    return weigh(line) >= 160 or (ended and (weigh(line) >= 60 or len(line.split()) >= 5))


def _is_caption(line: str) -> bool:
    return len(line) < 500 and _CAPTION_END.search(line) is not None


def _values(lines: list[str]) -> list[float]:
    """What each line adds to a story that runs through it."""
    result: list[float] = []
    seen: set[str] = set()
    for line in lines:
        key = words_key(line)
        if is_furniture(line) or is_date_line(line) or _LISTED.match(line) or ends_story(line):
            result.append(-150.0)
        elif _is_caption(line):
            result.append(-20.0)
        elif _is_prose(line):
            result.append(10.0 if key in seen else min(600.0, weigh(line)))
        else:
            result.append(-60.0)
        seen.add(key)
    return result


def _sort(page: _Page, title: str | None) -> None:
    """Tells a page's lines apart."""
    lines = page.lines
    result = _values(lines)
    _, (start, end) = best_run(result, 0, len(lines))
    end = next((i for i in range(start, end) if ends_story(lines[i]) and sum(map(len, lines[start:i])) > 200), end)
    if start == end:
        start, end = 0, next((i for i, line in enumerate(lines) if i and ends_story(line)), len(lines))
    page.title = _headline(lines, start, end, title)
    if start <= page.title:
        start = page.title + 1
    for index in range(page.title + 1 if page.title >= 0 else max(0, start - 6), min(len(lines), end + 6)):
        if index == page.title or not _describes(page, index, start <= index < end):
            continue
        if start <= index < end:
            page.body.append(lines[index])
    _once(page, lines[page.title] if page.title >= 0 else title or "")
    _after(page, end)


def _headline(lines: list[str], start: int, end: int, title: str | None) -> int:
    """The line that is the headline: it says the title given, or its words return in the story; -1 if none does."""
    if title:
        key = words_key(title)
        return next((i for i in range(min(end, len(lines))) if words_key(lines[i]) == key), -1)
    story = _stems(lines[start:end])
    best, most = -1, 0.45
    for index in range(max(0, start - _ABOVE), min(start + 1, end)):
        line = lines[index]
        own = [word for word in words(line) if len(word) > 3]
        if (
            not 12 <= weigh(line) <= 220
            or line[-1] in ".\u3002"
            or len(own) < 2
            or is_furniture(line)
            or _is_caption(line)
        ):
            continue
        rest = story if index != start else _stems(lines[start + 1 : end])
        share = sum(word[:_STEM] in rest for word in own) / len(own) - _FEW / len(own)
        if share > most:
            best, most = index, share
    return best


def _stems(lines: list[str]) -> set[str]:
    return {word[:_STEM] for word in words(" ".join(lines))}


def _describes(page: _Page, index: int, inside: bool) -> bool:
    """Whether a line belongs to the body; what it says about the article otherwise is noted."""
    line = page.lines[index]
    if _is_caption(line) or (page.captions and line == page.captions[-1]):
        page.captions.append(line)
        return False
    if is_credit(line) or (holds_byline(line) and (not page.body or is_byline(line))):
        return not _note_names(page, line)
    if index and _follows_credit(page.lines[index - 1], line):
        page.captions.append(line)
        return False
    timed = _READING_TIME.match(line)
    if timed is not None and len(line) < 60:
        rest = line[timed.end() :].strip()
        page.site = page.site or (rest if 2 < len(rest) <= 40 else None)
        return False
    if is_date_line(line):
        page.dated.append(line)
        return False
    if not inside and not page.body and not page.named and (names := _bare_names(line)):
        page.named += names
        page.dated.append(line)
        return False
    if not inside and day_written(line) is not None and len(line) < 80:
        page.dated.append(line)
    return not (is_furniture(line) or is_photo_credit(line) or (_LISTED.match(line) and not _is_prose(line)))


def _follows_credit(before: str, line: str) -> bool:
    """Whether a line without an end stands under the name of a picture agency, as captions do when a page is copied."""
    return line[-1] not in _ENDED and len(line) < 200 and is_photo_credit(before)


def _bare_names(line: str) -> list[str]:
    """The names in a line that holds nothing else, a date aside."""
    if len(line) > 60:
        return []
    dated = dated_name(line)
    names = [dated] if dated else names_in(line)
    joined = sum(len(words_key(name)) for name in names) + 6 * (len(names) - 1)
    alone = dated is not None or len(words_key(line)) <= joined
    return names if alone and all(map(is_name_like, names)) else []


def _note_names(page: _Page, line: str) -> bool:
    """Whether a line is a byline; its names are noted."""
    if len(line) > 160:
        return False
    names = [name for part in re.split(r"[;.](?=\s)", line) for name in names_of(part)]
    if day_written(line) is not None:
        page.dated.append(line)
    people = [name for name in names if is_name_like(name) and not is_agency(name)]
    houses = [name for name in names if is_agency(name)]
    page.people += people
    page.agencies += houses
    return bool(people or houses) or is_credit(line)


def _once(page: _Page, title: str) -> None:
    """Leaves each paragraph once, the title not at all, and drops what trails behind the last sentence."""
    seen = {words_key(title)}
    kept: list[str] = []
    for line in page.body:
        key = words_key(line)
        if key and key not in seen:
            kept.append(line)
            seen.add(key)
    while kept and not _is_prose(kept[-1]) and kept[-1][-1] not in _ENDED and len(kept) > 1:
        kept.pop()
    page.body = kept


def _after(page: _Page, end: int) -> None:
    """Notes tags and related titles among the lines behind the story."""
    mode = ""
    for line in page.lines[end:]:
        labels = _LABELS.match(line)
        if labels is not None and len(line) < 200:
            mode = "tags"
            page.tags += [tag.strip(" #") for tag in labels.group(2).split(",") if tag.strip(" #")]
        elif _RELATED.match(line) and len(line) < 60:
            mode = "related"
        elif is_furniture(line) or ends_story(line):
            mode = ""
        elif mode == "tags" and len(line) <= 40:
            page.tags.append(line.strip("# "))
        elif mode == "related" and len(line.split()) > 3 and len(line) <= 160 and line[-1] not in ".\u3002":
            page.related.append(Link(line))


def _when(page: _Page, url: str | None, given: datetime | None) -> tuple[datetime, Precision] | None:
    """When a page was published: as given, by its lines of dates, its address, its captions."""
    if given is not None:
        return given, "minute" if (given.hour or given.minute) else "day"
    days = [*map(day_written, page.dated), day_in(url), *map(day_written, page.captions)]
    return next((midnight(day) for day in days if day is not None), None)
