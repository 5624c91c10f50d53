"""Patrols: the rounds of today (and of this week and month), what was missed on top."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.content import Content
from textual.widgets import Static

from domain.canonical import instant
from domain.exports.cells import CHINA, station_time
from domain.patrols import STATES
from domain.text import Text
from tui.keys import key
from tui.screens import patrols_words as words
from tui.screens.base import EXPORT, LOOK
from tui.screens.narrowed import (
    ALL_STATIONS,
    CHOOSE_PLACE,
    EVERYTHING,
    LOG_KEY,
)
from tui.screens.placed import PlacedScreen
from tui.widgets.cells import safe
from tui.widgets.long_table import LongTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.patrols import RoundNow, State
    from domain.text import Lang

AGAIN_EVERY_S = 30
"""Seconds after which the clock alone may have changed something."""
WEEKDAYS = Text(zh="一二三四五六日", en="Mon Tue Wed Thu Fri Sat Sun")
NO_ROUNDS = Text(
    zh="没有巡检。先在“点位与手机”里建点位、贴码",
    en="No rounds: place points and their codes first",
)


class Answer(NamedTuple):
    """Every round in sight, and when that was."""

    rounds: tuple[RoundNow, ...]
    now: datetime


class PatrolsScreen(PlacedScreen[Answer]):
    """Lists rounds; enter shows the walk of one."""

    NAME = Text(zh="巡检", en="Patrols")
    ABOUT = Text(
        zh="今天（及本周、本月）各站的巡检：没做的、有漏的在最上面。完成与否只看扫码，不能手工打勾。"
        "时间线上 ● 是扫码，◆ 值得看一看，─ 是没扫的时间。Enter 看走了哪些点。",
        en="The rounds of today, this week and month; what was missed is on top. Only scans count, "
        "nothing is ticked by hand. ● is a scan, ◆ one worth a look, ─ time without. Enter shows "
        "the walk.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        CHOOSE_PLACE,
        key(
            "f",
            "next_state",
            Text(zh="状态", en="State"),
            Text(zh="只看未做、有漏、进行中……", en="Shows missed ones only, then gaps, …"),
        ),
        EXPORT,
        LOG_KEY,
        LOOK,
        EVERYTHING,
        key(
            "left",
            "day(-1)",
            Text(zh="前一天", en="Day before"),
            Text(zh="看前一天的巡检", en="Shows the rounds of the day before"),
            cap="←",
        ),
        key(
            "right",
            "day(1)",
            Text(zh="后一天", en="Day after"),
            Text(zh="看后一天的巡检，直到今天", en="Shows the day after, up to today"),
            cap="→",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._state: State | None = None
        self._back = 0

    def compose_body(self) -> ComposeResult:
        """How many of each state, and the list."""
        yield Static(classes="filter")
        yield LongTable(words.COLUMNS, lambda _: 0)

    def on_mount(self) -> None:
        """Look again now and then: time passes without a scan, too."""
        super().on_mount()
        self.table.empty = NO_ROUNDS
        self.table.focus()
        self.set_interval(AGAIN_EVERY_S, self.reload)

    @property
    def table(self) -> LongTable[words.Line]:
        """The list."""
        return self.query_one(LongTable)

    def read(self) -> Answer:
        """The rounds of every station in sight, or of a place."""
        from domain.register.patrols import rounds_of

        asker, now = self.asker, self._then or self.register.clock()
        inside = asker.directory.under(self._place) if self._place else None
        stations = [
            one.id for one in asker.directory.stations if inside is None or one.id in inside
        ]
        with self.register.read() as connection:
            return Answer(rounds_of(connection, asker, stations, now, CHINA), now)

    @property
    def _then(self) -> datetime | None:
        """The end of a day that is over; None for today."""
        if not self._back:
            return None
        today = self.register.clock().astimezone(CHINA)
        return today.replace(hour=23, minute=59, second=59) - timedelta(days=self._back)

    def show(self, answer: Answer) -> None:
        """Draw them, the most urgent first."""
        order = list(STATES)
        shown = [one for one in answer.rounds if one.stops and self._state in (None, one.state)]
        shown.sort(key=lambda one: (order.index(one.state), one.ends, -one.remarks))
        chosen = self.table.window.chosen
        lines = [words.Line(one, self.register.directory, answer.now) for one in shown]
        self.table.hold(lines, _place_of(chosen, lines))
        self._say_filter(answer)

    def say(self, lang: Lang) -> None:
        """The list in another language."""
        self.table.speak(lang)

    def _say_filter(self, answer: Answer) -> None:
        lang, day = self.lang, station_time(instant(answer.now))
        weekday = Text(
            zh=f"{day:%m-%d} 周{WEEKDAYS.zh[day.weekday()]}",
            en=f"{WEEKDAYS.en.split()[day.weekday()]} {day:%m-%d}",
        ).in_(lang)
        place = self.register.directory.places.get(self._place or "")
        where = safe(place.name.in_(lang)) if place else ALL_STATIONS.in_(lang)
        many = Counter(one.state for one in answer.rounds if one.stops)
        # In 80 cells there is no room for states that no round is in.
        counts = [
            f"{said.in_(lang)} {many[state]}" for state, said in STATES.items() if many[state]
        ]
        day_mark = " ◂" if self._back else ""
        only = f" · {STATES[self._state].in_(lang)} ◂" if self._state else ""
        said = Content.assemble(
            (f"  {weekday}{day_mark} ", "bold"),
            f"{where}{only}   ",
            ("  ".join(counts), "$accent"),
        )
        self.query_one(".filter", Static).update(said)

    @on(LongTable.Chosen)
    def _chosen(self, event: LongTable.Chosen) -> None:
        from tui.screens.round import RoundScreen

        self.app.push_screen(RoundScreen(event.line.round, self._then))

    def action_day(self, by: int) -> None:
        """Another day, today the last."""
        if self._back - by >= 0:
            self._back -= by
            self.reload()

    def action_next_state(self) -> None:
        """Every state, then each of them."""
        states: list[State | None] = [None, *STATES]
        self._state = states[(states.index(self._state) + 1) % len(states)]
        self._again()

    def action_everything(self) -> None:
        """Without filter."""
        self._state = self._place = None
        self._back = 0
        self.reload()

    def export_job(self) -> Callable[[], Path] | None:
        """Every point of the rounds that are listed."""
        from tui.exporting_lists import export_rounds

        rounds = [line.round for line in self.table.window.lines]
        if not rounds or self._answer is None:
            return None
        day = f"{self._answer.now.astimezone(CHINA):%Y-%m-%d}"
        return partial(export_rounds, self.register, rounds, day, self.lang)

    def _again(self) -> None:
        if self._answer is not None:
            self.show(self._answer)


def _place_of(chosen: words.Line | None, lines: list[words.Line]) -> int:
    """Where the chosen round is now; on top if it is gone."""
    if chosen is None:
        return 0
    wanted = (chosen.round.station, chosen.round.round.id)
    keys = [(line.round.station, line.round.round.id) for line in lines]
    return keys.index(wanted) if wanted in keys else 0
