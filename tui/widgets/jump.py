"""A line that appears to type an id or a text on, and says where to go at each letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

if TYPE_CHECKING:
    from textual.binding import BindingType

COUNTING = ("+", "＋", "=")


class JumpLine(Input):
    """Hidden until it is opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave('back')", show=False),
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
    ]

    class Typed(Message):
        """Something was typed."""

        def __init__(self, typed: str) -> None:
            super().__init__()
            self.typed = typed

    class Stepped(Message):
        """The next, or the one before, of several that fit is wanted."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class Left(Message):
        """The line was left: to stay where it led, to count there, or to go back."""

        def __init__(self, how: Literal["stay", "count", "back"]) -> None:
            super().__init__()
            self.how = how

    def __init__(self) -> None:
        super().__init__(select_on_focus=False)

    def on_mount(self) -> None:
        """Out of the way."""
        self.display = False

    def open(self, typed: str) -> None:
        """Show the line with the first letters on it."""
        self.display = True
        self.value = typed
        self.focus()
        self.cursor_position = len(typed)

    def watch_value(self, value: str) -> None:
        """Tell what was typed; a plus at the end counts there."""
        if value.endswith(COUNTING) and len(value) > 1:
            self.action_leave("count")
        elif value and self.display:
            self.post_message(self.Typed(value))

    def action_step(self, by: int) -> None:
        """Ask for another one that fits."""
        self.post_message(self.Stepped(by))

    async def action_submit(self) -> None:
        """Stay where it led."""
        self.action_leave("stay")

    def action_leave(self, how: Literal["stay", "count", "back"]) -> None:
        """Hide again."""
        self.display = False
        self.value = ""
        self.post_message(self.Left(how))
