"""Duties: what has to be inspected today, this week, this month; what is late on top."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.widgets import Static

from domain.duty_life import STATES
from domain.duty_overview import BY, VACANT, grouped
from domain.text import Text
from tui.screens import duties_columns as columns
from tui.screens import duties_words as words
from tui.screens.duties_drawn import DutyNotice
from tui.screens.duties_keys import DUTIES_KEYS
from tui.screens.duties_narrowing import Narrowing
from tui.screens.narrowed import ALL_STATIONS
from tui.widgets.cells import safe
from tui.widgets.long_table import LongTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path
    from typing import Any

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.duty_life import State
    from domain.duty_overview import By, DutyGroup
    from domain.duty_views import DutyBoard, DutyLine
    from domain.text import Lang
    from domain.windows import Span

When = Literal["today", "week", "month"]
WHEN: dict[When, Text] = {
    "today": Text(zh="今天", en="Today"),
    "week": Text(zh="本周", en="This week"),
    "month": Text(zh="本月", en="This month"),
}
TOLD = Text(zh="今天提醒和上报的", en="Told today")
AGAIN_EVERY_S = 300
NO_DUTIES = Text(zh="没有任务", en="No duties")


class DutiesScreen(Narrowing):
    """Lists duties as they stand, or groups of them; enter shows one in full."""

    NAME = Text(zh="任务", en="Duties")
    ABOUT = Text(
        zh="按检查日历谁必须查什么、哪天前完成。完成与否由真实的检查得出，不能手工勾选。"
        "逾期还能补的在最上面，接着是待办。t 换今天、本周、本月；g 按单位、站、人看完成率；"
        "v 看月历；n 看今天提醒了谁、报给了谁；Enter 看依据、必查未查的站。",
        en="Who must inspect what, by when, after the inspection calendar. Done follows from real "
        "inspections; nobody ticks it. Late ones that can still be done are on top. t changes the "
        "span, g groups, v shows a month, n who is told what today; Enter shows clause, stations "
        "missing and more.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [*DUTIES_KEYS]

    def __init__(self) -> None:
        super().__init__()
        self._when: When = "today"
        self._day: date | None = None
        self._told = False
        self._state: State | None = None
        self._by: By | None = None

    def compose_body(self) -> ComposeResult:
        """How many of each state, the list, and groups behind it."""
        yield Static(classes="filter")
        yield LongTable(columns.COLUMNS, lambda _: 0, empty=NO_DUTIES)
        groups = LongTable(columns.GROUP_COLUMNS, lambda _: 0, empty=NO_DUTIES)
        groups.display = False
        yield groups

    def on_mount(self) -> None:
        """Look again now and then: midnight changes duties, too."""
        super().on_mount()
        self.table.focus()
        self.set_interval(AGAIN_EVERY_S, self.reload)

    @property
    def table(self) -> LongTable[DutyLine]:
        """The list."""
        return self.query(LongTable).first()

    @property
    def groups(self) -> LongTable[DutyGroup]:
        """The groups."""
        return self.query(LongTable).last()

    @property
    def chosen_duty(self) -> DutyLine | None:
        """The duty under the cursor; none among groups."""
        return None if self._by else self.table.window.chosen

    def read(self) -> DutyBoard:
        """The duties that are open in the span, due on a day, or told of today."""
        from domain.duty_views import DutyFilter
        from domain.months import CHINA
        from domain.register.duties import duty_board, told_today
        from domain.windows import Span

        today, day = self.register.clock().astimezone(CHINA).date(), self._day
        where = DutyFilter(self._place, self._person)
        with self.register.read() as connection:
            if self._told:
                person = self._person or self.console.actor.person
                where = DutyFilter(self._place, person)
                return told_today(connection, self.asker, today, where)
            span = Span(day, day) if day else span_of(self._when, today)
            due_only = day is not None
            return duty_board(connection, self.asker, span, today, where, due_only=due_only)

    def show(self, answer: DutyBoard) -> None:
        """Draw them in their order: late, due, not begun, missed, done; or their groups."""
        by, directory = self._by, self.register.directory
        self.table.display, self.groups.display = by is None, by is not None
        shown = [one for one in answer.lines if self._state in (None, one.state)]
        if by is None:
            _hold(self.table, shown)
        else:
            _hold(self.groups, grouped(shown, by, directory))
        place = directory.places.get(self._place or "")
        where = safe(place.name.in_(self.lang)) if place else ALL_STATIONS.in_(self.lang)
        if self._person:
            where = f"{where} · {safe(directory.person_name(self._person))}"
        if by:
            where = f"{where} · {BY[by].in_(self.lang)} ◂"
        head = words.head(answer, where, self._shown_days, self._state, self.lang)
        self.query_one(".filter", Static).update(head)

    @property
    def _shown_days(self) -> Text:
        """What the list is about."""
        if self._told:
            return TOLD
        if self._day:
            day = f"{self._day:%m-%d}"
            return Text(zh=f"{day} 到期", en=f"Due on {day}")
        return WHEN[self._when]

    def say(self, lang: Lang) -> None:
        """The lists in another language."""
        self.table.speak(lang)
        self.groups.speak(lang)

    @on(LongTable.Chosen)
    def _chosen(self, event: LongTable.Chosen) -> None:
        if event.table is self.groups:
            self._open_group(event.line)
            return
        line: DutyLine = event.line
        said = words.whole(line, self.register.directory, self.register.rulebooks, self.lang)
        title = line.title.in_(self.lang)
        self.app.push_screen(DutyNotice(title, said, self.lang, self.action_draws))

    def _open_group(self, group: DutyGroup) -> None:
        """The duties of a group, listed."""
        if group.id == VACANT:
            self.tell(Text(zh="岗位没有人：按 / 选单位看。", en="Nobody holds these: / by place."))
            return
        if self._by == "person":
            self._person = group.id
        else:
            self._place = group.id
        self._turn_to(None)
        self.reload()

    def _turn_to(self, by: By | None) -> None:
        self._by = by
        if self._answer is not None:
            self.show(self._answer)
        (self.groups if by else self.table).focus()

    def action_next_grouping(self) -> None:
        """The list, then its lines by unit, by station, by person."""
        ways: list[By | None] = [None, *BY]
        self._turn_to(ways[(ways.index(self._by) + 1) % len(ways)])

    def action_next_span(self) -> None:
        """Today, this week, this month."""
        spans = list(WHEN)
        listed = self._told or self._day is not None
        self._when = "today" if listed else spans[(spans.index(self._when) + 1) % len(spans)]
        self._told, self._day = False, None
        self.reload()

    def action_told(self) -> None:
        """What is told today, and back."""
        self._told, self._day = not self._told, None
        self.reload()

    def action_month(self) -> None:
        """A month, of which a day can be chosen."""
        from tui.screens.duties_month import DutyMonthScreen

        self.app.push_screen(DutyMonthScreen(self._place, self._person, self._show_day))

    def _show_day(self, day: date) -> None:
        self._told, self._day, self._by = False, day, None
        self.table.focus()
        self.reload()

    def action_next_state(self) -> None:
        """Every state, then each of them."""
        states: list[State | None] = [None, *STATES]
        self._state = states[(states.index(self._state) + 1) % len(states)]
        if self._answer is not None:
            self.show(self._answer)

    def action_everything(self) -> None:
        """The list of today, without filter."""
        self._state = self._place = self._person = self._day = None
        self._told = False
        self._turn_to(None)
        self.reload()

    def action_draws(self) -> None:
        """The draw of the chosen duty; if it has none, to announcing it; else all draws."""
        from tui.screens.draw import DrawScreen
        from tui.screens.draws import DrawsScreen

        line = self.chosen_duty
        draw = line.draw if line else None
        if draw and draw.id:
            self.app.push_screen(DrawScreen(draw.id))
        else:
            self.app.push_screen(DrawsScreen(draw))

    def export_job(self) -> Callable[[], Path] | None:
        """What is listed: duties, or groups of them."""
        from tui.exporting_lists import export_duties, export_duty_groups

        board = self._answer
        if board is None or not board.lines:
            return None
        span = f"{board.first} – {board.last}" if board.first != board.last else f"{board.first}"
        shown = f"{self._shown_days.in_(self.lang)} {span}"
        if self._by is None:
            lines = tuple(self.table.window.lines)
            return partial(export_duties, self.register, lines, shown, self.lang)
        groups = tuple(self.groups.window.lines)
        shown = f"{BY[self._by].in_(self.lang)} {shown}"
        return partial(export_duty_groups, self.register, groups, shown, self.lang)


def _hold(table: LongTable[Any], lines: Any) -> None:
    """Show lines, with the cursor on the one that was chosen."""
    chosen, ids = table.window.chosen, [one.id for one in lines]
    table.hold(lines, ids.index(chosen.id) if chosen and chosen.id in ids else 0)


def span_of(when: When, today: date) -> Span:
    """The days of today, of this week from Monday, or of this month."""
    from domain.windows import Span

    if when == "week":
        monday = today - timedelta(days=today.weekday())
        return Span(monday, monday + timedelta(days=6))
    if when == "month":
        last = (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return Span(today.replace(day=1), last)
    return Span(today, today)
