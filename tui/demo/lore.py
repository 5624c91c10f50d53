"""What inspectors of the demonstration write and how often they find it, read from a file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

import msgspec

Scene = Literal[
    "clutter", "column", "crack", "extinguisher", "lamp", "oil", "pump", "sign", "toilet"
]
FINDINGS = Path(__file__).with_name("findings.yaml")
IN_SEASON = 2.6


class Lore(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known about one criterion.

    Attributes:
        often: How often it is found, 1 being usual.
        notes: As typed on a phone, with `{pump}`, `{who}` and `{n}` to fill in.
        more_in: Months in which it is found more often.
        scene: What a picture of it shows; None where nobody takes one.
    """

    often: float
    notes: tuple[str, ...]
    more_in: tuple[int, ...] = ()
    scene: Scene | None = None

    def weight(self, month: int) -> float:
        """How often it is found in a month of the year."""
        return self.often * (IN_SEASON if month in self.more_in else 1.0)

    def note(self, chance: Random, *, pump: int, who: str) -> str:
        """One of the notes, filled in."""
        return chance.choice(self.notes).format(pump=pump, who=who, n=chance.randint(2, 4))


@cache
def lore() -> dict[str, Lore]:
    """What is known, by criterion id."""
    return msgspec.yaml.decode(FINDINGS.read_bytes(), type=dict[str, Lore])
