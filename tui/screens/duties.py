"""Duties: what has to be inspected today, this week, this month; what is late on top."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.widgets import Static

from domain.duty_life import STATES
from domain.duty_views import DutyBoard
from domain.text import Text
from tui.keys import key
from tui.places import place_choices
from tui.screens import duties_words as words
from tui.screens.base import EXPORT, RegisterScreen
from tui.screens.narrowed import (
    ALL_STATIONS,
    CHOOSE_PLACE,
    EVERYTHING,
    LOG_KEY,
    WHICH_PLACE,
)
from tui.widgets.cells import safe
from tui.widgets.choose import Ask, Choice, Choose
from tui.widgets.dialogs import Notice
from tui.widgets.long_table import LongTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.duty_life import State
    from domain.duty_views import DutyLine
    from domain.text import Lang
    from domain.windows import Span

When = Literal["today", "week", "month"]
WHEN: dict[When, Text] = {
    "today": Text(zh="今天", en="Today"),
    "week": Text(zh="本周", en="This week"),
    "month": Text(zh="本月", en="This month"),
}
AGAIN_EVERY_S = 300
NO_DUTIES = Text(zh="没有任务", en="No duties")
REASON = Text(zh="免除的理由（记入日志）", en="Why it is excused (goes into the journal)")
NO_REASON = Text(zh="请写理由", en="Give a reason")
SUPERIOR = Text(zh="谁免除（负责人的上级）", en="Who excuses it (above the post)")


class DutiesScreen(RegisterScreen[DutyBoard]):
    """Lists duties as they stand; enter shows one in full."""

    NAME = Text(zh="任务", en="Duties")
    ABOUT = Text(
        zh="按检查日历谁必须查什么、哪天前完成。完成与否由真实的检查得出，不能手工勾选。"
        "逾期还能补的在最上面，接着是待办。t 换今天、本周、本月；Enter 看依据、必查未查的站。",
        en="Who must inspect what, by when, after the inspection calendar. Done follows from real "
        "inspections; nobody ticks it. Late ones that can still be done are on top. t changes the "
        "span; Enter shows clause, stations missing and more.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "t",
            "next_span",
            Text(zh="今天/周/月", en="Span"),
            Text(zh="换今天、本周、本月", en="Today, this week, this month"),
        ),
        CHOOSE_PLACE,
        key(
            "p",
            "choose_person",
            Text(zh="人员", en="Person"),
            Text(zh="只看一个人的任务", en="Shows the duties of one person"),
        ),
        key(
            "f",
            "next_state",
            Text(zh="状态", en="State"),
            Text(zh="只看待办、逾期……", en="Shows due ones only, then missed, …"),
        ),
        key(
            "x",
            "excuse",
            Text(zh="免除", en="Excuse"),
            Text(zh="上级免除这项任务，须写理由", en="A superior lets it pass, with a reason"),
        ),
        EXPORT,
        key(
            "d",
            "draws",
            Text(zh="抽签", en="Draws"),
            Text(
                zh="抽查哪些站：公开、可复核的抽签",
                en="Which stations are drawn, for all to verify",
            ),
        ),
        LOG_KEY,
        EVERYTHING,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._when: When = "today"
        self._place: str | None = None
        self._person: str | None = None
        self._state: State | None = None

    def compose_body(self) -> ComposeResult:
        """How many of each state, and the list."""
        yield Static(classes="filter")
        yield LongTable(words.COLUMNS, lambda _: 0)

    def on_mount(self) -> None:
        """Look again now and then: midnight changes duties, too."""
        super().on_mount()
        self.table.empty = NO_DUTIES
        self.table.focus()
        self.set_interval(AGAIN_EVERY_S, self.reload)

    @property
    def table(self) -> LongTable[DutyLine]:
        """The list."""
        return self.query_one(LongTable)

    def read(self) -> DutyBoard:
        """The duties that are open in the span."""
        from domain.duty_views import DutyFilter
        from domain.months import CHINA
        from domain.register.duties import duty_board

        today = self.register.clock().astimezone(CHINA).date()
        where = DutyFilter(self._place, self._person)
        with self.register.read() as connection:
            return duty_board(connection, self.asker, span_of(self._when, today), today, where)

    def show(self, answer: DutyBoard) -> None:
        """Draw them in their order: late, due, not begun, missed, done."""
        shown = [one for one in answer.lines if self._state in (None, one.state)]
        chosen = self.table.window.chosen
        ids = [one.id for one in shown]
        self.table.hold(shown, ids.index(chosen.id) if chosen and chosen.id in ids else 0)
        place = self.register.directory.places.get(self._place or "")
        where = safe(place.name.in_(self.lang)) if place else ALL_STATIONS.in_(self.lang)
        if self._person:
            where = f"{where} · {safe(self.register.directory.person_name(self._person))}"
        head = words.head(answer, where, WHEN[self._when], self._state, self.lang)
        self.query_one(".filter", Static).update(head)

    def say(self, lang: Lang) -> None:
        """The list in another language."""
        self.table.speak(lang)

    @on(LongTable.Chosen)
    def _chosen(self, event: LongTable.Chosen) -> None:
        line: DutyLine = event.line
        said = words.whole(line, self.register.directory, self.register.rulebooks, self.lang)
        self.app.push_screen(Notice(line.title.in_(self.lang), said, self.lang))

    def action_next_span(self) -> None:
        """Today, this week, this month."""
        spans = list(WHEN)
        self._when = spans[(spans.index(self._when) + 1) % len(spans)]
        self.reload()

    def action_next_state(self) -> None:
        """Every state, then each of them."""
        states: list[State | None] = [None, *STATES]
        self._state = states[(states.index(self._state) + 1) % len(states)]
        if self._answer is not None:
            self.show(self._answer)

    def action_everything(self) -> None:
        """Without filter."""
        self._state = self._place = self._person = None
        self.reload()

    def action_choose_place(self) -> None:
        """Narrow to a unit, an area or a station."""
        choices = place_choices(self.asker.directory, self.asker.sight, self.lang)
        title = WHICH_PLACE.in_(self.lang)
        self.app.push_screen(Choose(title, choices, self.lang), self._place_chosen)

    def _place_chosen(self, choice: Choice[str] | None) -> None:
        if choice is not None:
            self._place = choice.value
            self.reload()

    def action_choose_person(self) -> None:
        """Narrow to whoever answers for duties that are listed."""
        board = self._answer
        named: dict[str, str] = {}
        for line in board.lines if board else ():
            named.update(zip(line.persons, line.names, strict=True))
        inorder = sorted(named.items(), key=lambda each: each[1])
        choices = [Choice(one, name, "", one) for one, name in inorder]
        title = Text(zh="看谁的任务", en="Whose duties").in_(self.lang)
        self.app.push_screen(Choose(title, choices, self.lang), self._person_chosen)

    def _person_chosen(self, choice: Choice[str] | None) -> None:
        if choice is not None:
            self._person = choice.value
            self.reload()

    def action_draws(self) -> None:
        """Which stations are drawn for inspection."""
        from tui.screens.draws import DrawsScreen

        self.app.push_screen(DrawsScreen())

    def action_excuse(self) -> None:
        """A superior lets the duty pass: who, unless that is known, and why."""
        line = self.table.window.chosen
        if line is None:
            return
        person = self.console.actor.person
        if person is not None:
            self._ask_reason(line, person)
            return
        from domain.duty_notices import posts_above
        from domain.organisation import Role

        directory = self.register.directory
        above = posts_above(directory, Role(line.post, line.post_place))
        people = dict.fromkeys(one for post in above for one in directory.holders.get(post, ()))
        choices = [Choice(one, directory.person_name(one), "", one) for one in people]
        self.app.push_screen(
            Choose(SUPERIOR.in_(self.lang), choices, self.lang),
            lambda chosen: self._ask_reason(line, chosen.value) if chosen else None,
        )

    def _ask_reason(self, line: DutyLine, person: str) -> None:
        asked = Ask(
            REASON.in_(self.lang),
            "",
            self.lang,
            hint=f"{line.title.in_(self.lang)} · {safe(line.place_name.in_(self.lang))}",
            max_length=500,
            problem=lambda typed: None if typed.strip() else NO_REASON,
        )
        self.app.push_screen(asked, partial(self._excuse, line, person))

    def _excuse(self, line: DutyLine, person: str, reason: str | None) -> None:
        if reason is None:
            return
        from domain.organisation import Actor
        from domain.procedures.duties import excuse_duty

        by = Actor(via="console", person=person)
        job = partial(self.register.carry_out, excuse_duty, line.id, reason, by=by)
        self.off_screen(
            job, Text(zh="已免除，理由已记入日志。", en="Excused; it is in the journal.")
        )

    def export_job(self) -> Callable[[], Path] | None:
        """What is listed."""
        from tui.exporting_lists import export_duties

        lines, board = tuple(self.table.window.lines), self._answer
        if board is None or not lines:
            return None
        shown = f"{board.first} – {board.last}"
        return partial(export_duties, self.register, lines, shown, self.lang)


def span_of(when: When, today: date) -> Span:
    """The days of today, of this week from Monday, or of this month."""
    from domain.windows import Span

    if when == "week":
        monday = today - timedelta(days=today.weekday())
        return Span(monday, monday + timedelta(days=6))
    if when == "month":
        last = (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return Span(today.replace(day=1), last)
    return Span(today, today)
