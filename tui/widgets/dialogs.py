"""Small windows: a refusal with its remedy, a question, the help of a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from domain.text import Text
from tui.keys import key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

    from domain.refusals import Refusal
    from domain.text import Lang
    from tui.keys import Key

CLOSE = Text(zh="关闭", en="Close")
REMEDY = Text(zh="怎么办", en="What to do")
REFUSED = Text(zh="未能完成", en="Not done")
CLOSES = Text(zh="Enter 或 Esc 关闭", en="Enter or Esc closes this")


class Notice(ModalScreen[None]):
    """Something to read; any of the usual keys closes it."""

    BINDINGS = [key("escape,enter,space,q,question_mark", "dismiss", CLOSE, CLOSE)]

    def __init__(self, title: str, body: Content, lang: Lang) -> None:
        super().__init__()
        self._title, self._body, self._lang = title, body, lang

    def compose(self) -> ComposeResult:
        """Title, text and how to close it."""
        with VerticalScroll(classes="dialog") as box:
            box.border_title = self._title
            box.border_subtitle = CLOSES.in_(self._lang)
            yield Static(self._body)


class Question(ModalScreen[bool]):
    """A question that Enter answers with yes and Esc with no."""

    BINDINGS = [
        key("enter,y", "answer(True)", Text(zh="是", en="Yes"), Text(zh="是", en="Yes")),
        key("escape,n,q", "answer(False)", Text(zh="否", en="No"), Text(zh="否", en="No")),
    ]

    def __init__(self, asked: Text, yes: Text, no: Text, lang: Lang) -> None:
        super().__init__()
        self._asked, self._yes, self._no, self._lang = asked, yes, no, lang

    def compose(self) -> ComposeResult:
        """The question, and what each key would do."""
        with VerticalScroll(classes="dialog") as box:
            box.border_subtitle = (
                f"Enter {self._yes.in_(self._lang)} · Esc {self._no.in_(self._lang)}"
            )
            yield Static(Content(self._asked.in_(self._lang)))

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)


def refusal_notice(refusal: Refusal, lang: Lang) -> Notice:
    """What was refused, why, and what helps."""
    body = Content.assemble(
        (refusal.reason.in_(lang), "bold"),
        "\n\n",
        (f"{REMEDY.in_(lang)}  ", "$accent"),
        refusal.remedy.in_(lang),
    )
    return Notice(f"✗ {REFUSED.in_(lang)}", body, lang)


def help_notice(title: str, about: Text, keys: Iterable[Key], lang: Lang) -> Notice:
    """What a screen is for and what its keys do."""
    lines = (
        Content.assemble((f"{one.cap:>8}  ", "bold $accent"), one.about.in_(lang)) for one in keys
    )
    body = Content("\n").join((Content(about.in_(lang)), Content(""), *lines))
    return Notice(f"? {title}", body, lang)
