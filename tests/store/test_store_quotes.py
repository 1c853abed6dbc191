"""Quotations found again: by who said them, by their words in any form, by the words beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from news.article import Article
from news.reading import read

if TYPE_CHECKING:
    from store import Store
    from store.quotes import StoredQuote
    from tests.store.telling import Teller

HARBOUR = (
    "Ada Novak opened the harbour on Monday. “We have waited for this bridge for thirty years,” Novak said.\n\n"
    "Of the tariffs on timber she said only that they were “a mistake that everybody here will pay for.”\n\n"
    "The Harbour Authority said “the policies of the ministry are none of our business.”"
)


@pytest.fixture
def ada(teller: Teller) -> int:
    """The person Ada Novak, after an article that quotes her twice and a body once."""
    article = teller.article(HARBOUR)
    teller.keep(article, read(article))
    return teller.id("Ada Novak")


def words(found: tuple[StoredQuote, ...]) -> list[str]:
    """The first three words of each quotation."""
    return [" ".join(quote.words.split()[:3]) for quote in found]


@pytest.mark.parametrize("asked", ["bridge", "bridges", "waiting", "Years"])
def test_a_word_is_found_in_every_form(store: Store, ada: int, asked: str) -> None:
    assert words(store.quotes.said([ada], [asked])) == ["We have waited"]


def test_a_policy_is_found_by_its_plural_and_the_police_are_not(store: Store, ada: int) -> None:
    assert ada
    assert words(store.quotes.containing(["policy"])) == ["the policies of"]
    assert store.quotes.containing(["police"]) == ()


def test_a_word_that_merely_begins_alike_is_another(store: Store, ada: int) -> None:
    assert store.quotes.said([ada], ["mist"]) == ()
    assert store.quotes.said([ada], ["every"]) == ()


def test_the_paragraph_around_a_quotation_tells_what_it_is_about(store: Store, ada: int) -> None:
    everything = store.quotes.said([ada])
    assert len(everything) == 2
    assert store.quotes.said([ada], ["tariff"]) == ()
    assert words(store.quotes.beside(everything, ["tariff", "timber"])) == ["a mistake that"]
    assert store.quotes.beside(everything, ["tariff", "bridge"]) == ()
    assert store.quotes.beside((), ["tariff"]) == ()


def test_a_body_is_found_by_the_words_of_its_name(store: Store, ada: int) -> None:
    articles = [quote.article for quote in store.quotes.said([ada])[:1]]
    assert words(store.quotes.of_described(articles, "harbour authority")) == ["the policies of"]
    assert store.quotes.of_described(articles, "Ada Novak") == ()
    assert store.quotes.of_described(articles, "") == ()


def test_pages_follow_each_other_through_many_quotations_that_only_begin_alike(teller: Teller, store: Store) -> None:
    for number in range(7):
        teller.later(hours=1)
        kind = "warnings" if number % 2 else "wardens"
        article = teller.article(f"Ada Novak spoke {number} times. “The {kind} number {number} are here,” Novak said.")
        assert isinstance(article, Article)
        teller.keep(article, read(article))
    ada = [teller.id("Ada Novak")]
    first = store.quotes.said(ada, ["warning"], limit=2)
    second = store.quotes.said(ada, ["warning"], limit=2, before=first[-1].id)
    assert [quote.words.split()[3] for quote in first + second] == ["5", "3", "1"]
    assert store.quotes.said(ada, ["warning"], limit=2, before=second[-1].id) == ()


@pytest.mark.parametrize("hostile", ['"', "'", "* OR *", "a AND", "(", "NEAR(", "words:", "-", "^x", "\0"])
def test_no_word_is_taken_for_the_syntax_of_the_index(store: Store, ada: int, hostile: str) -> None:
    assert isinstance(store.quotes.said([ada], [hostile]), tuple)
    assert isinstance(store.quotes.containing([hostile]), tuple)
