"""How often somebody may try: a bucket of tries for each key that fills up again with time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import ceil

FORGET_ABOVE = 10_000


@dataclass(frozen=True)
class Limits:
    """What is let through.

    A code has 8 digits and lives 10 minutes: with 60 tries a minute over all addresses, guessing
    one takes years. A changing code lives a minute and only enrolled phones may try; each has its
    own tries. Forms are limited only to stop a phone gone mad. A look is one at the records for a
    key that is not known.
    """

    enrolments_per_address: int = 10
    enrolments: int = 60
    proofs_per_phone: int = 20
    forms_at_once: int = 100_000
    forms_refill_s: float = 5_000.0
    looks_a_second: int = 10


class Rate:
    """`most` tries at once, all of them given back over `per_s` seconds."""

    def __init__(self, most: int, per_s: float) -> None:
        self._most, self._refill = most, most / per_s
        self._left: dict[str, tuple[float, float]] = {}

    def wait_s(self, key: str = "") -> int:
        """Take a try; 0 when it is let through, else the whole seconds until one is."""
        now = time.monotonic()
        left, since = self._left.get(key, (self._most, now))
        left = min(self._most, left + (now - since) * self._refill)
        if left < 1:
            return ceil((1 - left) / self._refill)
        if len(self._left) > FORGET_ABOVE:
            self._forget(now)
        self._left[key] = (left - 1, now)
        return 0

    def _forget(self, now: float) -> None:
        """Drop the keys whose buckets are full again."""
        full = (self._most - 1) / self._refill
        self._left = {k: (left, t) for k, (left, t) in self._left.items() if now - t < full}
