from __future__ import annotations

from datetime import UTC, datetime

from news.article import Article
from news.briefing import briefing, key_quote
from news.quote import Quote
from news.reading import Reading

FIRST = (
    "A ferry carrying 86 passengers capsized off the island of Mindoro late on Monday, the coast guard said. "
    "Rescuers pulled 72 survivors from the water near the port of Calapan. He had never seen such waves. "
    "Was the vessel overloaded? The ferry had left Batangas in the afternoon although a storm warning was in force."
)
SECOND = (
    "A ferry with 86 passengers capsized near the island of Mindoro late on Monday, according to the coast guard. "
    "The owner of the line, Marisol Cruz, promised to pay the families of those who had been lost at sea. "
    "Divers reached the wreck of the Maria Lorena on Tuesday at a depth of forty metres and found no one alive."
)
FILLER = ("master", "mayor", "harbour", "doctor", "bishop", "judge", "teacher", "baker", "clerk", "warden", "pilot")


def piece(text: str, number: int, day: int | None = 1, *quotes: Quote) -> tuple[Article, Reading]:
    published = datetime(2025, 4, day, tzinfo=UTC) if day else None
    return Article(id=number, title="Ferry capsizes off Mindoro", text=text, published=published), Reading(
        quotes=quotes
    )


def test_every_line_is_the_articles_own_to_the_character() -> None:
    pieces = [piece(FIRST, 1), piece(SECOND, 2, 2)]
    lines = briefing(pieces, 5)
    assert 3 <= len(lines) <= 5
    for line in lines:
        start, end = line.span
        assert pieces[line.piece][0].text[start:end] == line.sentence


def test_nothing_is_said_twice() -> None:
    lines = briefing([piece(FIRST, 1), piece(SECOND, 2, 2)], 5)
    assert sum("capsized" in line.sentence for line in lines) == 1


def test_several_articles_are_drawn_from() -> None:
    assert {line.piece for line in briefing([piece(FIRST, 1), piece(SECOND, 2, 2)], 4)} == {0, 1}


def test_the_lead_comes_first_and_the_rest_in_the_order_of_publication() -> None:
    lines = briefing([piece(FIRST, 1, 2), piece(SECOND, 2, 1)], 4)
    assert lines[0].piece == 0
    assert [line.piece for line in lines[1:]] == sorted((line.piece for line in lines[1:]), reverse=True)


def test_a_sentence_that_leans_on_another_is_left_out() -> None:
    said = " ".join(line.sentence for line in briefing([piece(FIRST, 1)], 5))
    assert "He had never" not in said
    assert "overloaded?" not in said


def test_half_a_quotation_is_left_out() -> None:
    text = (
        "The minister said: “We will rebuild the bridge before the winter comes. It is a promise to all of you here.”"
    )
    assert briefing([piece(text, 1)], 3) == ()


def test_what_was_asked_about_is_told_first_of_all() -> None:
    lines = briefing([piece(SECOND, 2), piece(FIRST, 1)], 1, about="owner families")
    assert "Marisol Cruz" in lines[0].sentence


def test_what_was_asked_about_is_found_far_down_and_in_another_article_than_the_lead() -> None:
    filler = " ".join(f"The {word} of the port was told of the matter by telephone in the night." for word in FILLER)
    late = piece(f"{SECOND} {filler} The inquiry into the licence is to open in the second half of May.", 2, 2)
    lines = briefing([piece(FIRST, 1), late], 3, "when is the inquiry")
    assert lines[0].sentence == "The inquiry into the licence is to open in the second half of May."


def test_what_points_at_something_untold_is_left_out() -> None:
    text = f"{FIRST} The Coast Guard called it useful, the owner of the ferry said little of Calapan."
    assert not any("called it useful" in line.sentence for line in briefing([piece(text, 1)], 8))


def test_no_pieces_give_no_lines() -> None:
    assert briefing([], 4) == ()
    assert briefing([piece("", 1)], 4) == ()
    assert key_quote([]) is None


def test_the_key_quotation_is_of_a_named_speaker_and_on_the_matter() -> None:
    def quote(words: str, speaker: str | None) -> Quote:
        return Quote(words, 0, len(words), speaker, "named" if speaker else "unknown")

    quotes = (
        quote("The waves were as high as houses that night", None),
        quote("I like to have my coffee in the early morning", "Ana Reyes"),
        quote("The ferry should never have left port in such a storm", "Marisol Cruz"),
        quote("No comment", "Ana Reyes"),
    )
    said = key_quote([piece(FIRST, 1, 1, *quotes)])
    assert said is not None
    assert (said.piece, said.quote.speaker) == (0, "Marisol Cruz")
    about_coffee = key_quote([piece(FIRST, 1, 1, *quotes)], about="coffee")
    assert about_coffee is not None
    assert about_coffee.quote.speaker == "Ana Reyes"
