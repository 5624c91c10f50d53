"""The line of the first screen that says what is to be done today and what is late.

It asks by itself, in a thread, and rests after each answer: however large the chain and however
fast the journal moves, it takes a twentieth of a core at most.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.widgets import Static

from domain.text import Text
from tui.faults import as_refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.timer import Timer

    from domain.register.today import Today
    from domain.text import Lang

AGAIN_EVERY_S = 240.0
"""Midnight and the clock change what is due, too."""
RESTS = 20
SHORTEST_REST_S = 1.0
NEWS_SETTLES_S = 0.3
"""News is followed by more, or by a key that leads elsewhere."""
NOTHING_DUE = Text(zh="今天没有到期的任务", en="nothing is due today")
TO_DUTIES, TO_PATROLS = "→ 6", "→ 5"
"""The keys that show them; what is behind a key stands above, in the tabs."""


class Asked(NamedTuple):
    """The answer, and whose duties these are, or None for those of all stations."""

    today: Today
    whose: Text | None


class TodayLine(Static):
    """Figures of today, the late ones in red; empty until they are known."""

    DEFAULT_CSS = """
    TodayLine { height: 1; text-wrap: nowrap; link-style: none; }
    """

    def __init__(self, ask: Callable[[], Asked | None]) -> None:
        """An empty line.

        Args:
            ask: Runs in a thread; answers None where there is nothing to say.
        """
        super().__init__()
        self._ask = ask
        self._answer: Asked | None = None
        self._reading = self._again = self._hurry = self._soon = False
        self._rest: Timer | None = None
        self._lang: Lang = "zh"

    def on_mount(self) -> None:
        """Look now, and again now and then."""
        self.look_again()
        self.set_interval(AGAIN_EVERY_S, self.look_again)

    def on_resize(self) -> None:
        """Say as much as there is room for."""
        self._say()

    def speak(self, lang: Lang) -> None:
        """Say it in this language."""
        self._lang = lang
        self._say()

    def heard_news(self) -> None:
        """Look again soon: the records have changed."""
        if not self._soon:
            self._soon = True
            self.set_timer(NEWS_SETTLES_S, self._look_after_news)

    def _look_after_news(self) -> None:
        self._soon = False
        self.look_again()

    def look_again(self, *, at_once: bool = False) -> None:
        """Ask, or remember to: one question at a time, and a rest after each.

        Behind another screen nobody reads it; the screen asks again when it comes to the front.

        Args:
            at_once: Without the rest, because something else is asked now.
        """
        if at_once and self._rest is not None:
            self._rest.stop()
            self._rest = None
        if not (at_once or self.screen.is_current):
            return
        if self._reading or self._rest is not None:
            self._again, self._hurry = True, self._hurry or at_once
            return
        self._reading, self._again, self._hurry = True, False, False
        self.run_worker(self._look())

    async def _look(self) -> None:
        began = time.perf_counter()
        try:
            self._answer = await asyncio.to_thread(self._ask)
        except Exception as error:  # noqa: BLE001 - logged; the line is a courtesy
            as_refusal(error)
        self._say()
        took = time.perf_counter() - began
        self._reading = False
        if self._hurry:
            self.look_again()
            return
        self._rest = self.set_timer(max(SHORTEST_REST_S, RESTS * took), self._rested)

    def _rested(self) -> None:
        self._rest = None
        if self._again:
            self.look_again()

    def _say(self) -> None:
        self.display = self._answer is not None
        if self._answer is not None:
            self.update(said(self._answer, self._lang, self.size.width or self.app.size.width))


class _Part(NamedTuple):
    """A piece of the line; those with the highest number go first where there is no room."""

    said: Text | str
    style: str
    spared: int = 0
    between: str = " · "


def said(asked: Asked, lang: Lang, width: int) -> Content:
    """What has to be done, the late first after today's, and which key shows it."""
    parts = list(_parts(asked))
    shown = _joined(parts, lang)
    while shown.cell_length > width and any(one.spared for one in parts):
        last = max(one.spared for one in parts)
        parts = [one for one in parts if one.spared < last]
        shown = _joined(parts, lang)
    return shown


def _joined(parts: list[_Part], lang: Lang) -> Content:
    pieces: list[Content | tuple[str, str]] = []
    for n, one in enumerate(parts):
        words = one.said if isinstance(one.said, str) else one.said.in_(lang)
        pieces += [Content(one.between if n else "  "), (words, one.style)]
    return Content.assemble(*pieces)


def _parts(asked: Asked) -> Iterator[_Part]:
    today, to_duties = asked.today, "$accent @click=app.go('duties')"
    if asked.whose:
        yield _Part(asked.whose, "bold", 3)
    yield _Part(Text(zh="今天", en="Today"), "bold", between="  ")
    if n := today.due:
        yield _Part(Text(zh=f"{n} 项到期", en=f"{n} due"), "bold $accent", between=" ")
    else:
        yield _Part(NOTHING_DUE, "$foreground-muted", between=" ")
    if n := today.late:
        yield _Part(Text(zh=f"逾期可补 {n}", en=f"{n} late"), "bold $error")
    if n := today.week:
        yield _Part(Text(zh=f"本周还有 {n}", en=f"{n} more this week"), "", 1)
    yield from _told(today)
    if today.due or today.late or today.week:
        yield _Part(TO_DUTIES, to_duties, between="  ")
    yield from _rounds(today)


def _told(today: Today) -> Iterator[_Part]:
    """Notices of today, and what falls to nobody."""
    if n := today.reminders:
        yield _Part(Text(zh=f"提醒 {n}", en=f"{n} reminders"), "", 5)
    if n := today.escalations:
        yield _Part(Text(zh=f"上报 {n}", en=f"{n} escalated"), "$warning", 4)
    if n := today.vacant:
        yield _Part(Text(zh=f"岗位空缺 {n}", en=f"{n} vacant"), "$warning", 4)


def _rounds(today: Today) -> Iterator[_Part]:
    if not today.walking and not today.missed:
        return
    yield _Part(Text(zh="巡检", en="Rounds"), "bold", 2, between="   ")
    if n := today.missed:
        yield _Part(Text(zh=f"漏 {n}", en=f"{n} missed"), "bold $error", 2, between=" ")
    if n := today.walking:
        yield _Part(Text(zh=f"进行中 {n}", en=f"{n} open"), "$accent", 2, between=" ")
    yield _Part(TO_PATROLS, "$accent @click=app.go('patrols')", 2, between="  ")
