"""Searches to measure with: for one article meant, what a person might type, rightly and with slips of the hand."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from msgspec import Struct

from news.terms import STOP, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from news.article import Article

KINDS = ("fragment", "typo", "typos", "joined", "split", "transliterated", "question", "question, typos")

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

KEYS = {key: f"{row[max(0, at - 1) : at]}{row[at + 1 : at + 2]}" for row in _ROWS for at, key in enumerate(row)}
"""The letters beside each letter on a keyboard."""

HEARD = (
    *(("kh", "h"), ("ky", "kiy"), ("iy", "y"), ("ei", "ey"), ("ai", "ay"), ("ou", "u"), ("sch", "sh"), ("ch", "tch")),
    *(("w", "v"), ("v", "w"), ("ph", "f"), ("f", "ph"), ("ck", "k"), ("k", "c"), ("c", "k"), ("j", "y"), ("y", "i")),
    *(
        ("i", "y"),
        ("ee", "i"),
        ("oo", "u"),
        ("u", "ou"),
        ("z", "s"),
        ("ts", "tz"),
        ("q", "k"),
        ("x", "ks"),
        ("mm", "m"),
    ),
    *(("mm", "m"), ("nn", "n"), ("ll", "l"), ("tt", "t"), ("ss", "s"), ("th", "t"), ("e", "ie")),
)
ASKED = (
    "what did {a} say about {c} and {d} with {b}",
    "when did {a} meet {b} about the {c} {d}",
    "who is {a} and why {c} {b} {d}",
    "tell me about {a} {b} {c} {d}",
    "latest on the {c} {d} involving {a} and {b}",
)


class Target(Struct, frozen=True):
    """An article meant, and the search that means it, by kind."""

    article: int
    searches: dict[str, str]


def slip(word: str, chance: random.Random) -> str:
    """The word with one letter left out, doubled, exchanged for one beside it, or swapped with the next."""
    if len(word) < 4:
        return word
    kind = chance.random()
    at = chance.randrange(1, len(word)) if len(word) > 4 else chance.randrange(len(word))
    if kind < 0.25 and at < len(word) - 1 and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind < 0.5:
        return word[:at] + word[at + 1 :]
    if kind < 0.75:
        return word[:at] + chance.choice(KEYS.get(word[at], "aeiou")) + word[at + 1 :]
    return word[:at] + (word[at] if chance.random() < 0.5 else chance.choice("aeiourstln")) + word[at:]


def heard(word: str, chance: random.Random) -> str:
    """The word as another alphabet's letters might be written."""
    options = [(one, other) for one, other in HEARD if one in word[1:]]
    if not options:
        return slip(word, chance)
    one, other = chance.choice(options)
    at = word.index(one, 1)
    return word[:at] + other + word[at + len(one) :]


def targets(articles: Iterable[Article], seed: int = 11) -> Iterator[Target]:
    """The searches of each article whose title and beginning give enough to search by."""
    chance = random.Random(seed)
    for article in articles:
        words = [word for word in terms(article.title) if word not in STOP and (len(word) > 2 or word.isdigit())]
        if len(set(words)) < 3:
            continue
        size = min(len(words), chance.choice((3, 4, 5)))
        start = chance.randrange(len(words) - size + 1)
        fragment = words[start : start + size]
        long = [place for place, word in enumerate(fragment) if len(word) >= 5 and word.isalpha()]
        if long:
            searches = {"fragment": " ".join(fragment), **_slips(fragment, long, article.title, chance)}
            yield Target(article.id, searches | _questions(article, chance))


def _slips(fragment: list[str], long: list[int], title: str, chance: random.Random) -> dict[str, str]:
    def with_words(changes: dict[int, str]) -> str:
        return " ".join(changes.get(place, word) for place, word in enumerate(fragment))

    one = chance.choice(long)
    found = {"typo": with_words({one: slip(fragment[one], chance)})}
    if len(long) >= 2 and chance.random() < 0.6:
        found["typos"] = with_words({place: slip(fragment[place], chance) for place in chance.sample(long, 2)})
    else:
        found["typos"] = with_words({one: slip(slip(fragment[one], chance), chance)})
    at = chance.randrange(len(fragment) - 1)
    found["joined"] = " ".join([*fragment[:at], fragment[at] + fragment[at + 1], *fragment[at + 2 :]])
    one = chance.choice(long)
    cut = chance.randrange(2, len(fragment[one]) - 1)
    found["split"] = with_words({one: f"{fragment[one][:cut]} {fragment[one][cut:]}"})
    names = [place for place in long if fragment[place].capitalize() in title]
    one = chance.choice(names or long)
    found["transliterated"] = with_words({one: heard(fragment[one], chance)})
    return found


def _questions(article: Article, chance: random.Random) -> dict[str, str]:
    """A question in words of the article's beginning: two names, two other words, nothing taken from the title."""
    beginning = article.text.split()[:120]
    bare = [word.strip(".,;:“”\"'()") for word in beginning[1:]]
    names = [word for word in dict.fromkeys(bare) if len(word) > 3 and word.isalpha() and word[0].isupper()]
    names = [word for word in names if word.lower() not in STOP]
    others = [word for word in dict.fromkeys(terms(" ".join(beginning))) if len(word) > 5 and word.isalpha()]
    others = [word for word in others if word not in STOP and word.capitalize() not in names]
    if len(names) < 2 or len(others) < 3:
        return {}
    (a, b), (c, d) = chance.sample(names, 2), chance.sample(others, 2)
    question = chance.choice(ASKED)
    return {
        "question": question.format(a=a, b=b, c=c, d=d).lower(),
        "question, typos": question.format(a=slip(a.lower(), chance), b=b, c=slip(c, chance), d=d).lower(),
    }
