"""The inspection calendar as values: who must inspect what, how often, by when, and how many.

A calendar is one dated edition, read from YAML and checked once. Each `Obligation` (one line of
the standard's table, or one a company added) names the post that answers for it, a rhythm, a
coverage, and where the result goes. `readings` says how open points of the source are read.

Source: facts I1 to I12, O2 to O6, X1, X2, L17 to L20.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from domain.organisation import PlaceKind, RoleName
from domain.parts import Kind, Part, Period, Source
from domain.text import Text

LEVELS: tuple[PlaceKind, ...] = ("company", "unit", "area", "station")
"""Kinds of place, the highest first."""

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
Sense = Literal["by", "on"]
"""Whether a printed day is the last one of several (`by`) or the only one (`on`, open: L20)."""
NamedMonth = Literal["end_of_month", "before_month"]
"""Whether «by March» ends with March or with February (contradiction X1)."""
NonWorkingDay = Literal["keep", "before", "after"]
"""What a due day that is no working day does: it stays, or moves to the next working day in that
direction (open: L20)."""
Rounding = Literal["up", "down", "half_up"]
Starred = Literal["toward", "on_top"]
"""Whether must-check stations count toward the number wanted, or come on top of it (L18)."""
FulfilledBy = Literal["drawn", "any"]
"""Which stations count once a draw is revealed: the drawn ones alone, or any (L17)."""


class AsRequired(Part, frozen=True, tag_field="every", tag="as_required"):
    """As work requires, or as another rule says: no duty comes of it."""


class EveryDay(Part, frozen=True, tag_field="every", tag="day"):
    """Every day, on that day."""


class EveryWeek(Part, frozen=True, tag_field="every", tag="week"):
    """Every week from Monday to Sunday."""

    day: Weekday
    sense: Sense


class EveryMonth(Part, frozen=True, tag_field="every", tag="month"):
    """Every month; `day` is 1 to 31, and a shorter month ends it on its last day."""

    day: int
    sense: Sense


class NamedMonths(Part, frozen=True, tag_field="every", tag="named_months"):
    """One, two or four times a year: in each part of the year, by the month that is named."""

    months: tuple[int, ...]
    by: NamedMonth


Cadence = AsRequired | EveryDay | EveryWeek | EveryMonth | NamedMonths


class EveryStation(Part, frozen=True, tag_field="cover", tag="all"):
    """All stations of the place; of a station, itself. `left_out` are not in business."""

    left_out: tuple[str, ...] = ()


class ShareOfStations(Part, frozen=True, tag_field="cover", tag="share"):
    """At least so many percent of the stations of the place; `left_out` are not in business."""

    percent: int
    rounding: Rounding
    left_out: tuple[str, ...] = ()
    fulfilled_by: FulfilledBy = "drawn"


class NumberOfStations(Part, frozen=True, tag_field="cover", tag="number"):
    """At least so many stations of the place, those with `always_from` stars or more always in."""

    at_least: int
    always_from: int
    starred: Starred
    left_out: tuple[str, ...] = ()
    fulfilled_by: FulfilledBy = "drawn"


Coverage = EveryStation | ShareOfStations | NumberOfStations


class RunBy(Part, frozen=True):
    """The post that answers for it: what somebody is, at a place of which kind, in which office."""

    level: PlaceKind
    post: RoleName
    department: Text


class Effort(Part, frozen=True):
    """What it takes at least, such as 120 minutes of recordings."""

    minutes: int
    of: Text


class Result(Part, frozen=True):
    """Where the result goes: a bulletin (appendix), the electronic log; and to whom."""

    into: Literal["bulletin", "electronic_log"]
    title: Text
    appendix: int | None = None
    sent_to: Text | None = None


class Obligation(Part, frozen=True, kw_only=True):
    """One kind of inspection that must be made again and again.

    Attributes:
        short: What it is called where there is no room for the title; the title where it is None.
        about: A duty for each place of this kind.
        rulebooks: Ids of the lists of which one has to be filled in at each station.
        on_non_working_day: Where a due day that is no working day goes, within its own period.
        remind: Days before the due day on which the post is reminded; 0 is the day itself.
        escalate: Days after the due day on which the next level up is told, then the next.
    """

    id: str
    title: Text
    short: Text | None = None
    kind: Kind
    clause: str
    facts: tuple[str, ...] = ()
    about: PlaceKind
    run_by: RunBy
    together_with: tuple[Text, ...] = ()
    rulebooks: tuple[str, ...] = ()
    cadence: Cadence
    coverage: Coverage
    on_non_working_day: NonWorkingDay = "keep"
    effort: Effort | None = None
    result: Result | None = None
    remind: tuple[int, ...] = ()
    escalate: tuple[int, ...] = ()
    note: Text | None = None

    @property
    def called(self) -> Text:
        """Its name where there is little room."""
        return self.short or self.title


class CalendarReading(Part, frozen=True):
    """How one open point of the source is read; obligations refer to it by its id.

    Attributes:
        point: Fact id of the point that is open.
        says: What the source says.
        read: The value that obligations take; another one changes just those.
    """

    id: str
    point: str
    says: Text
    read: Any
    because: Text


class Calendar(Part, frozen=True, eq=False):
    """One dated edition of a calendar, its readings put in where obligations refer to them."""

    id: str
    edition: str
    title: Text
    source: Source
    in_force: Period
    obligations: tuple[Obligation, ...]
    readings: tuple[CalendarReading, ...] = ()
    note: Text | None = None

    def obligation(self, named: str) -> Obligation | None:
        """The obligation with this id."""
        return next((one for one in self.obligations if one.id == named), None)


class Calendars:
    """All calendars that are known: the standard's and a company's own, in their editions."""

    def __init__(self, calendars: Iterable[Calendar] = ()) -> None:
        self.editions = tuple(
            sorted(calendars, key=lambda one: (one.id, one.in_force.first, one.edition))
        )

    def in_force(self, day: date) -> tuple[Calendar, ...]:
        """The calendars that hold on a day."""
        return tuple(one for one in self.editions if one.in_force.holds_on(day))
