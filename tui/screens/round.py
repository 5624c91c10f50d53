"""One round of scans: the walk point by point, with its gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.content import Content
from textual.widgets import Static

from domain.card_words import joined
from domain.patrols import STATES
from domain.text import Text
from tui.screens import patrols_words as words
from tui.screens.base import BACK, RegisterScreen
from tui.widgets.cells import safe
from tui.widgets.columns import Column
from tui.widgets.long_table import LongTable
from tui.widgets.time_line import time_line

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.organisation import Directory
    from domain.patrols import RoundNow, Stop
    from domain.text import Lang

WIDTH = 60
"""Cells of the time line."""


class Answer(NamedTuple):
    """The round as it is now; None once the rulebook has it no more."""

    round: RoundNow | None
    now: datetime


class Line(NamedTuple):
    """One point of the walk."""

    stop: Stop
    directory: Directory


def scanned_at(line: Line) -> str:
    """When it was scanned, at the station."""
    from domain.exports.cells import CHINA

    visit = line.stop.visit
    return f"{visit.at.astimezone(CHINA):%m-%d %H:%M}" if visit else ""


def style_of(line: Line) -> str:
    """A gap stands out, then what is worth a look."""
    if line.stop.visit is None:
        return "critical"
    return "major" if line.stop.remark or line.stop.visit.findings else "minor"


def found(line: Line) -> str:
    """How much was found there."""
    return str(line.stop.visit.findings) if line.stop.visit else ""


COLUMNS: tuple[Column[Line], ...] = (
    Column(
        Text(zh="点位", en="Point"),
        16,
        lambda line, lang: line.directory.points[line.stop.point].name.in_(lang),
        grow=1,
        style=style_of,
    ),
    Column(
        Text(zh="扫码", en="Scanned"),
        12,
        lambda line, lang: scanned_at(line) or words.NOT_SCANNED.in_(lang),
        style=style_of,
    ),
    Column(
        Text(zh="隔（分）", en="Min."),
        8,
        lambda line, _: "" if line.stop.minutes is None else str(line.stop.minutes),
        right=True,
    ),
    Column(
        Text(zh="谁", en="Who"),
        8,
        lambda line, _: (
            line.directory.person_name(line.stop.visit.person) if line.stop.visit else ""
        ),
        grow=1,
    ),
    Column(Text(zh="问题", en="Found"), 5, lambda line, _: found(line), right=True),
    Column(
        Text(zh="值得看", en="Worth a look"),
        16,
        lambda line, lang: words.stop_remark(line.stop, lang),
        style=style_of,
    ),
)


class RoundScreen(RegisterScreen[Answer]):
    """The walk; enter opens the form that was sent from a point."""

    NAME = Text(zh="一轮巡检", en="A round")
    ABOUT = Text(
        zh="这一轮要扫的点位：几点扫的、离上一点几分钟、谁扫的、发现几个问题。"
        "“值得看”只是提醒，不自动处罚。Enter 看当时提交的表。",
        en="The points of this round: when each was scanned, minutes since the one before, by "
        "whom, how much was found. Worth a look is no more than that. Enter opens what was sent.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [BACK]

    def __init__(self, one: RoundNow, then: datetime | None) -> None:
        """Show a round as it is now, or as it was at the end of a day."""
        super().__init__()
        self._station, self._then = one.station, then
        self._named = (one.edition.id, one.round.id)

    def compose_body(self) -> ComposeResult:
        """The round's head with its line of time, and its points."""
        yield Static(classes="head")
        yield LongTable(COLUMNS, lambda _: 0)

    def on_mount(self) -> None:
        """The keys go to the table."""
        super().on_mount()
        self.query_one(LongTable).focus()

    def read(self) -> Answer:
        """The round as it is now."""
        from domain.exports.cells import CHINA
        from domain.register.patrols import rounds_of

        now = self._then or self.register.clock()
        with self.register.read() as connection:
            rounds = rounds_of(connection, self.asker, [self._station], now, CHINA)
        mine = (one for one in rounds if (one.edition.id, one.round.id) == self._named)
        return Answer(next(mine, None), now)

    def show(self, answer: Answer) -> None:
        """Draw the walk."""
        table, one = self.query_one(LongTable), answer.round
        lines = [Line(stop, self.register.directory) for stop in one.stops] if one else []
        table.hold(lines, min(table.window.cursor, max(0, len(lines) - 1)))
        self.query_one(".head", Static).update(self._head(one, answer.now) if one else "")

    def say(self, lang: Lang) -> None:
        """The list in another language."""
        self.query_one(LongTable).speak(lang)

    def _head(self, one: RoundNow, now: datetime) -> Content:
        lang = self.lang
        station = self.register.directory.station_name(one.station).in_(lang)
        state = STATES[one.state].in_(lang)
        what = Content.assemble(
            (safe(station), "bold"),
            f"  {one.round.title.in_(lang)} · {words.makers(one, lang)} · ",
            (f"{state} {words.progress(one)}", "bold $accent"),
        )
        day = f"{one.begins:%m-%d} " if self._then else ""
        line = f"{day}{one.round.first} {time_line(one, now, WIDTH)} {one.round.last}"
        parts = [what, Content(line)]
        if one.unplaced:
            from domain.point_kinds import POINT_KINDS

            kinds = joined([POINT_KINDS[kind] for kind in one.unplaced], ", ")
            said = Text(zh=f"没有贴码的点位：{kinds.zh}", en=f"Points without a code: {kinds.en}")
            parts.append(Content.styled(said.in_(lang), "$foreground-muted"))
        return Content("\n").join(parts)

    @on(LongTable.Chosen)
    def _chosen(self, event: LongTable.Chosen) -> None:
        from tui.screens.inspection import InspectionScreen

        visit = event.line.stop.visit
        if visit is None:
            self.tell(Text(zh="这个点位还没有扫。", en="Nobody has scanned this point yet."))
        else:
            self.app.push_screen(InspectionScreen(visit.inspection))
