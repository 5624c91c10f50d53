"""Answers about duties, frozen: one line per duty, and the board that a person looks at."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec

from domain.duty_life import STATES, State
from domain.duty_notices import Notice
from domain.organisation import PlaceKind, RoleName
from domain.rulebook import Kind
from domain.text import Text

POSTS: dict[RoleName, Text] = {
    "company_staff": Text(zh="公司管理人员", en="Company staff"),
    "unit_staff": Text(zh="单位管理人员", en="Unit staff"),
    "area_manager": Text(zh="片区经理", en="Area manager"),
    "station_manager": Text(zh="站经理", en="Station manager"),
    "staff": Text(zh="员工", en="Staff"),
}
"""Posts in the reader's words."""


class DutyFilter(msgspec.Struct, frozen=True):
    """What a board is narrowed to: any place of the tree, and who holds the post now."""

    place: str | None = None
    person: str | None = None


class ExcuseLine(msgspec.Struct, frozen=True, gc=False):
    """Who let a duty pass, when (UTC, as stored), and why."""

    person: str
    at: str
    reason: str


class DutyLine(msgspec.Struct, frozen=True, gc=False):
    """One duty in a list, as it stands today.

    Attributes:
        id: `I9/s17/2026-11-20`: obligation, place, period.
        post: Who answers for it, at `post_place`; `persons` are the ids of its holders now and
            `names` what they are called, both empty where nobody holds it.
        printed: The due day before it was moved off a non-working day.
        closes: The last day on which it can still be done, late.
        wanted: Stations to be inspected; `covered` are those that were, in that order, by the
            inspections with these numbers; `missing` must be and were not yet.
        rulebooks: Any one of these lists serves.
        minutes: What it takes at least, of `effort`.
        result: Where the result goes; `appendix` is the number of its form.
        days_left: Days from today to the due day; negative when it is past.
        late: Past due, not done, and it can still be done.
        certain: False where the due day could move once the year's holidays are published.
        told: Notices of it so far, the latest last: reminders while it is due, escalations after.
    """

    id: str
    obligation: str
    title: Text
    kind: Kind
    clause: str
    place: str
    place_name: Text
    place_kind: PlaceKind
    post: RoleName
    post_place: str
    persons: tuple[str, ...]
    names: tuple[str, ...]
    opens: date
    due: date
    printed: date
    closes: date
    state: State
    done_on: date | None
    wanted: int
    covered: tuple[str, ...]
    inspections: tuple[int, ...]
    missing: tuple[str, ...]
    rulebooks: tuple[str, ...]
    minutes: int | None
    effort: Text | None
    result: Text | None
    appendix: int | None
    days_left: int
    late: bool
    certain: bool
    excuse: ExcuseLine | None = None
    told: tuple[Notice, ...] = ()

    @property
    def vacant(self) -> bool:
        """Whether nobody holds the post that answers for it."""
        return not self.persons


class DutyBoard(msgspec.Struct, frozen=True):
    """The duties that are open on some day of a span, the most urgent first.

    Attributes:
        begins: The first day of these records: nothing is demanded for days before it.
        unpublished: Years of the span whose public holidays are not known yet.
    """

    today: date
    first: date
    last: date
    begins: date
    lines: tuple[DutyLine, ...]
    unpublished: tuple[int, ...] = ()

    def tally(self) -> dict[State, int]:
        """How many duties there are in each state, all states named."""
        counted = Counter(line.state for line in self.lines)
        return {state: counted[state] for state in STATES}
