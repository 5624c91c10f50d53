"""What would change: past inspections under another edition, station by station."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.content import Content
from textual.widgets import Static

from domain.months import CHINA, Months
from domain.text import Text
from tui.keys import key
from tui.screens.base import BACK
from tui.screens.narrowed import ALL_STATIONS, CHOOSE_PLACE
from tui.screens.placed import PlacedScreen
from tui.screens.what_if_answers import problem_of_edition, problem_of_map, problem_of_months
from tui.what_would_change import WhatIf, changed_stations, left_altogether
from tui.widgets.cells import safe
from tui.widgets.choose import Ask, Choice, Choose
from tui.widgets.long_table import LongTable
from tui.widgets.station_changes import COLUMNS, Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.refusals import Refusal
    from domain.rulebook import Edition
    from domain.simulating import StationChange
    from domain.text import Lang

CHOOSE_NEW = Text(zh="按 n 选择新版细则", en="n chooses the new edition")
WORKING = Text(zh="正在试算…", en="Scoring again…")
NO_SHEETS = Text(
    zh="这段时间没有按旧版填写的检查", en="No sheets of the old edition in this period"
)
WHICH_NEW = Text(zh="换成哪个版本", en="Which new edition")
WHICH_OLD = Text(zh="按哪个版本填写的检查", en="Sheets of which edition")
FROM_A_FILE = Text(zh="＋ 还没有放入的版本（文件）…", en="+ An edition in a file…")
WHICH_FILE = Text(zh="新版细则的文件（.yaml）", en="The file of the new edition (.yaml)")
WHICH_MAP = Text(
    zh="编号对照表的文件（.yaml），留空则不用", en="The mapping file (.yaml); empty for none"
)
WHICH_MONTHS = Text(zh="哪几个月，如 2026-01..2026-06", en="Which months, such as 2026-01..2026-06")


class Answer(NamedTuple):
    """What was asked, and what would change; nothing yet while no new edition is chosen."""

    what_if: WhatIf | None
    changes: list[StationChange]


class WhatWouldChangeScreen(PlacedScreen[Answer]):
    """Lists stations by how much their mean would differ; Enter explains one."""

    NAME = Text(zh="换版试算", en="What would change?")
    ABOUT = Text(
        zh="把过去的检查按另一个版本的细则重新计分，只看不改。扣得更多的站在最上面；"
        "Enter 说明差异来自哪些条目。编号变了的，用 m 给出对照表；没有写明去向的不计分，单列。",
        en="Scores past sheets again under another edition; nothing is changed. Stations that lose "
        "most are on top; Enter explains a difference. m names a file that maps renamed ids; what "
        "is not mapped is not charged and listed.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        BACK,
        key(
            "n", "new", Text(zh="新版", en="New"), Text(zh="选择新版", en="Chooses the new edition")
        ),
        key(
            "o", "old", Text(zh="旧版", en="Old"), Text(zh="选择旧版", en="Chooses the old edition")
        ),
        key(
            "m",
            "map",
            Text(zh="对照表", en="Map"),
            Text(zh="选择编号对照表", en="Names the file that maps old ids"),
        ),
        key(
            "p",
            "period",
            Text(zh="期间", en="Months"),
            Text(zh="选择期间", en="Chooses the months"),
        ),
        CHOOSE_PLACE,
        key(
            "r",
            "again",
            Text(zh="重算", en="Again"),
            Text(zh="按现在的记录重算", en="Scores again"),
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._old: Edition | None = None
        self._new: Edition | None = None
        self._map: Path | None = None
        self._months = Months(0, 0)

    def compose_body(self) -> ComposeResult:
        """What is compared, and the stations."""
        yield Static(classes="filter")
        yield LongTable(COLUMNS, lambda _: 0)

    def on_mount(self) -> None:
        """Begin with the two newest editions of a rulebook that has two, and this year."""
        now = self.register.clock().astimezone(CHINA)
        self._months = Months(now.year * 12, now.year * 12 + now.month - 1)
        rulebooks = self.register.rulebooks
        held = [rulebooks.editions(one) for one in rulebooks.ids()]
        pairs = [each[-2:] for each in held if len(each) > 1]
        if pairs:
            self._old, self._new = pairs[0]
        elif held:
            self._old = held[0][-1]
        super().on_mount()
        self.query_one(LongTable).focus()

    def journal_moved(self) -> None:
        """Score when the screen opens; afterwards only when asked to: it takes a while."""
        opening = self._seen_seq < 0
        self._seen_seq = self.register.journal_seq
        if opening:
            self.reload()

    def reload(self) -> None:
        """Say that it takes a while."""
        table = self.query_one(LongTable)
        table.empty = WORKING if self._new else CHOOSE_NEW
        table.hold([], 0)
        self._say_question()
        super().reload()

    def read(self) -> Answer:
        """Score the past sheets again."""
        from domain.register.rulebook_files import read_map_file
        from domain.rulebook_map import counterparts

        old, new = self._old, self._new
        if old is None or new is None:
            return Answer(None, [])
        became = counterparts(old, new, read_map_file(self._map, old, new))
        what_if = WhatIf(old, new, became, self._months, self._place)
        changes = changed_stations(self.register, self.asker, what_if, aside=True)
        return Answer(what_if, changes)

    def show(self, answer: Answer) -> None:
        """List the stations."""
        table, names = self.query_one(LongTable), self.register.directory
        table.empty = NO_SHEETS if answer.what_if else CHOOSE_NEW
        rows = [Row(one, names.station_name(one.station)) for one in answer.changes]
        table.hold(rows, table.window.cursor)
        self._say_question()

    def refuse(self, refusal: Refusal) -> None:
        """Nothing was scored; the list says so too."""
        self.query_one(LongTable).empty = refusal.reason
        super().refuse(refusal)

    def say(self, lang: Lang) -> None:
        """The list in another language."""
        self.query_one(LongTable).speak(lang)
        self._say_question()

    def _say_question(self) -> None:
        """What is compared, of when and where, and how much had no place."""
        lang, old, new = self.lang, self._old, self._new
        place = self.register.directory.places.get(self._place or "")
        parts = [
            f"{old.title.in_(lang)} {old.edition} → {new.edition if new else '?'}" if old else "?",
            str(self._months),
        ]
        if left := left_altogether(self._answer.changes if self._answer else ()):
            count = sum(left.values())
            parts.append(Text(zh=f"未对应 {count}", en=f"{count} left out").in_(lang))
        parts.append(safe(place.name.in_(lang)) if place else ALL_STATIONS.in_(lang))
        if self._map:
            parts.append(safe(self._map.name))
        said = Content.assemble("  ", (" · ".join(parts), "bold"))
        self.query_one(".filter", Static).update(said)

    @on(LongTable.Chosen)
    def _chosen(self, event: LongTable.Chosen) -> None:
        from tui.screens.explanation import ExplanationScreen

        if self._answer and self._answer.what_if:
            self.app.push_screen(ExplanationScreen(event.line.change, self._answer.what_if))

    def action_again(self) -> None:
        """Score again, by the records as they are now."""
        self.reload()

    def action_new(self) -> None:
        """Choose the new edition, on the shelf or in a file."""
        in_a_file: Choice[Edition | None] = Choice(None, FROM_A_FILE.in_(self.lang))
        self._choose(WHICH_NEW, [*self._editions(), in_a_file], self._new_chosen)

    def action_old(self) -> None:
        """Choose whose sheets are scored again."""
        self._choose(WHICH_OLD, self._editions(), self._old_chosen)

    def _editions(self) -> list[Choice[Edition | None]]:
        rulebooks = self.register.rulebooks
        return [
            Choice(each, f"{each.title.in_(self.lang)} {each.edition}", f"{each.id}@{each.edition}")
            for one in rulebooks.ids()
            for each in reversed(rulebooks.editions(one))
        ]

    def _choose(
        self,
        title: Text,
        choices: list[Choice[Edition | None]],
        done: Callable[[Choice[Edition | None] | None], None],
    ) -> None:
        self.app.push_screen(Choose(title.in_(self.lang), choices, self.lang), done)

    def _old_chosen(self, choice: Choice[Edition | None] | None) -> None:
        if choice is not None:
            self._old, self._map = choice.value, None
            self.reload()

    def _new_chosen(self, choice: Choice[Edition | None] | None) -> None:
        if choice is None:
            return
        if choice.value is None:
            self._ask(WHICH_FILE, "", problem_of_edition, self._file_named)
        else:
            self._new, self._map = choice.value, None
            self.reload()

    def _file_named(self, file: str | None) -> None:
        from domain.register.rulebook_files import read_edition

        if file is not None:
            self._new, self._map = read_edition(Path(file.strip())), None
            self.reload()

    def action_map(self) -> None:
        """Name the mapping file."""
        old, new = self._old, self._new
        if old is None or new is None:
            self.tell(CHOOSE_NEW)
        else:
            problem = partial(problem_of_map, old, new)
            self._ask(WHICH_MAP, str(self._map or ""), problem, self._map_named)

    def _map_named(self, file: str | None) -> None:
        if file is not None:
            self._map = Path(file.strip()) if file.strip() else None
            self.reload()

    def action_period(self) -> None:
        """Choose the months."""
        self._ask(WHICH_MONTHS, str(self._months), problem_of_months, self._months_named)

    def _months_named(self, written: str | None) -> None:
        if written is not None:
            self._months = Months.written(written)
            self.reload()

    def _ask(
        self,
        title: Text,
        value: str,
        problem: Callable[[str], Text | None],
        done: Callable[[str | None], None],
    ) -> None:
        self.app.push_screen(Ask(title.in_(self.lang), value, self.lang, problem=problem), done)
