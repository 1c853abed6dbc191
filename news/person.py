"""The names of an article: people, organisations, places, each linked to its fullest form."""

from __future__ import annotations

from bisect import bisect_left

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from news.facts import Gender, Name, NameKind
from news.name_alias import stated
from news.name_case import recased
from news.name_links import LinkedName, last_name, link
from news.name_lists import joined
from news.name_pieces import pieces
from news.name_roles import outer_start, role_of
from news.name_types import typed

__all__ = ["Gender", "Mention", "Name", "NameKind", "Names", "last_name", "names"]


class Mention(Struct, frozen=True, gc=False):
    """One place of a text that names `name`: `text[start:end]` as written; titles and roles before it begin at `outer`.

    `outer == start` where none stand before it ("Secretary of State Marco Rubio": outer is at "Secretary").
    """

    start: int
    end: int
    name: Name
    outer: int


class Names(Struct, frozen=True):
    """All names of one text: `names` in the order of first mention, `mentions` sorted by start, not overlapping.

    `starts` are where the mentions begin, to be searched in; they follow from `mentions`.
    """

    names: tuple[Name, ...] = ()
    mentions: tuple[Mention, ...] = ()
    starts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Nothing; notes where the mentions begin."""
        force_setattr(self, "starts", tuple([mention.start for mention in self.mentions]))

    def between(self, start: int, end: int) -> tuple[Mention, ...]:
        """Mentions that lie wholly in `text[start:end]`, in order."""
        low = bisect_left(self.starts, start)
        high = bisect_left(self.starts, end, low)
        if high > low and self.mentions[high - 1].end > end:
            high -= 1
        return self.mentions[low:high]

    def at(self, offset: int) -> Mention | None:
        """The mention whose span holds the offset, None if it stands in no name."""
        i = bisect_left(self.starts, offset + 1) - 1
        return self.mentions[i] if i >= 0 and offset < self.mentions[i].end else None

    def full(self, name: str) -> Name | None:
        """The Name that a form stands for: its full form, else a person of that last name, else of that first name."""
        people = [known for known in self.names if known.kind == "person"]
        for known in self.names:
            if known.name == name:
                return known
        last = [known for known in people if last_name(known.name) == last_name(name)]
        return next(iter(last), None) or next((p for p in people if p.name.split()[0] == name), None)


def _start(mention: Mention) -> int:
    return mention.start


def names(text: str) -> Names:
    """All names of a text, typed and linked; one pass, time linear in the length."""
    plain = recased(text)
    found = joined(plain, pieces(plain))
    kinds, long_forms = typed(plain, found)
    told: list[Name] = []
    mentions: list[Mention] = []
    for entry in link(plain, kinds, long_forms):
        person = entry.kind == "person"
        outers = tuple([outer_start(plain, piece) if person else piece.start for piece in entry.pieces])
        name = _name(plain, entry, outers)
        told.append(name)
        mentions += [Mention(p.start, p.end, name, outer) for p, outer in zip(entry.pieces, outers, strict=True)]
    return _with_aliases(plain, told, sorted(mentions, key=_start))


def _with_aliases(text: str, told: list[Name], mentions: list[Mention]) -> Names:
    """The names, with those marked that the text says are another's as well."""
    same = stated(text, mentions)
    if not same:
        return Names(tuple(told), tuple(mentions))
    marked = {name.name: replace(name, same=same[name.name]) for name in told if name.name in same}
    return Names(
        tuple(marked.get(name.name, name) if name.kind == "person" else name for name in told),
        tuple(replace(m, name=marked.get(m.name.name, m.name)) if m.name.kind == "person" else m for m in mentions),
    )


def _name(text: str, entry: LinkedName, outers: tuple[int, ...]) -> Name:
    spans = tuple([(piece.start, piece.end) for piece in entry.pieces])
    role = role_of(text, entry.pieces, outers) if entry.kind == "person" else None
    return Name(entry.name, entry.kind, spans, role, entry.gender)
