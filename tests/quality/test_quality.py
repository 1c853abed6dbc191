"""No change may go below the floors; `./run quality` shows the figures, `./run quality --raise` raises the floors."""

from __future__ import annotations

import pytest

from bench.quality import GOLD, READING, below, figures_of, floors, raised


def test_the_own_articles_are_read_as_well_as_before() -> None:
    figures = figures_of("own")
    assert figures is not None
    assert below("own", figures) == []


@pytest.mark.skipif(not GOLD.is_dir(), reason=f"the development sets are not at {GOLD}")
@pytest.mark.parametrize("name", READING)
def test_the_development_sets_are_read_as_well_as_before(name: str) -> None:
    figures = figures_of(name)
    assert figures is not None
    assert below(name, figures) == []


def test_every_floor_is_a_share_of_something_that_is_scored() -> None:
    assert all(0 <= floor <= 1 for floor in floors().values())
    assert all("." in key for key in floors())


def test_a_figure_below_its_floor_is_told() -> None:
    assert below("own", {"quotes_f1": 0.0, "meetings_f1": 1.0, "days_f1": 1.0})[0].startswith(
        "own.quotes_f1 is 0.000, its floor is"
    )


def test_floors_are_raised_but_never_lowered() -> None:
    assert raised("own", {}) == {key: floor for key, floor in floors().items() if key.startswith("own.")}
    assert raised("own", {"quotes_f1": 1.0})["own.quotes_f1"] == 1.0
