"""An article's headline: the wording that most of a page's witnesses share, without the house's name and shouting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from news.lists import section, word_set
from news.metadata import squeeze, strings, words_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from news.metadata import Metadata

_PART = re.compile(
    r"\s+[|\u2022\u00b7\u00bb\u2013\u2014:-]\s+|\s*\|\s*|\s+::\s+|\s*\u2013\s+|\s*[\u3163\uff5c\ufe31\uff1a]\s*"
)
_LABEL = re.compile(
    r"^(?:live(?: updates?)?|watch|video|breaking(?: news)?|exclusive|update[ds]?|just in|photos?|in pictures)"
    r"\s*[:|\u2013-]\s+(?=\S)",
    re.IGNORECASE,
)
_MIXED = re.compile("[a-z\u00df-\u00ff\u0430-\u044f]")
_COMMON = section("common_words", "")
_SMALL = word_set(
    "a an the and but or nor for of in on at to by as from with vs via de la le les des du et y en von der die das und"
)


_CUT = re.compile(r"\s*(?:\.\.\.|\u2026)$")
_HEADLINE = 30
"""Characters from which on a heading of the second level can be the headline, where nothing else is."""
_EMPTY = word_set("untitled untitleddocument newpage home index article document story news page")
_UNDERSCORED = re.compile(r"(?<=[\u2e80-\uffef].{7})_.*$")
"""Section and house behind a Chinese title."""


def candidates(metadata: Metadata) -> list[str]:
    """All wordings of the headline that a page gives, best witness first, each once."""
    raw = [
        *strings(metadata.article.get("headline"), "name"),
        *metadata.every("og:title"),
        *metadata.headings,
        *metadata.every(
            "twitter:title", "dc.title", "parsely-title", "sailthru.title", "cxenseparse:recs:articletitle"
        ),
        metadata.title,
        *(text for text in metadata.lower if words_key(text) in words_key(metadata.title)),
    ]
    found = (_UNDERSCORED.sub("", text) for text in map(squeeze, raw) if 1 < len(text) < 400)
    return list(dict.fromkeys(found))


def title_of(metadata: Metadata, site: str | None, host: str) -> str:
    """The headline, "" where the page gives none."""
    houses = {words_key(text) for text in (site or "", host, host.partition(".")[0]) if text}
    texts = list(dict.fromkeys(without_house(text, houses) for text in candidates(metadata)))
    texts = [text for text in texts if len(text.split()) > 4 or not _names_house(text, houses)] or texts
    if not texts:
        return ""
    keys = [words_key(text) for text in texts]
    if _says_nothing(texts, houses):
        texts = [text for text in metadata.lower if len(text) >= _HEADLINE] + texts
        keys = [words_key(text) for text in texts]
    best = max(texts, key=lambda text: (_support(words_key(text), keys), len(text.split()) > 2 or not text.isascii()))
    stem = _CUT.sub("", best)
    if stem != best:  # cut by a system that allows so many characters
        best = next((text for text in texts if text.startswith(stem) and _CUT.search(text) is None), best)
    if best.isupper():  # another wording may say where the capitals stand
        best = next(
            (text for text, key in zip(texts, keys, strict=True) if key == words_key(best) and not text.isupper()), best
        )
    return clean_title(best)


def _says_nothing(texts: list[str], houses: Iterable[str]) -> bool:
    """Whether all wordings are the house's name or what a program writes where nobody gives a title."""
    return all(words_key(text) in _EMPTY or _names_house(text, houses) for text in texts)


def _support(key: str, others: list[str]) -> int:
    """How many different wordings say the same, or hold this one at their edge.

    Copies are not counted: og:title repeated elsewhere speaks for the house's system, not for the headline. With them
    0.82 of 174 titles were right, without 0.87.
    """
    return sum(other == key or (len(key) >= 15 and (other.startswith(key) or other.endswith(key))) for other in others)


def without_house(text: str, houses: Iterable[str]) -> str:
    """A title without the name of the paper before or behind it."""
    for _ in range(3):
        cuts = list(_PART.finditer(text))
        if not cuts:
            return text
        last, first = cuts[-1], cuts[0]
        if _names_house(text[last.end() :], houses):
            text = text[: last.start()].rstrip()
        elif _names_house(text[: first.start()], houses):
            text = text[first.end() :].lstrip()
        else:
            return text
    return text


def _names_house(part: str, houses: Iterable[str]) -> bool:
    key = words_key(part)
    if not key or len(part) > 50:
        return False
    return any(key == house or (len(house) > 3 and len(key) > 3 and (house in key or key in house)) for house in houses)


def clean_title(text: str) -> str:
    """A title as a person would write it: no "LIVE:" before it, no capitals throughout."""
    text = _LABEL.sub("", text)
    letters = [sign for sign in text if sign.isalpha()]
    if len(letters) < 12 or _MIXED.search(text) or not text.isupper():
        return text
    return _calmed(text)


def _calmed(text: str) -> str:
    """A shouted title in title case; words of up to three letters that are no small words stay: initials."""
    parts = text.split(" ")
    done: list[str] = []
    for place, part in enumerate(parts):
        bare = part.strip("\"'\u201c\u201d\u2018\u2019:,.!?()")
        if place and bare.lower() in _SMALL:
            done.append(part.lower())
        elif len(bare) <= 3 and bare.lower() not in _COMMON:
            done.append(part)
        else:
            done.append(part.capitalize() if part[:1].isalpha() else part[:1] + part[1:].capitalize())
    return " ".join(done)
