"""What the owner puts right stays right."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.collect import keep
from handlers.reply import plain
from news.lines import read_text
from tests.handlers.conftest import NOW, Say

if TYPE_CHECKING:
    from handlers.desk import Desk


def tell(desk: Desk, name: str, slug: str, more: str = "") -> int:
    text = f"The engineer {name} opened a mill at Lindvik on Monday. It had taken two years to build.{more}"
    article = read_text(text, url=f"https://mill.example/{slug}", title=f"{name} opens mill at Lindvik")
    return keep(desk.store, article, NOW + timedelta(hours=len(slug))).id


def test_two_people_that_are_one_stay_one_when_an_article_is_read_again(desk: Desk, say: Say) -> None:
    tell(desk, "Anna Karsten", "a")
    tell(desk, "Annelise Bergqvist", "bb")
    merged = plain(say("Anna Karsten, Annelise Bergqvist", command="merge"))
    assert "is also" in merged
    undo = merged.partition("/part ")[2]
    tell(desk, "Annelise Bergqvist", "bb", more=" It grinds wheat.")
    (one,) = {person.id for name in ("Anna Karsten", "Annelise Bergqvist") for person in desk.store.people.find(name)}
    assert desk.store.people.get(one)
    assert "is apart from" in plain(say(undo, command="part"))
    assert len({desk.store.people.find(name)[0].id for name in ("Anna Karsten", "Annelise Bergqvist")}) == 2


def test_a_name_that_fits_nobody_or_several_is_not_merged(say: Say) -> None:
    assert "fits nobody" in plain(say("Steve Witkoff, Xyzzy Plugh", command="merge"))
    assert "comma between" in plain(say("Witkoff Putin", command="merge"))
    assert "already" in plain(say("Steve Witkoff, Witkoff", command="merge"))


def test_a_story_is_split_and_joined_by_links(desk: Desk, say: Say) -> None:
    one, other = "https://www.meridianwire.example/world/carney-wins-canada", "https://mill.example/a"
    tell(desk, "Anna Karsten", "a")
    assert "holds" in plain(say(f"{one} {other}", command="join"))
    first, second = desk.store.articles.by_url(one), desk.store.articles.by_url(other)
    assert first
    assert second
    assert desk.store.stories.of(first.id) == desk.store.stories.of(second.id)
    say(other, command="split")
    assert desk.store.stories.of(first.id) != desk.store.stories.of(second.id)
    assert "Give its link" in plain(say("nothing", command="split"))


def test_corrections_are_the_owners(say: Say) -> None:
    for command in ("merge", "part", "split", "join", "backup"):
        assert "There is no command" in plain(say("a, b", command=command, owner=False))
