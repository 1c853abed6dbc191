"""Quotations whose speaker the sentences around them tell: whole passages, with the names read out of them."""

from __future__ import annotations

import pytest

from news.person import names
from news.quote import quotes


def said_by(text: str) -> list[tuple[str, str | None]]:
    """The first words of each quotation of a text, and its speaker."""
    return [(" ".join(each.words.split()[:3]), each.speaker) for each in quotes(text, names(text))]


def speakers(text: str) -> list[str | None]:
    """The speaker of each quotation of a text."""
    return [speaker for _, speaker in said_by(text)]


def test_a_paragraph_that_reports_someone_leads_in_the_quotation_below_it() -> None:
    text = (
        "“We are late with everything,” Piotr Wolski said.\n\n"
        "Marta Olsen said that the builders would work at night from now on.\n\n"
        "“Nobody will sleep in this town before the bridge is done.”"
    )
    assert speakers(text) == ["Piotr Wolski", "Marta Olsen"]


def test_he_is_the_one_who_was_said_to_say_something_and_not_whom_he_spoke_of() -> None:
    text = (
        "Piotr Wolski built the bridge and the road behind it, Henrik Dahl said.\n\n"
        "“The man never sleeps and never sends a bill,” he said."
    )
    assert speakers(text) == ["Henrik Dahl"]


@pytest.mark.parametrize("told", ["he told Dahl", "he said of Dahl", "he wrote to Dahl"])
def test_a_pronoun_is_not_whom_its_own_clause_names_behind_it(told: str) -> None:
    text = f"Henrik Dahl met Piotr Wolski on the bridge.\n\n“You have one month to finish this,” {told}."
    assert speakers(text) == ["Piotr Wolski"]


def test_she_is_no_woman_told_of_long_before_where_another_is_nearer() -> None:
    text = (
        "Marta Olsen opened the hearing.\n\nA 29-year-old woman from the harbour was fined in July for a post "
        "about the builders. “They should all be drowned,” she wrote."
    )
    assert speakers(text) == ["A 29-year-old woman from the harbour"]


@pytest.mark.parametrize(
    "text",
    [
        "Treasurer Henrik Dahl gave two answers. Dahl’s second answer was: “We do not have the money.”",
        "Henrik Dahl was asked to explain his claim that “every single coin is accounted for.”",
        "The bridge stands, in Henrik Dahl’s words, “where no sane man would have put it.”",
        "Henrik Dahl left early. From his letter to the builders: “You have until Friday, not a day more.”",
    ],
)
def test_the_noun_that_names_the_words_tells_whose_they_are(text: str) -> None:
    assert speakers(text) == ["Henrik Dahl"]


def test_what_someone_calls_the_words_of_another_is_not_said_by_the_other() -> None:
    text = "Marta Olsen said that Henrik Dahl’s answer was “a disgrace to this whole town.”"
    assert speakers(text) == ["Marta Olsen"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“It is not our business,” Dahl aides said. Henrik Dahl is mayor.", "Dahl aides"),
        ("The Dahl campaign said “the bridge is none of our business.” Henrik Dahl is mayor.", "The Dahl campaign"),
        ("Dahl’s campaign shrugged, telling reporters, “We never asked for a bridge.”", "Dahl’s campaign"),
    ],
)
def test_the_people_of_someone_are_not_that_person(text: str, who: str) -> None:
    (quote,) = quotes(text, names(text))
    assert (quote.speaker, quote.speaker_kind) == (who, "described")


def test_a_verb_with_a_colon_tells_who_speaks_whatever_the_verb() -> None:
    text = "“Close it now,” said Marta Olsen, the engineer. Henrik Dahl bristled: “Not while I am mayor.”"
    assert speakers(text) == ["Marta Olsen", "Henrik Dahl"]


def test_one_speaker_named_at_the_end_of_a_sentence_said_all_of_its_parts() -> None:
    text = "The plan is “a bandage on a broken leg” and will please “nobody who can count,” Marta Olsen said."
    assert speakers(text) == ["Marta Olsen", "Marta Olsen"]


def test_words_that_run_on_behind_a_part_of_a_sentence_name_no_speaker() -> None:
    text = "Henrik Dahl, who had said he would “tear the whole thing down to” the ground the reports say, left."
    assert speakers(text) == ["Henrik Dahl"]


def test_whoever_signs_under_a_quotation_left_open_said_it() -> None:
    text = (
        'Henrik Dahl spoke first.\n\n"We will have to build this again, and nobody knows who will pay.\n'
        'Marta Olsen, chief engineer."\n\nThe town waits.'
    )
    assert said_by(text) == [("We will have", "Marta Olsen")]


def test_a_photographer_behind_a_dash_did_not_say_what_the_sentence_gives_to_another() -> None:
    text = "Henrik Dahl said that the bridge was “the safest in the country.” – Marta Olsen"
    assert speakers(text) == ["Henrik Dahl"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“Not this year,” said council whip Tom Hardwick.", "Tom Hardwick"),
        ("“Not this year,” former secretary of state Tom Hardwick said.", "Tom Hardwick"),
        ("“Not this year,” said protester Amara Diallo.", "Amara Diallo"),
        ("“Not this year,” grinned the tenant, Zofia Wilk.", "Zofia Wilk"),
    ],
)
def test_a_role_before_a_name_hides_no_speaker(text: str, who: str) -> None:
    assert speakers(text) == [who]


@pytest.mark.parametrize(
    "text",
    [
        "“Not this year,” said a spokesman for Mayor Tom Hardwick.",
        "“Not this year,” said the top aide to Senator Tom Hardwick.",
        "“Not this year,” said an Ohio Democrat. Tom Hardwick was silent.",
    ],
)
def test_a_description_that_ends_with_a_name_is_not_that_person(text: str) -> None:
    (quote,) = quotes(text, names(text))
    assert quote.speaker_kind == "described"


@pytest.mark.parametrize("described", ["the 34-year-old", "the prefect", "the defender"])
def test_a_description_means_whom_the_sentence_before_is_about(described: str) -> None:
    text = f"Luc Marchetti laughed at the question.\n\n“Ask my dentist, he has more to fear,” {described} said."
    assert speakers(text) == ["Luc Marchetti"]


@pytest.mark.parametrize(
    "text",
    [
        "Luc Marchetti laughed.\n\n“I would not have laughed,” said the architect, who drew the bridge.",
        "An engineer was there. Luc Marchetti laughed.\n\n“I would not have laughed,” the engineer said.",
        "Luc Marchetti laughed.\n\n“I would not have laughed,” the spokesman said.",
    ],
)
def test_a_description_of_someone_else_is_left_as_it_is(text: str) -> None:
    assert quotes(text, names(text))[0].speaker_kind == "described"


def test_nobody_is_of_two_parties() -> None:
    text = (
        "Luc Marchetti, a presidential candidate, spoke first. Henrik Dahl listened.\n\n"
        "“I have heard enough,” the Republican candidate said."
    )
    assert quotes(text, names(text))[0].speaker != "Luc Marchetti"


def test_who_asks_is_not_who_answers() -> None:
    text = "Marta Olsen asked Ines Kelly how high the bridge would be.\n\n“Forty metres,” she told Olsen."
    assert speakers(text) == ["Ines Kelly"]


def test_a_relative_clause_belongs_to_the_noun_it_stands_behind() -> None:
    text = "Marta Olsen recalled that Henrik Dahl was mocked by her listeners, who wondered if “he would ever build.”"
    assert speakers(text) == ["Marta Olsen"]


@pytest.mark.parametrize(
    "text",
    [
        "On Channel Four’s “The Early Show with Ines Kelly,” Henrik Dahl ruled it out.",
        "“The Bridge and the Baker” star Ines Kelly opened up about her years on the set.",
        "Henrik Dahl is the founder of “Builders for Marta Olsen 2028.”",
    ],
)
def test_a_programme_or_a_club_is_no_quotation(text: str) -> None:
    assert said_by(text) == []


def test_a_shouted_label_is_the_person_of_the_text() -> None:
    text = "MS. ABERNATHY: “I read every page of it.”\n\nDirector Lena Abernathy was pressed for an hour."
    assert speakers(text) == ["Lena Abernathy"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Asked about the cost, Henrik Dahl smiled. “Less than the inquiry about it.”", "Henrik Dahl"),
        ("Henrik Dahl was asked about the fountain. His answer, in full:\n\n“It is a fountain again.”", "Henrik Dahl"),
        ("The Minister for Health (Ms. Marta Olsen): “The number is lower than last year.”", "Marta Olsen"),
        ("“The plan is old wine,” spokesman on security Henrik Dahl said.", "Henrik Dahl"),
        ("They found it by accident, says Marta Olsen, an astronomer. “It was the wrong star.”", "Marta Olsen"),
        ("OSLO: Henrik Dahl gave a lecture. “The moon is a mirror,” he said.", "Henrik Dahl"),
        ("Marta Olsen of Port Lena, Ohio, says that “the moon is a mirror for fools.”", "Marta Olsen"),
        ("A guard, whom Marta Olsen knew, said she had “walked straight into the river.”", "A guard"),
        ("Her guards, Marta Olsen said, had told her that “nobody was coming for her.”", "Her guards"),
    ],
)
def test_the_sentence_is_read_as_it_is_built(text: str, who: str) -> None:
    assert speakers(text) == [who]


def test_two_who_speak_together_are_told_as_two() -> None:
    text = "“We will not hand back the weekend,” Marta Olsen and Henrik Dahl said in a letter."
    (quote,) = quotes(text, names(text))
    assert (quote.speaker, quote.speaker_kind) == ("Marta Olsen and Henrik Dahl", "described")


def test_whoever_is_asked_about_another_is_the_one_who_answers() -> None:
    text = (
        "Asked whether he feared that Henrik Dahl, the new mayor, who has called the bridge a hoax, could be there, "
        "Piotr Wolski demurred.\n\n“There is just one bridge,” he said."
    )
    assert speakers(text) == ["Piotr Wolski"]


@pytest.mark.parametrize(
    "behind",
    ["were his first words from the balcony", "was the answer of Henrik Dahl", "was Dahl’s verdict on the bridge"],
)
def test_the_noun_behind_a_quotation_tells_whose_it_is(behind: str) -> None:
    assert speakers(f"Henrik Dahl was elected on Thursday.\n\n“Peace be with you all,” {behind}.") == ["Henrik Dahl"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“It does not hold weight,” said 9/11 widow Marta Olsen.", "Marta Olsen"),
        ("“This is a waste of time,” said Del. Marta Olsen (D-V.I.).", "Marta Olsen"),
        ("“What a big year!” Dahl’s niece, state Sen. Marta Olsen, shouted. Henrik Dahl smiled.", "Marta Olsen"),
        ("Marta Olsen, a Dahl ally, said that “the bridge is his.” Henrik Dahl smiled.", "Marta Olsen"),
    ],
)
def test_what_stands_around_a_name_hides_it_not(text: str, who: str) -> None:
    assert speakers(text) == [who]


def test_what_one_person_is_may_be_two_things() -> None:
    text = (
        "Senator Henrik Dahl listened to Piotr Wolski.\n\n"
        "“I have heard enough of this,” the senator and presidential candidate said."
    )
    assert speakers(text) == ["Henrik Dahl"]


def test_promises_that_somebody_makes_are_no_verb() -> None:
    text = (
        "Piotr Wolski charmed them with speeches and promises of a bridge, Henrik Dahl said.\n\n"
        "“The man was very good at it,” he said."
    )
    assert speakers(text) == ["Henrik Dahl"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“I do not know,” said Senate Minority Whip Dick Hardwick in an interview.", "Dick Hardwick"),
        ("“We made mistakes,” Marlow County Recorder Helen Olsen said during a hearing.", "Helen Olsen"),
        ("Rep. Steve Israel (D-N.Y.) left. “In this case they were fighting to be seen,” Israel said.", "Steve Israel"),
        ("“It is full,” said Henrik Dahl, president and owner of the Lena Hotel.", "Henrik Dahl"),
        ("Henrik Dahl, president and owner of the Lena Hotel said “it is always full here.”", "Henrik Dahl"),
        (
            "Olsen said Dahl’s plan reminds her of a flood, explaining, “It comes every year.” Marta Olsen.",
            "Marta Olsen",
        ),
    ],
)
def test_a_name_that_was_taken_for_a_body_or_a_place_is_still_the_speaker(text: str, who: str) -> None:
    assert speakers(text)[0] == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Marta Olsen, who told the council when asked about the bridge: “It will stand.”", "Marta Olsen"),
        ("City’s manager, Luc Marchetti, took it harder.\n\n“I apologise,” the Catalan said.", "Luc Marchetti"),
        ("Marta Olsen shrugged when told of it. “He has never been here.”", "Marta Olsen"),
    ],
)
def test_who_was_told_or_asked_in_passing_speaks(text: str, who: str) -> None:
    assert speakers(text)[0] == who


def test_he_may_be_the_father_of_whom_the_text_is_about() -> None:
    text = (
        "One of the climbers, Piotr Wolski, had only thought about soup. His partner, Marta Olsen, was still in "
        "surgery. Her father flew in from Bergen. “I told her no mountains this year,” he said."
    )
    assert speakers(text) == ["Her father"]
