"""Signs in how it came in: from outside, from a copied enrolment, several phones in one pocket."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from domain.signs import Sign
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.signs import Limits
    from domain.traces import History, Trace

OUTSIDE = Sign(
    "outside",
    100,
    Text(zh="不是从本站网络发来的，而本站通常是", en="not from the station's network, as is usual"),
)
AGAIN = Sign(
    "two_pages",
    100,
    Text(zh="同一绑定在两部手机上交替使用", en="one enrolment used on two phones by turns"),
)
MOVED = Sign(
    "two_pages", 40, Text(zh="绑定换到了另一部手机", en="the enrolment moved to another phone")
)
FORKED = Text(
    zh="不知道自己已收到的回执：可能有两部手机共用绑定",
    en="does not know a receipt that it already had: perhaps two phones share an enrolment",
)
ANSWERED = timedelta(minutes=2)
"""A receipt has long reached the phone."""
SAME_WALK = timedelta(minutes=10)


def network_signs(history: History, _: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Forms from outside, where most come from the station's own network."""
    for sent in history.by_station.values():
        outside = [one for one in sent if one.presence.network == "outside"]
        if outside and 2 * len(outside) < len(sent):
            yield from ((one, OUTSIDE) for one in outside)


def page_signs(history: History, _: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Phones whose page marks itself differently: once is a move, by turns are two phones."""
    for sent in history.by_device.values():
        marked = [one for one in _as_received(sent) if one.presence.page]
        if len({one.presence.page for one in marked}) < 2:
            continue
        changes = [b for a, b in pairwise(marked) if a.presence.page != b.presence.page]
        if len(changes) == 1:
            yield changes[0], MOVED
            continue
        usual = Counter(one.presence.page for one in marked).most_common(1)[0][0]
        yield from ((one, AGAIN) for one in marked if one.presence.page != usual)


def chain_signs(history: History, _: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Pages that do not know receipts which they must have had: their storage was copied.

    One answer may have been lost on its way; that weighs less than when it happens again.
    """
    for sent in history.by_device.values():
        forks = list(_forks(_as_received(sent), history))
        weight = 100 if len(forks) > 1 else 40
        yield from ((one, Sign("chain_forks", weight, FORKED)) for one in forks)


def step_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """People who scan the same points at the same moments, one after the other."""
    together = timedelta(seconds=limits.together_s)
    met: dict[tuple[str, str], list[tuple[Trace, Trace]]] = defaultdict(list)
    for visits in history.by_point.values():
        for first, then in pairwise(visits):
            if first.person != then.person and then.started_at - first.started_at <= together:
                one, two = sorted((first, then), key=lambda each: each.person or "")
                met[one.person or "", two.person or ""].append((one, two))
    for pairs in met.values():
        for walk in _in_one_walk(pairs):
            if len({one.point for one, _ in walk}) >= limits.together_points:
                said = Text(
                    zh=f"{len(walk)} 个点位与另一部手机同时扫码",
                    en=f"{len(walk)} points scanned in step with another phone",
                )
                yield from ((each, Sign("in_step", 100, said)) for pair in walk for each in pair)


def _as_received(sent: Sequence[Trace]) -> list[Trace]:
    return sorted(sent, key=lambda one: one.number)


def _forks(sent: Sequence[Trace], history: History) -> Iterator[Trace]:
    """Forms of a page that should have known a later receipt than they did."""
    before: dict[str, Trace] = {}
    for one in sent:
        last = before.get(one.presence.page)
        before[one.presence.page] = one
        if last is None or not one.presence.page or one.presence.after is None:
            continue
        said_at = one.submitted_at - timedelta(seconds=history.clocks[one.number])
        if one.presence.after < last.number and last.received_at + ANSWERED < said_at:
            yield one


def _in_one_walk(pairs: Sequence[tuple[Trace, Trace]]) -> Iterator[list[tuple[Trace, Trace]]]:
    walk: list[tuple[Trace, Trace]] = []
    for pair in sorted(pairs, key=lambda each: each[0].started_at):
        if walk and pair[0].started_at - walk[-1][0].started_at > SAME_WALK:
            yield walk
            walk = []
        walk.append(pair)
    if walk:
        yield walk
