"""A month of duties: how many are due, done and missed on each day; enter opens a day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Static

from domain.duty_overview import DutyMonth
from domain.text import Text
from tui.keys import key
from tui.screens.base import BACK, EXPORT, RegisterScreen
from tui.screens.narrowed import ALL_STATIONS
from tui.widgets.cells import safe
from tui.widgets.month_grid import TO_MONTH, WEEKDAYS, MonthGrid

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.duty_overview import DutyDay
    from domain.text import Lang


class DutyMonthScreen(RegisterScreen[DutyMonth]):
    """A grid of days; the cursor goes on into other months."""

    NAME = Text(zh="任务月历", en="Month of duties")
    ABOUT = Text(
        zh="每天到期的任务：绿色已完成，红色未完成（逾期可补或漏做），黄色待办。"
        "“休”是休息日，“班”是调休上班；带问号的年份放假安排还没有公布。"
        "方向键选日子，PgUp、PgDn 翻月，Enter 看这一天的任务。",
        en="What is due on each day: green is done, red is not (late or missed), yellow is to do. "
        "Days off and make-up working days are marked; a question mark says that the year's "
        "holidays are not published yet. Arrows choose a day, PgUp and PgDn a month, Enter "
        "lists the day.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("pageup", "turn(-1)", Text(zh="上个月", en="Month before"), TO_MONTH, cap="PgUp"),
        key("pagedown", "turn(1)", Text(zh="下个月", en="Month after"), TO_MONTH, cap="PgDn"),
        EXPORT,
        BACK,
    ]

    def __init__(
        self, place: str | None, person: str | None, chosen: Callable[[date], None]
    ) -> None:
        """A month of what the screen below shows.

        Args:
            chosen: Called with the day that is opened, after this screen is gone.
        """
        super().__init__()
        self._place, self._person, self._chosen = place, person, chosen

    def compose_body(self) -> ComposeResult:
        """The month's name, the grid, and the chosen day in words."""
        from domain.months import CHINA

        yield Static(classes="filter")
        yield MonthGrid(self.register.clock().astimezone(CHINA).date())
        yield Static(classes="filter", id="chosen-day")

    def on_mount(self) -> None:
        """The arrows are for the grid."""
        super().on_mount()
        self.grid.focus()

    @property
    def grid(self) -> MonthGrid:
        """The days."""
        return self.query_one(MonthGrid)

    def read(self) -> DutyMonth:
        """What is due on the days of the month that the cursor is in."""
        from domain.duty_views import DutyFilter
        from domain.months import CHINA
        from domain.register.duty_overview import duty_month

        today = self.register.clock().astimezone(CHINA).date()
        first, where = self.grid.day.replace(day=1), DutyFilter(self._place, self._person)
        with self.register.read() as connection:
            return duty_month(connection, self.asker, first, today, where)

    def show(self, answer: DutyMonth) -> None:
        """Draw the month, unless the cursor has gone on to another."""
        if answer.first == self.grid.day.replace(day=1):
            self.grid.show(answer, self.lang)
        self._say(answer)

    def _say(self, answer: DutyMonth) -> None:
        lang, first = self.lang, self.grid.day.replace(day=1)
        place = self.register.directory.places.get(self._place or "")
        where = place.name.in_(lang) if place else ALL_STATIONS.in_(lang)
        if self._person:
            where = f"{where} · {self.register.directory.person_name(self._person)}"
        month = Text(zh=f"{first.year} 年 {first.month} 月", en=f"{first:%Y-%m}").in_(lang)
        parts = [(f"  {month} ", "bold"), (safe(where), "")]
        if answer.unpublished:
            said = Text(
                zh=f"   {answer.first.year} 年节假日尚未公布，按周末推算",
                en=f"   holidays of {answer.first.year} not published yet",
            )
            parts.append((said.in_(lang), "$warning"))
        self.query_one(".filter", Static).update(Content.assemble(*parts))
        one = self.grid.chosen
        self.query_one("#chosen-day", Static).update(_in_words(one, lang) if one else "")

    @on(MonthGrid.Turned)
    def _turned(self, event: MonthGrid.Turned) -> None:
        if isinstance(event, MonthGrid.Chosen) or self._answer is None:
            return
        if self._answer.first != event.day.replace(day=1):
            self.reload()
        self._say(self._answer)

    @on(MonthGrid.Chosen)
    def _opened(self, event: MonthGrid.Chosen) -> None:
        self.app.pop_screen()
        self._chosen(event.day)

    def action_turn(self, months: int) -> None:
        """Another month."""
        self.grid.action_turn(months)

    def export_job(self) -> Callable[[], Path] | None:
        """The days of the month."""
        from tui.exporting_lists import export_duty_days

        month = self._answer
        if month is None:
            return None
        return partial(export_duty_days, self.register, month, f"{month.first:%Y-%m}", self.lang)


def _in_words(one: DutyDay, lang: Lang) -> Content:
    """A day in full: what kind of day it is, and what is due on it."""
    weekday = WEEKDAYS.in_(lang).split()[one.day.weekday()]
    day = Text(zh=f"{one.day:%m-%d} 周{weekday}", en=f"{weekday} {one.day:%m-%d}").in_(lang)
    works = Text(zh="工作日", en="working day") if one.working else Text(zh="休息日", en="day off")
    if one.unusual:
        make_up = Text(zh="调休上班", en="make-up working day")
        works = make_up if one.working else Text(zh="放假", en="holiday")
    counts = (
        (Text(zh="完成", en="done"), one.done, "$success"),
        (Text(zh="待办", en="to do"), one.open, "$accent"),
        (Text(zh="逾期可补", en="late"), one.late, "bold $error"),
        (Text(zh="漏做", en="missed"), one.missed, "$error"),
        (Text(zh="免除", en="excused"), one.excused, "$foreground-muted"),
    )
    pieces = [Content.styled(f"{name.in_(lang)} {n}", style) for name, n, style in counts if n]
    nothing = Content(Text(zh="没有到期的任务", en="nothing is due").in_(lang))
    said = Content(" · ").join(pieces) if pieces else nothing
    enter = Text(zh="   ←→↑↓ 选日子，Enter 看这天", en="   arrows choose, Enter lists it").in_(lang)
    return Content.assemble(
        (f"  {day} ", "bold"), (f"{works.in_(lang)}   ", "$foreground-muted"), said, (enter, "")
    )
