"""Entering an inspection by clauses and formulas: hundreds of criteria, reached by their number."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from domain.refusals import Refusal
from domain.sheet import FoundAndNotApplicable
from domain.text import Text
from tui.drafts import Draft, Drafts, checked_off, counted, figured
from tui.screens import clause_audit_words as words
from tui.screens.clause_audit_keys import CLAUSE_KEYS
from tui.screens.figures import Figured, FiguresDialog
from tui.screens.video_audit import VideoAuditScreen
from tui.widgets.audit_rows import running
from tui.widgets.beside_score import beside
from tui.widgets.choose import Ask, Choose
from tui.widgets.dialogs import Notice
from tui.widgets.jump import JumpLine
from tui.widgets.long_table import LongTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.exports.figures_file import FiguresRead
    from domain.register.last_time import LastTime
    from domain.rulebook import Clause, Edition
    from domain.scoring import ScoreCard
    from domain.submission import Found
    from domain.text import Lang
    from tui.widgets.audit_rows import Row
    from tui.widgets.columns import Column

WIDE = 120
"""Columns from which on the head has room for all words."""
HOW_OFTEN = Text(zh="几次", en="How often")
NO_COUNT = Text(zh="请填 0 到 999 的整数", en="Give a whole number from 0 to 999")
FILE = Text(zh="导入经营数据（.xlsx）", en="Import figures (.xlsx)")
COLUMNS_OF_FILE = Text(
    zh="文件的路径。表内三列：编号、实际、计划，一条一行。",
    en="Path of the file. Three columns: id, actual, plan (编号, 实际, 计划); a criterion a row.",
)
NO_FILE = Text(zh="没有这个文件", en="There is no such file")


class ClauseAuditScreen(VideoAuditScreen):
    """One inspection: clauses counted in their units, figures, warnings, progress by section."""

    NAME = Text(zh="录入检查", en="Entering an inspection")
    ABOUT = words.ABOUT
    NOT_TO_JUMP: ClassVar[frozenset[str]] = VideoAuditScreen.NOT_TO_JUMP | frozenset("gkiw")
    COLUMNS: ClassVar[tuple[Column[Row], ...]] = words.COLUMNS
    BINDINGS: ClassVar[list[BindingType]] = [*CLAUSE_KEYS]

    def __init__(self, draft: Draft, edition: Edition, drafts: Drafts) -> None:
        super().__init__(draft, edition, drafts)
        self._numbered = any(one[0].isdigit() for one in edition.placed)
        self._last: LastTime | None = None
        self._card: ScoreCard | None = None

    def compose_body(self) -> ComposeResult:
        """Head, the list beside (or above) the criterion in full, the line for jumps."""
        table: LongTable[Row] = LongTable(self.COLUMNS, lambda _: 0)
        yield Static(classes="head")
        with Container(classes="pair"):
            yield table
            with VerticalScroll(classes="beside", can_focus=False):
                yield Static(classes="entry")
        yield JumpLine()

    def on_mount(self) -> None:
        """Look up last time, and make the search ready, while the first line is read."""
        from domain.register.initials_aside import learn_if_possible

        super().on_mount()
        self.off_screen(self._look_up, self._looked_up)
        self.run_worker(asyncio.to_thread(learn_if_possible, self._edition))

    def _look_up(self) -> LastTime | None:
        from domain.register.last_time import last_time

        draft = self.draft
        with self.register.read() as connection:
            return last_time(
                connection, self.asker, draft.station, draft.rulebook, draft.started_at
            )

    def _looked_up(self, last: LastTime | None) -> None:
        self._last = last
        self._say_row()

    def say(self, lang: Lang) -> None:
        """The line for jumps takes more here."""
        super().say(lang)
        self.query_one(JumpLine).placeholder = words.JUMP.in_(lang)

    @property
    def _known(self) -> words.Known:
        return words.Known(self._edition, self._card, self.draft, self._last)

    def _head(self, card: ScoreCard | Refusal) -> Content:
        self._card = None if isinstance(card, Refusal) else card
        above = super()._head(card)
        section = words.section_head(self._known, self._row, self.lang)
        if self._card is None:
            return Content("\n").join((above, section))
        brief = self.size.width < WIDE
        more = beside(self._edition, self._card, self.lang, brief=brief)
        if brief:
            return Content("\n").join((Content.assemble(above, "  ", more), section))
        return Content("\n").join((above, section, more))

    def on_resize(self) -> None:
        """A wide terminal has room for more words."""
        self._say_row()

    def _say_row(self) -> None:
        """The criterion, and its section in the head."""
        row = self._row
        if row is None:
            return
        self.query_one(".entry", Static).update(words.entry(row, self._known, self.lang))
        self.query_one(".head", Static).update(self._head(running(self._edition, self.draft)))

    def _change(self, draft: Draft) -> None:
        """Take a new draft, and say at once if one fact is charged twice now."""
        before = self._card.overlaps if self._card else ()
        super()._change(draft)
        for one in self._card.overlaps if self._card else ():
            if one not in before:
                from domain.card_words import overlap_words

                self.app.clear_notifications()
                said = f"⚠ {overlap_words(one).in_(self.lang)}"
                self.notify(said, severity="warning", timeout=5, markup=False)

    def _found(self) -> Found | None:
        """What stands on the line; a line of figures asks for them instead."""
        if self._row and self._row.measured:
            self._ask_figures(self._row)
            return None
        return super()._found()

    def _set_count(self, count: int) -> None:
        """A clause that costs once is found or not."""
        row = self._row
        if row and row.criterion and row.criterion.clauses and not row.measured and count > 1:
            clause = row.criterion.clauses[row.clause]
            if is_once(clause):
                self.tell(Text(zh="这一款只扣一次，不计次数。", en="This clause costs once."))
                count = 1
        super()._set_count(count)

    def action_digit(self, digit: int) -> None:
        """Where criteria are numbered, digits go there; elsewhere they count."""
        if self._numbered:
            self.action_jump(str(digit))
        else:
            super().action_digit(digit)

    def action_clause(self) -> None:
        """Go to another clause of this criterion, by its number."""
        if self._row and self._row.criterion and len(self._row.criterion.clauses) > 1:
            self.action_jump(f"{self._row.criterion.id}.")
        else:
            self.tell(Text(zh="这一条只有一款。", en="This criterion has one clause."))

    @on(LongTable.Chosen)
    def _opened(self) -> None:
        """Ask for what the line wants: figures, a count; on a group's line, whether it is done."""
        row = self._row
        if row is None:
            return
        if row.criterion is None:
            self.action_checked()
        elif found := self._found():
            now = row.found.count if row.found else 0
            clause = row.criterion.clauses[row.clause] if row.criterion.clauses else None
            if clause and is_once(clause):
                self._set_count(0 if now else 1)
                return
            unit = self._edition.counted_by(clause.per).in_(self.lang) if clause else ""
            asked = Ask(
                f"{row.name} {HOW_OFTEN.in_(self.lang)}",
                str(now) if now else "",
                self.lang,
                hint=unit,
                max_length=3,
                problem=lambda typed: None if typed.isdecimal() else NO_COUNT,
            )
            line = row.line
            self.app.push_screen(
                asked,
                lambda said: (
                    None
                    if said is None
                    else self._change(counted(self.draft, line, found, int(said)))
                ),
            )

    def _ask_figures(self, row: Row) -> None:
        criterion = row.criterion
        if criterion is None:
            return
        if row.spared:
            self.refuse(FoundAndNotApplicable(criterion.id, "$.not_applicable"))
            return

        def answered(answer: Figured | None) -> None:
            if answer is not None:
                self._change(figured(self.draft, {criterion.id: answer.given}))

        self.app.push_screen(
            FiguresDialog(self._edition, criterion.id, row.given, self.lang), answered
        )

    def action_checked(self) -> None:
        """The group is gone through: on to the next one; once more: it is not."""
        if self._row is None:
            return
        group = self._row.group.id
        self._change(checked_off(self.draft, group))
        if group in self.draft.checked:
            groups = list(self._edition.groups)
            at = groups.index(group) + 1
            if at < len(groups):
                self._go_to_group(groups[at])

    def action_sections(self) -> None:
        """Every section with its progress; Enter goes there."""
        title = Text(zh="各项目进度", en="Sections").in_(self.lang)
        choices = words.section_choices(self._known, self.lang)
        self.app.push_screen(
            Choose(title, choices, self.lang),
            lambda chosen: self._go_to_group(chosen.value) if chosen else None,
        )

    def _go_to_group(self, group: str) -> None:
        place = next(n for n, row in enumerate(self._rows) if row.key[0] == group)
        self._move_to(min(place + 1, len(self._rows) - 1))

    def action_whole(self) -> None:
        """The criterion with everything that is known about it."""
        if self._row is not None:
            said = words.entry(self._row, self._known, self.lang)
            self.app.push_screen(Notice(self._row.name or self._row.group.id, said, self.lang))

    def action_import(self) -> None:
        """Take figures out of a workbook."""
        asked = Ask(
            FILE.in_(self.lang),
            "",
            self.lang,
            hint=COLUMNS_OF_FILE.in_(self.lang),
            problem=lambda typed: None if _file(typed).is_file() else NO_FILE,
        )
        self.app.push_screen(asked, self._import)

    def _import(self, typed: str | None) -> None:
        if typed is not None:
            from domain.exports.figures_file import read_figures

            file = _file(typed)
            job = partial(lambda: read_figures(self._edition, file.read_bytes()))
            self.off_screen(job, self._imported)

    def _imported(self, read: FiguresRead) -> None:
        """Take what could be read, and list the rest by its cell."""
        dropped = {row.criterion.id for row in self._rows if row.criterion and row.spared}
        taken = {one: given for one, given in read.inputs.items() if one not in dropped}
        replaced = [one for one in taken if one in self.draft.inputs]
        self._change(figured(self.draft, taken))
        self.app.push_screen(
            Notice(
                FILE.in_(self.lang),
                words.import_words(read, list(taken), replaced, self.lang),
                self.lang,
            )
        )


def is_once(clause: Clause) -> bool:
    """Whether a clause costs the same however often it is found."""
    return bool(clause.empties) or (clause.per == "flat" and not clause.steps)


def _file(typed: str) -> Path:
    return Path(typed.strip().strip("\"'")).expanduser()
