"""The matcher finds what the law says, however subscriptions come and go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.matcher import Matcher, Told, fulfils
from store.subscriptions import Wish

WORDS = st.sampled_from(["iran", "tirana", "merz", "commerzbank", "talk", "ai", "train", "oil"])
PEOPLE = st.integers(1, 5)
some_words = st.frozensets(WORDS, max_size=6)
some_people = st.frozensets(PEOPLE, max_size=4)

wishes = st.one_of(
    st.builds(
        lambda words, without: Wish(topic="t", words=tuple(sorted(words)), without=tuple(sorted(without))),
        st.frozensets(WORDS, min_size=1, max_size=3),
        st.frozensets(WORDS, max_size=1),
    ),
    st.builds(
        lambda people: Wish(kind="person", topic="t", people=tuple(sorted(people))),
        st.frozensets(PEOPLE, min_size=1, max_size=2),
    ),
    st.builds(
        lambda people: Wish(kind="met", topic="t", people=tuple(sorted(people))),
        st.frozensets(PEOPLE, min_size=1, max_size=2),
    ),
    st.builds(
        lambda who, about: Wish(kind="said", topic="t", people=(who,), about=tuple(sorted(about))),
        PEOPLE,
        st.frozensets(WORDS, max_size=2),
    ),
)
quotes = st.lists(st.tuples(PEOPLE, some_words), max_size=3)


@st.composite
def tellings(draw: st.DrawFn) -> Told:
    """What an article may tell: whoever meets or speaks in it is one of its people."""
    meetings = draw(st.lists(st.frozensets(PEOPLE, max_size=3), max_size=3))
    said = draw(quotes)
    people = draw(some_people).union(*meetings, {speaker for speaker, _ in said})
    return Told(draw(some_words), people, tuple(meetings), tuple(said))


@given(st.lists(wishes, max_size=25), st.lists(st.integers(0, 24), max_size=10), st.lists(tellings(), max_size=5))
def test_the_index_finds_what_a_look_at_every_wish_finds(
    all_wishes: list[Wish], gone: list[int], told: list[Told]
) -> None:
    matcher = Matcher(lambda key: len(str(key)))
    have = dict(enumerate(all_wishes))
    for id_, wish in have.items():
        matcher.add(id_, wish)
    for id_ in gone:
        matcher.remove(id_)
        have.pop(id_, None)
    assert len(matcher) == len(have)
    for one in told:
        found = sorted(id_ for _, ids in matcher.match(one) for id_ in ids)
        assert found == sorted(id_ for id_, wish in have.items() if fulfils(one, wish))
