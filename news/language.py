"""Which language a text is in, by its script and its small words."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from news.lists import sections

_SCRIPTS: Final = (
    (0x0041, 0x024F, "latin"),
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x04FF, "ru"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1200, 0x137F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x1E00, 0x1EFF, "latin"),
    (0x3040, 0x30FF, "ja"),
    (0x4E00, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
)
"""Blocks of Unicode and the script, or the one language, that is written in them."""
_FAMILIES: Final = {
    "ar": ("ar", "fa", "ur"),
    "he": ("he",),
    "hi": ("hi", "mr", "ne"),
    "ru": ("ru", "uk", "bg", "sr", "mk"),
}
"""Languages that share a script and are told apart by their small words, the others are in Latin letters."""
_WORDS: Final = {code: frozenset(" ".join(lines).split()) for code, lines in sections("languages").items()}
_LATIN: Final = tuple(code for code in _WORDS if not any(code in family for family in _FAMILIES.values()))
_SPEAKERS: Final = {
    word: tuple(code for code in _WORDS if word in _WORDS[code]) for word in frozenset().union(*_WORDS.values())
}
_TOKEN: Final = re.compile(r"[^\s\d.,;:!?\"\u201c\u201d\u201e\u00ab\u00bb()\[\]\u2026\u0964\u060c\u061f]+")
_RENAMED: Final = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "cmn": "zh", "fil": "tl", "prs": "fa"}
_LONGEST: Final = 3000


_SENTENCE = 25
"""Words from which one more small word of a language than of English tells it; "met" and "in" are Dutch as well."""


def code_of(tag: str | None) -> str | None:
    """The ISO 639-1 code of a language tag such as "de-AT" or "pt_BR", None where it is none (RFC 5646 section 2.1)."""
    first = re.split(r"[-_,;\s]", (tag or "").strip().lower(), maxsplit=1)[0]
    first = _RENAMED.get(first, first)
    return first if re.fullmatch(r"[a-z]{2}", first) else None


def language_of(text: str, hint: str | None = None) -> str | None:
    """ISO 639-1 code of the language of a text, None where it cannot be told.

    `hint` is what a page or feed says of itself; it decides where the text leaves room, and never against its script.
    """
    sample = text[:_LONGEST]
    said = code_of(hint)
    script = _script_of(sample)
    if script is None:
        return said
    candidates = _LATIN if script == "latin" else _FAMILIES.get(script, (script,))
    tokens = _TOKEN.findall(sample.lower().replace("\u2019", "'"))
    scores = dict.fromkeys((code for code in candidates if code in _WORDS), 0)
    counts = Counter(tokens)
    for token in counts.keys() & _SPEAKERS.keys():
        for code in _SPEAKERS[token]:
            if code in scores:
                scores[code] += counts[token]
    best = max(scores, key=lambda code: scores[code], default=script)
    if script == "hi" and scores[best] < 1.5 * scores["hi"]:
        best = "hi"  # its neighbours share its small words
    most = scores.get(best, 0)
    if said is not None and _is_possible(said, script, scores, most, len(tokens)):
        return said
    if script != "latin" and most == 0:
        return script
    if script != "latin":
        return best
    sure = best == "en" or len(tokens) >= _SENTENCE or most - scores["en"] >= 2
    return best if sure and most >= 2 and most >= 0.05 * len(tokens) else None


@lru_cache(maxsize=1 << 13)
def _script_of_sign(sign: str) -> str | None:
    """The script of a letter, "" where it is none of the table's; None of what is no letter."""
    if not sign.isalpha():
        return None
    return next((name for first, last, name in _SCRIPTS if first <= ord(sign) <= last), "")


def _script_of(sample: str) -> str | None:
    """The script most of a text's letters are in; Japanese and Korean win over the Chinese signs they borrow."""
    scripts = {sign: script for sign in set(sample) if (script := _script_of_sign(sign))}
    if len(set(scripts.values())) == 1:
        return next(iter(scripts.values()))
    counts: dict[str, float] = {}
    for sign in sorted(scripts):
        counts[scripts[sign]] = counts.get(scripts[sign], 0.0) + sample.count(sign)
    borrowed = counts.get("zh", 0.0)
    for script in ("ja", "ko"):
        if counts.get(script, 0.0) * 10 > borrowed:
            counts[script] = counts.get(script, 0.0) + borrowed
    if "latin" in counts:
        counts["latin"] /= 4  # names and brands stand in Latin letters everywhere
    return max(counts, key=lambda script: counts[script], default=None)


def _is_possible(said: str, script: str, scores: dict[str, int], most: int, tokens: int) -> bool:
    """Whether a text may be in the language that its page names."""
    if said in scores:
        return scores[said] >= 0.6 * most
    if said in _WORDS or script != "latin":
        return said == script
    return most < 0.2 * tokens
