"""Entering an audit by keyboard while watching recordings; every key is kept on disk."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import on
from textual.widgets import Static

from domain.refusals import Refusal
from domain.sheet import FoundAndNotApplicable
from domain.submission import Found
from domain.text import Text
from tui.drafts import Draft, Drafts, changed, counted, toggled
from tui.screens import audit_words as words
from tui.screens.audit_draft import DraftScreen
from tui.screens.audit_keys import AUDIT_KEYS
from tui.screens.base import BACK
from tui.stamps import recording_time
from tui.widgets.audit_rows import Row, audit_rows, running
from tui.widgets.choose import Ask
from tui.widgets.jump import JumpLine
from tui.widgets.long_table import LongTable
from tui.widgets.searching import rows_named

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

    from domain.rulebook import Edition
    from domain.scoring import ScoreCard
    from domain.text import Lang
    from tui.widgets.columns import Column


class VideoAuditScreen(DraftScreen):
    """One audit: criteria by group, counts, notes, places on the recording, the score so far."""

    NAME = Text(zh="录入稽查", en="Entering an audit")
    ABOUT = words.ABOUT
    DIGITS_GO = False
    NOT_TO_JUMP: ClassVar[frozenset[str]] = frozenset("ntxuoslq")
    """Letters that are keys of their own; ids that begin so are reached by `/`."""
    COLUMNS: ClassVar[tuple[Column[Row], ...]] = words.COLUMNS
    BINDINGS: ClassVar[list[BindingType]] = [*AUDIT_KEYS, BACK]

    def __init__(self, draft: Draft, edition: Edition, drafts: Drafts) -> None:
        super().__init__(draft, edition, drafts)
        self._rows: list[Row] = []
        self._row: Row | None = None
        self._typed = ""
        self._jumped_from = 0
        self._fitting: list[int] = []

    def compose_body(self) -> ComposeResult:
        """Head with the score so far, the list, the line for jumps, the entry in full."""
        table: LongTable[Row] = LongTable(self.COLUMNS, lambda _: 0)
        yield Static(classes="head")
        yield table
        yield JumpLine()
        yield Static(classes="entry")

    @property
    def table(self) -> LongTable[Row]:
        """The list."""
        return self.query_one(LongTable)

    def on_mount(self) -> None:
        """Begin on the first criterion."""
        super().on_mount()
        self.table.focus()
        self._draw(1)

    def read(self) -> object:
        """Nothing: a draft is not in the register yet."""

    def say(self, lang: Lang) -> None:
        """The list, the head and the entry in another language."""
        self.table.speak(lang)
        self.query_one(JumpLine).placeholder = words.JUMP.in_(lang)
        if self._rows:
            self._draw()

    def _draw(self, at: int | None = None) -> None:
        """Draw the draft, the cursor `at` a line or on the entry where it was."""
        card = running(self._edition, self.draft)
        scored = None if isinstance(card, Refusal) else card
        self._rows = self._lines(scored)
        place = self._place() if at is None else at
        self._row = self._rows[place]
        self.query_one(".head", Static).update(self._head(card))
        self.table.hold(self._rows, place)
        self._say_row()

    def _lines(self, card: ScoreCard | None) -> list[Row]:
        """Every line of the list."""
        return audit_rows(self._edition, self.draft, card)

    def _head(self, card: ScoreCard | Refusal) -> Content:
        """What is audited by whom, and the score so far."""
        station = self.register.directory.station_name(self.draft.station)
        person = self.register.directory.person_name(self.draft.person)
        return words.head(self.draft, self._edition, card, station, person, self.lang)

    def _place(self) -> int:
        """The line of the entry that the cursor was on, the same finding of it if it is left."""
        if self._row is None:
            return 0
        wanted = self._row.key
        same = [n for n, row in enumerate(self._rows) if row.key[:2] == wanted[:2]]
        exact = [n for n in same if self._rows[n].key == wanted]
        return next(iter(exact or same[-1:]), 0)

    def _say_row(self) -> None:
        row = self._row
        said = words.row_words(row, self._edition, self.lang) if row else ""
        self.query_one(".entry", Static).update(said)

    @on(LongTable.Highlighted)
    def _highlighted(self, event: LongTable.Highlighted) -> None:
        if self._row is None or event.line is None or event.line.key != self._row.key:
            self._typed = ""
        self._row = self.table.window.chosen
        self._say_row()

    def _change(self, draft: Draft) -> None:
        """Take a new draft, show it, and keep it on disk."""
        if self._book.take(draft):
            self._draw()
            self._keep()

    def _keep(self) -> None:
        """Have what was done last outlive this program."""
        self.run_worker(asyncio.to_thread(self._book.save))

    def _found(self) -> Found | None:
        """What stands on the line, or would; None on a group's line."""
        row = self._row
        if row is None or row.criterion is None:
            return None
        if row.spared:
            self.refuse(FoundAndNotApplicable(row.criterion.id, "$.not_applicable"))
            return None
        return row.found or Found(row.criterion.id, row.clause)

    def _set_count(self, count: int) -> None:
        found = self._found()
        if found is not None and self._row is not None:
            self._change(counted(self.draft, self._row.line, found, count))

    def action_count(self, by: int) -> None:
        """More or fewer."""
        self._typed = ""
        now = self._row.found.count if self._row and self._row.found else 0
        self._set_count(now + by)

    def action_digit(self, digit: int) -> None:
        """Digits typed one after the other make one number."""
        self._typed = (self._typed + str(digit))[-3:]
        typed = self._typed
        self._set_count(int(typed))
        self._typed = typed

    def action_another(self) -> None:
        """The same criterion on a further line."""
        if self._row and self._row.found:
            criterion, clause = self._row.found.criterion, self._row.found.clause
            self._row = self._row._replace(line=len(self.draft.found))
            self._change(changed(self.draft, None, Found(criterion, clause)))
        else:
            self.action_count(1)

    def action_note(self) -> None:
        """Ask for a note."""
        if found := self._found():
            asked = Ask(words.NOTE.in_(self.lang), found.note, self.lang)
            self.app.push_screen(asked, lambda said: self._edit(found, said, "note"))

    def action_stamp(self) -> None:
        """Ask for a place on the recording."""
        if found := self._found():
            self.app.push_screen(
                words.ask_time(found, self.lang), lambda said: self._edit(found, said, "at")
            )

    def _edit(self, found: Found, said: str | None, field: str) -> None:
        if said is None or self._row is None:
            return
        value = (recording_time(said) if said else None) if field == "at" else said.strip()
        edited = msgspec.structs.replace(found, **{field: value})
        if edited != found or self._row.found:
            self._change(changed(self.draft, self._row.line, edited))

    def action_not_applicable(self) -> None:
        """A criterion, or a whole group, that this station has no use for; once more: it has."""
        row = self._row
        if row is None:
            return
        inside = {one.id for one in row.group.criteria}
        named = row.criterion.id if row.criterion else row.group.id
        entered = (*(one.criterion for one in self.draft.found), *self.draft.inputs)
        taken = [one for one in entered if one in ({named} & inside or inside)]
        if row.criterion and row.group.id in self.draft.not_applicable:
            named = row.group.id
        if taken:
            self.refuse(FoundAndNotApplicable(taken[0], "$.not_applicable"))
        else:
            self._change(toggled(self.draft, named))

    def action_undo(self) -> None:
        """Take back the last change, and the one before it, and so on."""
        if self._book.undo():
            self._draw()
            self._keep()
        else:
            self.tell(Text(zh="没有可撤销的了。", en="There is nothing left to undo."))

    def on_key(self, event: events.Key) -> None:
        """A letter that ids begin with starts a jump."""
        letter = (event.character or "").casefold()
        if self.focused is self.table and letter.isalpha() and letter not in self.NOT_TO_JUMP:
            event.stop()
            self.action_jump(event.character or "")

    def action_jump(self, typed: str) -> None:
        """Open the line for an id or a text."""
        self._jumped_from = self.table.window.cursor
        self.query_one(JumpLine).open(typed)

    @on(JumpLine.Typed)
    def _go_to(self, event: JumpLine.Typed) -> None:
        self._fitting = rows_named(self._rows, event.typed, self.lang)
        if self._fitting:
            self._move_to(self._fitting[0])

    @on(JumpLine.Stepped)
    def _go_on(self, event: JumpLine.Stepped) -> None:
        """To the next line that fits, or the one before."""
        here = self.table.window.cursor
        if self._fitting:
            at = self._fitting.index(here) if here in self._fitting else 0
            self._move_to(self._fitting[(at + event.by) % len(self._fitting)])

    @on(JumpLine.Left)
    def _jumped(self, event: JumpLine.Left) -> None:
        self.table.focus()
        if event.how == "back":
            self._move_to(self._jumped_from)
        elif event.how == "count":
            self.action_count(1)

    def _move_to(self, place: int) -> None:
        self.table.action_move(place - self.table.window.cursor)
        self._row = self.table.window.chosen
        self._say_row()
