"""What outlives a restart, and finding it again: `open_store` gives a Store, whose parts are its attributes.

Laws, for every method of every part: it may raise a StoreError and nothing else for what lies outside the program; it
may be called from any thread; moments are aware UTC and `now` is always given; what it wrote is kept once it returned.
Several processes may use one database at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.opening import Store, open_store

__all__ = ["Store", "open_store"]


def __getattr__(name: str) -> object:
    """The store itself, imported when it is first asked for: who needs its errors only starts without the database."""
    if name in __all__:
        from store import opening  # noqa: PLC0415

        return getattr(opening, name)
    raise AttributeError(f"module {__name__} has no attribute {name}")
