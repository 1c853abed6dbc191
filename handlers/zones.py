"""Time zones by where they are, from the table that comes with the IANA data."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from importlib.resources import files

_COORDINATES = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")


def nearest_zones(latitude: float, longitude: float, limit: int = 3) -> tuple[str, ...]:
    """The IANA zones whose chief city is nearest to a place given in degrees, the nearest first."""
    here = _unit(latitude, longitude)
    by_nearness = sorted(_cities(), key=lambda city: -sum(a * b for a, b in zip(here, city[0], strict=True)))
    return tuple(zone for _, zone in by_nearness[:limit])


@lru_cache(maxsize=1)
def _cities() -> tuple[tuple[tuple[float, float, float], str], ...]:
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return tuple((_unit(*_degrees(row[1])), row[2]) for row in rows)


def _degrees(written: str) -> tuple[float, float]:
    """Latitude and longitude of ISO 6709 digits: "+4154+01229" is 41.9, 12.48."""
    m = _COORDINATES.fullmatch(written)
    assert m, written
    parts = [(m[1], m[2], m[3], m[4]), (m[5], m[6], m[7], m[8])]
    found = [
        (int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3600) * (-1 if sign == "-" else 1)
        for sign, degrees, minutes, seconds in parts
    ]
    return found[0], found[1]


def _unit(latitude: float, longitude: float) -> tuple[float, float, float]:
    """The point on a sphere of radius 1."""
    phi, theta = math.radians(latitude), math.radians(longitude)
    return math.cos(phi) * math.cos(theta), math.cos(phi) * math.sin(theta), math.sin(phi)
