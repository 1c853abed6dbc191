"""The words by which sentences are kept from patterns: none keeps out what its pattern finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from news import meeting_gates as gates
from news.meeting_found import of_sport
from news.meeting_scene import L, P
from news.meeting_words import SPORT, WORD

WAYS = Path(__file__).parents[1] / "data" / "ways.txt"
LINES = [line.partition("|")[2].strip() for line in WAYS.read_text(encoding="utf-8").splitlines() if "|" in line]
TOLD = [
    *(line.replace("{A}", P).replace("{B}", P).replace("Oslo", L) for line in LINES),
    f"{P} spent an hour in the palace with {P}.",
    f"{P} and {P} wrapped up two days of negotiations in {L}.",
    f"The talks, a meeting she had last week with {P}, brought together {P} and {P}.",
    f"{P}, left, listens as {P} speaks during a meeting in {L}.",
    f"{P} told {P} in a telephone conversation on Monday; during his visit to {L} they discussed it.",
    f"{P} called to congratulate {P}, and a call from {P} followed.",
    f"{P} poses with {P} ahead of talks in {L}, sitting across the table from {P}.",
    f"Among those he met were {P} and {P}; calls, including one with {P}, were made.",
    f"After the Oslo-Bergen summit {P} paid {P} a visit and was granted an audience with {P}.",
]


@pytest.mark.parametrize("gate", gates.GATES, ids=lambda gate: gate.pattern.pattern[:24])
def test_a_gate_keeps_out_nothing_that_its_pattern_finds(gate: gates.Gate) -> None:
    for told in TOLD:
        if gate.letters and not any(letters in told for letters in gate.letters):
            continue
        passed = gate.finds(told, (0, len(told)), gates.told_by(WORD.findall(told)))
        assert [found.span() for found in passed] == [found.span() for found in gate.pattern.finditer(told)], told


def test_a_group_opens_the_gates_whose_words_a_sentence_holds() -> None:
    assert not gates.CALLING.open(gates.told_by(["The", "weather", "was", "fine"]))
    assert [gate.pattern for gate in gates.OF_SOMEBODY.open(gates.told_by(["joined"]))] == [
        gate.pattern for gate in gates.OF_SOMEBODY.gates if "joined" in gate.needs[0]
    ]


@pytest.mark.parametrize(
    "told",
    ["The QUARTERFINALS were played.", 'He "lost" the semi-final.', "It was a draw.", "They won the final in Oslo."],
)
def test_sport_is_told_by_its_pattern_whatever_the_case_of_its_words(told: str) -> None:
    assert of_sport(told, WORD.findall(told)) is (SPORT.search(told.replace('"lost"', "")) is not None)


def test_what_two_do_with_each_other_is_found_by_the_first_gate_that_is_open() -> None:
    pattern = gates.RECIPROCAL.gates[0].pattern
    for told in TOLD:
        words = gates.told_by(WORD.findall(told))
        fitting = gates.RECIPROCAL.open(words)
        found = list(fitting[0].finds(told, (0, len(told)), words)) if fitting else []
        assert [one.span() for one in found] == [one.span() for one in pattern.finditer(told)], told
