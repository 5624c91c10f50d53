"""The life of a duty: planned, due, done, done late, missed, excused; never ticked by hand.

What happens to a duty in the order of its days goes through one table. Done follows from real
inspections alone: by the list that the duty names, at the stations it wants, by somebody who held
its post on that day. A superior may excuse a duty; what is done all the same is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

from domain.duties import Duty
from domain.organisation import Role
from domain.text import Text
from domain.windows import Window
from domain.working_days import ONE_DAY

State = Literal["planned", "due", "done", "done_late", "missed", "excused"]
Happening = Literal["opened", "lapsed", "excused", "fulfilled"]

NEXT: dict[tuple[State, Happening], State] = {
    ("planned", "opened"): "due",
    ("planned", "excused"): "excused",
    ("due", "fulfilled"): "done",
    ("due", "lapsed"): "missed",
    ("due", "excused"): "excused",
    ("missed", "fulfilled"): "done_late",
    ("missed", "excused"): "excused",
    ("excused", "fulfilled"): "done",
}
"""The whole life. A pair that is absent leaves the duty as it is."""

STATES: dict[State, Text] = {
    "planned": Text(zh="未开始", en="planned"),
    "due": Text(zh="待办", en="due"),
    "done": Text(zh="已完成", en="done"),
    "done_late": Text(zh="逾期完成", en="done late"),
    "missed": Text(zh="逾期未完成", en="missed"),
    "excused": Text(zh="已免除", en="excused"),
}
"""The states in the reader's words."""


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """A real inspection that speaks for duties.

    Attributes:
        number: The inspection's number.
        day: The day on which it was made, in China.
        posts: What its inspector was on that day, and where; none for one without a name.
    """

    number: int
    station: str
    rulebook: str
    day: date
    posts: tuple[Role, ...]


class Excuse(msgspec.Struct, frozen=True, gc=False):
    """A superior let a duty pass: who, why, and on which day (`at` is the moment, as stored)."""

    duty: str
    person: str
    reason: str
    day: date
    at: str


class Standing(msgspec.Struct, frozen=True, gc=False):
    """How a duty stands on a day.

    Attributes:
        done_on: The day on which enough stations were inspected.
        covered: Stations that were inspected, in that order, each once.
        inspections: Numbers of the inspections that count, one for each of them.
        missing: Stations that must be inspected and were not yet.
    """

    state: State
    done_on: date | None
    covered: tuple[str, ...]
    inspections: tuple[int, ...]
    missing: frozenset[str]


def counts(duty: Duty, one: Evidence) -> bool:
    """Whether an inspection speaks for a duty."""
    return (
        duty.window.opens <= one.day <= duty.window.closes
        and one.rulebook in duty.obligation.rulebooks
        and one.station in duty.cover.among
        and duty.post in one.posts
    )


def state_of(
    duty: Duty, evidence: Iterable[Evidence], excuse: Excuse | None, today: date
) -> Standing:
    """How a duty stands on a day: done once enough distinct stations, and all musts, are covered.

    Args:
        evidence: Inspections, in any order; those that do not count are passed over.
    """
    counted = [one for one in evidence if one.day <= today and counts(duty, one)]
    excused_on = excuse.day if excuse else None
    if not counted:
        state = _live(duty.window, None, excused_on, today)
        return Standing(state, None, (), (), duty.cover.must)
    counted.sort(key=_in_order)
    first: dict[str, Evidence] = {}
    done_on: date | None = None
    missing = set(duty.cover.must)
    for one in counted:
        if one.station not in first:
            first[one.station] = one
            missing.discard(one.station)
            if done_on is None and not missing and len(first) >= duty.cover.wanted:
                done_on = one.day
    return Standing(
        state=_live(duty.window, done_on, excused_on, today),
        done_on=done_on,
        covered=tuple(first),
        inspections=tuple(one.number for one in first.values()),
        missing=frozenset(missing),
    )


def _in_order(one: Evidence) -> tuple[date, int]:
    return one.day, one.number


@lru_cache(maxsize=8192)
def _live(window: Window, done_on: date | None, excused_on: date | None, today: date) -> State:
    """The state on a day. Kept, because a thousand stations share a window and its days."""
    state: State = "planned"
    for day, _, what in sorted(_happenings(window, done_on, excused_on)):
        if day <= today:
            state = NEXT.get((state, what), state)
    return state


def _happenings(
    window: Window, done_on: date | None, excused_on: date | None
) -> Iterator[tuple[date, int, Happening]]:
    """What happens to a duty, each with its day and its turn on that day."""
    yield window.opens, 0, "opened"
    yield window.due + ONE_DAY, 1, "lapsed"
    if excused_on:
        yield excused_on, 2, "excused"
    if done_on:
        yield done_on, 3, "fulfilled"
