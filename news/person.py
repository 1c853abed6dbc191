"""The names of an article: people, organisations, places, each linked to its fullest form."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from news.article import Span

NameKind = Literal["person", "organisation", "place"]
Gender = Literal["m", "f"]


class Name(Struct, frozen=True):
    """One person, organisation or place of an article, under the fullest form the article prints, without titles.

    `spans` are its mentions as written, in order; `role` is the role as printed ("foreign policy adviser"), of people.
    """

    name: str
    kind: NameKind
    spans: tuple[Span, ...]
    role: str | None = None
    gender: Gender | None = None
