"""Answers about what is worth a look, frozen: submissions with reasons, a figure per inspector."""

from __future__ import annotations

from datetime import date

import msgspec

from domain.presence import Grade
from domain.rulebook import Kind
from domain.signs import Sign
from domain.text import Text


class WorthLine(msgspec.Struct, frozen=True, gc=False):
    """A submission that is worth a look.

    Attributes:
        person: Id of the sender; None for one without a name.
        point_name: The spot; None where the form names none.
        submitted_at: UTC text, by the phone's clock, as stored.
        proven: The console's changing code was scanned on that visit.
        rank: Weight of its signs in hundredths, what speaks for presence taken off.
        signs: Why, the heaviest first.
    """

    number: int
    station: str
    station_name: Text
    person: str | None
    person_name: str
    point_name: Text | None
    kind: Kind
    submitted_at: str
    grade: Grade
    proven: bool
    rank: int
    signs: tuple[Sign, ...]

    @property
    def reasons(self) -> tuple[Text, ...]:
        """Why, in sentences, the heaviest first."""
        return tuple(sign.said for sign in self.signs)


class InspectorLine(msgspec.Struct, frozen=True, gc=False):
    """What the submissions of one person come to; what a console entered is not among them.

    Attributes:
        present: Submissions whose presence is strong or proven by the changing code.
        seconds_per_entry: The median time spent on one criterion of a form; None for no form.
        reason: What most of those worth a look have in common; None where there are none.
    """

    person: str | None
    name: str
    submissions: int
    worth_a_look: int
    present: int
    proven: int
    seconds_per_entry: float | None
    reason: Text | None

    @property
    def share(self) -> float:
        """Share of submissions that are worth a look, from 0 to 1."""
        return self.worth_a_look / self.submissions if self.submissions else 0.0


class WorthBoard(msgspec.Struct, frozen=True):
    """The submissions by phone of a span; those worth a look, and their inspectors.

    Attributes:
        submissions: All that were weighed.
        lines: The highest rank first, then the newest.
        inspectors: The largest share first, then the most submissions.
    """

    first: date
    last: date
    submissions: int
    lines: tuple[WorthLine, ...]
    inspectors: tuple[InspectorLine, ...]
