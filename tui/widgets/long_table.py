"""A table of any length: draws what is seen, reads what is near, counts a list once.

DataTable keeps and measures every row (16 s for 100,000); here a page of a million-line list costs
one small read by key, in a thread, and one paint.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from domain.text import Lang, Text
from tui.widgets.cells import fit
from tui.widgets.columns import Column, header_cells, laid_out, line_cells
from tui.widgets.pages import Loaded, Pages
from tui.widgets.table_keys import TABLE_KEYS
from tui.widgets.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType

L = TypeVar("L")

Ask = Literal["top", "bottom", "older", "newer", "again"]
WHEEL_LINES = 3

EMPTY = Text(zh="没有记录", en="Nothing here")
READING = Text(zh="正在读取…", en="Reading…")
UNSEEN = Text(zh="▲ 新到 {} 条，Home 查看", en="▲ {} new, Home shows them")


class LongTable(Widget, Generic[L], can_focus=True):
    """Lines of a list, with a header above and the position below.

    Attributes:
        empty: What a list without lines says.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("table--header", "table--foot", "table--news", "table--chosen"),
        *("critical", "major", "minor", "heading", "quiet"),
    }
    BINDINGS: ClassVar[list[BindingType]] = [*TABLE_KEYS]

    class Highlighted(Message):
        """The cursor came to another line, or its line has changed; None in an empty list."""

        def __init__(self, table: LongTable[Any], line: Any) -> None:
            super().__init__()
            self.table, self.line = table, line

    class Chosen(Message):
        """A line was opened."""

        def __init__(self, table: LongTable[Any], line: Any) -> None:
            super().__init__()
            self.table, self.line = table, line

    class Failed(Message):
        """A read did not succeed."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def __init__(
        self, columns: Sequence[Column[L]], number: Callable[[L], int], *, empty: Text = EMPTY
    ) -> None:
        """An empty table.

        Args:
            number: What a line is known by; newer lines have higher ones.
        """
        super().__init__()
        self.window: Window[L] = Window(number)
        self._lang: Lang = "zh"
        self._columns, self.empty = columns, empty
        self._source: Callable[[], AbstractContextManager[Pages[L]]] | None = None
        self._busy = self._wanted_again = self._counted = False
        self._queued: Ask | None = None
        self._still_to_move = self._newest = self._generation = 0
        self._told: L | None = None
        self._base: Style | None = None

    def notify_style_update(self) -> None:
        """Colours have changed."""
        self._base = None
        super().notify_style_update()

    def show(self, source: Callable[[], AbstractContextManager[Pages[L]]]) -> None:
        """Show a list from its newest line; `source` is opened in a thread at each read."""
        self._source = source
        self._generation += 1
        self._counted, self._still_to_move = False, 0
        self._ask("top")

    def hold(self, lines: Sequence[L], at: int) -> None:
        """Show a short list that is all in memory, with the cursor `at` a line."""
        self._counted = True
        self.window.hold(lines, at)
        self._changed()

    def read_again(self) -> None:
        """Catch up with the journal, keeping the place unless the newest line is chosen."""
        self._ask("again" if self.window.lines and not self.window.following else "top")

    def speak(self, lang: Lang) -> None:
        """Draw in this language."""
        self._lang = lang
        self.refresh()

    def _ask(self, ask: Ask) -> None:
        """Read, or remember to: one read at a time, and never a queue of them."""
        if self._source is None:
            return
        if not self._busy:
            self._busy = True
            self.run_worker(self._read(self._source, ask))
        elif ask == "again":
            self._wanted_again = True
        elif ask in {"top", "bottom"}:
            self._queued = ask

    async def _read(self, source: Callable[[], AbstractContextManager[Pages[L]]], ask: Ask) -> None:
        generation = self._generation
        try:
            loaded = await asyncio.to_thread(self._load, source, ask)
        except Exception as error:  # noqa: BLE001 - the screen tells the reader
            self.post_message(self.Failed(error))
        else:
            if generation == self._generation:
                self._take(ask, loaded)
        self._busy = False
        self._read_on()

    def _load(self, source: Callable[[], AbstractContextManager[Pages[L]]], ask: Ask) -> Loaded:
        """Runs in a thread; the window is not changed while it does."""
        window, lines = self.window, self.window.lines
        with source() as pages:
            if ask == "older":
                older = pages.page(2 * window.height, before=window.number(lines[-1]))
                return Loaded(older, 0, self._newest)
            if ask == "newer":
                newer = pages.page(2 * window.height, after=window.number(lines[0]))
                return Loaded(newer, 0, self._newest)
            newest = next((window.number(line) for line in pages.page(1)), 0)
            counted = pages.count(self._newest if self._counted else 0)
            if ask == "again":
                again = pages.page(len(lines), before=window.number(lines[0]) + 1)
                return Loaded(again, counted, newest)
            few = pages.page(3 * window.height, after=0 if ask == "bottom" else None)
            return Loaded(few, counted, newest)

    def _take(self, ask: Ask, loaded: Loaded) -> None:
        window = self.window
        if ask == "older":
            window.add_older(loaded.lines)
        elif ask == "newer":
            window.add_newer(loaded.lines)
        elif ask == "again":
            window.refreshed(loaded.lines, loaded.counted)
        else:
            total = loaded.counted + (window.total if self._counted else 0)
            (window.end_with if ask == "bottom" else window.begin_with)(loaded.lines, total)
            self._counted = True
        self._newest = loaded.newest
        self._still_to_move = window.move(self._still_to_move)
        self._changed()

    def _read_on(self) -> None:
        """What is to be read next: what was asked for meanwhile, else what is near."""
        queued, again = self._queued, self._wanted_again
        self._queued, self._wanted_again = None, False
        if queued:
            self._ask(queued)
        elif again:
            self.read_again()
        elif self.window.wants_older:
            self._ask("older")
        elif self.window.wants_newer:
            self._ask("newer")

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._still_to_move = self.window.move(by)
        self._changed()

    def action_turn(self, pages: int) -> None:
        """Turn pages."""
        self._still_to_move = self.window.turn(pages)
        self._changed()

    def action_top(self) -> None:
        """To the newest, or first, line."""
        if self._source is None:
            self.action_move(-len(self.window.lines))
        self._ask("top")

    def action_bottom(self) -> None:
        """To the oldest, or last, line."""
        if self._source is None:
            self.action_move(len(self.window.lines))
        self._ask("bottom")

    def action_choose(self) -> None:
        """Open the chosen line."""
        if (line := self.window.chosen) is not None:
            self.post_message(self.Chosen(self, line))

    def _changed(self) -> None:
        self.refresh()
        chosen = self.window.chosen
        if chosen != self._told:
            self._told = chosen
            self.post_message(self.Highlighted(self, chosen))
        if not self._busy:
            self._read_on()

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the cursor."""
        self.action_move(WHEEL_LINES)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the cursor."""
        self.action_move(-WHEEL_LINES)

    def on_click(self, event: events.Click) -> None:
        """A click chooses a line, a double one opens it."""
        row = self.window.top + event.y - 1
        if 1 <= event.y <= self.window.height and row < len(self.window.lines):
            self.action_move(row - self.window.cursor)
            if event.chain > 1:
                self.action_choose()

    def on_resize(self, event: events.Resize) -> None:
        """Read as much as can be seen now."""
        self.window.resize(event.size.height - 2)
        self.refresh()
        if not self._busy:
            self._read_on()

    def render_line(self, y: int) -> Strip:
        """One line of the screen: header, lines, position."""
        width = self.size.width
        if y == 0:
            return self._strip(header_cells(self._layout(), self._lang), "table--header")
        if y == self.size.height - 1:
            return self._foot()
        row = self.window.top + y - 1
        if row < len(self.window.lines):
            base = self._base = self._base or self.rich_style
            return self._line(row, base).adjust_cell_length(width, base)
        empty = y == 2 and not self.window.lines
        said = (self.empty if self._counted else READING).in_(self._lang) if empty else ""
        return self._strip(f"  {said}", "quiet")

    def _line(self, row: int, base: Style) -> Strip:
        line, chosen = self.window.lines[row], row == self.window.cursor
        if chosen:
            base += self.get_component_rich_style("table--chosen")
        pieces = line_cells(self._layout(), line, self._lang, chosen=chosen)
        return Strip(
            Segment(text, base + self._colour(style) if style and not chosen else base)
            for text, style in pieces
        )

    def _foot(self) -> Strip:
        window = self.window
        first, last = window.rank + window.top + 1, window.rank + window.top + len(window.seen)
        place = f"{first:,}–{last:,} / {window.total:,} " if window.lines else ""
        news = UNSEEN.in_(self._lang).format(window.unseen) if window.unseen else ""
        left = max(0, self.size.width - len(place))
        foot = self.get_component_rich_style("table--foot")
        return Strip(
            [
                Segment(fit(f"  {news}", left), self.get_component_rich_style("table--news")),
                Segment(place[: self.size.width], foot),
            ]
        )

    def _strip(self, text: str, component: str) -> Strip:
        style = self.get_component_rich_style(component)
        return Strip([Segment(fit(text, self.size.width), style)])

    def _colour(self, component: str) -> Style:
        return self.get_component_rich_style(component, partial=True)

    def _layout(self) -> list[tuple[Column[L], int]]:
        return laid_out(self._columns, self.size.width)
