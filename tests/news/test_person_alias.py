from __future__ import annotations

import pytest

from news.person import names


def same(text: str) -> dict[str, str]:
    return {name.name: name.same for name in names(text).names if name.same}


@pytest.mark.parametrize(
    "text",
    [
        "Robert Prevost, who took the name Leo XIV, spoke to the crowd.",
        "Cardinal Robert Prevost of Chicago was elected pope on Thursday and took the name Leo XIV.",
        "The cardinals agreed on Robert Prevost, who led an office in Rome.\n\nHe chose the name of Pope Leo XIV.",
        "Pope Leo XIV, born Robert Prevost, spoke to the crowd.",
        "Pope Leo XIV (born Robert Prevost) spoke to the crowd.",
    ],
)
def test_a_name_that_was_taken_is_the_same_persons(text: str) -> None:
    assert same(text) == {"Robert Prevost": "Leo XIV"}


@pytest.mark.parametrize(
    "text",
    [
        "Sofia Ros, whose real name is Ana Lund, sang in Oslo.",
        "Sofia Ros, formerly known as Ana Lund, sang in Oslo.",
        "Sofia Ros (née Ana Lund) sang in Oslo.",
        "Sofia Ros, also known as Ana Lund, sang in Oslo.",
    ],
)
def test_another_name_of_a_person_is_marked_as_the_same(text: str) -> None:
    assert same(text) == {"Ana Lund": "Sofia Ros"}


@pytest.mark.parametrize(
    "text",
    [
        "Donald Trump, born in Queens, met Joe Biden.",
        "Ana Ros took the name of the street from Per Lund.",
        "Ana Ros, also known in Oslo, met Per Lund.",
        "Ana Ros married Per Lund and kept her name.",
        'Ana Ros said: "He took the name" of Per Lund.',
    ],
)
def test_two_people_in_one_sentence_stay_two(text: str) -> None:
    assert same(text) == {}
