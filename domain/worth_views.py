"""Answers about submissions that are worth a look: one line each, and a figure per inspector."""

from __future__ import annotations

from datetime import date

import msgspec

from domain.looks import Look
from domain.presence import Grade
from domain.rulebook import Kind
from domain.signs import Sign, SignKind
from domain.text import Text


class WorthLine(msgspec.Struct, frozen=True, gc=False):
    """One visit that is worth a look, with the reasons, the heaviest first.

    Attributes:
        numbers: What was sent on one walk through a station by one person, and is worth a look.
        points: What the scan points are called, in the order of the walk.
        grade: The weakest of its submissions.
        weight: Of the heaviest of them; `signs` are those of all, one of each kind.
        look: The newest look that somebody had at it; None while part of it was not looked at.
    """

    numbers: tuple[int, ...]
    station: str
    station_name: Text
    person: str | None
    name: str
    points: tuple[Text, ...]
    kind: Kind
    title: Text
    started_at: str
    submitted_at: str
    grade: Grade
    weight: int
    signs: tuple[Sign, ...]
    look: Look | None


class InspectorLine(msgspec.Struct, frozen=True, gc=False):
    """What an inspector's submissions of a span are like.

    Attributes:
        sent: Submissions by phone; `worth` of them are worth a look.
        looked_at: How many of those somebody looked at, and found `doubtful` so many.
        firm: Submissions whose presence is strong, or proven by the changing code.
        entry_s: Median seconds for one criterion; None where nothing was timed.
        most: The sign that comes most often.
    """

    person: str | None
    name: str
    sent: int
    worth: int
    looked_at: int
    doubtful: int
    firm: int
    entry_s: float | None
    most: SignKind | None

    @property
    def percent(self) -> int:
        """How many of a hundred are worth a look."""
        return round(100 * self.worth / self.sent) if self.sent else 0


class WorthBoard(msgspec.Struct, frozen=True):
    """What is worth a look in a span, the heaviest first, and every inspector's figure.

    Attributes:
        sent: Submissions by phone that were looked through.
    """

    first: date
    last: date
    sent: int
    lines: tuple[WorthLine, ...]
    inspectors: tuple[InspectorLine, ...]
