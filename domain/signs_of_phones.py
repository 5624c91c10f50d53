"""Signs in how it came in: from outside, from a copied enrolment, several phones in one pocket."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby, pairwise
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
UNPROVEN = Sign(
    "unproven",
    100,
    Text(
        zh="没有扫控制台的动态码，而同站别人都扫",
        en="without the console's changing code, which the others there scan",
    ),
)
UNPROVEN_TOO = UNPROVEN._replace(weight=40)
AT_TIMES = Sign("outside", 40, Text(zh="不是从本站网络发来的", en="not from the station's network"))
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
ANSWERED_S = 1800
"""A receipt has long reached the phone."""
SAME_WALK_S = 600


def network_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Forms from outside, where most come from the station's own network.

    Where the others hardly ever are outside it suffices alone; phones that lose the Wi-Fi now and
    then are nothing unusual elsewhere.
    """
    for sent in history.by_station.values():
        outside = [one for one in sent if one.presence.network == "outside"]
        if not outside or 2 * len(outside) >= len(sent):
            continue
        all_of = Counter(one.person for one in sent)
        out_of = Counter(one.person for one in outside)
        for one in outside:
            others = len(sent) - all_of[one.person]
            share = 100 * (len(outside) - out_of[one.person])
            rare = others > 0 and share < limits.outside_percent * others
            yield one, OUTSIDE if rare else AT_TIMES


def proof_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Forms without the console's changing code, at stations where the others scan it.

    Where nobody uses that code, nothing is missing.
    """
    for sent in history.by_station.values():
        proven = [one for one in sent if one.presence.proved_at]
        if 2 * len(proven) < len(sent):
            continue
        all_of = Counter(one.person for one in sent)
        with_it = Counter(one.person for one in proven)
        for one in sent:
            others = len(sent) - all_of[one.person]
            share = 100 * (len(proven) - with_it[one.person])
            if not one.presence.proved_at and others:
                usual = share >= limits.proven_percent * others
                yield one, UNPROVEN if usual else UNPROVEN_TOO


def page_signs(history: History, _: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Phones whose page marks itself differently: once is a move, by turns are two phones.

    Nobody can tell which of the two is the right one, so all that came since the first change is
    in doubt.
    """
    for sent in history.by_device.values():
        marked = [one for one in _as_received(sent) if one.presence.page]
        stays = [list(same) for _, same in groupby(marked, key=lambda one: one.presence.page)]
        if len({stay[0].presence.page for stay in stays}) < len(stays):
            yield from ((one, AGAIN) for stay in stays[1:] for one in stay)
        else:
            yield from ((stay[0], MOVED) for stay in stays[1:])


def chain_signs(history: History, _: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Pages that do not know receipts which they must have had: their storage was copied.

    One answer may have been lost on its way; that weighs less than when it happens again.
    """
    for sent in history.by_device.values():
        forks = list(_forks(_as_received(sent), history))
        weight = 100 if len(forks) > 1 else 40
        yield from ((one, Sign("chain_forks", weight, FORKED)) for one in forks)


def step_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """People who scan the same points at the same moments, one after the other.

    Once may be a superior who walks along; again and again is one person with several phones.
    """
    met = _meetings(history, limits.together_s)
    for pairs in met.values():
        walks = [
            walk
            for walk in _in_one_walk(pairs, history)
            if len({one.point for one, _ in walk}) >= limits.together_points
        ]
        weight = 100 if len(walks) >= limits.together_walks else 40
        for walk in walks:
            said = Text(
                zh=f"{len(walk)} 个点位与另一部手机同时扫码，这样的巡检有 {len(walks)} 轮",
                en=f"{len(walk)} points scanned in step with another phone, on {len(walks)} rounds",
            )
            yield from ((each, Sign("in_step", weight, said)) for pair in walk for each in pair)


def _meetings(
    history: History, together_s: float
) -> dict[tuple[str, str], list[tuple[Trace, Trace]]]:
    """Pairs of scans of one point at the same moment, by the two people; clocks made good."""
    met: dict[tuple[str, str], list[tuple[Trace, Trace]]] = defaultdict(list)
    begun = history.begun
    for visits in history.by_point.values():
        ordered = sorted((begun[one.number], n) for n, one in enumerate(visits))
        for (earlier, n), (later, m) in pairwise(ordered):
            first, then = visits[n], visits[m]
            if later - earlier <= together_s and first.person != then.person:
                one, two = sorted((first, then), key=lambda each: each.person or "")
                met[one.person or "", two.person or ""].append((one, two))
    return met


def _as_received(sent: Sequence[Trace]) -> list[Trace]:
    return sorted(sent, key=lambda one: one.number)


def _forks(sent: Sequence[Trace], history: History) -> Iterator[Trace]:
    """Forms of a page that should have known a later receipt than they did."""
    before: dict[str, Trace] = {}
    for one in sent:
        last = before.get(one.presence.page)
        before[one.presence.page] = one
        after = one.presence.after
        if last is None or not one.presence.page or after is None or after >= last.number:
            continue
        known = last.received_at.timestamp() + ANSWERED_S < history.sent[one.number]
        if known:
            yield one


def _in_one_walk(
    pairs: Sequence[tuple[Trace, Trace]], history: History
) -> Iterator[list[tuple[Trace, Trace]]]:
    walk: list[tuple[Trace, Trace]] = []
    begun, before = history.begun, 0.0
    for pair in sorted(pairs, key=lambda each: begun[each[0].number]):
        if walk and begun[pair[0].number] - before > SAME_WALK_S:
            yield walk
            walk = []
        walk.append(pair)
        before = begun[pair[0].number]
    if walk:
        yield walk
