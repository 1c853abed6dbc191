"""What stands inside quotation marks, by the marks alone."""

from __future__ import annotations

import pytest

from news.marks import masked, pieces


def inside(text: str) -> list[str]:
    """The words of each piece of a text."""
    return [text[piece.start : piece.end] for piece in pieces(text)]


@pytest.mark.parametrize(
    "text",
    [
        "He said “we go now” and left.",
        'He said "we go now" and left.',
        "He said «we go now» and left.",
        "He said « we go now » and left.",
        "He said »we go now« and left.",
        "He said „we go now“ and left.",
        "He said „we go now” and left.",
        "He said ”we go now” and left.",
        "He said “we go now“ and left.",
        'He said “we go now" and left.',
        "He said 「we go now」 and left.",
        "He said ‹we go now› and left.",
        "He said,“we go now” and left.",
    ],
)
def test_every_pair_of_marks_quotes(text: str) -> None:
    assert inside(text) == ["we go now"]


@pytest.mark.parametrize(
    "text",
    ["‘We go now,’ he said.", "'We go now,' he said.", "He said: ‘We go now, and it’s the boys’ last chance.’"],
)
def test_single_marks_quote_where_a_text_has_no_double_ones(text: str) -> None:
    assert len(inside(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "It's the teachers' strike of the '90s, isn't it?",
        'The pipe is 5" wide and the player 6\'2" tall.',
        "The ‘n’ in rock ’n’ roll",
        "Peter's and James' house",
    ],
)
def test_apostrophes_and_measures_quote_nothing(text: str) -> None:
    assert inside(text) == []


def test_a_measure_inside_a_quotation_does_not_end_it() -> None:
    assert inside('"He is 6\'2" tall," she said.') == ["He is 6'2\" tall,"]


def test_single_marks_inside_double_ones_are_words() -> None:
    assert inside("“She said ‘we go now’ to me,” he said.") == ["She said ‘we go now’ to me,"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "‘He told me, “Never again,” and left,’ said Olsen. ‘The boys’ kit was still there.’",
            ["He told me, “Never again,” and left,", "The boys’ kit was still there."],
        ),
        (
            "'I was told \"it is only rain\",' said Prosser. 'It was the river.'",
            ['I was told "it is only rain",', "It was the river."],
        ),
    ],
)
def test_double_marks_inside_single_ones_are_words(text: str, words: list[str]) -> None:
    assert inside(text) == words


def test_marks_inside_like_marks_are_words() -> None:
    assert inside("“The “big” plan fails,” he said.") == ["The “big” plan fails,"]


def test_a_quote_left_open_ends_with_its_paragraph() -> None:
    text = "“We go now.\n\n“And so do you.”"
    assert inside(text) == ["We go now.", "And so do you."]
    assert [piece.left_open for piece in pieces(text)] == [True, False]


def test_a_missing_mark_swallows_no_narration() -> None:
    assert inside("“We go now, he said. “And so do you.”") == ["And so do you."]


def test_a_nickname_between_the_parts_of_a_name_is_no_quotation() -> None:
    assert inside('State senator Maria "Mimi" Stone said no.') == []


def test_the_mask_is_as_long_as_the_text_and_hides_the_words_alone() -> None:
    text = "He said “we go now.” Then he left."
    hidden = masked(text, pieces(text))
    assert len(hidden) == len(text)
    assert hidden.startswith("He said \0")
    assert hidden.endswith(". Then he left.")
    assert "we go" not in hidden
