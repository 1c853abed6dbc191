"""What every feature of a name weighs, set by hand: evidence for person, organisation, place, nothing.

The weights of all features of a name are added up and the kind with the highest sum wins. They are judged from reading
news, in steps of one half: 6 decides alone, 3 needs contradiction to fall, 1 is a hint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Scores = tuple[float, float, float, float]
"""Evidence for person, organisation, place, nothing."""

Kind = Literal["person", "organisation", "place"]

WEIGHTS: dict[str, Scores] = {
    # the words themselves
    "known place": (0, 0, 7, 0),
    "known place that is a word": (0, 0, 4.5, 0),
    "known place of several words": (-4, 0, 12, 0),
    "known country": (-2, 0, 7, 0),
    "known organisation": (0, 6, 0, 0),
    "known organisation of several words": (-4, 12, 0, 0),
    "known organisation first": (-1.5, 2.5, 0, 0),
    "first name and more": (4.5, 0, 0, 0),
    "common first name and more": (3.5, 0, 0, 0),
    "first name alone": (2, 0, 0, 0),
    "family name first": (3, 0, 0, 0),
    "known surname last": (2, 0, 0, 0),
    "known surname alone": (3.5, 0, 0, 0),
    "leader's surname alone": (4.5, 0, 0, 0),
    "title alone": (0, -2, -2, 4),
    "calendar": (-1, -3, -3, 5),
    "numbered": (4, 0, 0, 0),
    "doers": (0, 0, 0, 2),
    "initials inside": (4, 0, 0, 0),
    "initials first": (3, 0, 0, 0),
    "particle inside": (2.5, 0, 0, 0),
    "family ending": (1.5, 0, 0, 0),
    "place ending": (0, 0, 1.5, 0),
    "organisation word": (-3, 6, -1, 0),
    "organisation word alone": (-3, 4, 0, 0),
    "weak organisation word": (-1, 2.5, 0.5, 0),
    "place word last": (-3, 0, 5, 0),
    "place word first": (0, 0, 1.5, 0),
    "demonym": (-3, 0, 0, 9),
    "demonym first": (-1, 1, 1, 0.5),
    "place first": (-1.5, 2, 0, 0),
    "place last": (-1, 1, 1, 0),
    "capitals": (0, 3, 0, 0),
    "shouted word": (0, 0, 0, 4),
    "mixed capitals": (0, 1.5, 0, 0.5),
    "joined by of": (-2, 2, 1, 0),
    "ship": (-9, -3, -3, 6),
    "thing": (-3, -2, -2, 6),
    "no name": (-9, -9, -9, 9),
    "all common": (0, 0, 0, 3),
    "common alone": (0, 0, 0, 4),
    "nothing common": (0.5, 0.5, 0.5, -1),
    "nothing common alone": (0, 0, 0, 1),
    "two or three words": (0.5, 0, 0, 0.5),
    "many words": (-1, 1.5, 0, 1),
    "digits": (-2, 0, 0, 2.5),
    "one letter": (-2, -2, -2, 3),
    "begins a sentence": (0, 0, 0, 2),
    # what stands around
    "title": (6, -2, -2, 0),
    "title before a common word": (3.5, -1, -1, 0),
    "role before": (4, 0, 0, 0),
    "in": (0, 0, 2.5, 0),
    "at": (0, 1.5, 1, 0),
    "from": (0, 0.5, 1.5, 0),
    "by": (0.5, 0.5, 0, 0),
    "the": (-3, 1.5, 0, 1),
    "a": (-2, 0, -1, 3),
    "place of": (0, 0, 2.5, 0),
    "organisation of": (0, 2.5, 0, 0),
    "person of": (2.5, 0, 0, 0),
    "organisation before": (0, 3, 0, 0),
    "place before": (0, 0, 2, 0),
    "speaks": (2.5, 0.5, -1, -1),
    "spoken by": (3, 0.5, 0, 0),
    "organisation acts": (0, 1.5, 0, 0),
    "age": (6, 0, 0, 0),
    "who": (3.5, 0, 0, 0),
    "apposition": (1, 0.5, 0, 0),
    "apposed person": (3.5, 0, 0, 0),
    "apposed organisation": (0, 2.5, 0, 0),
    "apposed place": (0, 0, 3, 0),
    "person owns": (2, 0, 0, 0),
    "organisation owns": (0, 2.5, 0, 0),
    "place owns": (0, 0, 2.5, 0),
    "short form follows": (0, 4, 0, 0),
    "short for words": (-2, -1.5, -2, 5),
    "place follows": (0, 0, 2.5, 0),
    "of a country": (2, 0, 0, 0),
    "leads": (1.5, 1, 1, 0),
    "based": (0, 0, 4, 0),
    "organisation noun follows": (-0.5, 1.5, 0.5, 0),
    "place noun follows": (0, 0, 2.5, 0),
    "kin follows": (3, 0, 0, 0),
    "bearer follows": (-3, 2, 1, 0),
    "amount follows": (-4, -4, -4, 6),
    "thing follows": (0, 0, 0, 2),
    "quoted": (-0.5, 0, -0.5, 2),
    "beside a place": (0, 0, 2, 0),
    "beside an organisation": (0, 1, 0, 0),
    "beside a person": (0.5, 0, 0, 0),
    # the rest of the article
    "surname of a person": (6, -1, -1, -3),
    "first name of a person": (3.5, 0, 0, -1),
    "part of a person's name": (4, 0, 0, 0),
    "begins an organisation": (0, 1.5, 0, 0),
    "short for an organisation": (-3, 6, -3, 0),
    "short for a place": (-3, 3, 3.5, 0),
    "short for nothing": (-1, 0, -1, 1.5),
}


def total(found: Iterable[str]) -> Scores:
    """The weights of all features together."""
    person = organisation = place = nothing = 0.0
    for feature in found:
        a, b, c, d = WEIGHTS[feature]
        person += a
        organisation += b
        place += c
        nothing += d
    return person, organisation, place, nothing
