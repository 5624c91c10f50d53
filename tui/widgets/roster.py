"""A short list that fits in memory: stations, points, phones, people to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from domain.text import Lang, Text
from tui.widgets.cells import fit
from tui.widgets.columns import Column, header_cells, laid_out, line_cells
from tui.widgets.table_keys import TABLE_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.binding import BindingType

L = TypeVar("L")


class Roster(Widget, Generic[L], can_focus=True):
    """Lines under a header; a line is known by its id and stays chosen when others come or go."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"roster--header", "roster--chosen", "quiet", "good"}
    DEFAULT_CSS = """
    Roster { border: round $panel-lighten-2; border-title-color: $text-muted; }
    Roster:focus { border: round $accent; border-title-color: $accent; }
    Roster > .roster--header { color: $text-muted; text-style: bold; }
    Roster > .roster--chosen { background: $primary 45%; }
    Roster:focus > .roster--chosen { background: $primary; text-style: bold; }
    Roster > .quiet { color: $text-muted; }
    Roster > .good { color: $success; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*TABLE_KEYS]

    class Highlighted(Message):
        """The cursor came to another line; None in an empty list."""

        def __init__(self, roster: Roster[Any], line: Any) -> None:
            super().__init__()
            self.roster, self.line = roster, line

        @property
        def control(self) -> Roster[Any]:
            """The list that says so."""
            return self.roster

    class Chosen(Highlighted):
        """A line was opened."""

    def __init__(
        self,
        columns: Sequence[Column[L]],
        key_of: Callable[[L], str],
        *,
        empty: Text,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.lines: Sequence[L] = ()
        self._columns, self._key_of, self._empty = columns, key_of, empty
        self._cursor = self._top = 0
        self._lang: Lang = "zh"
        self._told: L | None = None

    @property
    def chosen(self) -> L | None:
        """The line under the cursor."""
        return self.lines[self._cursor] if self.lines else None

    def fill(self, lines: Sequence[L], lang: Lang, *, choose: str | None = None) -> None:
        """Show these lines; the chosen one stays chosen, or the one with the id `choose` is."""
        wanted = choose or (self._key_of(self.chosen) if self.chosen is not None else None)
        self.lines, self._lang = lines, lang
        keys = [self._key_of(line) for line in lines]
        at = keys.index(wanted) if wanted in keys else self._cursor
        self._cursor = max(0, min(at, len(lines) - 1))
        self._changed()

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._cursor = max(0, min(self._cursor + by, len(self.lines) - 1))
        self._changed()

    def action_turn(self, pages: int) -> None:
        """Turn pages."""
        self.action_move(pages * self._height)

    def action_top(self) -> None:
        """To the first line."""
        self.action_move(-len(self.lines))

    def action_bottom(self) -> None:
        """To the last line."""
        self.action_move(len(self.lines))

    def action_choose(self) -> None:
        """Open the chosen line."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self, self.chosen))

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the cursor."""
        self.action_move(1)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the cursor."""
        self.action_move(-1)

    def on_click(self, event: events.Click) -> None:
        """A click chooses a line, a double one opens it."""
        row = self._top + event.get_content_offset_capture(self).y - 1
        if self._top <= row < len(self.lines):
            self.action_move(row - self._cursor)
            if event.chain > 1:
                self.action_choose()

    def on_resize(self) -> None:
        """Keep the chosen line in sight."""
        self._changed()

    @property
    def _height(self) -> int:
        return max(1, self.content_size.height - 1)

    def _changed(self) -> None:
        self._top = max(self._cursor - self._height + 1, min(self._top, self._cursor))
        self.refresh()
        if self.chosen != self._told:
            self._told = self.chosen
            self.post_message(self.Highlighted(self, self.chosen))

    def render_line(self, y: int) -> Strip:
        """One line: the header, a line of the list, or nothing."""
        width, base = self.content_size.width, self.rich_style
        layout = laid_out(self._columns, width)
        if y == 0:
            style = self.get_component_rich_style("roster--header")
            return Strip([Segment(fit(header_cells(layout, self._lang), width), style)])
        row = self._top + y - 1
        if row >= len(self.lines):
            said = self._empty.in_(self._lang) if y == 2 and not self.lines else ""
            style = self.get_component_rich_style("quiet")
            return Strip([Segment(fit(f"  {said}", width), style)])
        chosen = row == self._cursor
        if chosen:
            base += self.get_component_rich_style("roster--chosen")
        pieces = line_cells(layout, self.lines[row], self._lang, chosen=chosen)
        return Strip(
            Segment(text, base + self._colour(style) if style and not chosen else base)
            for text, style in pieces
        ).adjust_cell_length(width, base)

    def _colour(self, component: str) -> Any:
        return self.get_component_rich_style(component, partial=True)
