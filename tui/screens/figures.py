"""Asking for the figures of a formula criterion; what they cost is shown while they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from domain.formulas import asked
from domain.pricing import most_of
from domain.refusals import Refusal
from domain.submission import FormulaInput
from domain.text import Text
from tui.widgets.audit_rows import figures_cost
from tui.widgets.choose import NOT_SAVED
from tui.words import lost, points

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.rulebook import Edition
    from domain.text import Lang

KEYS = Text(zh="Enter 下一个/确定 · 全空则删除 · Esc 取消", en="Enter goes on · Esc cancels")
EMPTY = Text(zh="留空：这一条缺数，得分不是最终分", en="Left empty: missing, the score not final")
COSTS = Text(zh="扣分", en="Costs")


class Figured(NamedTuple):
    """An answer: the figures, or None where they were taken away."""

    given: FormulaInput | None


class FiguresDialog(ModalScreen[Figured | None]):
    """One line for each figure; closes when all of them are there and can be computed with."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self, edition: Edition, criterion: str, given: FormulaInput | None, lang: Lang
    ) -> None:
        super().__init__()
        self._edition, self._lang = edition, lang
        self._placed = edition.place(criterion)
        self._given = given
        self._warned = False

    def compose(self) -> ComposeResult:
        """The criterion, its figures, and what they cost."""
        criterion, lang = self._placed.criterion, self._lang
        formula = criterion.formula
        if formula is None:
            return
        with VerticalScroll(classes="dialog figures") as box:
            box.border_title = f"{criterion.id} {criterion.text.in_(lang)}"
            box.border_subtitle = KEYS.in_(lang)
            unit = f" ({formula.unit.in_(lang)})" if formula.unit else ""
            held = {"of": self._given.of, "against": self._given.against} if self._given else {}
            for name, text in asked(formula).items():
                yield Static(Content(f"{text.in_(lang)}{unit}"), classes="label")
                yield Input(held.get(name) or "", id=name, max_length=40, select_on_focus=False)
            most = points(most_of(formula, self._placed.group))
            facts = [one.in_(lang) for one in criterion.facts]
            facts.append(Text(zh=f"最多扣 {most} 分", en=f"at most {most} points").in_(lang))
            yield Static(classes="hint")
            yield Static(Content("\n".join(facts)), classes="facts")

    def on_mount(self) -> None:
        """Begin with the first figure."""
        self.query(Input).first().focus()
        self._say()

    def _typed(self) -> FormulaInput | None:
        texts = {str(one.id): one.value.strip() for one in self.query(Input)}
        if not any(texts.values()):
            return None
        return FormulaInput(texts.get("of", ""), texts.get("against"))

    def _say(self) -> None:
        given, lang = self._typed(), self._lang
        said = Content(EMPTY.in_(lang))
        if given is not None:
            try:
                cost = lost(figures_cost(self._edition, self._placed.criterion.id, given))
                said = Content.assemble(f"{COSTS.in_(lang)} ", (cost, "bold $accent"))
            except Refusal as refusal:
                wants_more = any(not one.value.strip() for one in self.query(Input))
                said = Content("…" if wants_more else f"✗ {refusal.sentence(lang)}")
        self.query_one(".hint", Static).update(said)

    def on_input_changed(self) -> None:
        """Say what it costs as it stands."""
        self._warned = False
        self._say()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the next figure; behind the last one close, if they can be computed with."""
        fields, given = list(self.query(Input)), self._typed()
        if given is not None and event.input is not fields[-1]:
            fields[fields.index(event.input) + 1].focus()
            return
        if given is not None:
            try:
                figures_cost(self._edition, self._placed.criterion.id, given)
            except Refusal as refusal:
                self.query_one(".hint", Static).update(Content(f"✗ {refusal.sentence(self._lang)}"))
                return
        self.dismiss(Figured(given))

    def action_give_up(self) -> None:
        """Close without an answer; where something was typed, say first that it would be lost."""
        if self._warned or self._typed() == self._given:
            self.dismiss(None)
            return
        self._warned = True
        self.query_one(".hint", Static).update(Content(NOT_SAVED.in_(self._lang)))
