"""What the records have of submissions when somebody asks whether people were really there.

A trace is what one submission left: who, where, when, with which phone, which answers and
pictures. `History` holds those of a span, by person, phone and place, in the order of time.
"""

from __future__ import annotations

from collections import defaultdict, deque
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from domain.presence import Presence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from domain.rulebook import Kind

K = TypeVar("K", str, tuple[str, str])
CLOCK_S = 86_400
"""A phone's clock is judged by what it sent up to so long before and after."""
A_WALK = timedelta(minutes=45)
"""Points of one walk are not further apart."""


class Shot(NamedTuple):
    """A picture or video that a submission announced; by the phone's clock."""

    sha256: str
    taken_at: datetime | None


class Reuse(NamedTuple):
    """A picture that an earlier inspection had already.

    Attributes:
        evidence: Id of the later one.
        earlier: Number of the inspection that had it first.
        exact: The very same bytes; else the same shot, cropped or saved again.
        taken_at: UTC text, as the earlier one announced it.
    """

    evidence: str
    sha256: str
    earlier: int
    earlier_station: str
    exact: bool
    taken_at: str | None = None


class Trace(msgspec.Struct, frozen=True, gc=False):
    """What one submission left.

    Attributes:
        entries: Criteria of the form at that point: how much there was to look at.
        walk: Seconds that its rulebook wants between two points at least; 0 where it says nothing.
        answers: Digest of every finding with its note; empty where nothing was found.
        findings: How many lines it has; `noted` is how many letters their notes have.
        started_at: By the phone's clock, as is `submitted_at`; `received_at` by this node's.
    """

    number: int
    person: str | None
    device: str | None
    station: str
    point: str | None
    rulebook: str
    kind: Kind
    entries: int
    walk: int
    started_at: datetime
    submitted_at: datetime
    received_at: datetime
    presence: Presence
    answers: str
    findings: int
    noted: int = 0
    shots: tuple[Shot, ...] = ()
    reuse: tuple[Reuse, ...] = ()

    @property
    def spent(self) -> timedelta:
        """From opening the form to sending it."""
        return self.submitted_at - self.started_at

    @property
    def by_phone(self) -> bool:
        """Whether it came in over the network; a console says nothing about presence."""
        return self.presence.network != "console"

    @property
    def timed_here(self) -> bool:
        """Whether its times are this node's: it is what a team made, and tells no phone's clock."""
        return self.submitted_at == self.received_at

    @property
    def off_s(self) -> int:
        """Seconds that the phone's clock seemed ahead when it came in; waiting makes it less."""
        return int((self.submitted_at - self.received_at).total_seconds())


class History:
    """The traces of a span; each list is in the order in which the forms were begun."""

    def __init__(self, traces: Iterable[Trace]) -> None:
        self.traces = sorted(traces, key=lambda one: (one.started_at, one.number))
        self.scans = [one for one in self.traces if one.by_phone]

    @cached_property
    def by_person(self) -> dict[str, list[Trace]]:
        """What each person sent by phone."""
        return _grouped(self.scans, lambda one: one.person)

    @cached_property
    def by_device(self) -> dict[str, list[Trace]]:
        """What each phone sent."""
        return _grouped(self.scans, lambda one: one.device)

    @cached_property
    def by_station(self) -> dict[str, list[Trace]]:
        """What came by phone from each station."""
        return _grouped(self.scans, lambda one: one.station)

    @cached_property
    def by_point(self) -> dict[tuple[str, str], list[Trace]]:
        """What came from each point, by point and rulebook."""
        return _grouped(self.scans, lambda one: (one.point, one.rulebook) if one.point else None)

    @cached_property
    def ahead_s(self) -> dict[int, int]:
        """How far ahead each submission seemed when it came in, by number."""
        return {one.number: one.off_s for one in self.scans}

    @cached_property
    def begun(self) -> dict[int, float]:
        """When each was begun by this node's clock, as far as that can be known; Unix seconds."""
        clocks = self.clocks
        return {
            one.number: one.started_at.timestamp() - clocks.get(one.number, 0) for one in self.scans
        }

    @cached_property
    def sent(self) -> dict[int, float]:
        """When each was sent, or put aside to wait, by this node's clock; Unix seconds."""
        clocks = self.clocks
        return {
            one.number: one.submitted_at.timestamp() - clocks.get(one.number, 0)
            for one in self.scans
        }

    @cached_property
    def walks(self) -> list[list[Trace]]:
        """What each person scanned in one go at a station, point after point."""
        return [walk for sent in self.by_person.values() for walk in _walks(sent)]

    @cached_property
    def clocks(self) -> dict[int, int]:
        """Seconds that the phone's clock was ahead, by number of the submission.

        A form that waited for the network looks as if the clock were behind. Waiting only ever
        takes away, so the most that a phone showed around that time is its clock.
        """
        found = {one.number: 0 for one in self.scans if one.timed_here}
        for sent in self.by_device.values():
            told = (one for one in sent if not one.timed_here)
            ordered = sorted(told, key=lambda one: one.received_at)
            ahead = [self.ahead_s[one.number] for one in ordered]
            arrived = [one.received_at.timestamp() for one in ordered]
            numbers = (one.number for one in ordered)
            found.update(zip(numbers, _most_around(arrived, ahead), strict=True))
        return found


def _grouped(traces: Iterable[Trace], key: Callable[[Trace], K | None]) -> dict[K, list[Trace]]:
    found: dict[K, list[Trace]] = defaultdict(list)
    for one in traces:
        of = key(one)
        if of is not None:
            found[of].append(one)
    return dict(found)


def _walks(sent: Iterable[Trace]) -> Iterator[list[Trace]]:
    walk: list[Trace] = []
    for one in sent:
        if walk and (
            one.station != walk[-1].station or one.started_at - walk[-1].started_at > A_WALK
        ):
            yield walk
            walk = []
        if not walk or one.point != walk[-1].point:
            walk.append(one)
    if walk:
        yield walk


def _most_around(arrived: Sequence[float], ahead: Sequence[int]) -> list[int]:
    """The most seconds ahead that was seen around each; in the order of arrival."""
    found, first, last = [], 0, 0
    candidates: deque[int] = deque()
    for at in arrived:
        while last < len(arrived) and arrived[last] <= at + CLOCK_S:
            while candidates and ahead[candidates[-1]] <= ahead[last]:
                candidates.pop()
            candidates.append(last)
            last += 1
        while arrived[first] < at - CLOCK_S:
            first += 1
        while candidates[0] < first:
            candidates.popleft()
        found.append(ahead[candidates[0]])
    return found
