"""Figures of several runs, and the tables that they are printed in."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple


class Spread(NamedTuple):
    """The median of some runs, and how far they lay apart."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, runs: Sequence[float]) -> Spread:
        """The spread of at least one run."""
        return cls(median(runs), min(runs), max(runs))

    def show(self, digits: int = 2) -> str:
        """As `0.52 (0.48-0.55)`."""
        return f"{self.median:.{digits}f} ({self.low:.{digits}f}-{self.high:.{digits}f})"


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table, so that it can be taken into the documentation as it is."""
    print(f"\n### {title}\n")
    print("| " + " | ".join(columns) + " |")
    print("|" + "---|" * len(columns))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")


def verdict(holds: bool) -> str:
    """How a figure stands to its target."""
    return "holds" if holds else "**missed**"
