"""Draws: all of them, the newest first; enter opens one, `n` announces another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on

from domain.draw_steps import commitment
from domain.drawing import STANDARD
from domain.register.draws import draws, make_seed
from domain.text import Text
from tui.draw_words import DUTIES, STATES, duty_name
from tui.keys import key
from tui.places import place_choices
from tui.screens.base import BACK, RegisterScreen
from tui.screens.points_dialogs import Field, Fields
from tui.widgets.choose import Choice, Choose
from tui.widgets.columns import Column
from tui.widgets.long_table import LongTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.draw_steps import Draw
    from domain.duty_views import DrawLine
    from domain.organisation import Directory
    from domain.text import Lang

WHICH_DUTY = Text(zh="抽哪项检查", en="Which inspection")
WHICH_PLACE = Text(zh="在哪个单位抽", en="Among whose stations")
ANNOUNCE = Text(zh="公告抽签", en="Announce a draw")
NONE = Text(
    zh="还没有抽签。按 n 公告一次：先承诺种子，再冻结名单，最后公开。",
    en="No draw yet. n announces one: commit to a seed, freeze the list, reveal.",
)
FIELDS = (
    Field("period", Text(zh="期间，如 2026-12", en="Period, as 2026-12")),
    Field("source", Text(zh="公开数值来源，如某期彩票", en="Source of a public value"), "", False),
    Field("on", Text(zh="公布日期，如 2026-12-03", en="Its day, as 2026-12-03"), "", False),
)


def _columns(directory: Directory) -> tuple[Column[Draw], ...]:
    return (
        Column(
            Text(zh="检查", en="Inspection"),
            22,
            lambda one, lang: duty_name(one.announced.duty).in_(lang),
        ),
        Column(
            Text(zh="单位", en="Place"),
            16,
            lambda one, lang: directory.station_name(one.announced.place).in_(lang),
            grow=1,
        ),
        Column(Text(zh="期间", en="Period"), 9, lambda one, _: one.announced.period),
        Column(Text(zh="状态", en="State"), 24, lambda one, lang: STATES[one.state].in_(lang)),
    )


class DrawsScreen(RegisterScreen["tuple[Draw, ...]"]):
    """Lists draws."""

    NAME = Text(zh="抽签", en="Draws")
    ABOUT = Text(
        zh="抽样检查的抽签：公告时先承诺种子，再冻结名单，最后公开种子。"
        "任何人都能用 forecourt draw verify 凭日志重算。",
        en="Draws for sampled inspections: a seed is committed to, the list frozen, the seed "
        "revealed. forecourt draw verify derives each again from the journal.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("n", "announce", Text(zh="公告抽签", en="Announce"), ANNOUNCE),
        BACK,
    ]

    def __init__(self, wanted: DrawLine | None = None) -> None:
        """All draws.

        Args:
            wanted: What is to be announced at once: a duty, its place and period.
        """
        super().__init__()
        self._wanted = wanted if wanted and wanted.duty in STANDARD else None

    def compose_body(self) -> ComposeResult:
        """The list."""
        table = LongTable(_columns(self.register.directory), lambda _: 0)
        table.empty = NONE
        yield table

    def on_mount(self) -> None:
        """The keys go to the list."""
        super().on_mount()
        self.query_one(LongTable).focus()
        if self._wanted:
            self._details(self._wanted.duty, self._wanted.place, self._wanted.period)

    def say(self, lang: Lang) -> None:
        """The list in another language."""
        self.query_one(LongTable).speak(lang)

    def read(self) -> tuple[Draw, ...]:
        """All draws among stations in sight."""
        asker = self.asker
        with self.register.read() as connection:
            every = draws(connection)
        return tuple(
            one
            for one in every
            if asker.sight.everything
            or asker.directory.under(one.announced.place) & asker.sight.stations
        )

    def show(self, answer: tuple[Draw, ...]) -> None:
        """List them."""
        table = self.query_one(LongTable)
        table.hold(answer, min(table.window.cursor, max(0, len(answer) - 1)))

    @on(LongTable.Chosen)
    def _chosen(self, event: LongTable.Chosen) -> None:
        from tui.screens.draw import DrawScreen

        self.app.push_screen(DrawScreen(event.line.announced.id))

    def action_announce(self) -> None:
        """Which inspection, whose stations, which month."""
        choices = [Choice(duty, said.in_(self.lang)) for duty, said in DUTIES.items()]
        self.app.push_screen(Choose(WHICH_DUTY.in_(self.lang), choices, self.lang), self._duty)

    def _duty(self, duty: Choice[str] | None) -> None:
        if duty is None:
            return
        asker = self.asker
        every = place_choices(asker.directory, asker.sight, self.lang)
        choices = [Choice(one.value, one.name, one.about) for one in every if one.value]
        chosen = duty.value

        def placed(place: Choice[str] | None) -> None:
            if place is not None:
                self._details(chosen, place.value)

        self.app.push_screen(Choose(WHICH_PLACE.in_(self.lang), choices, self.lang), placed)

    def _details(self, duty: str, place: str, period: str = "") -> None:
        def filled(values: dict[str, str] | None) -> None:
            if values is not None:
                self._announce(duty, place, values)

        name, where = duty_name(duty), self.register.directory.station_name(place)
        title = Text(
            zh=f"{ANNOUNCE.zh} · {name.zh} · {where.zh}",
            en=f"Announce · {name.en} · {where.en}",
        )
        fields = (FIELDS[0]._replace(value=period), *FIELDS[1:])
        self.app.push_screen(Fields(title, fields, self.lang), filled)

    def _announce(self, duty: str, place: str, values: dict[str, str]) -> None:
        from domain.procedures.draws import Announcement, announce_draw

        register, by = self.register, self.console.actor

        def job() -> str:
            on = _day(values.get("on", ""))
            source = values.get("source", "")
            committed = commitment(make_seed(register.folder))
            asked = Announcement(
                duty, place, values["period"], committed, STANDARD[duty], source, on
            )
            return register.carry_out(announce_draw, asked, by=by)

        self.off_screen(job, lambda _: None)  # The list shows it.


def _day(word: str) -> date | None:
    """The day that is written, or `UnfitDraw`; None for none."""
    from domain.procedures.draw_refusals import UnfitDraw

    try:
        return date.fromisoformat(word.strip()) if word.strip() else None
    except ValueError:
        raise UnfitDraw(
            Text(zh="公布日期不对。", en="That is no day."),
            Text(zh="请写成 2026-12-03。", en="Write it as 2026-12-03."),
        ) from None
