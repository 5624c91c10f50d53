"""Live: findings as they arrive, the newest first, each in full beside the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container
from textual.widgets import Static

from domain.text import Text
from domain.views import FindingFilter, FindingLine
from tui.keys import key
from tui.screens.base import EXPORT, LOOK
from tui.screens.narrowed import CHOOSE_PLACE, EVERYTHING, NarrowedScreen
from tui.widgets.columns import Column
from tui.widgets.finding_detail import FindingDetail, Seen
from tui.widgets.long_table import LongTable
from tui.widgets.today_line import Asked, TodayLine
from tui.words import SEVERITIES, lost, pictures, who

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.rulebook import Severity
    from domain.text import Lang

CRITICAL_FIRST: tuple[Severity | None, ...] = (None, "critical", "major", "minor")
ANY_SEVERITY = Text(zh="各种程度", en="any severity")
SETTLES_S = 0.03
"""The details of a finding are read once the cursor has rested this long."""

WHEN = Text(zh="时间", en="When")
ENTRY_CELLS = 7


def short(criterion: str) -> str:
    """The id of a criterion in a narrow column: `power_room.3` keeps the number that tells it."""
    kind, dot, number = criterion.rpartition(".")
    left = ENTRY_CELLS - len(dot + number) - 1
    return criterion if len(criterion) <= ENTRY_CELLS or left < 1 else f"{kind[:left]}….{number}"


COLUMNS: tuple[Column[FindingLine], ...] = (
    Column(
        Text(zh="程度", en="Severity"),
        8,
        lambda line, lang: SEVERITIES[line.severity].in_(lang),
        style=lambda line: line.severity,
    ),
    Column(
        Text(zh="加油站", en="Station"), 14, lambda line, lang: line.station_name.in_(lang), grow=1
    ),
    Column(Text(zh="条目", en="Entry"), ENTRY_CELLS, lambda line, _: short(line.criterion)),
    Column(Text(zh="问题", en="Finding"), 18, lambda line, lang: line.text.in_(lang), grow=4),
    Column(
        Text(zh="检查人", en="Who"), 8, lambda line, lang: who(line.person, lang), from_width=100
    ),
    Column(Text(zh="扣分", en="Points"), 6, lambda line, _: lost(line.points), right=True),
    Column(Text(zh="图片", en="Pics"), 6, pictures, right=True),
)


class LiveScreen(NarrowedScreen[Seen | None]):
    """Shows what phones and consoles send, as it comes."""

    NAME = Text(zh="动态", en="Live")
    ABOUT = Text(
        zh="第一行是今天到期和已经逾期的任务、漏掉的巡检，按 6、5 看清单。"
        "下面是各站发现的问题，最新的在最上面，自动更新。光标在第一行时跟随最新；移开后保持不动，"
        "并提示新到几条。Enter 打开所属的检查。",
        en="The first line says what is due today, what is late and which rounds were missed; "
        "6 and 5 list them. Below, findings of all stations, the newest on top, as they come. "
        "With the cursor on the first line the list follows the newest; elsewhere it keeps its "
        "place and says how many came. Enter opens the inspection.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        CHOOSE_PLACE,
        key(
            "f",
            "next_severity",
            Text(zh="程度", en="Severity"),
            Text(zh="按程度筛选：严重、较重、一般", en="Filters by severity"),
        ),
        key(
            "p",
            "picture",
            Text(zh="看图", en="Picture"),
            Text(zh="满屏查看图片", en="Shows the picture on the whole screen"),
        ),
        EXPORT,
        LOOK,
        EVERYTHING,
    ]

    def __init__(self) -> None:
        super().__init__()
        self.where: FindingFilter = FindingFilter()
        self._line: FindingLine | None = None

    def compose_body(self) -> ComposeResult:
        """What is due today, the filter, the list, and beside or below it the finding in full."""
        yield TodayLine(self._what_is_due)
        yield Static(classes="filter")
        with Container(classes="pair"):
            when: Column[FindingLine] = self.time_column(WHEN, lambda line: line.received_at)
            yield LongTable((when, *COLUMNS), lambda line: line.number)
            yield FindingDetail()

    def on_mount(self) -> None:
        """Begin with everything."""
        super().on_mount()
        self._narrow(self.where)
        self.table.focus()

    def journal_moved(self) -> None:
        """Read the list again, and soon what is due."""
        super().journal_moved()
        self.query_one(TodayLine).heard_news()

    def on_screen_resume(self) -> None:
        """Catch up with what became due meanwhile, too; Textual calls the base's by itself."""
        self.query_one(TodayLine).look_again()

    def _what_is_due(self) -> Asked | None:
        """What is due today, of the place that is shown or of whoever sits here."""
        from tui.what_is_due import what_is_due

        return what_is_due(self.register, self.asker, self.console.actor, self.where.place)

    def say(self, lang: Lang) -> None:
        """The list, the filter and the finding in another language."""
        super().say(lang)
        self.query_one(TodayLine).speak(lang)
        if self._line is None:
            self.query_one(FindingDetail).show(None, lang)

    def second(self) -> Text | None:
        """The severity."""
        return SEVERITIES[self.where.severity] if self.where.severity else None

    def any_second(self) -> Text:
        """Whatever the severity."""
        return ANY_SEVERITY

    def narrow_to_place(self, place: str | None) -> None:
        """The findings of a place."""
        self._narrow(FindingFilter(place, self.where.severity))

    def _narrow(self, where: FindingFilter) -> None:
        from tui.sources import finding_pages

        moved, self.where = where.place != self.where.place, where
        if moved:
            self.query_one(TodayLine).look_again(at_once=True)
        self.table.empty = self.empty_list(narrowed=where != FindingFilter())
        self.table.show(partial(finding_pages, self.register, lambda: self.asker, where))
        self.say_filter()

    @on(LongTable.Highlighted)
    def _highlighted(self, event: LongTable.Highlighted) -> None:
        self._line = event.line
        if self._line is None:
            self.query_one(FindingDetail).show(None, self.lang)
        else:
            self.query_one(FindingDetail).show(Seen(self._line), self.lang)
            self.set_timer(SETTLES_S, self.reload)

    @on(LongTable.Chosen)
    def _chosen(self, event: LongTable.Chosen) -> None:
        from tui.screens.inspection import InspectionScreen

        self.app.push_screen(InspectionScreen(event.line.inspection, event.line.number))

    def read(self) -> Seen | None:
        """The inspection and the first picture of the finding under the cursor."""
        from domain.register.sheets import inspection_sheet
        from tui.pictures import small_picture

        line = self._line
        if line is None:
            return None
        with self.register.read() as connection:
            seen = Seen(line, inspection_sheet(connection, self.asker, line.inspection))
        here = (one for one in seen.evidence if one.arrived_at and one.kind == "picture")
        first = next(here, None)
        image = small_picture(self.register.media, first.sha256) if first else None
        return seen._replace(image=image)

    def show(self, answer: Seen | None) -> None:
        """Draw it, unless the cursor has moved on meanwhile."""
        if answer and self._line and answer.line.number == self._line.number:
            self.query_one(FindingDetail).show(answer, self.lang)

    def action_next_severity(self) -> None:
        """All, then critical, major and minor alone."""
        at = CRITICAL_FIRST.index(self.where.severity)
        following = CRITICAL_FIRST[(at + 1) % len(CRITICAL_FIRST)]
        self._narrow(FindingFilter(self.where.place, following))

    def action_everything(self) -> None:
        """Without filter."""
        self._narrow(FindingFilter())

    def action_picture(self) -> None:
        """The pictures of the finding, on the whole screen."""
        from tui.screens.pictures import PicturesScreen

        if self._answer is None or self._line is None or not self._answer.evidence:
            self.tell(Text(zh="这条问题没有图片。", en="This finding has no picture."))
            return
        self.app.push_screen(PicturesScreen(self._answer.evidence, self.register.media, self.lang))

    def export_job(self) -> Callable[[], Path]:
        """The findings as they are filtered."""
        from tui.exporting import export_findings

        return partial(export_findings, self.register, self.asker, self.where, self.lang)
