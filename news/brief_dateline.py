"""Where a sentence begins behind its dateline: "MOSCOW, April 25 (Reuters) - ", "Doha: ", "26 July 2022: "."""

from __future__ import annotations

import re

from news.place import PLACES

_HEAD = re.compile(
    r"(?P<head>[A-Z\d][^\n\"\u201c\u201d()_\u2013\u2014:]{1,60}?)??(?P<agency> ?\([^()\n]{2,40}\))?"
    r"(?:(?P<colon>:)\s+| ?(?:--|[_\u2013\u2014])\s*|(?: |(?<=\)))-\s+)(?=[\"\u201c\u2018'A-Z\d$\u20ac\u00a3])"
)
_PARTED = re.compile(r"\s*[,/]\s*")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    rf"|{_MONTH}(?: \d{{1,2}})?(?: \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|\d{{4}})"
)
_MARK = re.compile(r"(?:--?|[\u2013\u2014*\u2022])\s+")


def dateline_end(text: str, start: int, end: int) -> int:
    """Where the sentence in [start, end) begins behind its dateline; `start` where it has none."""
    found = _HEAD.match(text, start, min(end, start + 120)) if _has_mark(text[start : start + 90]) else None
    if found is None or not (found["head"] or found["agency"]):
        rest = _MARK.match(text, start, end)  # what is left of one that was taken for a sentence: "RILLTON, N.H. - "
        return rest.end() if rest else start
    if not found["head"]:
        return found.end() if found["colon"] is None else start
    known = found["agency"] is not None
    return found.end() if _is_head(found["head"].strip(), firm=known, colon=found["colon"] is not None) else start


def _has_mark(begin: str) -> bool:
    """Whether a mark that ends datelines stands in the beginning of a sentence."""
    return ": " in begin or "- " in begin or "_ " in begin or "\u2014" in begin or "\u2013" in begin or "--" in begin


def _is_head(head: str, *, firm: bool, colon: bool) -> bool:
    """Whether words are where and when a report was written; behind a colon capitals may as well be a speaker."""
    first, *rest = _PARTED.split(head)
    if not all(_DATE.fullmatch(part) or (part[:1].isupper() and part.count(" ") < 3) for part in rest):
        return False
    if not all(word[0].isupper() or word[0].isdigit() for word in first.split()):
        return False
    if _DATE.fullmatch(first):
        return len(first) > 4 and (not rest or colon or firm)
    shouted = first.isupper() and len(first) > 2 and not colon
    return shouted or first in PLACES or first.title() in PLACES or (firm and first.count(" ") < 4)
