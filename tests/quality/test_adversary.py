"""The passages written to trip the reader are read as well as before; see `./run bench adversary --errors`."""

from __future__ import annotations

import pytest

from bench.adversary import PARTS, scored

LEAST = {
    "meetings_p": 0.97,
    "meetings_r": 0.93,
    "sides_p": 0.98,
    "sides_r": 0.98,
    "meeting_day": 0.95,
    "meeting_place": 0.95,
    "meeting_status": 0.97,
    "speaker_p": 0.97,
    "speaker_r": 0.95,
    "days_p": 0.95,
    "days_r": 0.95,
}
"""What the first parts reach, a little below it: single passages weigh up to four hundredths."""
AT_FIRST_SIGHT = {**LEAST, "meetings_p": 0.95, "meetings_r": 0.86, "sides_p": 0.97, "meeting_place": 0.9}
"""The same for the voices, that are read as any article is; what is not in them counts as reached."""


@pytest.mark.parametrize("part", PARTS)
def test_passages_that_trip_are_read_as_well_as_before(part: str) -> None:
    score = scored(part)
    figures = score.figures()
    least_of = AT_FIRST_SIGHT if part == "voices" else LEAST
    below = {name: figures[name] for name, least in least_of.items() if figures[name] < least}
    assert below == {}, "\n".join(sorted(score.errors))
