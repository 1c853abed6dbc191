"""Who wrote an article, by its structured data, its metas, or the line under its headline."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from news.furniture import is_date_line
from news.lists import entries, word_set
from news.metadata import squeeze, strings, words_key
from news.text import fold, small

if TYPE_CHECKING:
    from collections.abc import Iterable

    from news.metadata import Metadata

_AGENCIES = frozenset(entries("bylines", "agencies"))
_ROLES = frozenset(entries("bylines", "roles"))
_NOBODY = frozenset(entries("bylines", "nobody"))
_BY = re.compile(
    r"^(?:"
    + "|".join(sorted(map(re.escape, entries("bylines", "by")), key=len, reverse=True))
    + r")(?=[:\uff1a\uff0f\s])[:\uff1a\uff0f\s]*",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"\s+(?:"
    + "|".join(map(re.escape, entries("bylines", "joins")))
    + r")\s+|\s*[;|\u2022\u00b7\n]\s*|\s+[/\u2013\u2014-]\s+",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"\S+@\S+|(?<!\w)@\w+|https?://\S+|www\.\S+|\bAutor(?:in)?:|\([^)]{0,80}\)")
_EDGES = " \t,.;:|/\u2022\u00b7\u2013\u2014-\"'*#[]()"
_PARTICLES = word_set(
    "de da di do dos das del della la le el al van von der den ter ten zu zur bin ibn af av y e i the und og du des "
    "abu o' mac san",
)
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_METAS = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "byl", "cxenseparse:author", "og:article:author",
)  # fmt: skip
_INSIDE = re.compile(
    r"\s(?:(?:by|von|por|par|door|av|af)\s+|(?:"
    + "|".join(sorted(map(re.escape, entries("bylines", "by")), key=len, reverse=True))
    + r")\s*[:\uff1a]\s*)(?=\w)",
    re.IGNORECASE,
)
_FREE = _ROLES | _PARTICLES | frozenset(entries("bylines", "joins")) | frozenset(entries("bylines", "by"))
_BEHIND = frozenset(("in", "for", "at", "from", "on", "of", "aus", "f\u00fcr", "\u00e0", "en", "para", "per", "i"))
_DATED = re.compile(r"([^\d,|\u2022\u00b7]{5,40}?)[\s,|\u2022\u00b7\u2013-]+(?=\d|[^\W\d_]{3,10}\.? \d)")
_DOING = word_set("is was has reported reports reporting covers covered writes wrote contributed is leads edits")
_REPORTER = re.compile("([\uac00-\ud7af]{2,4}) (?:\uae30\uc790|\ud2b9\ud30c\uc6d0)(?![\uac00-\ud7af])")
"""A Korean name before "reporter" or "correspondent"."""
_MOST = 12
_OPENING = 60
"""Characters of a line that are compared with the openings of bylines; the longest has half as many."""
_BIOGRAPHY = 500
"""Characters of a paragraph about an author at most."""


def is_agency(name: str) -> bool:
    """Whether a name in a byline is that of a house that delivers texts to others."""
    folded = fold(name).strip(_EDGES)
    return folded in _AGENCIES or all(part in _AGENCIES for part in re.split(r"\s*[/,+]\s*", folded))


@lru_cache(maxsize=4096)
def is_name_like(text: str) -> bool:
    """Whether a piece of a byline can be a person's name: two to five words, capitals or particles, none a role."""
    if _UNSPACED.search(text):
        return 1 < len(text) <= 6
    parts = text.split()
    if not 2 <= len(parts) <= 5 or ":" in text or any(map(str.isdigit, text)):
        return False
    if any(fold(part).strip(_EDGES) in _ROLES for part in parts):
        return False
    return all(part[0].isupper() or part.lower() in _PARTICLES or part[0] in "'\u2019" for part in parts)


def names_in(raw: str) -> list[str]:
    """The names in a byline as written, without openings, roles, places and addresses."""
    text = squeeze(_CONTACT.sub(" ", raw.replace("\n", ";"))).strip(_EDGES)
    if not text or len(text) > 300:
        return []
    text = _without_by(text)
    found: list[str] = []
    for part in _JOINS.split(text):
        pieces = [_core(piece.strip(_EDGES)) for piece in part.split(",")]
        named = [piece for piece in pieces if is_name_like(piece) or (is_agency(piece) and piece)]
        found.extend(named or [pieces[0]])
    named = [name for name in map(_without_by, found) if 1 < len(name) <= 60 and any(map(str.isalpha, name))]
    return [_calmed(name) if " " in name and name.isupper() else name for name in named]


@cache
def _first_names() -> frozenset[str]:
    """The first names of people in world news, folded; few bylines need them, and they take long to load."""
    lines = (line for group in ("men", "women", "both") for line in entries("first_names", group))
    return frozenset(fold(name.strip()) for line in lines for name in line.split(","))


def _is_first_name(part: str) -> bool:
    return fold(part.partition("-")[0]) in _first_names()


def _calmed(name: str) -> str:
    """A person's name in capitals as people write it; parts of two letters are initials, houses keep theirs."""
    parts = name.split()
    return " ".join(part.title() if len(part) > 2 else part for part in parts) if _is_first_name(parts[0]) else name


def _core(piece: str) -> str:
    """A piece of a byline up to the role, place or house behind its name: "Ida Holm in Oslo", "Ida Holm BBC News"."""
    parts = piece.split()
    if len(parts) == 2 and _UNSPACED.search(piece) and fold(parts[1]) in _ROLES:
        return parts[0]
    if len(parts) < 3:
        return piece
    houses = len(parts) > 3 and any(is_agency(" ".join(parts[place:])) for place in range(2, len(parts)))
    if is_name_like(piece) and not houses and not any(map(_is_initialism, parts[2:-1])):
        return piece
    for place in range(2, min(len(parts), 6)):
        part = parts[place]
        if is_agency(" ".join(parts[place:])) and is_name_like(" ".join(parts[:place])):
            return " ".join(parts[:place])
        shouted = _is_initialism(part) and not piece.isupper()
        if (shouted or fold(part).strip(_EDGES) in _ROLES or part.lower() in _BEHIND) and is_name_like(
            " ".join(parts[:place])
        ):
            return " ".join(parts[:place])
    return piece


def _is_initialism(part: str) -> bool:
    return part.isupper() and part.isalpha() and 2 <= len(part) <= 5


def _without_by(text: str) -> str:
    for _ in range(2):
        found = _BY.match(fold(text)) if text.isascii() else _BY.match(text)
        if found is None:
            break
        text = text[found.end() :].strip(_EDGES)
    return text


def _is_house(name: str, houses: Iterable[str]) -> bool:
    """Whether a name is the paper's own."""
    key = words_key(name)
    return any(
        key == house or (len(house) > 5 and (key.startswith(house) or house.startswith(key))) for house in houses
    )


def byline(
    metadata: Metadata, shown: Iterable[list[str]], site: str | None, host: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """People that made an article, and agencies, each once, in order; agencies alone are the people too.

    Structured data is believed before metas, metas before the lines that the page shows, in groups, best first; where
    one names only the house, the next that names people wins.
    """
    houses = {words_key(text) for text in (site or "", host.partition(".")[0], host) if text}
    groups = [_in_data(metadata)]
    groups += [_each(value for value in metadata.every(*_METAS) if not value.startswith(("http", "www", "/", "@")))]
    groups += [[name for line in lines for name in _shown(line)] for lines in shown]
    chosen: list[str] = []
    for names in groups:
        named = [name for name in names if not _is_house(name, houses)]
        if any(not is_agency(name) for name in named):
            return _parted(named)
        chosen = chosen or names
    return _parted(chosen)


def _in_data(metadata: Metadata) -> list[str]:
    """The authors that structured data name; of several objects about one article the fullest that agrees."""
    names = _each(strings(metadata.article.get("author"), "name"))
    for thing in metadata.others:
        more = _each(strings(thing.get("author"), "name")) if thing.get("headline") else []
        if len(more) > len(names) > 0 and set(names) <= set(more):
            names = more
    return names


def opens_byline(line: str) -> bool:
    """Whether a line opens as bylines do: "By", "Von", "Text:"."""
    return _BY.match(small(line[:200].strip(_EDGES)[:_OPENING])) is not None


def holds_byline(line: str) -> bool:
    """Whether a line opens as bylines do, or goes on so behind a date: "22 April 2025 by", "18:05 | Author:"."""
    if opens_byline(line) or _REPORTER.search(line):
        return True
    inside = _INSIDE.search(line)
    if inside is None:
        return False
    return inside.group().rstrip()[-1] in ":\uff1a" or is_date_line(line[: inside.start()])


def dated_name(line: str) -> str | None:
    """The name that a line under a headline holds beside a date and nothing else: "Ida Holm, 22 April 2025".

    Its first name must be a known one: a place may stand there as well.
    """
    found = _DATED.match(line)
    name = found.group(1).strip(_EDGES) if found and is_date_line(line[found.end(1) :]) else ""
    return name if is_name_like(name) and _is_first_name(name.split()[0]) else None


def is_byline(line: str) -> bool:
    """Whether a short line opens as bylines do and names somebody."""
    if len(line) > 100 or line[-1] in ".!?" or not opens_byline(line):
        return False
    return any(is_name_like(name) for name in names_in(line))


def _each(values: Iterable[str]) -> list[str]:
    names = (name for value in values for name in names_in(value))
    return list(dict.fromkeys(name for name in names if fold(name) not in _NOBODY))[:_MOST]


def _shown(line: str) -> list[str]:
    """The names of a line that the page shows as a byline; none where it says anything else."""
    if len(line) > 200:
        return []
    if reporters := _REPORTER.findall(line):
        return reporters
    marked = opens_byline(line)
    names = [name for name in names_in(line) if is_name_like(name) or (is_agency(name) and marked)]
    inside = _INSIDE.search(line)  # "Posted on April 25 by Ida Holm"
    if names or inside is None:
        return names
    return [name for name in names_in(line[inside.end() :]) if is_name_like(name)]


def names_of(line: str) -> list[str]:
    """The names of a line that opens as bylines do or goes on so behind a date; all that it may name otherwise."""
    inside = None if opens_byline(line) else _INSIDE.search(line)
    return names_in(line if inside is None else line[inside.end() :])


def _parted(names: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """People and agencies apart, equal names once; where nobody else is named the agencies are the byline too."""
    once = {words_key(name): name for name in reversed(names)}
    ordered = [name for name in names if once.get(words_key(name)) == name]
    ordered = list(dict.fromkeys(ordered))
    agencies = tuple(name for name in ordered if is_agency(name))
    return tuple(name for name in ordered if name not in agencies) or agencies, agencies


def signs(line: str) -> bool:
    """Whether a last line can be a signature: names, roles and places, and no sentence."""
    parts = line.split()
    free = [part for part in parts if part[0].islower() and fold(part).strip(_EDGES) not in _FREE]
    return len(parts) <= 12 and not free


def _introduces(part: str, names: list[str]) -> bool:
    """Whether a short paragraph says what one of the authors does: "Ida Holm reported from Oslo."."""
    name = next((name for name in names if part.startswith(name)), None)
    follow = part[len(name) :].split(maxsplit=1)[:1] if name and len(part) <= 200 else []
    return bool(follow) and follow[0].strip(",") in _DOING


def without_biography(text: str, people: tuple[str, ...]) -> str:
    """A story's text without the last short paragraphs that tell who its authors are, by their full names."""
    names = [name for name in people if len(name.split()) > 1 and not name.isupper()]
    parts = text.split("\n\n")
    parts[:2] = [part for part in parts[:2] if len(parts) < 4 or not _introduces(part, names)]
    while len(parts) > 3 and len(parts[-1]) <= _BIOGRAPHY and any(name in parts[-1] for name in names):
        parts.pop()
    return "\n\n".join(parts)
