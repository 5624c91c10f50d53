"""Inspections: all of them, the newest first; enter opens one, `n` begins one or joins a team."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import Static

from domain.text import Text
from domain.views import InspectionFilter, InspectionLine
from tui.keys import key
from tui.screens.base import EXPORT, LOOK
from tui.screens.narrowed import CHOOSE_PLACE, EVERYTHING, NarrowedScreen
from tui.widgets.columns import Column
from tui.widgets.long_table import LongTable
from tui.words import KINDS, WAYS, aligned, points, who

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.rulebook import Kind
    from domain.text import Lang

ANY_KIND = Text(zh="各类检查", en="every kind")


def way(via: str, lang: Lang) -> str:
    """How a form came in."""
    return next((said.in_(lang) for one, said in WAYS.items() if one == via), via)


def score_of(line: InspectionLine) -> str:
    """The score and what it is out of."""
    return f"{aligned(line.score)}/{points(line.max)}"


NUMBER: Column[InspectionLine] = Column(
    Text(zh="编号", en="No."), 7, lambda line, _: f"#{line.number}", right=True
)
WHEN = Text(zh="收到", en="Received")
COLUMNS: tuple[Column[InspectionLine], ...] = (
    Column(
        Text(zh="加油站", en="Station"), 14, lambda line, lang: line.station_name.in_(lang), grow=3
    ),
    Column(Text(zh="类别", en="Kind"), 13, lambda line, lang: KINDS[line.kind].in_(lang)),
    Column(Text(zh="版本", en="Edition"), 9, lambda line, _: line.edition, grow=1, from_width=100),
    Column(Text(zh="检查人", en="Who"), 8, lambda line, lang: who(line.person, lang), grow=1),
    Column(Text(zh="方式", en="Via"), 10, lambda line, lang: way(line.via, lang), from_width=100),
    Column(Text(zh="得分", en="Score"), 10, lambda line, _: score_of(line), right=True),
    Column(Text(zh="问题", en="Found"), 5, lambda line, _: str(line.findings), right=True),
)


class InspectionsScreen(NarrowedScreen[None]):
    """Lists inspections."""

    NAME = Text(zh="检查", en="Inspections")
    ABOUT = Text(
        zh="收到的全部检查，最新的在最上面。Enter 看一次检查，直到每一处扣分；"
        "n 录入一次检查，或加入正在进行的联合检查。",
        en="All inspections received, the newest on top. Enter opens one, down to each deduction; "
        "n enters an inspection, or joins a team that is at work.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "n",
            "begin_audit",
            Text(zh="录入检查", en="New"),
            Text(
                zh="录入一次稽查或检查；可继续草稿、加入联合检查",
                en="Enters an audit or inspection; goes on with a draft; joins a team",
            ),
        ),
        CHOOSE_PLACE,
        key(
            "f",
            "next_kind",
            Text(zh="类别", en="Kind"),
            Text(zh="按检查类别筛选", en="Filters by kind of inspection"),
        ),
        EXPORT,
        key(
            "w",
            "what_would_change",
            Text(zh="换版试算", en="What if"),
            Text(
                zh="把过去的检查按另一个版本的细则重新计分（只看不改）",
                en="Scores past sheets again under another edition; changes nothing",
            ),
        ),
        key(
            "d",
            "draws",
            Text(zh="抽签", en="Draws"),
            Text(zh="抽样检查的抽签", en="Draws for sampled inspections"),
        ),
        LOOK,
        EVERYTHING,
    ]

    def __init__(self) -> None:
        super().__init__()
        self.where: InspectionFilter = InspectionFilter()
        self._teams = 0

    def compose_body(self) -> ComposeResult:
        """The filter and the list."""
        yield Static(classes="filter")
        when: Column[InspectionLine] = self.time_column(WHEN, lambda line: line.received_at)
        yield LongTable((NUMBER, when, *COLUMNS), lambda line: line.number)

    def on_mount(self) -> None:
        """Begin with everything."""
        super().on_mount()
        self._narrow(self.where)
        self.table.focus()

    def journal_moved(self) -> None:
        """Read the list again, and how many teams are at work."""
        super().journal_moved()
        self.off_screen(self._count_teams, self._teams_counted)

    def _count_teams(self) -> int:
        from domain.register.teams import open_teams

        sight = self.asker.sight
        with self.register.read() as connection:
            return sum(sight.sees(one.station) for one in open_teams(connection))

    def _teams_counted(self, teams: int) -> None:
        if teams != self._teams:
            self._teams = teams
            self.say_filter()

    def beside_filter(self) -> Text | None:
        """Team inspections that are open."""
        if not self._teams:
            return None
        return Text(
            zh=f"联合检查进行中 {self._teams}，按 n 加入",
            en=f"{self._teams} team inspection(s) open: n joins",
        )

    def second(self) -> Text | None:
        """The kind of inspection."""
        return KINDS[self.where.kind] if self.where.kind else None

    def any_second(self) -> Text:
        """Whatever the kind."""
        return ANY_KIND

    def narrow_to_place(self, place: str | None) -> None:
        """The inspections of a place."""
        self._narrow(InspectionFilter(place, self.where.kind))

    def _narrow(self, where: InspectionFilter) -> None:
        from tui.sources import inspection_pages

        self.where = where
        self.table.empty = self.empty_list(narrowed=where != InspectionFilter())
        self.table.show(partial(inspection_pages, self.register, lambda: self.asker, where))
        self.say_filter()

    @on(LongTable.Chosen)
    def _chosen(self, event: LongTable.Chosen) -> None:
        from tui.screens.inspection import InspectionScreen

        self.app.push_screen(InspectionScreen(event.line.number))

    def action_next_kind(self) -> None:
        """Every kind, then each kind that there is a rulebook for."""
        rulebooks = self.register.rulebooks
        kinds: list[Kind | None] = [None]
        for rulebook in rulebooks.ids():
            kinds += [e.kind for e in rulebooks.editions(rulebook) if e.kind not in kinds]
        following = kinds[(kinds.index(self.where.kind) + 1) % len(kinds)]
        self._narrow(InspectionFilter(self.where.place, following))

    def action_everything(self) -> None:
        """Without filter."""
        self._narrow(InspectionFilter())

    def action_begin_audit(self) -> None:
        """Begin an audit, or go on with one that was left."""
        from tui.screens.audit_opening import open_audit

        open_audit(self)

    def action_what_would_change(self) -> None:
        """Past inspections under another edition."""
        from tui.screens.what_would_change import WhatWouldChangeScreen

        self.app.push_screen(WhatWouldChangeScreen())

    def action_draws(self) -> None:
        """Which stations are drawn for inspection."""
        from tui.screens.draws import DrawsScreen

        self.app.push_screen(DrawsScreen())

    def export_job(self) -> Callable[[], Path] | None:
        """The inspection under the cursor."""
        from tui.exporting import export_inspection

        line = self.table.window.chosen
        if line is None:
            return None
        return partial(export_inspection, self.register, line.number, self.lang)
