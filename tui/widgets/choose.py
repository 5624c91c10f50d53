"""Choosing one of many by typing a part of its name, and asking for one line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from domain.text import Text
from tui.widgets.cells import fit, matches, safe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.text import Lang

V = TypeVar("V")
SHOWN = 200
"""More than these nobody reads: type a little more instead."""
NAME_CELLS, ABOUT_CELLS = 28, 38

TYPE = Text(zh="输入名称或编号查找", en="Type part of a name or id")
NONE = Text(zh="没有符合的，请改少几个字", en="Nothing fits; type less")
NOTHING_TO_CHOOSE = Text(zh="这里还没有可选的", en="There is nothing to choose from yet")
NOT_SAVED = Text(
    zh="刚输入的还没有保存：Enter 保存，再按一次 Esc 放弃",
    en="What you typed is not saved: Enter saves it, Esc again drops it",
)
KEYS = Text(zh="↑↓ 选择 · Enter 确定 · Esc 取消", en="↑↓ choose · Enter takes it · Esc cancels")
ONE_LINE = Text(zh="Enter 确定 · Esc 取消", en="Enter takes it · Esc cancels")


class Choice(NamedTuple, Generic[V]):
    """Something to choose: its value, its name, and what else it is found by."""

    value: V
    name: str
    about: str = ""
    found_by: str = ""


class Choose(ModalScreen[Choice[V] | None], Generic[V]):
    """A list that typing narrows; closes with the choice, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("pageup", "step(-10)", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[Choice[V]], lang: Lang) -> None:
        super().__init__()
        self._title, self._choices, self._lang = title, choices, lang
        self._fitting: list[Choice[V]] = []

    def compose(self) -> ComposeResult:
        """A line to type on and the list below."""
        with Vertical(classes="dialog") as box:
            box.border_title, box.border_subtitle = self._title, KEYS.in_(self._lang)
            yield Input(placeholder=TYPE.in_(self._lang))
            yield OptionList()

    def on_mount(self) -> None:
        """Everything, until something is typed."""
        self.query_one(OptionList).can_focus = False
        self._narrow("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._narrow(event.value)

    def on_input_submitted(self) -> None:
        """Take the one under the cursor."""
        index = self.query_one(OptionList).highlighted
        if index is not None and index < len(self._fitting):
            self.dismiss(self._fitting[index])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes one, too."""
        if event.option_index < len(self._fitting):
            self.dismiss(self._fitting[event.option_index])

    def action_step(self, by: int) -> None:
        """Move the cursor while typing goes on."""
        listed = self.query_one(OptionList)
        if self._fitting:
            last = min(len(self._fitting), SHOWN) - 1
            listed.highlighted = min(max((listed.highlighted or 0) + by, 0), last)

    def _narrow(self, typed: str) -> None:
        self._fitting = [
            one for one in self._choices if matches(typed, one.name, one.about, one.found_by)
        ]
        listed = self.query_one(OptionList)
        listed.clear_options()
        shown = [Option(self._line(one)) for one in self._fitting[:SHOWN]]
        none = NONE if self._choices else NOTHING_TO_CHOOSE
        listed.add_options(shown or [Option(Content(none.in_(self._lang)), disabled=True)])
        if shown:
            listed.highlighted = 0

    def _line(self, one: Choice[V]) -> Content:
        name = fit(one.name, NAME_CELLS) if one.about else safe(one.name)
        return Content.assemble(name, "  ", (fit(one.about, ABOUT_CELLS), "$foreground-muted"))


class Ask(ModalScreen[str | None]):
    """A question that takes one line of text; closes with it, or None.

    `problem` says what is wrong with a text, or None if it will do; until then the window stays.
    What was typed is thrown away by a second Esc only.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", show=False)]

    def __init__(
        self,
        title: str,
        value: str,
        lang: Lang,
        *,
        hint: str = "",
        max_length: int = 2000,
        problem: Callable[[str], Text | None] = lambda _: None,
    ) -> None:
        super().__init__()
        self._title, self._value, self._lang, self._hint = title, value, lang, hint
        self._max_length, self._problem = max_length, problem
        self._warned = False

    def compose(self) -> ComposeResult:
        """The question above the line."""
        with Vertical(classes="dialog") as box:
            box.border_title, box.border_subtitle = self._title, ONE_LINE.in_(self._lang)
            yield Input(self._value, max_length=self._max_length)
            yield Static(Content(self._hint), classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the text, if it will do."""
        if problem := self._problem(event.value):
            self.query_one(".hint", Static).update(Content(f"✗ {problem.in_(self._lang)}"))
        else:
            self.dismiss(event.value)

    def on_input_changed(self) -> None:
        """Typing on takes back a first Esc."""
        self._warned = False

    def action_give_up(self) -> None:
        """Close without an answer; where something was typed, say first that it would be lost."""
        if self._warned or self.query_one(Input).value == self._value:
            self.dismiss(None)
            return
        self._warned = True
        self.query_one(".hint", Static).update(Content(NOT_SAVED.in_(self._lang)))
