"""Why one station's mean would differ: a line for each criterion, cap and what is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.content import Content
from textual.widgets import Static

from domain.text import Text
from tui.screens.base import BACK, RegisterScreen
from tui.what_would_change import left_behind, remark, said, sheets, signed
from tui.widgets.cells import safe
from tui.widgets.columns import Column
from tui.widgets.long_table import LongTable
from tui.words import aligned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.simulating import StationChange
    from domain.text import Lang
    from tui.what_would_change import WhatIf

NOT_CARRIED = Text(zh="没有对应、未计分", en="Left out, not charged")
REFUSED = Text(zh="不能计分的检查", en="Sheets that could not be scored")
NOT_AS_RECORDED = Text(zh="按旧版重算与存档不符的检查", en="Sheets that score otherwise now")


class Row(NamedTuple):
    """A line as it is shown."""

    text: str
    remark: str = ""
    before: str = ""
    after: str = ""
    points: str = ""


COLUMNS: tuple[Column[Row], ...] = (
    Column(
        Text(zh="差异来自", en="What it is made of"),
        26,
        lambda row, _: row.text,
        grow=1,
        style=lambda row: "minor" if row.points else "heading",
    ),
    Column(Text(zh="说明", en="Remark"), 14, lambda row, _: row.remark),
    Column(Text(zh="旧版", en="Old"), 9, lambda row, _: row.before, right=True),
    Column(Text(zh="新版", en="New"), 9, lambda row, _: row.after, right=True),
    Column(Text(zh="差", en="Diff."), 9, lambda row, _: row.points, right=True),
)


class ExplanationScreen(RegisterScreen[None]):
    """Explains the difference of one station."""

    NAME = Text(zh="差异说明", en="The difference explained")
    ABOUT = Text(
        zh="每次检查的平均值。条目先按封顶前的扣分列出，封顶补回的分另列；"
        "最后是不适用折算、权重和四舍五入的余数。各列相加正好等于总分和总差。",
        en="Means of the sheets. Criteria are shown before any cap, and what caps gave back apart; "
        "then N/A rescaling, weights and what rounding left over. Each column adds up exactly.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [BACK]

    def __init__(self, change: StationChange, what_if: WhatIf) -> None:
        super().__init__()
        self._change, self._what_if = change, what_if

    def compose_body(self) -> ComposeResult:
        """The station's figures and what they are made of."""
        yield Static(classes="head")
        yield LongTable(COLUMNS, lambda _: 0)

    def on_mount(self) -> None:
        """The keys go to the table."""
        super().on_mount()
        self.query_one(LongTable).focus()

    def journal_moved(self) -> None:
        """What is explained here was worked out; it stays."""
        self._seen_seq = self.register.journal_seq

    def say(self, lang: Lang) -> None:
        """Everything in the reader's language."""
        table = self.query_one(LongTable)
        table.speak(lang)
        table.hold(list(self._rows(lang)), table.window.cursor)
        self.query_one(".head", Static).update(self._head(lang))

    def _head(self, lang: Lang) -> Content:
        change, why = self._change, self._change.why
        name = self.register.directory.station_name(change.station).in_(lang)
        figures = (
            f"{aligned(why.old)} → {aligned(why.new)}  {signed(why.difference)}" if why else ""
        )
        return Content.assemble(
            (safe(name), "bold"), f" · {sheets(change.sheets, lang)} · ", (figures, "bold")
        )

    def _rows(self, lang: Lang) -> Iterator[Row]:
        change, what_if = self._change, self._what_if
        for line in change.why.lines if change.why else ():
            yield Row(
                said(line, what_if, lang),
                remark(line, change, what_if, lang),
                f"{line.before:f}",
                f"{line.after:f}",
                signed(line.points),
            )
        if change.left:
            yield Row(NOT_CARRIED.in_(lang))
            yield from (Row(f"  {one}") for one in left_behind(change.left, lang))
        if change.refused:
            yield Row(REFUSED.in_(lang))
            yield from (Row(f"  {code} × {n}") for code, n in change.refused.items())
        if change.not_as_recorded:
            yield Row(f"{NOT_AS_RECORDED.in_(lang)} × {change.not_as_recorded}")
