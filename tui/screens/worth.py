"""Worth a look: visits that may not be what they say, why, and what somebody said of each."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import Static

from domain.looks import VERDICTS, who_may_look
from domain.text import Text
from domain.worth_views import WorthBoard
from tui.keys import key
from tui.screens import worth_words as words
from tui.screens.base import BACK, EXPORT
from tui.screens.narrowed import ALL_STATIONS, CHOOSE_PLACE
from tui.screens.placed import PlacedScreen
from tui.widgets.cells import safe
from tui.widgets.choose import Ask, Choice, Choose
from tui.widgets.dialogs import Notice
from tui.widgets.long_table import LongTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.looks import Verdict
    from domain.text import Lang
    from domain.worth_views import InspectorLine, WorthLine

DAYS = (7, 31, 1)
"""Spans that `t` goes through, up to today."""
NOTHING = Text(zh="没有值得看的到访", en="No visit is worth a look")
NOBODY = Text(zh="没有手机提交", en="Nothing was sent by phone")
WHO_LOOKS = Text(zh="谁来认定（该站或上级的管理人员）", en="Who says so (leads there or above)")
WHY_DOUBTFUL = Text(zh="为什么存疑（记入日志）", en="Why it is doubtful (goes into the journal)")
WHY_IN_ORDER = Text(zh="说明（可不填，记入日志）", en="A note, if you like (goes into the journal)")
NO_REASON = Text(zh="请写原因", en="Give a reason")
SAID = Text(zh="已记入日志。", en="It is in the journal.")


class WorthScreen(PlacedScreen[WorthBoard]):
    """Lists visits, the heaviest first; `g` lists inspectors."""

    NAME = Text(zh="值得看一看", en="Worth a look")
    ABOUT = Text(
        zh="系统按在场证据挑出的到访：走得太快、答案照抄、照片用过、时间倒填……只是请人看一看，"
        "不扣分、不定性。是否属实由管理人员认定：y 属实，x 存疑（写原因）。"
        "g 换成按检查人看；t 换时间；Enter 看全部原因，i 打开检查。",
        en="Visits picked by what was recorded: too fast, copied answers, a picture used before, "
        "backdated… It only asks for a look; nobody loses a point. Who leads there says what it "
        "was: y in order, x doubtful. g lists inspectors, t changes the span, Enter shows all "
        "reasons, i opens the inspection.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "y",
            "judge('in_order')",
            VERDICTS["in_order"],
            Text(zh="看过，属实", en="Looked at: it is in order"),
        ),
        key(
            "x",
            "judge('doubtful')",
            VERDICTS["doubtful"],
            Text(zh="看过，存疑，写明原因", en="Looked at: it is doubtful, and why"),
        ),
        key(
            "g",
            "turn",
            Text(zh="按人/按次", en="People"),
            Text(zh="换成按检查人或按到访看", en="Lists inspectors, or visits again"),
        ),
        key(
            "t",
            "next_span",
            Text(zh="时间", en="Span"),
            Text(zh="换 7 天、31 天、今天", en="7 days, 31 days, today"),
        ),
        CHOOSE_PLACE,
        key(
            "i",
            "inspection",
            Text(zh="检查", en="Inspection"),
            Text(zh="打开这次检查（第一份）", en="Opens the inspection (the first one)"),
        ),
        EXPORT,
        BACK,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._days = DAYS[0]
        self._person: str | None = None

    def compose_body(self) -> ComposeResult:
        """The head, visits, and inspectors behind them."""
        yield Static(classes="filter")
        yield LongTable(words.visit_columns(), lambda _: 0, empty=NOTHING)
        inspectors = LongTable(words.INSPECTOR_COLUMNS, lambda _: 0, empty=NOBODY)
        inspectors.display = False
        yield inspectors

    def on_mount(self) -> None:
        """The keys go to the visits."""
        super().on_mount()
        self._visits.focus()

    @property
    def _visits(self) -> LongTable[WorthLine]:
        return self.query(LongTable).first()

    @property
    def _inspectors(self) -> LongTable[InspectorLine]:
        return self.query(LongTable).last()

    def read(self) -> WorthBoard:
        """What is worth a look in the span."""
        from domain.months import CHINA
        from domain.register.worth import worth_board
        from domain.windows import Span

        today = self.register.clock().astimezone(CHINA).date()
        span = Span(today - timedelta(days=self._days - 1), today)
        with self.register.read() as connection:
            return worth_board(connection, self.asker, span, self._place, self._person)

    def show(self, answer: WorthBoard) -> None:
        """Draw both lists."""
        _hold(self._visits, answer.lines, lambda line: line.numbers)
        _hold(self._inspectors, answer.inspectors, lambda line: line.person)
        place = self.register.directory.places.get(self._place or "")
        where = safe(place.name.in_(self.lang)) if place else ALL_STATIONS.in_(self.lang)
        if self._person:
            where = f"{where} · {safe(self.register.directory.person_name(self._person))} ◂"
        head = words.head(answer, where, self.lang, inspectors=self._inspectors.display)
        self.query_one(".filter", Static).update(head)

    def say(self, lang: Lang) -> None:
        """Both lists in another language."""
        for table in self.query(LongTable):
            table.speak(lang)

    @on(LongTable.Chosen)
    def _chosen(self, event: LongTable.Chosen) -> None:
        if event.table is self._inspectors:
            self._person = event.line.person
            self.action_turn()
            self.reload()
            return
        said = words.whole(event.line, self.register.directory, self.lang)
        self.app.push_screen(Notice(self.NAME.in_(self.lang), said, self.lang))

    def action_turn(self) -> None:
        """Inspectors in place of visits, or the other way round."""
        shows = self._inspectors.display
        self._inspectors.display, self._visits.display = not shows, shows
        (self._visits if shows else self._inspectors).focus()
        if self._answer is not None:
            self.show(self._answer)

    def action_next_span(self) -> None:
        """A week, a month, today."""
        self._days = DAYS[(DAYS.index(self._days) + 1) % len(DAYS)]
        self.reload()

    def action_back(self) -> None:
        """Everybody again where one person is shown; else the screen below."""
        if self._person is None:
            super().action_back()
            return
        self._person = None
        self.reload()

    def action_inspection(self) -> None:
        """The first inspection of the visit."""
        line = self._line
        if line is not None:
            from tui.screens.inspection import InspectionScreen

            self.app.push_screen(InspectionScreen(line.numbers[0]))

    def action_judge(self, verdict: Verdict) -> None:
        """Say what the visit was: by whom, unless that is known, and why."""
        line = self._line
        if line is None:
            return
        person = self.console.actor.person
        if person is not None:
            self._ask(line, verdict, person)
            return
        directory = self.register.directory
        people = who_may_look(directory, line.station, line.person)
        choices = [Choice(one, directory.person_name(one), "", one) for one in people]
        self.app.push_screen(
            Choose(WHO_LOOKS.in_(self.lang), choices, self.lang),
            lambda chosen: self._ask(line, verdict, chosen.value) if chosen else None,
        )

    @property
    def _line(self) -> WorthLine | None:
        """The visit that is chosen, where visits are listed."""
        return self._visits.window.chosen if self._visits.display else None

    def _ask(self, line: WorthLine, verdict: Verdict, person: str) -> None:
        asked = Ask(
            (WHY_DOUBTFUL if verdict == "doubtful" else WHY_IN_ORDER).in_(self.lang),
            "",
            self.lang,
            hint=words.why_cell(line, self.lang),
            max_length=500,
            problem=lambda typed: (
                NO_REASON if verdict == "doubtful" and not typed.strip() else None
            ),
        )
        self.app.push_screen(asked, partial(self._judge, line, verdict, person))

    def _judge(self, line: WorthLine, verdict: Verdict, person: str, note: str | None) -> None:
        if note is None:
            return
        from domain.organisation import Actor
        from domain.procedures.looks import look_over

        by = Actor(via="console", person=person)
        job = partial(self.register.carry_out, look_over, line.numbers, verdict, note, by=by)
        self.off_screen(job, SAID)

    def export_job(self) -> Callable[[], Path] | None:
        """The list that is shown."""
        from tui.exporting_lists import export_inspectors, export_visits

        board = self._answer
        if board is None:
            return None
        shown = f"{board.first} – {board.last}"
        if self._inspectors.display:
            return (
                partial(export_inspectors, self.register, board.inspectors, shown, self.lang)
                if board.inspectors
                else None
            )
        if not board.lines:
            return None
        return partial(export_visits, self.register, board.lines, shown, self.lang)


def _hold(table: LongTable[Any], lines: tuple[Any, ...], key_of: Callable[[Any], Any]) -> None:
    """Lines into a table, the cursor on the line it was on."""
    chosen = table.window.chosen
    keys = [key_of(line) for line in lines]
    at = keys.index(key_of(chosen)) if chosen is not None and key_of(chosen) in keys else 0
    table.hold(lines, at)
