"""A window on a long list: the lines that are loaded, which are seen and which one is chosen.

Pure: the widget asks the register and tells the window what came. Lines come newest first and
are known by number, so the chosen one stays chosen when newer lines push it down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

L = TypeVar("L")

PAGES_KEPT = 8
"""Screenfuls kept in memory; further ones are read again when they are wanted."""


class Window(Generic[L]):
    """Part of a list.

    Attributes:
        lines: What is loaded, the newest first.
        rank: How many lines of the list come before `lines[0]`.
        total: Lines in the whole list.
        top: Index in `lines` of the first line seen.
        cursor: Index in `lines` of the chosen line.
        height: Lines that can be seen at once.
        unseen: Lines that came while the reader was further down.
    """

    def __init__(self, number: Callable[[L], int]) -> None:
        self.number = number
        self.lines: list[L] = []
        self.rank = self.total = self.top = self.cursor = self.unseen = 0
        self.height = 1

    @property
    def chosen(self) -> L | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if self.lines else None

    @property
    def following(self) -> bool:
        """Whether the cursor is on the newest line: then newer ones are shown as they come."""
        return self.rank == 0 and self.cursor == 0

    @property
    def seen(self) -> Sequence[L]:
        """The lines on the screen."""
        return self.lines[self.top : self.top + self.height]

    @property
    def older_left(self) -> int:
        """Lines below what is loaded."""
        return max(0, self.total - self.rank - len(self.lines))

    @property
    def wants_older(self) -> bool:
        """Whether the reader is within a screenful of the end of what is loaded."""
        return self.older_left > 0 and len(self.lines) - self.top - self.height < self.height

    @property
    def wants_newer(self) -> bool:
        """Whether the reader is within a screenful of the beginning of what is loaded."""
        return self.rank > 0 and self.top < self.height

    def begin_with(self, lines: Sequence[L], total: int) -> None:
        """Show the newest lines."""
        self.lines, self.total = list(lines), total
        self.rank = self.top = self.cursor = self.unseen = 0

    def hold(self, lines: Sequence[L], cursor: int) -> None:
        """Show a list that is all here, moving the view as little as needed."""
        self.lines, self.total = list(lines), len(lines)
        self.rank = self.unseen = 0
        self.cursor = min(max(cursor, 0), max(0, len(lines) - 1))
        self.top = max(0, min(self.top, len(lines) - self.height))
        self.show_cursor()

    def end_with(self, lines: Sequence[L], total: int) -> None:
        """Show the oldest lines, the last one chosen."""
        self.lines, self.total = list(lines), total
        self.rank = max(0, total - len(lines))
        self.cursor = max(0, len(lines) - 1)
        self.top = max(0, len(lines) - self.height)

    def refreshed(self, lines: Sequence[L], came: int) -> None:
        """The same lines read again, `came` newer ones having come above them."""
        self.lines = list(lines)
        self.rank, self.total = self.rank + came, self.total + came
        self.unseen += came
        self.cursor = min(self.cursor, max(0, len(self.lines) - 1))

    def add_older(self, lines: Sequence[L]) -> None:
        """Lines that follow what is loaded; the newest of too many are let go."""
        self.lines.extend(lines)
        drop = min(len(self.lines) - PAGES_KEPT * self.height, self.top - 2 * self.height)
        if drop > 0:
            del self.lines[:drop]
            self.rank, self.top, self.cursor = (
                self.rank + drop,
                self.top - drop,
                self.cursor - drop,
            )

    def add_newer(self, lines: Sequence[L]) -> None:
        """Lines that come before what is loaded; the oldest of too many are let go."""
        self.lines[:0] = lines
        came = len(lines)
        self.rank, self.top, self.cursor = (
            max(0, self.rank - came),
            self.top + came,
            self.cursor + came,
        )
        keep = max(PAGES_KEPT * self.height, self.top + 3 * self.height)
        del self.lines[keep:]

    def move(self, by: int) -> int:
        """Move the cursor; what could not be moved because it is not loaded is returned."""
        if not self.lines:
            return 0
        wanted = self.cursor + by
        self.cursor = min(max(wanted, 0), len(self.lines) - 1)
        self.show_cursor()
        left = wanted - self.cursor
        return left if (left > 0 and self.older_left) or (left < 0 and self.rank) else 0

    def turn(self, pages: int) -> int:
        """Turn pages: the view and the cursor move together."""
        by = pages * self.height
        last_top = max(0, len(self.lines) - self.height)
        self.top = min(max(self.top + by, 0), last_top)
        return self.move(by)

    def show_cursor(self) -> None:
        """Scroll as little as needed to have the cursor on the screen."""
        self.top = max(min(self.top, self.cursor), self.cursor - self.height + 1, 0)
        if self.rank + self.cursor == 0:
            self.unseen = 0

    def resize(self, height: int) -> None:
        """More or fewer lines can be seen."""
        self.height = max(1, height)
        self.top = max(0, min(self.top, len(self.lines) - self.height))
        self.show_cursor()
