"""One draw: what was announced, who came in and why, what was replaced; its next step by a key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widgets import Static

from domain.draw_steps import Draw, Standing, standings
from domain.drawing import Placed
from domain.register.draws import draw_of, kept_seed
from domain.text import Text
from tui.draw_words import NO_PUBLIC_VALUE, STATES, became, duty_name, rule_words
from tui.keys import key
from tui.screens.base import BACK, EXPORT, RegisterScreen
from tui.widgets.cells import safe
from tui.widgets.choose import Ask
from tui.widgets.columns import Column
from tui.widgets.long_table import LongTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.organisation import Directory
    from domain.text import Lang

FREEZE = Text(zh="冻结名单", en="Freeze")
REVEAL = Text(zh="公开结果", en="Reveal")
REPLACE = Text(zh="替换", en="Replace")
ASK_VALUE = Text(zh="公开数值（只写数字）", en="The public value, digits only")
ASK_REASON = Text(zh="为什么不能检查这座加油站？", en="Why can it not be inspected?")
NOT_YET = Text(zh="名单还没有冻结：按 f 冻结。", en="The list is not frozen yet: f freezes it.")


def _columns(directory: Directory) -> tuple[Column[Standing], ...]:
    return (
        Column(Text(zh="检查", en="In"), 4, lambda one, _: "✓" if one.inspected else ""),
        Column(
            Text(zh="单位", en="Unit"),
            16,
            lambda one, lang: directory.station_name(one.stratum).in_(lang),
            grow=1,
        ),
        Column(
            Text(zh="加油站", en="Station"),
            20,
            lambda one, lang: directory.station_name(one.placed.station).in_(lang),
            grow=1,
        ),
        Column(
            Text(zh="怎么来的", en="By"),
            26,
            lambda one, lang: became(one, directory).in_(lang),
            grow=2,
            style=lambda one: "minor" if one.inspected else "quiet",
        ),
    )


class DrawScreen(RegisterScreen["Draw"]):
    """Shows a draw and takes its next step."""

    NAME = Text(zh="一次抽签", en="A draw")
    ABOUT = Text(
        zh="冻结名单后种子才能公开；替换由抽签顺序中的下一座顶替，原因写入日志。",
        en="The seed is revealed after the list is frozen; who replaces is the next in the drawn "
        "order, and the reason goes into the journal.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f", "freeze", FREEZE, Text(zh="把名单写入日志", en="Journals the whole list")),
        key("r", "reveal", REVEAL, Text(zh="公开种子并抽签", en="Reveals the seed and draws")),
        key("x", "replace", REPLACE, Text(zh="替换一座加油站", en="Replaces a drawn station")),
        EXPORT,
        BACK,
    ]

    def __init__(self, draw: str) -> None:
        super().__init__()
        self._draw = draw

    def compose_body(self) -> ComposeResult:
        """What was announced, and the stations."""
        yield Static(classes="head")
        table = LongTable(_columns(self.register.directory), lambda _: 0)
        table.empty = NOT_YET
        yield table

    def on_mount(self) -> None:
        """The keys go to the list."""
        super().on_mount()
        self.query_one(LongTable).focus()

    def say(self, lang: Lang) -> None:
        """The list in another language."""
        self.query_one(LongTable).speak(lang)

    def read(self) -> Draw:
        """The draw as it is now."""
        from domain.procedures.draw_refusals import NoSuchDraw

        with self.register.read() as connection:
            draw = draw_of(connection, self._draw)
        if draw is None:
            raise NoSuchDraw(self._draw)
        return draw

    def show(self, answer: Draw) -> None:
        """The head and the drawn order, or the frozen list."""
        self.query_one(".head", Static).update(self._head(answer))
        table = self.query_one(LongTable)
        lines = standings(answer) or tuple(_frozen(answer))
        table.hold(lines, min(table.window.cursor, max(0, len(lines) - 1)))

    def _head(self, draw: Draw) -> Content:
        lang, said = self.lang, draw.announced
        place = self.register.directory.station_name(said.place).in_(lang)
        title = f"{duty_name(said.duty).in_(lang)} · {safe(place)} · {said.period}"
        rule = rule_words(said.rule)
        public = NO_PUBLIC_VALUE
        if said.public_on:
            source = f"{said.public_source} ({said.public_on}) {draw.public_value}"
            public = Text(zh=f"公开数值 {source}", en=f"Public value {source}")
        return Content.assemble(
            (title, "bold"),
            ("  " + STATES[draw.state].in_(lang), "$accent"),
            f"\n{rule.in_(lang)}\n{safe(public.in_(lang))}",
            (f"\nSHA-256 {said.commitment}", "$foreground-muted"),
        )

    def export_job(self) -> Callable[[], Path] | None:
        """The draw with all that is needed to verify it."""
        from tui.exporting_draw import export_draw

        draw = self._answer
        if draw is None:
            return None
        return partial(export_draw, self.register, draw, self.lang)

    def action_freeze(self) -> None:
        """Journal the list."""
        from domain.procedures.draws import freeze_list

        self.carry_out(freeze_list, self._draw, done=_shown)

    def action_reveal(self) -> None:
        """Reveal, with the public value where one was announced."""
        known = self._answer
        if known is None:
            return
        reveal = partial(self._reveal, known.announced.commitment)
        if known.announced.public_on is None:
            reveal("")
        else:
            self._ask(ASK_VALUE, reveal)

    def _reveal(self, committed: str, value: str) -> None:
        from domain.procedures.draw_refusals import SeedDoesNotFit
        from domain.procedures.draws import reveal_draw

        register, by = self.register, self.console.actor

        def job() -> None:
            seed = kept_seed(register.folder, committed)
            if seed is None:
                raise SeedDoesNotFit
            register.carry_out(reveal_draw, self._draw, seed, value.strip(), by=by)

        self.off_screen(job, _shown)

    def action_replace(self) -> None:
        """Replace the station under the cursor, with a reason."""
        from domain.procedures.draws import replace_station

        line = self.query_one(LongTable).window.chosen
        if line is None:
            return
        station = line.placed.station

        def given(reason: str) -> None:
            self.carry_out(replace_station, self._draw, station, reason, done=_shown)

        self._ask(ASK_REASON, given)

    def _ask(self, asked: Text, then: Callable[[str], None]) -> None:
        def answered(text: str | None) -> None:
            if text is not None:
                then(text)

        self.app.push_screen(Ask(asked.in_(self.lang), "", self.lang), answered)


def _shown(_: object) -> None:
    """A step needs no words of its own: the journal moves, and the screen shows what came of it."""


def _frozen(draw: Draw) -> Iterator[Standing]:
    """The frozen list before anything is drawn: who must be in is known, the rest is not."""
    if draw.frozen is None:
        return
    for stratum in draw.frozen.strata:
        for station in stratum.stations:
            must = draw.frozen.rule.must(station)
            placed = Placed(station.id, "must" if must else "chance", "")
            yield Standing(stratum.id, placed, must)
