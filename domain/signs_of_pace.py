"""Signs in how fast somebody went from point to point, and how evenly."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from math import sqrt
from statistics import median
from typing import TYPE_CHECKING

from domain.signs import Sign
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from domain.signs import Limits
    from domain.traces import History, Trace

    Usual = Callable[[Trace, Trace], float | None]

ENOUGH_WALKS = 5
"""Times that others went from one point to another, from which on theirs is the usual time."""
ENOUGH_OTHERS = 3
"""With fewer others the usual time may be that of one who is slow."""


LEFT_OPEN = Sign(
    "two_places",
    40,
    Text(zh="另一座站的表还没有交", en="a form of another station was still open"),
)


def place_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Whoever is at another station sooner than anybody drives there.

    A form that is sent after the next was begun may have been left open, and be finished anywhere:
    then only where it was begun is certain.
    """
    for before, one, apart, between in _followed(history):
        if before.station == one.station or between >= limits.stations_s:
            continue
        if between < 0 and apart >= limits.stations_s:
            yield one, LEFT_OPEN
            continue
        seconds = max(0, int(between))
        said = Text(
            zh=f"{seconds} 秒前还在另一座站",
            en=f"was at another station {seconds} s before",
        )
        yield one, Sign("two_places", 100, said)


def _followed(history: History) -> Iterator[tuple[Trace, Trace, float, float]]:
    """What a person began after what, seconds since that was begun, and since it was sent.

    What one phone says goes by its own clock; between two clocks, or that of this node, what is
    known of them is made good.
    """
    for sent in history.by_device.values():
        for before, one in pairwise(each for each in sent if not each.timed_here):
            apart, between = (
                one.started_at - before.started_at,
                one.started_at - before.submitted_at,
            )
            yield before, one, apart.total_seconds(), between.total_seconds()
    begun_at, sent_at = history.begun, history.sent
    for sent in history.by_person.values():
        for before, one in pairwise(sorted(sent, key=lambda each: begun_at[each.number])):
            if before.device != one.device or before.timed_here or one.timed_here:
                begun_s = begun_at[one.number]
                yield (
                    before,
                    one,
                    begun_s - begun_at[before.number],
                    begun_s - sent_at[before.number],
                )


def walk_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Whoever scans points faster than anybody walks, or than the patrol demands."""
    for walk in history.walks:
        yield from _streaks(walk, lambda _: limits.fast_s, limits.in_a_row)
        yield from _streaks(walk, lambda one: one.walk / 2, len(walk))


def pace_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Walks in far less time than others take between the same points.

    Stations differ, so others at the same points say what is usual; where there are too few of
    them, what the patrol demands is the measure. A pause hides nothing: no step counts for more
    than its measure.
    """
    usual = _usual(history)
    for walk in history.walks:
        if len(walk) <= limits.pace_steps:
            continue
        steps = [((b.started_at - a.started_at).total_seconds(), a, b) for a, b in pairwise(walk)]
        others = [(taken, known) for taken, a, b in steps if (known := usual(a, b))]
        demanded = [(taken, float(b.walk)) for taken, _, b in steps if b.walk]
        if len(others) >= limits.pace_steps:
            percent, said = _percent(others), limits.pace_percent
            text = Text(
                zh=f"只用了别人走同样点位时间的 {percent}%",
                en=f"{percent} % of the time that others take between the same points",
            )
        elif len(demanded) >= limits.pace_steps:
            percent, said = _percent(demanded), limits.demand_percent
            text = Text(
                zh=f"只用了规定最短间隔的 {percent}%",
                en=f"{percent} % of the least time that the patrol demands between points",
            )
        else:
            continue
        if percent < said:
            yield from ((one, Sign("quicker", 100, text)) for one in walk)


def _percent(steps: Sequence[tuple[float, float]]) -> int:
    """What the steps took, of what is the measure of each, no step more than its measure."""
    return int(100 * sum(map(min, steps)) / sum(measure for _, measure in steps))


def rhythm_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Walks whose points are as far apart as a machine makes them."""
    for walk in history.walks:
        if len(walk) < limits.even_points:
            continue
        steps = [(b.started_at - a.started_at).total_seconds() for a, b in pairwise(walk)]
        mean = sum(steps) / len(steps)
        spread = sqrt(sum((one - mean) ** 2 for one in steps) / len(steps))
        percent = 100 * spread / mean if mean > 0 else 0
        if percent < limits.even_percent:
            said = Text(
                zh=f"{len(walk)} 个点位每隔 {mean:.0f} 秒一个，相差不到 {percent + 1:.0f}%",
                en=f"{len(walk)} points, one each {mean:.0f} s, within {percent + 1:.0f} %",
            )
            yield from ((one, Sign("rhythm", 100, said)) for one in walk)


def _streaks(
    walk: Sequence[Trace], least: Callable[[Trace], float], suffices: int
) -> Iterator[tuple[Trace, Sign]]:
    """Points that were scanned too soon after each other; so many steps in a row suffice."""
    run: list[Trace] = []
    for before, one in pairwise(walk):
        if (one.started_at - before.started_at).total_seconds() < least(one):
            run = run or [before]
            run.append(one)
        else:
            yield from _streak(run, suffices)
            run = []
    yield from _streak(run, suffices)


def _streak(run: Sequence[Trace], suffices: int) -> Iterator[tuple[Trace, Sign]]:
    if not run:
        return
    seconds = int((run[-1].started_at - run[0].started_at).total_seconds())
    weight = 100 if len(run) > suffices else 40
    said = Text(
        zh=f"{len(run)} 个点位只用了 {seconds} 秒", en=f"{len(run)} points within {seconds} s"
    )
    yield from ((one, Sign("too_fast", weight, said)) for one in run)


def _usual(history: History) -> Usual:
    """Seconds that others take from one point to the next; None where too few went there."""
    taken: dict[tuple[str | None, str | None], dict[str | None, list[float]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for walk in history.walks:
        for a, b in pairwise(walk):
            seconds = (b.started_at - a.started_at).total_seconds()
            taken[a.point, b.point][b.person].append(seconds)

    @cache
    def usual(a: str | None, b: str | None, person: str | None) -> float | None:
        return _of_others(taken[a, b], person)

    return lambda a, b: usual(a.point, b.point, b.person)


def _of_others(taken: Mapping[str | None, list[float]], person: str | None) -> float | None:
    """The median of the others' medians, so that one who walks a lot does not decide alone."""
    others = [steps for who, steps in taken.items() if who != person]
    if len(others) < ENOUGH_OTHERS or sum(map(len, others)) < ENOUGH_WALKS:
        return None
    return median(median(steps) for steps in others)
