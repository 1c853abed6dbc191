"""Quotations of any text whatever: verbatim, in order, and told without failing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from news.marks import masked, pieces
from news.person import names
from news.quote import quotes

MARKS = "“”\"„‟«»‹›「」『』‘’‚'`"
WORDS = st.sampled_from(
    [
        "said", "he", "she", "Anna Keller", "Peter", "Novak", "the mayor", "according to", ",", ".", ":", "?", "—", "(",
        ")", "\n", "\n\n", "who", "and", "told", "Mr.", "U.S.", "6'2\"", "KELLER:", "we go", "May", "'s", "says", "I",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet=MARKS + " \n.aA", max_size=60),
    st.lists(st.one_of(WORDS, st.sampled_from(MARKS)), max_size=40).map(" ".join),
    st.lists(st.one_of(WORDS, st.sampled_from(MARKS)), max_size=40).map("".join),
)


@given(TEXTS)
def test_quotations_are_the_words_of_their_span_in_order(text: str) -> None:
    found = quotes(text, names(text))
    assert all(text[quote.start : quote.end] == quote.words for quote in found)
    assert all(quote.words == quote.words.strip() != "" for quote in found)
    edges = [edge for quote in found for edge in (quote.start, quote.end)]
    assert edges == sorted(edges)


@given(TEXTS)
def test_a_speaker_is_told_where_the_kind_says_so_and_stands_in_the_text(text: str) -> None:
    for quote in quotes(text, names(text)):
        assert (quote.speaker is None) == (quote.speaker_kind == "unknown")
        if quote.said_as is not None:
            start, end = quote.said_as
            assert 0 <= start < end <= len(text)


@given(TEXTS)
def test_pieces_do_not_overlap_and_the_mask_hides_just_them(text: str) -> None:
    found = pieces(text)
    outer = [edge for piece in found for edge in piece.outer]
    assert outer == sorted(outer)
    hidden = masked(text, found)
    assert len(hidden) == len(text)
    shown = [at for at in range(len(text)) if not any(lo <= at < hi for lo, hi in (piece.outer for piece in found))]
    assert all(hidden[at] == text[at] for at in shown)


@given(TEXTS)
def test_the_same_text_gives_the_same_quotations(text: str) -> None:
    assert quotes(text, names(text)) == quotes(text, names(text))
