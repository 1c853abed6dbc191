"""A store of its own for each test, and somebody who keeps articles in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store import Store, open_store
from tests.store.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "news.db", wait=0.0) as opened:
        yield opened


@pytest.fixture
def teller(store: Store) -> Teller:
    return Teller(store)
