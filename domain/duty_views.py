"""Answers about duties, frozen: one line per duty, and the board that a person looks at."""

from __future__ import annotations

from collections import Counter
from datetime import date

import msgspec

from domain.drawing import Why
from domain.duty_draw import DutyDrawState
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
DRAW_STATES: dict[DutyDrawState, Text] = {
    "none": Text(zh="未公告", en="not announced"),
    "announced": Text(zh="已公告", en="announced"),
    "frozen": Text(zh="名单已冻结", en="list frozen"),
    "drawn": Text(zh="已抽出", en="drawn"),
    "replaced": Text(zh="已抽出，有替换", en="drawn, with replacements"),
}
"""How the draw of a duty stands, in the reader's words."""


class DutyFilter(msgspec.Struct, frozen=True):
    """What a board is narrowed to: any place of the tree, and who holds the post now."""

    place: str | None = None
    person: str | None = None


class ExcuseLine(msgspec.Struct, frozen=True, gc=False):
    """Who let a duty pass, when (UTC, as stored), and why."""

    person: str
    at: str
    reason: str


class DrawnStation(msgspec.Struct, frozen=True, gc=False):
    """A station that a duty wants because of its draw.

    Attributes:
        why: By what it came in; None for one that must be in by the calendar alone.
        instead_of: The name of the station that it replaces.
        inspected: Whether it was, as the duty demands.
    """

    station: str
    name: Text
    why: Why | None
    instead_of: Text | None
    inspected: bool


class DrawLine(msgspec.Struct, frozen=True, gc=False):
    """How the draw of a sampled duty stands.

    Attributes:
        id: Of the draw; empty where none was announced.
        duty: What draws call the duty; `place` and `period` are where and for when it is drawn.
        stations: Drawn ones and must-check ones, once it is revealed.
        binding: Whether none but these count.
    """

    id: str
    state: DutyDrawState
    duty: str
    place: str
    period: str
    stations: tuple[DrawnStation, ...] = ()
    binding: bool = True


class DutyLine(msgspec.Struct, frozen=True, gc=False):
    """One duty in a list, as it stands today.

    Attributes:
        id: `I9/s17/2026-11-20`: obligation, place, period.
        short: The title where there is little room.
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
        draw: Of a duty that samples stations; None for others.
    """

    id: str
    obligation: str
    title: Text
    short: Text
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
    draw: DrawLine | None = None

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
