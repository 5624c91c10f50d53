"""Scores past sheets again under another edition and explains each station's difference.

Nothing is stored. Sheets are taken one after the other and only sums are kept, so any number of
them needs no more memory than one station's.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain.explaining import Explanation, Ledger, TakenApart, explain, take_apart
from domain.refusals import Refusal
from domain.sheet import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from domain.carrying_over import Carried, CarryOver, Left
    from domain.pricing import Plan


class PastSheet(NamedTuple):
    """A sheet of the register, as it was scored.

    Attributes:
        number: Of its inspection.
        score: The total that was recorded, as decimal text.
        found: Criterion, clause and count of each line.
        not_applicable: Canonical JSON, as stored.
        inputs: Canonical JSON, as stored.
    """

    number: int
    station: str
    score: str
    not_applicable: str
    inputs: str
    found: Sequence[tuple[str, int, int]]


class StationChange(NamedTuple):
    """What another edition would change for a station.

    Attributes:
        sheets: How many were scored under both editions.
        why: The means and what their difference is made of; None where no sheet was scored.
        left: What had no place in the new edition and was not charged, how often.
        refused: Sheets that one of the editions does not take, by the code of the refusal.
        not_as_recorded: Sheets whose old edition now gives another total than was recorded.
    """

    station: str
    sheets: int
    why: Explanation | None
    left: dict[Left, int]
    refused: dict[str, int]
    not_as_recorded: int


def simulate(carry_over: CarryOver, sheets: Iterable[PastSheet]) -> Iterator[StationChange]:
    """Each station's difference, in the order in which its sheets come.

    Args:
        sheets: Those of one station one after the other.
    """
    for station, theirs in groupby(sheets, key=attrgetter("station")):
        yield _Station(carry_over).score(station, theirs)


class _Station:
    """The sums of one station."""

    def __init__(self, carry_over: CarryOver) -> None:
        self.carry_over = carry_over
        self.old, self.new = Ledger(carry_over.old), Ledger(carry_over.new)
        self.left: dict[Left, int] = {}
        self.refused: dict[str, int] = {}
        self.not_as_recorded = 0

    def score(self, station: str, sheets: Iterable[PastSheet]) -> StationChange:
        for sheet in sheets:
            self._add(sheet)
        why = explain(self.old, self.new, self.carry_over.counterparts) if self.old.sheets else None
        return StationChange(
            station, self.old.sheets, why, self.left, self.refused, self.not_as_recorded
        )

    def _add(self, sheet: PastSheet) -> None:
        found = [Line(*one) for one in sheet.found]
        spared, inputs = _stored(sheet)
        try:
            before = take_apart(self.old.plan, found, spared, inputs)
            carried = self.carry_over.carry(found, spared, inputs)
            after = _scored(self.new.plan, carried)
        except Refusal as no:
            self.refused[no.code] = self.refused.get(no.code, 0) + 1
            return
        self.not_as_recorded += f"{before.total:f}" != sheet.score
        self.old.add(before)
        self.new.add(after)
        for one in carried.left:
            self.left[one] = self.left.get(one, 0) + 1


def _scored(plan: Plan, carried: Carried) -> TakenApart:
    return take_apart(plan, carried.lines, carried.not_applicable, carried.inputs)


def _stored(sheet: PastSheet) -> tuple[list[str], dict[str, dict[str, str]]]:
    """What does not apply, and the figures; most sheets have neither."""
    spared: list[str] = []
    inputs: dict[str, dict[str, str]] = {}
    if sheet.not_applicable != "[]":
        spared = msgspec.json.decode(sheet.not_applicable, type=list[str])
    if sheet.inputs != "{}":
        inputs = msgspec.json.decode(sheet.inputs, type=dict[str, dict[str, str]])
    return spared, inputs
