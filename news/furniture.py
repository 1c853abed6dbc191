"""Lines of a page that belong to no story: "Read more", newsletters, dates, photo credits, who wrote and edited it."""

from __future__ import annotations

import re
from functools import lru_cache

from news.lists import entries
from news.text import fold, small

_LONGEST = 160
_SHORT = 40
_SENTENCE = 80
_OPENING = 80
"""Characters of a line that are compared; the longest phrase of the list has half as many."""
_CALLS = re.compile(
    r"newsletter|sign(?:ing)? up|subscri|cookie|click|download|follow us|abonn|anmeld|suscri|iscriv|inscri"
    r"|einverstanden|zustimm|externe",
)
_LEAD = re.compile(r"^[^\w(@#&]+")
_CREDIT_TAIL = re.compile(
    r"(?:^|[\s(])(?:photo|fotos?|image|bild|picture|getty|reuters|afp|epa|dpa|ap photo|shutterstock|imago|alamy)\b",
)
_CREDIT = re.compile(
    r"(?:^|(?<=[.!?\u201d\"\s(|]))"
    r"(?:\(?(?:photos?|fotos?|image|bild|picture|credit|photograph|cr\u00e9dit photo)(?:\s*by|\s*:)\s*|\u00a9\s*)"
    r"([^.!?]{2,80})\.?\)?$"
    r"|(?<=[.!?])\s*\(?([A-Z][\w.&' -]{1,40}/[\w.&' /-]{2,60})\)?\.?$",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"^(?:[\w ]{1,20}: ?)?https?://\S+$|^[\u2014\u2013-] ?.{2,60} \(@\w{1,30}\)")
"""An address alone; the signature of a message that is shown inside a story."""
_DATE_WORDS = frozenset(" ".join(entries("furniture", "dates")).split()) | {
    month for line in entries("months", "") for month in line.split()
}
_TOKENS = re.compile(r"[^\W\d_]+|\d+")


def _by_first_word(section: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase in entries("furniture", section):
        found.setdefault(re.split(r"[\s:]", phrase, maxsplit=1)[0], []).append(phrase)
    return found


_OPENS = _by_first_word("opens")
_ENDS = _by_first_word("ends")
_FIRST = re.compile(r"[^\w(@#&]*(\w+)")
_NOTICES = entries("furniture", "notices")
_HOLDS = entries("furniture", "holds")
_CREDITS = _by_first_word("credits")
_FIRST_WORDS = {
    found.group(1) for phrases in (_OPENS, _ENDS, _CREDITS) for word in phrases if (found := _FIRST.match(word))
}
_COMMENTS = frozenset(entries("furniture", "comments"))
_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return _LEAD.sub("", " ".join(small(text).split()))


def _begins(text: str, phrases: dict[str, list[str]], longest: int) -> bool:
    """Whether a line opens with one of the phrases and is short enough to be nothing more."""
    if len(text) > longest:
        return False
    word = _FIRST.match(text)
    if word and word.group(1).isascii() and word.group(1).lower() not in _FIRST_WORDS:
        return False  # as most lines do; told without folding them
    line = _folded(text[:_OPENING])
    first = re.split(r"[\s:]", line, maxsplit=1)[0].rstrip(".,!>|")
    return any(_is_opening(line, phrase, len(text)) for phrase in phrases.get(first, ()))


def _is_opening(line: str, phrase: str, size: int) -> bool:
    if not line.startswith(phrase):
        return False
    if " " not in phrase and phrase[-1] != ":" and size > _SHORT:
        return False
    return len(line) == len(phrase) or not (phrase[-1].isalnum() and line[len(phrase)].isalnum())


def is_furniture(text: str, *, linked: bool = True) -> bool:
    """Whether a line is one of those that papers set between the parts of a story.

    A whole sentence without a link that calls for nothing is none, whatever it opens with: "More about the case was
    told in court on Friday, when the two men met again."
    """
    if not _begins(text, _OPENS, _LONGEST):
        return len(text) <= _LONGEST and _SOURCE.search(text) is not None
    return linked or len(text) <= _SENTENCE or text[-1] not in ".!?" or _CALLS.search(_folded(text)) is not None


def ends_story(text: str) -> bool:
    """Whether a short line is a headline over what follows a story: related items, comments, the newsletter."""
    return len(text) <= 60 and _begins(text, _ENDS, 60)


def heads_others(text: str) -> bool:
    """Whether a heading says in full that what it leads is about other things: "Tags:", "More from the harbour".

    "Comments on the plan" may head a part of the story, though "Comments" heads none.
    """
    if not ends_story(text):
        return False
    line = " ".join(_LETTERS.findall(_folded(text)))
    first = line.partition(" ")[0]
    return any(line == phrase or (" " in phrase and line.startswith(phrase)) for phrase in _ENDS.get(first, ()))


def opens_comments(text: str) -> bool:
    """Whether a heading stands over readers' comments: "20 comments", "Kommentare (3)"."""
    return len(text) <= 60 and " ".join(_LETTERS.findall(_folded(text))) in _COMMENTS


def is_about_paper(text: str) -> bool:
    """Whether a paragraph at the end of a story speaks of the paper: its rights, letters, newsletters and channels."""
    if len(text) > 400:
        return False
    line = _folded(text)
    return any(phrase in line for phrase in _HOLDS)


def is_notice(title: str) -> bool:
    """Whether a page's title says that it is a login, an error, a question for consent."""
    line = " ".join(_TOKENS.findall(_folded(title[:120])))
    short = line.count(" ") < 6
    return any(f" {phrase} " in f" {line} " and (short or line.startswith(phrase)) for phrase in _NOTICES)


def is_credit(text: str) -> bool:
    """Whether a line says who reported, wrote or edited the story, or how to reach them."""
    return _begins(text, _CREDITS, 300)


def is_date_line(text: str) -> bool:
    """Whether a line holds a date or a reading time and nothing else."""
    if len(text) > 90 or not any(map(str.isdigit, text)):
        return False
    return all(token.isdigit() or token in _DATE_WORDS for token in _TOKENS.findall(fold(text)))


def parted_credit(caption: str) -> tuple[str, str | None]:
    """A caption without the photographer and agency at its end, and these; None where it names none."""
    found = _CREDIT.search(caption)
    if found is None:
        return caption, None
    return caption[: found.start()].rstrip(" -|/(["), (found.group(1) or found.group(2)).strip(" .:)]") or None


def is_photo_credit(text: str) -> bool:
    """Whether a short line without a sentence names a photographer or picture agency."""
    return len(text) <= 70 and text[-1:] not in '.!?:"\u201d' and _CREDIT_TAIL.search(_folded(text)) is not None
