"""Stories of articles whose events were told apart by hand: no change may fit them worse."""

from __future__ import annotations

import pytest

from bench.told_apart import bcubed, score, told

FLOORS = {"develop": 0.98, "report": 0.92, "samples": 0.94}


@pytest.mark.parametrize("name", FLOORS)
def test_stories_fit_the_events_as_well_as_before(name: str) -> None:
    found = score(name)
    assert found.mean >= FLOORS[name], found
    assert found.faces == 0, "an opinion or a digest is the face of a story"


@pytest.mark.parametrize("name", FLOORS)
def test_articles_of_a_set_are_each_there_once(name: str) -> None:
    ids = [one.article.id for one in told(name)]
    assert len(ids) == len(set(ids)) >= 40


def test_grouping_all_as_one_or_each_alone_is_no_good_fit() -> None:
    events = ["a", "a", "b", "c"]
    assert bcubed(events, [1, 1, 2, 3]) == (1, 1, 1)
    assert bcubed(events, [1, 2, 3, 4])[1] < 1
    assert bcubed(events, [1, 1, 1, 1])[0] < 0.5
