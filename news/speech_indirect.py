"""Who speaks in a sentence that reports words without quoting them ("X said that the bridge would open")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from news.speech import SAYING, Source, reports
from news.speech_phrase import turned
from news.speech_subject import subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from news.speech import Scene

_LETTERS = re.compile(r"[a-z]+")
_TELLING = frozenset(verb for verb in SAYING if not verb.endswith("ing")) - {"ask", "asks", "asked"}


def tellers(scene: Scene, start: int, end: int) -> Iterator[Source]:
    """The subjects of the verbs of saying in the sentence [start, end), in order; whoever asks will hear the answer."""
    if _TELLING.isdisjoint(_LETTERS.findall(scene.mask[start:end].lower())):
        return
    words = scene.words(start, end)
    for index, verb in enumerate(words):
        if verb.lower not in _TELLING or not index or words[index - 1].lower == "to" or not reports(words, index):
            continue
        source = turned(scene, verb, end) or subject(scene, start, verb)
        if source is not None:
            yield source


def led_in(scene: Scene, lo: int, hi: int) -> Source | None:
    """Who speaks in the last sentence of the paragraph [lo, hi), None where it reports nobody or quotes someone."""
    start = max(lo, scene.sentence_start(hi - 1))
    return None if "\0" in scene.mask[start:hi] else next(tellers(scene, start, hi), None)
