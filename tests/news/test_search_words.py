"""Words as the index has them: terms, stems, synonyms, searches."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import DayError
from news.search_query import SearchQuery, parse_search
from news.stem import stem
from news.synonyms import near_words
from news.terms import MAX_TERM, telling, terms

TODAY = date(2025, 5, 10)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Erdoğan’s talks", ["erdogan", "talks"]),
        ("the U.S. and US, not us", ["the", "usa", "and", "usa", "not", "us"]),
        ("O'Brien don't", ["obrien", "dont"]),
        ("Путин", ["putin"]),
        ("Łódź Straße", ["lodz", "strasse"]),
        ("北京", ["bei", "jing"]),
        ("al-Sharaa", ["al", "sharaa"]),
        ("!?… — ''", []),
    ],
)
def test_a_word_is_one_term_however_it_is_written(text: str, found: list[str]) -> None:
    assert terms(text) == found


@given(st.text(max_size=200))
def test_terms_are_small_letters_and_digits_of_bounded_length(text: str) -> None:
    for term in terms(text):
        assert term.isascii()
        assert term.isalnum()
        assert term == term.lower()
        assert len(term) <= MAX_TERM


@given(st.text(max_size=60))
def test_terms_of_terms_are_the_same(text: str) -> None:
    found = [term for term in terms(text) if term not in {"us", "usa"}]
    assert terms(" ".join(found)) == found


def test_words_that_ask_are_passed_over_unless_there_are_no_others() -> None:
    assert telling(terms("who met Putin in the Kremlin")) == ["putin", "kremlin"]
    assert telling(terms("who met whom")) == ["met"]
    assert telling(terms("who is who")) == ["who", "is"]


@pytest.mark.parametrize(
    ("words", "root"),
    [
        (("talk", "talks", "talked", "talking"), "talk"),
        (("negotiate", "negotiated", "negotiations", "negotiation"), "negoti"),
        (("sanction", "sanctions", "sanctioned"), "sanction"),
        (("country", "countries"), "countri"),
        (("hop", "hopped", "hopping"), "hop"),
        (("agree", "agreed"), "agre"),
    ],
)
def test_forms_of_a_word_have_one_stem(words: tuple[str, ...], root: str) -> None:
    assert {stem(word) for word in words} == {root}


@pytest.mark.parametrize("word", ["xi", "2025", "g20", "путин", ""])
def test_what_is_no_english_word_keeps_its_form(word: str) -> None:
    assert stem(word) == word


@given(st.from_regex(r"[a-z]{1,20}", fullmatch=True))
def test_a_stem_is_never_longer_and_never_empty(word: str) -> None:
    assert 0 < len(stem(word)) <= len(word)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("talks", "summit"),
        ("killed", "dead"),
        ("jobless", "unemployment"),
        ("french", "france"),
        ("kremlin", "russia"),
        ("truce", "ceasefire"),
        ("shi", "xi"),
    ],
)
def test_other_words_for_the_same_are_known(asked: str, told: str) -> None:
    assert told in dict(near_words(asked))
    assert all(0 < weight < 1 for weight in dict(near_words(asked)).values())


def test_a_search_is_taken_apart_into_words_and_conditions() -> None:
    found = parse_search('putin "peace talks" -trump -"red cross" by:reuters from:2025-04 to:2025-04-30', TODAY)
    assert found == SearchQuery(
        text="putin peace talks",
        phrases=("peace talks",),
        without=("red cross", "trump"),
        site="reuters",
        first=date(2025, 4, 1),
        last=date(2025, 4, 30),
    )


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Israel - Gaza", "Israel - Gaza"),
        ("Ben-Gurion", "Ben-Gurion"),
        ('"unclosed phrase', '"unclosed phrase'),
        ("NEAR(a b) OR title:x*", "NEAR(a b) OR title:x*"),
        ("a\n\tb\u00a0c", "a b c"),
    ],
)
def test_what_is_no_condition_stays_words(written: str, text: str) -> None:
    assert parse_search(written, TODAY) == SearchQuery(text=text)


def test_a_day_in_words_is_a_day() -> None:
    assert parse_search("x since:yesterday", TODAY).first == date(2025, 5, 9)


@pytest.mark.parametrize("written", ['x from:"yesterday of course"', "x from:nonsense", "x to:2025-13"])
def test_words_beside_a_day_make_it_none(written: str) -> None:
    with pytest.raises(DayError, match="names no day that exists"):
        parse_search(written, TODAY)


@given(st.text(max_size=300))
def test_any_text_is_a_search_or_is_explained(text: str) -> None:
    try:
        found = parse_search(text, TODAY)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either outcome is right
    else:
        assert len(found.text) <= 2000
