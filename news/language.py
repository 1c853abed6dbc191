"""Which language a text is in, by its script and its small words."""

from __future__ import annotations

import re
from typing import Final

from news.lists import sections

_SCRIPTS: Final = (
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
    ("pa", re.compile("[\u0a00-\u0a7f]")),
    ("gu", re.compile("[\u0a80-\u0aff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("te", re.compile("[\u0c00-\u0c7f]")),
    ("kn", re.compile("[\u0c80-\u0cff]")),
    ("ml", re.compile("[\u0d00-\u0d7f]")),
    ("si", re.compile("[\u0d80-\u0dff]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("km", re.compile("[\u1780-\u17ff]")),
    ("am", re.compile("[\u1200-\u137f]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
)
_FAMILIES: Final = {
    "ar": ("ar", "fa", "ur"),
    "he": ("he",),
    "hi": ("hi", "mr", "ne"),
    "ru": ("ru", "uk", "bg", "sr", "mk"),
}
"""Languages that share a script and are told apart by their small words; all others of the list are in Latin letters."""
_WORDS: Final = {code: frozenset(" ".join(lines).split()) for code, lines in sections("languages").items()}
_LATIN: Final = tuple(code for code in _WORDS if not any(code in family for family in _FAMILIES.values()))
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_RENAMED: Final = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "cmn": "zh", "fil": "tl", "prs": "fa"}
_LONGEST: Final = 6000


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
    tokens = [token.lower().replace("\u2019", "'") for token in _TOKEN.findall(sample)]
    scores = {code: sum(token in _WORDS[code] for token in tokens) for code in candidates if code in _WORDS}
    best = max(scores, key=lambda code: scores[code], default=script)
    most = scores.get(best, 0)
    if said is not None and _is_possible(said, script, scores, most, len(tokens)):
        return said
    if script != "latin" and most == 0:
        return script
    return best if script != "latin" or (most >= 2 and most >= 0.08 * len(tokens)) else None


def _script_of(sample: str) -> str | None:
    """The script most of a text's letters are in; Japanese and Korean win over the Chinese signs they borrow."""
    counts = {code: len(pattern.findall(sample)) for code, pattern in _SCRIPTS}
    if counts["ja"] * 10 > counts["zh"]:
        counts["ja"] += counts["zh"]
    if counts["ko"] * 2 > counts["zh"]:
        counts["ko"] += counts["zh"]
    counts["latin"] /= 4  # type: ignore[assignment]  # names and brands stand in Latin letters everywhere
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] else None


def _is_possible(said: str, script: str, scores: dict[str, int], most: int, tokens: int) -> bool:
    """Whether a text may be in the language that its page names."""
    if said in scores:
        return scores[said] >= 0.6 * most
    if said in _WORDS or script != "latin":
        return said == script
    return most < 0.2 * tokens
