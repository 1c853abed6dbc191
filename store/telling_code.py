"""A telling as the database holds it: some 500 bytes instead of some thousands."""

from __future__ import annotations

import struct
from array import array

from news.story import Telling

_HEAD = struct.Struct("<HHHH")


def packed(told: Telling) -> bytes:
    """A telling in little room: numbers of 32 bits, weights of 8."""
    weights, names = told.weights, told.names
    days = [day for pair in told.days for day in pair]
    return b"".join(
        (
            _HEAD.pack(len(weights), len(names), len(told.sketch), len(days)),
            array("I", [*weights, *names, *sorted(told.sketch), *days]).tobytes(),
            bytes(round(255 * value) for value in (*weights.values(), *names.values())),
        )
    )


def unpacked(blob: bytes) -> Telling:
    """The telling in a blob; its weights are exact to a 255th."""
    words, names, runs, days = _HEAD.unpack_from(blob)
    count = words + names + runs + days
    numbers = array("I")
    numbers.frombytes(blob[_HEAD.size : _HEAD.size + 4 * count])
    weights = [value / 255 for value in blob[_HEAD.size + 4 * count :]]
    rest = numbers[words + names + runs :].tolist()
    return Telling(
        dict(zip(numbers[:words].tolist(), weights[:words], strict=True)),
        dict(zip(numbers[words : words + names].tolist(), weights[words:], strict=True)),
        frozenset(numbers[words + names : words + names + runs].tolist()),
        tuple(zip(rest[::2], rest[1::2], strict=True)),
    )
