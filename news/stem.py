"""The stem of an English word, so that "talks", "talking" and "talked" are found by one another.

The algorithm is M. F. Porter's (An algorithm for suffix stripping, Program 14(3), 1980, 130-137), steps 1a to 5b,
written anew from the paper. Words with digits, of two letters or fewer, and of other alphabets come back as they are.
"""

from __future__ import annotations

import re
from functools import lru_cache

_VOWEL = "(?:[aeiou]|(?<=[^aeiou])y)"
_MEASURE = re.compile(rf"{_VOWEL}(?:[^aeiou](?<!y)|(?<=[aeiou])y|(?<=^)y)", re.ASCII)
_HAS_VOWEL = re.compile(_VOWEL)
_DOUBLE = re.compile(r"([^aeiou])\1$")
_CVC = re.compile(r"(?:^|[^aeiou]|(?<=[aeiou])y)(?:[aeiou]|(?<=[^aeiou])y)[^aeiouwxy]$")

_STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"),
    ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"),
    ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
    ("iviti", "ive"), ("biliti", "ble"),
)  # fmt: skip
_STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
)  # fmt: skip
_STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize",
    "al", "er", "ic", "ou",
)  # fmt: skip


def _measure(stem: str) -> int:
    """Number of vowel-consonant sequences, Porter's m."""
    return len(_MEASURE.findall(stem))


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    if word.endswith("ss") or not word.endswith("s"):
        return word
    return word[:-1]


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and _HAS_VOWEL.search(rest):
            return _mended(rest)
    return word


def _mended(rest: str) -> str:
    """What is left after -ed or -ing, with the letter that English writes differently there put right."""
    if rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if _DOUBLE.search(rest) and rest[-1] not in "lsz":
        return rest[:-1]
    if _measure(rest) == 1 and _CVC.search(rest):
        return rest + "e"
    return rest


_ENDINGS_2, _ENDINGS_3 = (tuple(ending for ending, _ in table) for table in (_STEP_2, _STEP_3))


def _replaced(word: str, table: tuple[tuple[str, str], ...], endings: tuple[str, ...]) -> str:
    if not word.endswith(endings):
        return word
    for ending, instead in table:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            return rest + instead if _measure(rest) > 0 else word
    return word


def _stripped(word: str) -> str:
    if not word.endswith(_STEP_4):
        return word
    for ending in _STEP_4:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            allowed = ending != "ion" or rest.endswith(("s", "t"))
            return rest if allowed and _measure(rest) > 1 else word
    return word


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """The stem of a word in small letters: "negotiations" and "negotiated" give "negoti"."""
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    word = _past(_plural(word))
    if word.endswith("y") and _HAS_VOWEL.search(word[:-1]):
        word = word[:-1] + "i"
    word = _stripped(_replaced(_replaced(word, _STEP_2, _ENDINGS_2), _STEP_3, _ENDINGS_3))
    if word.endswith("e"):
        rest = word[:-1]
        size = _measure(rest)
        if size > 1 or (size == 1 and not _CVC.search(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word
