"""Quotations and their speakers: one layout of newspapers a test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from news.person import Mention, Name, Names
from news.quote import Quote, quotes

if TYPE_CHECKING:
    from news.person import Gender, NameKind

# name, kind, gender; a person is also mentioned by the last name
PEOPLE: tuple[tuple[str, NameKind, Gender | None], ...] = (
    ("Anna Keller", "person", "f"),
    ("Peter Novak", "person", "m"),
    ("Mara Lind", "person", "f"),
    ("Omar Haddad", "person", "m"),
    ("Ines Kelly", "person", "f"),
    ("George Will", "person", "m"),
    ("Harbour Authority", "organisation", None),
    ("Port Lena", "place", None),
)


def names_in(text: str) -> Names:
    """The names of PEOPLE that a text mentions, titles in front of them as their outer edge."""
    found: list[Name] = []
    mentions: list[Mention] = []
    for full, kind, gender in PEOPLE:
        pattern = rf"\b(?:{full}|{full.split()[-1]})\b" if kind == "person" else rf"\b{full}\b"
        spans = tuple(match.span() for match in re.finditer(pattern, text))
        if spans:
            name = Name(full, kind, spans, None, gender)
            found.append(name)
            mentions += [Mention(start, end, name, _outer(text, start)) for start, end in spans]
    return Names(tuple(found), tuple(sorted(mentions, key=lambda mention: mention.start)))


def _outer(text: str, start: int) -> int:
    title = re.search(r"(?:(?:Mayor|Governor|Senator|Sen\.|Mr\.|Mrs\.) )$", text[:start])
    return title.start() if title else start


def read(text: str) -> tuple[Quote, ...]:
    """The quotations of a text."""
    return quotes(text, names_in(text))


def said_by(text: str) -> list[tuple[str, str | None]]:
    """Words and speaker of each quotation of a text."""
    return [(quote.words, quote.speaker) for quote in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“The bridge opens in May,” Anna Keller said on Monday.",
        "“The bridge opens in May,” said Anna Keller, the mayor.",
        "“The bridge opens in May,” the mayor, Anna Keller, told reporters.",
        "“The bridge opens in May,” Keller, the mayor of Port Lena, said. Anna Keller took office in March.",
        "“The bridge opens in May,” Mayor Anna Keller, speaking in Port Lena, told the council.",
        "“The bridge opens in May,” according to Anna Keller.",
        "“The bridge opens in May,” Anna Keller thundered.",
        "“The bridge opens in May!” Anna Keller shouted.",
        "“The bridge opens in May,” shrugged Anna Keller.",
        "“The bridge opens in May,” spokeswoman Anna Keller said.",
        "“The bridge opens in May” was written on the wall, Anna Keller said.",
    ],
)
def test_a_speaker_named_behind_the_quotation_is_found(text: str) -> None:
    assert said_by(text)[0][1] == "Anna Keller"


@pytest.mark.parametrize(
    "text",
    [
        "Anna Keller said, “The bridge opens in May.”",
        "Anna Keller, the mayor, said: “The bridge opens in May.”",
        "Anna Keller told Peter Novak that “the bridge opens in May.”",
        "According to Anna Keller, “the bridge opens in May.”",
        "Anna Keller (Greens) said on Monday: “The bridge opens in May.”",
        "On Monday, Anna Keller, who met Peter Novak in Port Lena, tweeted: “The bridge opens in May.”",
        "In an interview with Peter Novak on Monday, Anna Keller said “the bridge opens in May.”",
        "Anna Keller praised the builders and said “the bridge opens in May.”",
        "Anna Keller criticised Peter Novak, saying, “The bridge opens in May.”",
        "Anna Keller: “The bridge opens in May.”",
        "Anna Keller called the plan of Peter Novak “a bridge that opens in May.”",
        "Peter Novak left, but a few days later Anna Keller said “the bridge opens in May.”",
        "The claims of Peter Novak are wrong, Anna Keller said, adding that “the bridge opens in May.”",
    ],
)
def test_a_speaker_named_before_the_quotation_is_found(text: str) -> None:
    assert said_by(text)[0][1] == "Anna Keller"


def test_the_second_half_of_a_quotation_has_the_speaker_of_the_first() -> None:
    text = "“The bridge opens in May,” Anna Keller said. “The road follows in June.”"
    assert said_by(text) == [
        ("The bridge opens in May,", "Anna Keller"),
        ("The road follows in June.", "Anna Keller"),
    ]


def test_a_quotation_over_several_paragraphs_keeps_its_speaker() -> None:
    text = (
        "“The bridge opens in May,” Anna Keller said. “We have waited long.\n\n"
        "“The road follows in June, and then the rail.\n\n"
        "“Nobody believed that it could be done.”"
    )
    assert [speaker for _, speaker in said_by(text)] == ["Anna Keller"] * 4


def test_the_speaker_named_at_the_end_of_several_paragraphs_spoke_them_all() -> None:
    text = "“We have waited long for this bridge.\n\n“Nobody believed in it,” said Anna Keller."
    assert [speaker for _, speaker in said_by(text)] == ["Anna Keller", "Anna Keller"]


def test_a_colon_at_the_end_of_a_paragraph_announces_the_next() -> None:
    text = "Peter Novak listened as Anna Keller spoke.\n\nKeller went on to say:\n\n“The bridge opens in May.”"
    assert said_by(text) == [("The bridge opens in May.", "Anna Keller")]


@pytest.mark.parametrize("dash", ["-", "–", "—", "―"])
def test_a_dash_and_a_name_sign_a_quotation(dash: str) -> None:
    assert said_by(f"“The bridge opens in May.” {dash} Anna Keller, mayor") == [
        ("The bridge opens in May.", "Anna Keller")
    ]


def test_a_dash_and_a_name_in_the_next_paragraph_sign_a_quotation() -> None:
    assert said_by("“The bridge opens in May.”\n\n— Anna Keller") == [("The bridge opens in May.", "Anna Keller")]


def test_the_label_of_a_transcript_is_the_speaker_and_none_of_the_words() -> None:
    text = "Anna Keller spoke to Peter Novak.\n\n“KELLER: The bridge opens in May.\n\n“NOVAK: Who pays for it?”"
    assert said_by(text) == [("The bridge opens in May.", "Anna Keller"), ("Who pays for it?", "Peter Novak")]


def test_a_pronoun_goes_to_the_subject_of_the_sentence_before() -> None:
    text = (
        "“We are late,” Peter Novak said.\n\n"
        "Omar Haddad agreed with Novak about the delay.\n\n"
        "“The bridge opens in May,” he said."
    )
    assert said_by(text)[1] == ("The bridge opens in May,", "Omar Haddad")


def test_a_pronoun_goes_to_the_speaker_before_where_nobody_came_between() -> None:
    text = "“We are late,” Peter Novak said.\n\n“The bridge opens in May,” he added."
    assert said_by(text)[1] == ("The bridge opens in May,", "Peter Novak")


def test_a_pronoun_goes_to_nobody_of_the_other_gender() -> None:
    text = "Anna Keller met Peter Novak on Monday.\n\n“The bridge opens in May,” he said."
    assert said_by(text) == [("The bridge opens in May,", "Peter Novak")]


def test_a_pronoun_that_two_people_fit_alike_is_not_guessed() -> None:
    text = "The bridge was the work of Peter Novak and of Omar Haddad.\n\n“The bridge opens in May,” he said."
    (quote,) = read(text)
    assert (quote.speaker, quote.speaker_kind) == (None, "unknown")
    assert quote.said_as is not None
    assert text[slice(*quote.said_as)] == "he"


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("“The bridge opens in May,” a spokesman for Peter Novak said.", "a spokesman for Peter Novak"),
        ("“The bridge opens in May,” said an official who asked not to be named.", "an official"),
        ("Officials said “the bridge opens in May, or never.”", "Officials"),
        ("“The bridge opens in May,” the Harbour Authority said.", "the Harbour Authority"),
        ("The ministry wrote in a letter that “the bridge opens in May.”", "The ministry"),
    ],
)
def test_a_described_speaker_is_told_as_described(text: str, description: str) -> None:
    (quote,) = read(text)
    assert quote.speaker_kind == "described"
    assert quote.speaker is not None
    assert quote.speaker.removeprefix("the ") == description.removeprefix("the ")


def test_a_role_that_one_person_holds_means_that_person() -> None:
    text = (
        "Governor Peter Novak met Senator Omar Haddad in Port Lena.\n\n"
        "“The bridge opens in May,” the governor said. “Not before,” the senator replied."
    )
    assert [speaker for _, speaker in said_by(text)] == ["Peter Novak", "Omar Haddad"]


def test_a_role_that_two_people_hold_means_neither() -> None:
    text = "Senator Peter Novak met Senator Omar Haddad.\n\n“The bridge opens in May,” the senator said."
    (quote,) = read(text)
    assert (quote.speaker, quote.speaker_kind) == ("the senator", "described")


def test_a_state_tells_two_senators_apart() -> None:
    text = (
        "Sen. Peter Novak (D-Vt.) met Sen. Omar Haddad (R-Tex.).\n\n"
        "“The bridge opens in May,” the Vermont senator said. “It never will,” the Republican replied."
    )
    assert [speaker for _, speaker in said_by(text)] == ["Peter Novak", "Omar Haddad"]


def test_an_age_means_the_person_of_that_age() -> None:
    text = "Omar Haddad, 45, met Peter Novak, 61.\n\n“The bridge opens in May,” the 45-year-old said."
    assert said_by(text) == [("The bridge opens in May,", "Omar Haddad")]


def test_a_name_nobody_recognised_is_still_the_speaker() -> None:
    assert said_by("“The bridge opens in May,” said Ilse Brandt.") == [("The bridge opens in May,", "Ilse Brandt")]


def test_nouns_that_look_like_verbs_of_saying_hide_no_speaker() -> None:
    text = "“The bridge opens in May,” Anna Keller, one of the states suing the builders, said."
    assert said_by(text)[0][1] == "Anna Keller"


def test_a_quotation_in_a_quotation_belongs_to_the_outer_one() -> None:
    text = "“He told me ‘we are late’ and left,” Anna Keller said."
    assert said_by(text) == [("He told me ‘we are late’ and left,", "Anna Keller")]


def test_a_title_of_a_work_is_no_quotation() -> None:
    assert read("Anna Keller is the author of “The Long Way Home,” which sold well.") == ()


def test_a_word_in_marks_that_nobody_said_is_no_quotation() -> None:
    assert read("The so-called “bridge” is closed.") == ()


def test_what_was_shouted_is_a_quotation_however_short() -> None:
    assert said_by("Anna Keller wrote on social media: “STOP!”") == [("STOP!", "Anna Keller")]


def test_where_the_text_names_the_speaker_is_told() -> None:
    text = "“The bridge opens in May,” said Mayor Keller. Anna Keller is new."
    (quote,) = read(text)
    assert quote.said_as is not None
    assert text[slice(*quote.said_as)] == "Keller"


def test_long_words_whose_speaker_the_text_does_not_name_are_kept_as_unknown() -> None:
    (quote,) = read("“The bridge opens in May, as it was always going to.”")
    assert (quote.speaker, quote.speaker_kind, quote.said_as) == (None, "unknown", None)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("PORT LENA, May 4 (AP) — Anna Keller called the bridge “a sign of hope for all of us.”", "Anna Keller"),
        ("Anna Keller told a man who doubts that the bridge opens that “it will open in May.”", "Anna Keller"),
        ("Peter Novak left, with Anna Keller adding that “the bridge opens in May.”", "Anna Keller"),
        ("Because of how Peter Novak drew it, explained Anna Keller, “the bridge opens in May.”", "Anna Keller"),
        ("Peter Novak met Anna Keller on Monday, who said that “the bridge opens in May.”", "Anna Keller"),
        ("Anna Keller, who met Peter Novak, said Novak “knows that the bridge opens in May.”", "Anna Keller"),
        ("Anna Keller said the tolls used by Novak and others “do nothing for the people here.”", "Anna Keller"),
        ("Anna Keller says she thinks Novak is “a man who builds a good bridge.”", "Anna Keller"),
        ("As Anna Keller put it, “the bridge opens in May,” and Peter Novak agreed.", "Anna Keller"),
    ],
)
def test_the_subject_of_the_verb_of_saying_spoke_whoever_else_is_named(text: str, speaker: str) -> None:
    assert said_by(text)[0][1] == speaker


def test_who_was_asked_did_not_say_the_question() -> None:
    (quote,) = read("Anna Keller was asked, “When does the bridge open to the public?”")
    assert quote.speaker_kind == "unknown"


def test_the_sentence_before_tells_the_speaker_where_a_quotation_stands_alone() -> None:
    text = "Anna Keller praised the builders at a rally in Port Lena. “The bridge opens in May.”"
    assert said_by(text) == [("The bridge opens in May.", "Anna Keller")]


def test_a_speaker_named_at_the_end_of_a_sentence_is_the_one_who_goes_on() -> None:
    text = "The delay had been long, noted Peter Novak.\n\n“The bridge opens in May,” he wrote."
    assert said_by(text) == [("The bridge opens in May,", "Peter Novak")]


def test_the_owner_of_what_a_sentence_is_about_is_not_its_subject() -> None:
    text = "Novak’s claim that the bridge is late is false, Omar Haddad said.\n\n“It opens in May,” he said."
    assert said_by(text)[-1] == ("It opens in May,", "Omar Haddad")


def test_they_are_the_people_the_sentence_is_about() -> None:
    (quote,) = read("The protesters marched to the river, and they chanted “open the bridge right now.”")
    assert (quote.speaker, quote.speaker_kind) == ("The protesters", "described")


def test_a_role_with_a_capital_that_belongs_to_a_body_means_no_person() -> None:
    text = "Anna Keller, a reporter at the Lena Post, was there. The Lena Post said that “the bridge opens in May.”"
    assert said_by(text)[0][1] == "The Lena Post"


def test_an_invitation_to_follow_someone_is_no_quotation() -> None:
    assert read("“Follow Anna Keller on her page @annakeller") == ()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Kelly responded, with a smile: “The bridge opens in May.” Ines Kelly is new.", "Ines Kelly"),
        ("George Will left. “The bridge opens in May,” Will said.", "George Will"),
        ("“The bridge opens in May…” Anna Keller said.", "Anna Keller"),
        ("“The bridge opens in May.” Anna Keller said.", "Anna Keller"),
        ("Anna Keller said of Peter Novak: “The bridge opens in May.”", "Anna Keller"),
        ("Peter Novak was asked by Anna Keller whether “the bridge opens in May or June.”", "Anna Keller"),
        ("“The bridge opens in May,” Anna Keller, who is mayor of Port Lena said.", "Anna Keller"),
        ("Anna Keller said the claims of Novak have “nothing to do with the bridge.”", "Anna Keller"),
        ("The delay grew, while Anna Keller, the mayor, told Novak that “the bridge opens in May.”", "Anna Keller"),
        ("Attorney General of Port Lena Anna Keller said “the bridge opens in May.”", "Anna Keller"),
    ],
)
def test_names_and_nouns_that_look_like_small_words_or_verbs_mislead_nobody(text: str, speaker: str) -> None:
    assert said_by(text)[0][1] == speaker


def test_an_epithet_with_capitals_is_no_title_of_a_work() -> None:
    assert said_by("Anna Keller called Peter Novak “The Builder of Broken Bridges.”")[0][1] == "Anna Keller"


def test_a_body_is_not_the_person_who_works_for_it() -> None:
    text = "Treasury department official Anna Keller left.\n\n“The bridge opens in May,” the department said."
    assert [(q.speaker, q.speaker_kind) for q in read(text)] == [("the department", "described")]


def test_an_apposition_at_the_end_of_a_line_names_the_speaker() -> None:
    assert said_by("“The bridge opens in May,” said the mayor, Anna Keller.\r\n\r\nNo more.")[0][1] == "Anna Keller"


def test_it_means_the_body_that_spoke_before() -> None:
    text = "The ministry wrote that “the bridge opens in May.”\n\n“The road follows in June,” it added."
    assert [speaker for _, speaker in said_by(text)] == ["The ministry", "The ministry"]


def test_the_subject_of_a_sentence_is_no_place_that_stands_later_in_it() -> None:
    (quote,) = read("Protesters came from Port Lena holding banners reading “the bridge belongs to us all.”")
    assert (quote.speaker, quote.speaker_kind) == ("Protesters", "described")


@pytest.mark.parametrize("verb", ["sagte", "déclare", "dijo", "afirmou", "zei"])
def test_a_verb_of_saying_of_another_language_names_the_speaker(verb: str) -> None:
    assert said_by(f"„Die Brücke öffnet im Mai“, {verb} Anna Keller.")[0][1] == "Anna Keller"


def test_a_body_whose_name_reads_like_a_person_is_described() -> None:
    text = "The Harbour Authority said in a statement that the bridge was “a danger to ships.”"
    assert [(q.speaker, q.speaker_kind) for q in read(text)] == [("Harbour Authority", "described")]
