"""How often one person may ask: in bursts, steadily after that. Kept in memory, as it has to hold for moments only."""

from __future__ import annotations


class Throttle:
    """Tokens of a bucket for each person, as one number: when the next question would be in time (GCRA)."""

    def __init__(self, gap: float = 2.0, burst: int = 12) -> None:
        self.gap = gap
        self.burst = burst
        self._due: dict[int, float] = {}
        self._told: dict[int, float] = {}

    def wait(self, who: int, now: float) -> float:
        """Seconds until this person may ask, 0 if at once (and then it counts)."""
        due = max(self._due.get(who, 0.0), now)
        wait = due - now - (self.burst - 1) * self.gap
        if wait > 0:
            return max(1.0, wait)
        if len(self._due) > 10_000:
            self._due = {other: at for other, at in self._due.items() if at > now}
        self._due[who] = due + self.gap
        self._told.pop(who, None)
        return 0.0

    def tell(self, who: int, now: float, seconds: float) -> bool:
        """Whether a person has yet to be told that nothing is answered for so many seconds; once is enough."""
        if self._told.get(who, 0.0) > now:
            return False
        if len(self._told) > 10_000:
            self._told = {other: until for other, until in self._told.items() if until > now}
        self._told[who] = now + seconds
        return True
