"""Signs in when things were sent: clocks, speed from point to point, time for a form, rhythm."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from domain.signs import Sign
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.signs import Limits
    from domain.traces import History, Trace

APART = timedelta(minutes=10)
"""Arrivals so far apart are told apart: forms that waited together come together."""
AGREE_S = 60
KNOWN = timedelta(minutes=2)
LONG_FORM = 20
"""Criteria from which on a form cannot be filled in at a glance."""
A_WALK = timedelta(minutes=45)
"""Points of one walk are not further apart."""


def clock_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Phones whose clock is off, and forms that know of what came after them.

    A clock that is behind looks like a form that waited for the network, so it takes two arrivals
    apart from each other that agree.
    """
    received = {one.number: one.received_at for one in history.traces}
    for sent in history.by_device.values():
        for one in sent:
            ahead = history.clocks[one.number]
            if ahead > limits.clock_s or (-ahead > limits.clock_s and _constant(one, sent)):
                yield one, _clock(ahead)
            known = received.get(one.presence.after or 0)
            said_at = one.submitted_at - timedelta(seconds=ahead)
            if known is not None and known > said_at + KNOWN:
                yield one, _backdated(known - said_at)


def walk_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Whoever is at the next point, or station, sooner than anybody walks."""
    for sent in history.by_person.values():
        run: list[Trace] = []
        for before, one in pairwise(sent):
            if before.station != one.station:
                yield from _two_places(before, one, limits)
                yield from _streak(run, limits)
                run = []
                continue
            if before.point == one.point or one.point is None or before.point is None:
                continue
            if one.started_at - before.started_at < _least(one, limits) / 2:
                run = run or [before]
                run.append(one)
            else:
                yield from _streak(run, limits)
                run = []
        yield from _streak(run, limits)


def hasty_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Forms that were sent sooner than anybody reads them."""
    for one in history.scans:
        least = one.entries * limits.entry_ms / 1000
        spent = one.spent.total_seconds()
        if spent < least:
            weight = 100 if one.entries >= LONG_FORM else 40
            seconds = max(0, int(spent))
            said = Text(
                zh=f"{one.entries} 条只用了 {seconds} 秒",
                en=f"{one.entries} criteria in {seconds} s",
            )
            yield one, Sign("hasty", weight, said)


def rhythm_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Rounds whose points are as far apart as a machine makes them."""
    for sent in history.by_person.values():
        for walk in _walks(sent):
            if len(walk) < limits.even_points:
                continue
            steps = [(b.started_at - a.started_at).total_seconds() for a, b in pairwise(walk)]
            mean = fmean(steps)
            percent = 100 * pstdev(steps) / mean if mean > 0 else 0
            if percent < limits.even_percent:
                said = Text(
                    zh=f"{len(walk)} 个点位每隔 {mean:.0f} 秒一个，相差不到 {percent + 1:.0f}%",
                    en=f"{len(walk)} points, one each {mean:.0f} s, within {percent + 1:.0f} %",
                )
                yield from ((one, Sign("rhythm", 100, said)) for one in walk)


def _constant(one: Trace, sent: Sequence[Trace]) -> bool:
    """Whether another arrival, apart from this one, shows the same clock."""
    return any(
        abs(other.received_at - one.received_at) >= APART
        and abs(other.off_s - one.off_s) <= AGREE_S
        and abs(other.received_at - one.received_at) <= timedelta(days=1)
        for other in sent
    )


def _clock(ahead: int) -> Sign:
    minutes = abs(ahead) // 60
    said = Text(
        zh=f"手机时钟{'快' if ahead > 0 else '慢'} {minutes} 分钟",
        en=f"the phone's clock is {minutes} min {'ahead' if ahead > 0 else 'behind'}",
    )
    return Sign("clock", 40, said)


def _backdated(by: timedelta) -> Sign:
    minutes = int(by.total_seconds()) // 60
    said = Text(
        zh=f"填写时间比手机已收到的回执还早 {minutes} 分钟",
        en=f"says it is {minutes} min older than a receipt that the phone already had",
    )
    return Sign("backdated", 100, said)


def _two_places(before: Trace, one: Trace, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    between = (one.started_at - before.submitted_at).total_seconds()
    if between < limits.stations_s:
        said = Text(
            zh=f"{max(0, int(between))} 秒前还在另一座站",
            en=f"was at another station {max(0, int(between))} s before",
        )
        yield one, Sign("two_places", 100, said)


def _least(one: Trace, limits: Limits) -> timedelta:
    return timedelta(seconds=one.walk or limits.fast_s)


def _streak(run: Sequence[Trace], limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Points that were scanned too soon after each other; many in a row suffice."""
    if not run:
        return
    seconds = int((run[-1].started_at - run[0].started_at).total_seconds())
    weight = 100 if len(run) > limits.in_a_row else 40
    said = Text(
        zh=f"{len(run)} 个点位只用了 {seconds} 秒", en=f"{len(run)} points within {seconds} s"
    )
    yield from ((one, Sign("too_fast", weight, said)) for one in run)


def _walks(sent: Sequence[Trace]) -> Iterator[list[Trace]]:
    """What a person scanned in one go at a station, point after point."""
    walk: list[Trace] = []
    for one in sent:
        apart = walk and (
            one.station != walk[-1].station or one.started_at - walk[-1].started_at > A_WALK
        )
        if apart:
            yield walk
            walk = []
        if not walk or one.point != walk[-1].point:
            walk.append(one)
    if walk:
        yield walk
