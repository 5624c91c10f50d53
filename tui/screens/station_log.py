"""The electronic log: what happened at stations in a month, searched, exported, written into."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual import on
from textual.content import Content
from textual.widgets import Static

from domain.text import Text
from tui.screens import log_words as words
from tui.screens.log_keys import LOG_KEYS
from tui.screens.log_writing import LogWriting
from tui.screens.narrowed import ALL_STATIONS
from tui.screens.placed import PlacedScreen
from tui.widgets.cells import safe
from tui.widgets.choose import Ask, Choice, Choose
from tui.widgets.dialogs import Notice
from tui.widgets.long_table import LongTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.patrols import RoundNow
    from domain.station_log import LogKind, LogLine
    from domain.text import Lang

RESTS_S = 2.0
"""A month of many stations is much to read: news is shown after a rest, however fast it comes."""
WORDS = Text(zh="查找（内容、人、条款；留空为全部）", en="Search words (empty: everything)")
WHOSE = Text(zh="看谁的记录", en="Whose lines")
NOT_A_HANDOVER = Text(
    zh="光标处不是等人接的班。先移到一条待接班的交班上。",
    en="No shift waits here. Move to a hand-over that nobody has accepted.",
)
NOT_A_NOTE = Text(zh="只有值班记录可以更正。", en="Only notes can be corrected.")


class Answer(NamedTuple):
    """The lines of a month, the newest first; so many rounds that nobody made are left out."""

    month: date
    lines: tuple[LogLine, ...]
    left_out: int = 0


class LogScreen(PlacedScreen[Answer]):
    """Lists a month; enter opens a line, `n` writes a note."""

    NAME = words.NAME
    ABOUT = Text(
        zh="一个月里各站的自查、巡检、其他检查、值班记录和交接班，最新的在最上面；都由实际的表、"
        "扫码和记录得出，不能改写，写错了另写一条更正。“补记”是写了很久才收到的。"
        "看多个站时不列未做的巡检，按 f 选巡检或选一个站可看。",
        en="Self-checks, patrols, other inspections, notes and hand-overs of a month, the newest "
        "on top. All of it follows from forms, scans and notes; nothing is edited, a correction is "
        "a note of its own. What came in long after it was written is marked late. "
        "Of several stations, rounds that nobody made are only counted: f, or one station, lists "
        "them.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [*LOG_KEYS]

    def __init__(self) -> None:
        super().__init__()
        self._person: str | None = None
        self._kind: LogKind | None = None
        self._words = ""
        self._back = 0
        self._waits = False
        self._writing = LogWriting(self, self.reload)

    def compose_body(self) -> ComposeResult:
        """What it is narrowed to, and the list."""
        yield Static(classes="filter")
        yield LongTable(words.COLUMNS, lambda line: line.number)

    def on_mount(self) -> None:
        """The keys go to the list."""
        super().on_mount()
        self.table.empty = self.empty_list(narrowed=True)
        self.table.focus()

    @property
    def table(self) -> LongTable[LogLine]:
        """The list."""
        return self.query_one(LongTable)

    def journal_moved(self) -> None:
        """Read again: at once the first time, then after a rest."""
        self._seen_seq = self.register.journal_seq
        if self._answer is None:
            self.reload()
        elif not self._waits:
            self._waits = True
            self.set_timer(RESTS_S, self._rested)

    def _rested(self) -> None:
        self._waits = False
        self.reload()

    def read(self) -> Answer:
        """The month, as far as it is narrowed."""
        from domain.register.station_log import station_log
        from domain.station_log import LogFilter, days_of_month

        now, month = self.register.clock(), self._month()
        where = LogFilter(self._place, self._kind, self._person, self._words)
        with self.register.read() as connection:
            lines = station_log(connection, self.asker, days_of_month(month), now, where)
        if self._kind or self._station:
            return Answer(month, lines)
        # Of many stations they would bury everything else; each has them in its own log.
        told = tuple(line for line in lines if not line.missed)
        return Answer(month, told, len(lines) - len(told))

    def _month(self) -> date:
        """The first day of the month that is shown."""
        from domain.exports.cells import CHINA

        first = self.register.clock().astimezone(CHINA).date().replace(day=1)
        for _ in range(self._back):
            first = (first - timedelta(days=1)).replace(day=1)
        return first

    def show(self, answer: Answer) -> None:
        """Draw it, the cursor on the line where it was; on top it stays with the newest."""
        window, lines = self.table.window, answer.lines
        keys = [_key(line) for line in lines]
        chosen = _key(window.chosen) if window.chosen and window.cursor else None
        at = keys.index(chosen) if chosen in keys else 0
        self.table.hold(lines, at)
        self.query_one(".filter", Static).update(self._head(answer))

    def say(self, lang: Lang) -> None:
        """The list in another language."""
        self.table.speak(lang)

    def _head(self, answer: Answer) -> Content:
        from domain.station_log import KINDS

        lang, directory = self.lang, self.register.directory
        place = directory.places.get(self._place or "")
        parts = [safe(place.name.in_(lang)) if place else ALL_STATIONS.in_(lang)]
        if self._kind:
            parts.append(KINDS[self._kind].in_(lang))
        if self._person:
            parts.append(safe(directory.person_name(self._person)))
        if self._words:
            parts.append(f"“{safe(self._words)}”")
        narrowed = " ◂" if place or len(parts) > 1 else ""
        month = f"{answer.month:%Y-%m}{' ◂' if self._back else ''}"
        return Content.assemble(
            (f"  {self.NAME.in_(lang)} {month} ", "bold"),
            f"{' · '.join(parts)}{narrowed}   ",
            (words.counts(answer.lines, lang, answer.left_out), "$accent"),
        )

    @on(LongTable.Chosen)
    def _chosen(self, event: LongTable.Chosen) -> None:
        from tui.screens.inspection import InspectionScreen
        from tui.screens.round import RoundScreen

        line: LogLine = event.line
        if line.inspection is not None:
            self.app.push_screen(InspectionScreen(line.inspection))
        elif line.round is not None:
            self.app.push_screen(RoundScreen(line.round, self._then(line.round)))
        else:
            said = words.whole(line, self.lang)
            self.app.push_screen(Notice(line.title.in_(self.lang), said, self.lang))

    def _then(self, one: RoundNow) -> Any:
        """The end of the last day of a round that is over; None for one that still runs."""
        if one.ends > self.register.clock():
            return None
        last = one.ends - timedelta(minutes=1)
        return last.replace(hour=23, minute=59, second=59)

    def action_month(self, by: int) -> None:
        """Another month, this one the last."""
        if self._back - by >= 0:
            self._back -= by
            self.reload()

    def action_next_kind(self) -> None:
        """Every kind, then each of them."""
        from domain.station_log import KINDS

        kinds: list[LogKind | None] = [None, *KINDS]
        self._kind = kinds[(kinds.index(self._kind) + 1) % len(kinds)]
        self.reload()

    def action_everything(self) -> None:
        """Without filter, this month."""
        self._place = self._person = self._kind = None
        self._words, self._back = "", 0
        self.reload()

    def action_search(self) -> None:
        """Ask for words."""
        self.app.push_screen(
            Ask(WORDS.in_(self.lang), self._words, self.lang, max_length=200), self._sought
        )

    def _sought(self, typed: str | None) -> None:
        if typed is not None:
            self._words = typed.strip()
            self.reload()

    def action_choose_person(self) -> None:
        """Narrow to somebody who took part in what is listed."""
        directory = self.register.directory
        lines = self._answer.lines if self._answer else ()
        named = {one: directory.person_name(one) for line in lines for one in line.persons}
        inorder = sorted(named.items(), key=lambda each: each[1])
        choices = [Choice(one, name, "", one) for one, name in inorder]
        self.app.push_screen(Choose(WHOSE.in_(self.lang), choices, self.lang), self._person_chosen)

    def _person_chosen(self, choice: Choice[str] | None) -> None:
        if choice is not None:
            self._person = choice.value
            self.reload()

    @property
    def _station(self) -> str | None:
        """The station that is shown, if it is one only."""
        from domain.register.past_sheets import stations_in_sight

        asker = self.asker
        inside = stations_in_sight(asker, self._place)
        if inside is None:
            inside = frozenset(one.id for one in asker.directory.stations)
        return next(iter(inside)) if len(inside) == 1 else None

    def action_note(self) -> None:
        """Write a note."""
        self._writing.note(self._station)

    def action_hand_over(self) -> None:
        """Hand a shift over."""
        self._writing.handover(self._station)

    def action_accept(self) -> None:
        """Take over the shift under the cursor."""
        line = self.table.window.chosen
        if line is None or line.handover is None or line.handover.accepted_by:
            self.tell(NOT_A_HANDOVER)
        else:
            self._writing.acceptance(line)

    def action_correct(self) -> None:
        """Correct the note under the cursor."""
        line = self.table.window.chosen
        if line is None or line.kind != "note":
            self.tell(NOT_A_NOTE)
        else:
            self._writing.note(line.station, line)

    def export_job(self) -> Callable[[], Path] | None:
        """What is listed."""
        from tui.exporting_lists import export_log

        answer = self._answer
        if answer is None or not answer.lines:
            return None
        shown = f"{answer.month:%Y-%m}"
        return partial(export_log, self.register, answer.lines, shown, self.lang)


def _key(line: LogLine) -> tuple[object, ...]:
    """What a line is known by, also when more of its round was scanned."""
    if line.round:
        return (line.station, line.round.edition.id, line.round.round.id, line.round.begins)
    return (line.kind, line.number)
