"""What outlives a restart, and finding it again: `open_store` gives a Store, whose parts are its attributes.

Laws, for every method of every part: it may raise a StoreError and nothing else for what lies outside the program; it
may be called from any thread; moments are aware UTC and `now` is always given; what it wrote is kept once it returned.
Several processes may use one database at once.
"""

from __future__ import annotations

from store.opening import Store, open_store

__all__ = ["Store", "open_store"]
