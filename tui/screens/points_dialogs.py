"""The windows of Points & phones: fields to fill in, a code to scan, a phone being enrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Digits, Input, Label, Static

from domain.canonical import instant
from domain.exports.terminal_code import STYLE, terminal_code
from domain.text import Lang, Text
from tui.keys import key
from tui.widgets.choose import NOT_SAVED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from textual.app import ComposeResult

    from domain.register.register import Register

CANCEL = Text(zh="取消", en="Cancel")
CLOSE = Text(zh="关闭", en="Close")
NOT_RECEIVING = Text(
    zh="接收服务没有运行，手机现在打不开这个地址。",
    en="No receiver runs: phones cannot open this address now.",
)
LOOK_EVERY_S = 0.25
"""How often an enrolment looks whether the phone has come, and draws the clock."""


class Field(NamedTuple):
    """One line to fill in; `needed` ones must not stay empty."""

    name: str
    label: Text
    value: str = ""
    needed: bool = True


class Fields(ModalScreen[dict[str, str] | None]):
    """Fields to fill in; Enter goes on to the next and at the last one finishes."""

    CSS_PATH = "points.tcss"
    AUTO_FOCUS = "Input"
    BINDINGS = [key("escape", "cancel", CANCEL, CANCEL)]

    def __init__(self, title: Text, fields: Sequence[Field], lang: Lang) -> None:
        super().__init__()
        self._title, self._fields, self._lang = title, fields, lang
        self._warned = False

    def compose(self) -> ComposeResult:
        """A label and an input for each field."""
        lang = self._lang
        with VerticalScroll(classes="dialog") as box:
            box.border_title = self._title.in_(lang)
            done = Text(zh="Enter 下一项 / 完成 · Esc 取消", en="Enter next / done · Esc cancels")
            box.border_subtitle = done.in_(lang)
            for field in self._fields:
                optional = (
                    Text(zh="", en="") if field.needed else Text(zh="（可空）", en=" (optional)")
                )
                yield Label(Content(field.label.in_(lang) + optional.in_(lang)))
                yield Input(field.value, id=field.name, max_length=80)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next field that has to be filled in, or done."""
        event.stop()
        inputs = list(self.query(Input))
        after = inputs[inputs.index(event.input) + 1 :]
        if after:
            after[0].focus()
            return
        values = {str(each.id): each.value.strip() for each in inputs}
        missing = [field for field in self._fields if field.needed and not values[field.name]]
        if missing:
            self.query_one(f"#{missing[0].name}", Input).focus()
        else:
            self.dismiss(values)

    def on_input_changed(self) -> None:
        """Typing on takes back a first Esc."""
        self._warned = False

    def action_cancel(self) -> None:
        """Close without an answer; where something was typed, say first that it would be lost."""
        typed = [each.value for each in self.query(Input)]
        if self._warned or typed == [field.value for field in self._fields]:
            self.dismiss(None)
            return
        self._warned = True
        self.query_one(".dialog").border_subtitle = NOT_SAVED.in_(self._lang)


class Code(Widget):
    """A code in half blocks, black on white whatever the terminal's own colours are."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._drawn: list[str] = []
        if text:
            self.draw(terminal_code(text))

    def draw(self, lines: list[str]) -> None:
        """Show another code, drawn already."""
        self._drawn = lines
        self.styles.width, self.styles.height = len(lines[0]), len(lines)
        self.refresh(layout=True)

    def render_line(self, y: int) -> Strip:
        """One line of half blocks."""
        drawn = self._drawn[y] if y < len(self._drawn) else ""
        return Strip([Segment(drawn, Style.parse(STYLE))])


class CodeShown(ModalScreen[None]):
    """The code of a scan point, to be scanned from the screen, with its address to read out."""

    CSS_PATH = "points.tcss"
    BINDINGS = [key("escape,enter,q,space", "dismiss", CLOSE, CLOSE)]

    def __init__(self, point: Text, station: Text, url: str, lang: Lang, *, unheard: bool) -> None:
        """`unheard` says that no receiver runs at that address now."""
        super().__init__()
        self._point, self._station, self._url, self._lang = point, station, url, lang
        self._unheard = unheard

    def compose(self) -> ComposeResult:
        """The code on the left, words on the right."""
        lang = self._lang
        with Horizontal(classes="dialog coded") as box:
            box.border_title = self._point.in_(lang)
            box.border_subtitle = Text(zh="Enter 或 Esc 关闭", en="Enter or Esc closes").in_(lang)
            yield Code(self._url)
            yield Static(
                Content.assemble(
                    (f"{self._station.in_(lang)}\n", "bold"),
                    f"{self._point.in_(lang)}\n\n",
                    (self._url, "$accent"),
                    "\n\n",
                    Text(
                        zh="用已绑定的手机扫码即可检查。\n\n打印标签：关闭后按 e。",
                        en="Scan it with an enrolled phone.\n\nLabels: close this, press e.",
                    ).in_(lang),
                    (f"\n\n{NOT_RECEIVING.in_(lang)}" if self._unheard else "", "$warning"),
                ),
                classes="beside",
            )


class Offer(NamedTuple):
    """A one-time code that was offered; moments are aware."""

    person: str
    name: str
    code: str
    offered_at: datetime
    expires_at: datetime


class Enrolling(ModalScreen[None]):
    """The one-time code of a phone, its time running out, until the phone has come."""

    CSS_PATH = "points.tcss"
    BINDINGS = [key("escape,enter,q", "dismiss", CLOSE, CLOSE)]

    def __init__(
        self, register: Register, offer: Offer, base_url: str, lang: Lang, *, unheard: bool
    ) -> None:
        """`unheard` says that no receiver runs at `base_url` now."""
        super().__init__()
        self._register, self._offer, self._lang = register, offer, lang
        self._base_url, self._unheard = base_url, unheard

    def compose(self) -> ComposeResult:
        """The code as a picture on the left, as digits on the right."""
        offer, lang = self._offer, self._lang
        with Horizontal(classes="dialog coded") as box:
            box.border_title = Text(
                zh=f"绑定手机：{offer.name}", en=f"Enrol a phone: {offer.name}"
            ).in_(lang)
            box.border_subtitle = Text(zh="Esc 关闭", en="Esc closes").in_(lang)
            yield Code(f"{self._base_url}/enrol#{offer.code}")
            with Vertical(classes="beside"):
                yield Static(
                    Text(
                        zh="用手机扫左边的码，或打开下面的地址并输入绑定码：",
                        en="Scan the code, or open this address and type the digits:",
                    ).in_(lang)
                )
                yield Static(Content.styled(f"{self._base_url}/enrol", "$accent"))
                yield Digits(f"{offer.code[:4]} {offer.code[4:]}")
                yield Static(NOT_RECEIVING.in_(lang) if self._unheard else "", classes="warning")
                yield Static(id="state")

    def on_mount(self) -> None:
        """Watch the clock and the phones."""
        self._look()
        self._watch = self.set_interval(LOOK_EVERY_S, self._look)

    def _look(self) -> None:
        state, offer = self.query_one("#state", Static), self._offer
        if device := self._enrolled():
            said = Text(zh=f"✓ 已绑定：{device}", en=f"✓ Enrolled: {device}")
            self.query_one(Digits).display = False
            self._watch.stop()
            state.update(Content.styled(said.in_(self._lang), "bold $success"))
            return
        left = int((offer.expires_at - self._register.clock()).total_seconds())
        if left <= 0:
            said = Text(
                zh="✗ 已过期，请关闭后重新生成。", en="✗ Too late: close this and begin anew."
            )
            state.update(Content.styled(said.in_(self._lang), "bold $error"))
            return
        clock = f"{left // 60}:{left % 60:02}"
        said = Text(
            zh=f"等待手机…\n{clock} 内有效，只能用一次", en=f"Waiting…\nGood for {clock}, once"
        )
        state.update(Content(said.in_(self._lang)))

    def _enrolled(self) -> str | None:
        """The name of the phone that this person has enrolled since the offer."""
        since = instant(self._offer.offered_at)
        for device in self._register.directory.devices.values():
            if device.person == self._offer.person and device.enrolled_at >= since:
                return device.name
        return None
