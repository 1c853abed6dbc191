"""Spellings of names: a key that unites transliterations, and whether two names are one person.

`key` folds away what transliterations of one name differ in (Zelensky, Zelenskyy, Zelenskiy; Gaddafi, Qadhafi; Erdoğan,
Erdogan; Kyiv, Kiev). `same_person` weighs two names across articles.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii
from rapidfuzz.distance import DamerauLevenshtein

from news.name_links import family_first, last_name
from news.name_words import FIRST_NAMES, lines_of

_ROUNDS = (
    # longest first; what stands left is written for one sound of another script
    ("schtsch", "s"), ("chtch", "s"), ("shch", "s"), ("dsch", "j"),
    ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("dzh", "j"), ("kh", "h"), ("gh", "g"), ("dh", "d"),
    ("th", "t"), ("ph", "f"), ("ee", "y"), ("ue", "u"), ("oe", "o"), ("ae", "a"), ("sh", "s"), ("ch", "c"),
    ("zh", "z"), ("ck", "k"), ("cz", "c"), ("ts", "c"), ("tz", "c"), ("dj", "j"), ("iy", "y"), ("yy", "y"),
    ("ii", "y"), ("ij", "y"), ("ie", "y"), ("ei", "y"), ("ey", "y"), ("ai", "y"), ("ay", "y"), ("ia", "ya"),
    ("oo", "u"), ("ou", "u"), ("ow", "ov"), ("w", "v"), ("q", "k"), ("x", "ks"), ("j", "y"), ("i", "y"),
    ("ya", "a"), ("ye", "e"), ("yo", "o"), ("yu", "u"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_ENDINGS = (
    (re.compile(r"(?:off|ow|of)$"), "ov"),
    (re.compile(r"(?:[iy]?y?eff|[iy]?y?ew|[iy]y?ev)$"), "ev"),
    (re.compile(r"(?:[iy]y?eva)$"), "eva"),
    (re.compile(r"(?:vitch|wicz|vich|vitz|witz|vic|vits)$"), "vic"),
)
_ALIASES = {alias: words[0] for words in (line.split(" = ") for line in lines_of("spellings.txt")) for alias in words}
_PREFIXES = frozenset({"al", "el", "ul", "as", "ash", "ad", "ar", "an", "at", "az", "bin", "ibn", "ben", "bint", "abu"})


def _plain(name: str) -> str:
    if not name.isascii():
        name = anyascii(unicodedata.normalize("NFKC", name))
    return name.lower()


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """The key of one word: equal for spellings of one name in Latin letters or another script, "" for no letters."""
    plain = re.sub(r"[^a-z0-9]", "", _plain(word))
    plain = _ALIASES.get(plain, plain)
    if len(plain) < 4:
        return plain
    for ending, instead in _ENDINGS:
        plain = ending.sub(instead, plain)
    plain = _DOUBLED.sub(r"\1", plain)
    for sound, letter in _ROUNDS:
        plain = plain.replace(sound, letter)
    plain = _DOUBLED.sub(r"\1", plain)
    return plain.rstrip("h") if len(plain) > 4 else plain


def key(name: str) -> str:
    """The key of a name, equal for its spellings and transliterations; its words in order, parted by spaces.

    Articles before a name are joined to it ("al-Assad", "Al Assad" and "Assad" give the same).
    """
    parts = re.split(r"[\s\-\u2010-\u2015]+", name.strip())
    kept = [
        part
        for i, part in enumerate(parts)
        if part and not (_plain(part).strip("'\u2019") in _PREFIXES and i + 1 < len(parts))
    ]
    keys = (word_key(part) for part in kept)
    return " ".join(found for found in keys if found)


_NICKNAMES: dict[str, frozenset[str]] = {}
for _forms in (line.split(" = ") for line in lines_of("nicknames.txt")):
    for _form in _forms:
        _same = word_key(_form)
        _NICKNAMES[_same] = _NICKNAMES.get(_same, frozenset()) | {word_key(form) for form in _forms}
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "senior"})


def _generation(name: str) -> str:
    """The generation that a name says: "jr" of "Donald Trump Jr.", else ""."""
    last = name.rsplit(maxsplit=1)[-1].rstrip(".").lower()
    return {"junior": "jr", "senior": "sr"}.get(last, last) if last in _GENERATIONS else ""


def _sex(name: str) -> str | None:
    """Whose first name it is as a rule, "m", "f" or "u"; None where it is not known."""
    return FIRST_NAMES.get(name.split(maxsplit=1)[0])


def _given(name: str) -> list[str]:
    """The keys of the given names, in order; initials keep their one letter."""
    family = key(last_name(name))
    words = [word for word in name.replace(".", ". ").split() if word.rstrip(".,").lower() not in _GENERATIONS]
    keys = [found for word in words if (found := key(word))]
    for at in range(len(keys) - 1, -1, -1):
        if keys[at] == family:
            return keys[:at] + keys[at + 1 :]
    return keys


@cache
def _known_given() -> frozenset[str]:
    """The keys of all first names that are known. Made at first use: a question can do without them."""
    return frozenset(word_key(name) for name in FIRST_NAMES)


def _one_given(a: str, b: str) -> bool:
    """Whether two given names can be one: equal, an initial of it, a short form of it, or one slip of a pen apart."""
    if a == b or (1 in {len(a), len(b)} and a[0] == b[0]) or b in _NICKNAMES.get(a, ()):
        return True
    if a in _known_given() and b in _known_given():
        return False  # "Ivana" and "Ivanka" are two names, not one with a slip
    return min(len(a), len(b)) >= 5 and a[0] == b[0] and DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1


def _one_family(a: str, b: str) -> bool:
    """Whether two family names can be one; no slip is at the first letter: Sakharov is not Zakharov."""
    return a == b or (
        min(len(a), len(b)) >= 6 and a[0] == b[0] and DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1
    )


def same_person(a: str, b: str) -> bool | None:
    """Whether two names are of one person; None where it cannot be told, as with a surname alone.

    True needs one family name, spelt alike or transliterated, and a given name that agrees; a middle name or initial
    that contradicts, another generation ("Jr.") or another given name is False.
    """
    words_a, words_b = key(a).split(), key(b).split()
    if not words_a or not words_b:
        return None
    if len(words_a) > 1 < len(words_b) and (sorted(words_a) == sorted(words_b) or _joined(a) == _joined(b)):
        return _generation(a) == _generation(b)
    if len(words_a) == 1 or len(words_b) == 1:
        return None if any(_one_family(x, y) for x in words_a for y in words_b) else False
    if not _one_family(key(last_name(a)), key(last_name(b))):
        return _inside(words_a, words_b)
    if _generation(a) != _generation(b):
        return False if _given(a)[:1] == _given(b)[:1] else None
    if {_sex(a), _sex(b)} == {"m", "f"}:
        return False
    return _givens_agree(_given(a), _given(b), shift=not (family_first(a.split()) or family_first(b.split())))


def _joined(name: str) -> str:
    """The letters of a name in small ones, whether its syllables are written apart or not: "Xi Jin-ping"."""
    return re.sub(r"[^a-z]", "", _plain(name))


def _inside(a: list[str], b: list[str]) -> bool:
    """Whether one name is the other with more family names behind it ("Mohammed bin Salman Al Saud")."""
    short, long = sorted((a, b), key=len)
    return len(short) >= 2 and short[0] == long[0] and all(any(_one_family(x, y) for y in long) for x in short)


def _givens_agree(a: list[str], b: list[str], *, shift: bool) -> bool | None:
    """Whether given names agree; with `shift` the first of one may be left out ("Recep Tayyip" and "Tayyip")."""
    if not a or not b:
        return None
    if not _one_given(a[0], b[0]):
        return shift and (a[1:] == b or b[1:] == a)
    if all(_one_given(x, y) for x, y in zip(a[1:], b[1:], strict=False)):
        return True
    return any(len(word) > 1 for word in set(a[1:]) & set(b[1:]))
