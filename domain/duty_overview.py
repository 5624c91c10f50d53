"""What stands out of many duties: the days of a month, and groups of lines.

Counts only; pure. The lines themselves are in `duty_views`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from domain.duty_views import DutyLine
from domain.organisation import Directory
from domain.text import Text, same

By = Literal["unit", "station", "person"]
BY: dict[By, Text] = {
    "unit": Text(zh="按单位", en="By unit"),
    "station": Text(zh="按站", en="By station"),
    "person": Text(zh="按人", en="By person"),
}
VACANT = "-"
"""Stands for nobody in a grouping by person."""


class DutyDay(msgspec.Struct, frozen=True, gc=False):
    """The duties that are due on a day.

    Attributes:
        open: Due or planned.
        late: Missed, and still to be made up; `missed` can no longer be.
        done: In time or late.
        published: Whether it is known, not guessed from the weekday, that it is worked.
    """

    day: date
    open: int
    late: int
    missed: int
    done: int
    excused: int
    working: bool
    published: bool

    @property
    def total(self) -> int:
        """All duties of the day."""
        return self.open + self.late + self.missed + self.done + self.excused

    @property
    def unusual(self) -> bool:
        """Whether it is worked at a weekend, or off on a weekday."""
        return self.working == (self.day.weekday() >= 5)


class DutyMonth(msgspec.Struct, frozen=True):
    """A month, day by day; `unpublished` if its public holidays are not known yet."""

    today: date
    first: date
    days: tuple[DutyDay, ...]
    unpublished: bool


class DutyGroup(msgspec.Struct, frozen=True, gc=False):
    """Duties that belong together.

    Attributes:
        id: Of the place or person; `VACANT` for posts that nobody holds.
        above: The place above, where that helps to tell groups apart.
        covered: Stations that were inspected, of the `wanted` ones, over all its duties.
    """

    id: str
    name: Text
    above: Text
    late: int
    due: int
    planned: int
    missed: int
    done: int
    excused: int
    covered: int
    wanted: int

    @property
    def total(self) -> int:
        """All its duties but those that are excused."""
        return self.late + self.due + self.planned + self.missed + self.done

    @property
    def share(self) -> float:
        """The part that is done of those that have begun; 1 where none has."""
        begun = self.total - self.planned
        return self.done / begun if begun else 1.0


def grouped(lines: Iterable[DutyLine], by: By, directory: Directory) -> tuple[DutyGroup, ...]:
    """The lines in groups, those with most to make up first.

    By person a duty counts for everybody who holds its post. By station, what is about an area, a
    unit or the company stands under that place.
    """
    found: dict[str, list[DutyLine]] = {}
    for line in lines:
        for key in _keys(line, by, directory):
            found.setdefault(key, []).append(line)
    groups = [_group(key, those, by, directory) for key, those in found.items()]
    return tuple(sorted(groups, key=lambda one: _order(one, by, directory)))


def _keys(line: DutyLine, by: By, directory: Directory) -> tuple[str, ...]:
    if by == "person":
        return line.persons or (VACANT,)
    if by == "unit":
        above = directory.above(line.place)
        return (next((one.id for one in above if one.kind == "unit"), line.place),)
    return (line.place,)


def _group(key: str, lines: list[DutyLine], by: By, directory: Directory) -> DutyGroup:
    states = Counter(line.state for line in lines)
    late = sum(line.late for line in lines)
    name, above = _names(key, by, directory)
    return DutyGroup(
        id=key,
        name=name,
        above=above,
        late=late,
        due=states["due"],
        planned=states["planned"],
        missed=states["missed"] - late,
        done=states["done"] + states["done_late"],
        excused=states["excused"],
        covered=sum(min(len(line.covered), line.wanted) for line in lines),
        wanted=sum(line.wanted for line in lines),
    )


def _names(key: str, by: By, directory: Directory) -> tuple[Text, Text]:
    """The name of a group, and of the place above it."""
    if by == "person":
        if key == VACANT:
            return Text(zh="（空缺的岗位）", en="(vacant posts)"), same("")
        roles = directory.people[key].roles if key in directory.people else ()
        above = directory.station_name(roles[0].place) if roles else same("")
        return same(directory.person_name(key)), above
    place = directory.places[key]
    return place.name, directory.station_name(place.parent) if place.parent else same("")


def _order(one: DutyGroup, by: By, directory: Directory) -> tuple[int, float, str]:
    place = directory.places.get(one.id) if by != "person" else None
    return -one.late - one.missed, one.share, place.path if place else one.name.zh
