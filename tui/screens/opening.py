"""The first paint: the frame, while the register is opened behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from domain.text import Text
from tui.widgets.frame import KeyLine, StatusLine, TabStrip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from domain.refusals import Refusal
    from domain.text import Lang
    from tui.widgets.frame import Tab

OPENING = Text(zh="正在打开数据…", en="Opening the data…")
CANNOT = Text(zh="打不开数据", en="The data cannot be opened")
LEAVE = Text(zh="按 q 退出", en="q quits")


class OpeningScreen(Screen[None]):
    """Shown for a moment, or with a refusal if the data cannot be opened."""

    def __init__(self, tabs: Sequence[Tab], lang: Lang) -> None:
        super().__init__()
        self._tabs, self._lang = tabs, lang

    def compose(self) -> ComposeResult:
        """The frame around one sentence."""
        yield TabStrip(self._tabs)
        yield Static(Content(OPENING.in_(self._lang)), classes="middle")
        yield KeyLine()
        yield StatusLine()

    def on_mount(self) -> None:
        """Fill in the frame."""
        self.query_one(TabStrip).show(None, self._lang)
        self.query_one(StatusLine).show(None, self._lang)

    def refuse(self, refusal: Refusal) -> None:
        """Say why the data stay closed, and what helps."""
        lang = self._lang
        said = Content.assemble(
            (f"✗ {CANNOT.in_(lang)}\n\n", "bold"),
            f"{refusal.reason.in_(lang)}\n{refusal.remedy.in_(lang)}\n\n",
            (LEAVE.in_(lang), "$foreground-muted"),
        )
        self.query_one(".middle", Static).update(said)
