"""A month as a grid from Monday to Sunday, each day with what is due on it, done and missed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from domain.text import Text
from tui.keys import key
from tui.widgets.cells import fit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType

    from domain.duty_overview import DutyDay, DutyMonth
    from domain.text import Lang

WEEKDAYS = Text(zh="一 二 三 四 五 六 日", en="Mon Tue Wed Thu Fri Sat Sun")
OFF, WORKED = Text(zh="休", en="off"), Text(zh="班", en="work")
WEEKS = 6
"""A month touches six weeks at most; each has the same room, so that months do not jump."""
WORDS_FROM = 16
"""Cells of a day from which on its figures have words."""
TO_WEEK = Text(zh="同一天，上、下一周", en="The week before or after")
TO_DAY = Text(zh="前、后一天，过了月末翻到下个月", en="The day before or after")
TO_MONTH = Text(zh="上、下个月", en="The month before or after")
OPEN = Text(zh="看这一天到期的任务", en="Shows what is due on this day")


class MonthGrid(Widget, can_focus=True):
    """The days of a month. The cursor moves day by day and week by week."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("grid--header", "grid--chosen", "grid--today"),
        *("good", "warn", "bad", "quiet", "day"),
    }
    DEFAULT_CSS = """
    MonthGrid { height: 1fr; }
    MonthGrid > .grid--header { color: $text-muted; text-style: bold; background: $surface; }
    MonthGrid > .grid--chosen { background: $primary; }
    MonthGrid > .grid--today { color: $accent; text-style: bold; }
    MonthGrid > .good { color: $success; }
    MonthGrid > .warn { color: $accent; }
    MonthGrid > .bad { color: $error; }
    MonthGrid > .quiet { color: $foreground-muted; }
    MonthGrid > .day { text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("left", "move(-1)", TO_DAY, TO_DAY, show=False, cap="← →"),
        key("right", "move(1)", TO_DAY, TO_DAY, show=False, cap="→"),
        key("up", "move(-7)", TO_WEEK, TO_WEEK, show=False, cap="↑ ↓"),
        key("down", "move(7)", TO_WEEK, TO_WEEK, show=False),
        key("pageup", "turn(-1)", TO_MONTH, TO_MONTH, show=False),
        key("pagedown", "turn(1)", TO_MONTH, TO_MONTH, show=False),
        key("enter", "choose", OPEN, OPEN, show=False),
    ]

    class Turned(Message):
        """The cursor came to another day, perhaps of another month."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class Chosen(Turned):
        """A day was opened."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day
        self._month: DutyMonth | None = None
        self._lang: Lang = "zh"

    def show(self, month: DutyMonth, lang: Lang) -> None:
        """Draw a month."""
        self._month, self._lang = month, lang
        self.refresh()

    @property
    def chosen(self) -> DutyDay | None:
        """The day under the cursor, once its month is known."""
        days = self._month.days if self._month else ()
        return next((one for one in days if one.day == self.day), None)

    def action_move(self, days: int) -> None:
        """Another day."""
        self._go(self.day + timedelta(days))

    def action_turn(self, months: int) -> None:
        """The same day of another month, or its last one."""
        first = self.day.replace(day=1)
        edge = first + timedelta(31) if months > 0 else first - timedelta(1)
        after = (edge.replace(day=1) + timedelta(31)).replace(day=1)
        last = after - timedelta(1)
        self._go(last.replace(day=min(self.day.day, last.day)))

    def action_choose(self) -> None:
        """Open the day."""
        self.post_message(self.Chosen(self.day))

    def on_click(self, event: events.Click) -> None:
        """A click chooses a day, a double one opens it."""
        column = event.x * 7 // max(1, self.size.width)
        row = (event.y - 1) // self._rows
        if self._month and event.y > 0:
            first = self._month.first
            day = first + timedelta(row * 7 + column - first.weekday())
            if (day.year, day.month) == (first.year, first.month):
                self._go(day)
                if event.chain > 1:
                    self.action_choose()

    def _go(self, day: date) -> None:
        self.day = day
        self.refresh()
        self.post_message(self.Turned(day))

    @property
    def _rows(self) -> int:
        """Lines of a week."""
        return max(2, (self.size.height - 1) // WEEKS)

    def _edges(self) -> list[int]:
        return [n * self.size.width // 7 for n in range(8)]

    def render_line(self, y: int) -> Strip:
        """The names of weekdays, or one line of a week."""
        edges, pieces = self._edges(), list[Segment]()
        for column in range(7):
            width = edges[column + 1] - edges[column]
            pieces += self._header(column, width) if y == 0 else self._cell(y - 1, column, width)
        return Strip(pieces).adjust_cell_length(self.size.width, self.rich_style)

    def _header(self, column: int, width: int) -> Iterator[Segment]:
        name = WEEKDAYS.in_(self._lang).split()[column]
        zh = f"周{name}" if self._lang == "zh" else name
        yield Segment(fit(f" {zh}", width), self._style("grid--header"))

    def _cell(self, y: int, column: int, width: int) -> Iterator[Segment]:
        week, row = divmod(y, self._rows)
        one = self._at(week * 7 + column)
        if one is None:
            yield Segment(" " * width, self.rich_style)
            return
        base = self._style("grid--chosen") if one.day == self.day else self.rich_style
        yield Segment(" ", base)
        left = width - 2
        for text, component in self._said(one, row, width - 2):
            shown = fit(text, min(left, cell_len(text)))
            yield Segment(shown, base + self.get_component_rich_style(component, partial=True))
            left -= cell_len(shown)
        yield Segment(" " * (left + 1), base)

    def _at(self, place: int) -> DutyDay | None:
        """The day in a place of the grid, counted from the first Monday."""
        if self._month is None:
            return None
        number = place - self._month.first.weekday()
        days = self._month.days
        return days[number] if 0 <= number < len(days) else None

    def _said(self, one: DutyDay, row: int, width: int) -> Iterator[tuple[str, str]]:
        """What one line of a day says, each piece with its colour."""
        if row == 0:
            yield from self._date(one)
        elif row == 1 and one.total:
            yield from _bar(one, width)
        elif row >= 2 and one.total:
            roomy = self._rows > 3 and width >= WORDS_FROM
            figures = list(_figures(one, self._lang, words=roomy))
            if roomy:
                yield from figures[row - 2 : row - 1]
            elif row == 2:
                yield from figures

    def _date(self, one: DutyDay) -> Iterator[tuple[str, str]]:
        today = self._month is not None and one.day == self._month.today
        number = f"{one.day.day:>2}"
        yield number, "grid--today" if today else "day" if one.working else "quiet"
        if today:
            yield Text(zh=" 今天", en=" today").in_(self._lang), "grid--today"
        if not one.working:
            yield f" {OFF.in_(self._lang)}", "quiet" if one.published else "warn"
        elif one.unusual:
            yield f" {WORKED.in_(self._lang)}", "warn"
        if not one.published:
            yield "?", "warn"

    def _style(self, component: str) -> Style:
        return self.get_component_rich_style(component)


def _bar(one: DutyDay, width: int) -> Iterator[tuple[str, str]]:
    """How much of the day is done, missed, and still to do, as one bar."""
    bad = -(-(one.missed + one.late) * width // one.total)  # a single one shows
    done = min(width - bad, round(one.done * width / one.total))
    excused = min(width - done - bad, one.excused * width // one.total)
    yield "█" * done, "good"
    yield "█" * bad, "bad"
    yield "░" * excused, "quiet"
    if one.open:
        yield "─" * (width - done - bad - excused), "warn"


def _figures(one: DutyDay, lang: Lang, *, words: bool) -> Iterator[tuple[str, str]]:
    """Done, to do, and missed or late, as marks with numbers or in words."""
    if one.done:
        said = Text(zh=f"完成 {one.done}", en=f"done {one.done}").in_(lang)
        yield (said if words else f"✓{_short(one.done)}") + " ", "good"
    if one.open:
        said = Text(zh=f"待办 {one.open}", en=f"to do {one.open}").in_(lang)
        yield (said if words else f"○{_short(one.open)}") + " ", "warn"
    if bad := one.missed + one.late:
        said = Text(zh=f"未完成 {bad}", en=f"missed {bad}").in_(lang)
        yield said if words else f"✗{_short(bad)}", "bad"


def _short(number: int) -> str:
    """A number in four characters at most."""
    return str(number) if number < 1000 else f"{number / 1000:.1f}k"
