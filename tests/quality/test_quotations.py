"""The speakers of the passages in tests/data/quotations.txt are read as well as before."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest

from news.person import names
from news.quote import Quote, quotes

PASSAGES = Path(__file__).resolve().parent.parent / "data" / "quotations.txt"
LEAST_PRECISION, LEAST_RECALL, LEAST_FULL, LEAST_DESCRIBED = 0.98, 0.95, 0.93, 0.9
"""A little below what is reached: a single quotation weighs four thousandths."""
LEEWAY = 25
"""Letters that may stand before the words by which a quotation is known."""


class Wanted(NamedTuple):
    """How a quotation begins, and who spoke it as the passages tell."""

    passage: str
    begins: str
    who: str
    found: Quote | None


def wanted() -> list[Wanted]:
    """What the passages want, each beside what was read."""
    lines = [line for line in PASSAGES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    told: list[Wanted] = []
    for block in "\n".join(lines).split("== ")[1:]:
        head, _, rest = block.partition("\n")
        body, _, gold = rest.rpartition("\n--\n")
        read = quotes(body, names(body))
        for line in gold.strip().splitlines():
            begins, _, who = (part.strip() for part in line.rpartition("|"))
            found = next((each for each in read if begins in each.words[: len(begins) + LEEWAY]), None)
            told.append(Wanted(head, begins, who, found))
    return told


WANTED = wanted()
NAMED = [each for each in WANTED if each.who[0] not in "~?!"]


def plain(name: str) -> str:
    """A name in small letters without accents."""
    kept = (sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return "".join(kept).lower().replace("’", "'")


def answered(each: Wanted) -> str:
    """The person who was named, "" for nobody."""
    found = each.found
    return plain(found.speaker or "") if found is not None and found.speaker_kind == "named" else ""


def agrees(each: Wanted) -> bool:
    return bool(answered(each)) and answered(each).split()[-1] == plain(each.who).split()[-1]


def told(misses: list[Wanted]) -> str:
    """The misses as lines, for whoever has to find out why."""
    return "\n".join(f"{each.passage}: {each.begins!r} is {each.who}, read {each.found}" for each in misses)


def test_there_are_enough_passages_to_tell() -> None:
    assert len({each.passage for each in WANTED}) >= 130
    assert len(NAMED) >= 310


def test_whoever_is_named_is_the_speaker() -> None:
    named = [each for each in WANTED if answered(each)]
    wrong = [each for each in named if each.who[0] in "~?" or not agrees(each)]
    assert 1 - len(wrong) / len(named) >= LEAST_PRECISION, told(wrong)


def test_the_speakers_are_found() -> None:
    missed = [each for each in NAMED if not agrees(each)]
    assert 1 - len(missed) / len(NAMED) >= LEAST_RECALL, told(missed)


def test_the_speakers_have_their_full_names() -> None:
    short = [each for each in NAMED if answered(each) != plain(each.who)]
    assert 1 - len(short) / len(NAMED) >= LEAST_FULL, told(short)


def test_who_is_described_is_told_by_the_description() -> None:
    described = [each for each in WANTED if each.who[0] == "~"]
    missed = [
        each
        for each in described
        if each.found is None or answered(each) or each.who[1:].lower() not in (each.found.speaker or "").lower()
    ]
    assert 1 - len(missed) / len(described) >= LEAST_DESCRIBED, told(missed)


@pytest.mark.parametrize("each", [each for each in WANTED if each.who == "!"], ids=lambda each: each.begins)
def test_what_nobody_said_is_no_quotation(each: Wanted) -> None:
    assert each.found is None
