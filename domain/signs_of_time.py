"""Signs in when things were sent: clocks that are off or were set back, too little time for a form.

A form that waited for the network looks as if the phone's clock were behind. Only what waiting
cannot explain is a sign: a clock ahead, arrivals apart that agree, a receipt from the future.
"""

from __future__ import annotations

from datetime import timedelta
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
KNOWN_S = 120
LONG_FORM = 20
"""Criteria from which on a form cannot be filled in at a glance."""
SET_BACK = 3
"""Forms in a row that came equally late, one by one, from which on no network explains it."""
EQUALLY_S = 20
ONE_BY_ONE = timedelta(minutes=2)


def clock_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Phones whose clock is off.

    A clock that is behind takes two arrivals apart from each other that agree.
    """
    clocks = history.clocks
    for sent in history.by_device.values():
        for one in sent:
            ahead = clocks[one.number]
            if ahead > limits.clock_s or (-ahead > limits.clock_s and _constant(one, sent)):
                yield one, _clock(ahead, 100 if ahead >= limits.back_s else 40)


def known_signs(history: History, _: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Forms that know a receipt of after the time that they say.

    Only one of this phone's or page's own: after a backup was restored, numbers that phones know
    are given again, to whoever comes.
    """
    by_number = {one.number: one for one in history.scans}
    for one in history.scans:
        known = by_number.get(one.presence.after or 0)
        if known is None or not _of_one_phone(known, one):
            continue
        received = known.received_at.timestamp()
        if received - KNOWN_S > history.sent[one.number]:
            minutes = int(received - history.sent[one.number]) // 60
            said = Text(
                zh=f"填写时间比手机已收到的回执还早 {minutes} 分钟",
                en=f"says it is {minutes} min older than a receipt that the phone already had",
            )
            yield one, Sign("backdated", 100, said)


def _of_one_phone(one: Trace, other: Trace) -> bool:
    page = one.presence.page
    return one.device == other.device or (page != "" and page == other.presence.page)


def back_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Forms that came one by one, each equally late: the clock is far behind, or was set back.

    Forms that waited come all at once, the later ones less late.
    """
    for sent in history.by_device.values():
        run: list[Trace] = []
        for one in sorted(sent, key=lambda each: each.number):
            late = -history.ahead_s[one.number] >= limits.back_s
            if run and not (late and abs(one.off_s - run[0].off_s) <= EQUALLY_S):
                yield from _set_back(run)
                run = []
            if late:
                run.append(one)
        yield from _set_back(run)


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


def _constant(one: Trace, sent: Sequence[Trace]) -> bool:
    """Whether another arrival, apart from this one, shows the same clock."""
    return any(
        abs(other.received_at - one.received_at) >= APART
        and abs(other.off_s - one.off_s) <= AGREE_S
        and abs(other.received_at - one.received_at) <= timedelta(days=1)
        for other in sent
    )


def _clock(ahead: int, weight: int) -> Sign:
    minutes = abs(ahead) // 60
    said = Text(
        zh=f"手机时钟{'快' if ahead > 0 else '慢'} {minutes} 分钟",
        en=f"the phone's clock is {minutes} min {'ahead' if ahead > 0 else 'behind'}",
    )
    return Sign("clock", weight, said)


def _set_back(run: Sequence[Trace]) -> Iterator[tuple[Trace, Sign]]:
    if len(run) < SET_BACK or run[-1].received_at - run[0].received_at < ONE_BY_ONE:
        return
    minutes = -run[0].off_s // 60
    said = Text(
        zh=f"{len(run)} 份逐份发来，份份都晚 {minutes} 分钟，不像断网补传：手机时钟可能拨慢过",
        en=f"{len(run)} came one by one, each {minutes} min late, unlike waiting for a network:"
        " the clock may have been set back",
    )
    yield from ((one, Sign("backdated", 100, said)) for one in run)
