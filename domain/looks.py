"""What became of a submission that was worth a look: somebody looked and says what was found.

Signs only ever ask for a look. What it was, a person says, by name; that costs nobody a point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from domain.text import Text

if TYPE_CHECKING:
    from domain.organisation import Directory

Verdict = Literal["in_order", "doubtful"]
MOST = 200
"""Submissions that are looked at together at most; what a program sends all day makes several."""

VERDICTS: dict[Verdict, Text] = {
    "in_order": Text(zh="属实", en="in order"),
    "doubtful": Text(zh="存疑", en="doubtful"),
}


class Look(NamedTuple):
    """Who looked at an inspection, when (UTC text), and what was found.

    Attributes:
        person: Id of whoever looked.
    """

    inspection: int
    person: str
    at: str
    verdict: Verdict
    note: str


def who_may_look(directory: Directory, station: str, sender: str | None) -> tuple[str, ...]:
    """People who look at what somebody sent from a station, the nearest first.

    They are those who lead the station or a place above it, and nobody looks at his own.
    """
    above = {place.id: level for level, place in enumerate(directory.above(station))}
    nearest = {
        person.id: min(above[role.place] for role in leads)
        for person in directory.people.values()
        if person.id != sender
        and (leads := [r for r in person.roles if r.place in above and r.name != "staff"])
    }
    return tuple(sorted(nearest, key=lambda one: (nearest[one], one)))
