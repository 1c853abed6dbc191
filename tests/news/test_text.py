"""Letters, words, sentences and paragraphs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from news.text import fold, paragraphs, sentences, words


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_equal_names_are_equal_in_any_case_accent_and_script() -> None:
    assert fold("VLADIMIR PUTIN") == fold("Владимир Путин") == "vladimir putin"
    assert fold("Łódź, Straße, Ångström") == "lodz, strasse, angstrom"


def test_typographic_marks_fold_into_plain_ones() -> None:
    assert fold("“Trump’s”\u00a0plan") == '"trump\'s" plan'


def test_words_lose_their_possessive_and_initials_their_points() -> None:
    assert words("Trump’s envoy left the U.S. with 1,250.5 tons") == (
        "trump", "envoy", "left", "the", "us", "with", "1,250.5", "tons",
    )  # fmt: skip


def test_a_contraction_and_an_irish_name_are_one_word_each() -> None:
    assert words("O'Neill didn't") == ("o'neill", "didn't")


def test_chinese_is_read_sign_by_sign_and_hindi_word_by_word() -> None:
    assert len(words("北京会谈")) == 4
    assert len(words("पुलिस ने कहा")) == 3


def test_titles_and_initials_do_not_end_a_sentence() -> None:
    assert cut("Mr. Adams met J. K. Brown. They left.") == ["Mr. Adams met J. K. Brown.", "They left."]
    assert cut("Sen. Ortiz and Gen. Falk spoke.") == ["Sen. Ortiz and Gen. Falk spoke."]


def test_an_abbreviation_ends_a_sentence_only_before_a_word_that_opens_one() -> None:
    assert cut("He flew to the U.S. The talks began.") == ["He flew to the U.S.", "The talks began."]
    assert cut("The U.S. President spoke at 5 p.m. Friday.") == ["The U.S. President spoke at 5 p.m. Friday."]


def test_a_mark_inside_quotes_belongs_to_the_sentence_that_names_the_speaker() -> None:
    assert cut("“Really?” Maria Lopez asked. “Yes.”") == ["“Really?” Maria Lopez asked.", "“Yes.”"]


def test_a_german_ordinal_does_not_end_a_sentence() -> None:
    assert cut("Am 3. Mai kam er an. Die Gespräche begannen.") == ["Am 3. Mai kam er an.", "Die Gespräche begannen."]


def test_numbers_with_points_and_numbered_things_stay_whole() -> None:
    assert cut("It rose 3.5 percent to No. 4 in Jan. 2025. Shares fell.") == [
        "It rose 3.5 percent to No. 4 in Jan. 2025.",
        "Shares fell.",
    ]


def test_chinese_sentences_end_at_their_own_marks() -> None:
    assert cut("会谈结束了。双方同意再谈！好吗？") == ["会谈结束了。", "双方同意再谈！", "好吗？"]


def test_dots_that_mark_a_pause_do_not_end_a_sentence() -> None:
    assert cut("“We go on ... I hope so.”") == ["“We go on ... I hope so.”"]


def test_no_sentence_reaches_over_a_paragraph() -> None:
    assert cut("A headline without a stop\n\nThe story begins.") == ["A headline without a stop", "The story begins."]


def test_lines_that_are_merely_wrapped_are_one_paragraph() -> None:
    text = "The minister said on Tuesday that the talks\nwould go on as long as\nthey have to.\n\nNobody answered."
    assert [text[a:b] for a, b in paragraphs(text)] == [text[: text.index("\n\n")], "Nobody answered."]


def test_every_line_is_a_paragraph_where_lines_are_not_wrapped() -> None:
    text = "First line.\r\nSecond line.\nThird"
    assert [text[a:b] for a, b in paragraphs(text)] == ["First line.", "Second line.", "Third"]


def test_nothing_has_no_words_and_no_sentences() -> None:
    assert words("") == ()
    assert sentences("") == paragraphs(" \n ") == ()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("aA .!?…\n\r\t\"“”'’()[]1。！é\u00a0-"), max_size=200) | st.text(max_size=200))
def test_spans_are_in_order_hold_no_outer_space_and_leave_out_only_space(text: str) -> None:
    for find in (sentences, paragraphs):
        spans = find(text)
        at = 0
        for start, end in spans:
            assert at <= start < end <= len(text)
            assert not text[at:start].strip()
            assert text[start:end] == text[start:end].strip()
            at = end
        assert not text[at:].strip()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_folding_never_fails_and_folded_words_stay_as_they_are(text: str) -> None:
    assert fold(fold(text)) == fold(text) or not text.isascii()
    assert all(word.strip() == word for word in words(text))
