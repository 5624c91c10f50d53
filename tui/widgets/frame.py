"""What frames every screen: the tabs on top, the keys and the state of things at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from domain.text import Text
from tui.keys import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.text import Lang

BRAND = Text(zh="加油站检查考评", en="Forecourt")
LOCAL_ONLY = Text(zh="接收未启动", en="no receiver")


class Tab(NamedTuple):
    """A main screen: its mode, its key and its name."""

    mode: str
    key: str
    name: Text


class Status(NamedTuple):
    """What the last line tells.

    Attributes:
        address: Where phones reach this console, or None while there is no receiver.
        phones: Phones connected.
        queue: Changes that wait for the writer.
        seq: Journal number.
    """

    address: str | None
    phones: int
    queue: int
    seq: int


class TabStrip(Static):
    """The main screens with their keys; the current one is bracketed, not only coloured."""

    def __init__(self, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self._tabs = tabs
        self._said: Content | None = None
        self._brand = Content("")

    def show(self, current: str | None, lang: Lang, *, keys: bool = True) -> None:
        """Name the screens in a language and mark one; without keys where they mean else."""
        parts = []
        for tab in self._tabs:
            here = tab.mode == current
            name = f"{tab.key} {tab.name.in_(lang)}" if keys else tab.name.in_(lang)
            said = f"[{name}]" if here else f" {name} "
            style = "bold $text on $primary" if here else "$foreground-muted"
            named = Content(said).stylize(style)
            parts.append(named if here else named.stylize(f"@click=app.go('{tab.mode}')"))
        self._brand = Content.styled(f" {BRAND.in_(lang)} ", "bold $accent")
        self._said = Content(" ").join(parts)
        self._fit()

    def on_resize(self) -> None:
        """A narrow terminal has room for the screens only."""
        self._fit()

    def _fit(self) -> None:
        if self._said is None:
            return
        whole = Content(" ").join((self._brand, self._said))
        self.update(whole if whole.cell_length <= self.app.size.width else self._said)


class KeyLine(Static):
    """The keys of the screen, as many as fit."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()
        self._lang: Lang = "zh"

    def show(self, keys: Iterable[Key], lang: Lang) -> None:
        """List these keys."""
        self._keys, self._lang = tuple(one for one in keys if one.show), lang
        self._lay_out()

    def on_resize(self) -> None:
        """List as many as fit now."""
        self._lay_out()

    def _lay_out(self) -> None:
        """The help always has its place; of the others, as many as fit from the left."""
        left = self.size.width or 80
        left -= sum(self._cells(one) for one in self._keys if one.action == "explain")
        shown = []
        for one in self._keys:
            cells = 0 if one.action == "explain" else self._cells(one)
            if cells <= left:
                left -= cells
                shown.append(one)
        self.update(
            Content("").join(
                Content.assemble(
                    (f" {one.cap} ", "bold $accent"),
                    (f"{one.label.in_(self._lang)} ", "$foreground-muted"),
                )
                for one in shown
            )
        )

    def _cells(self, one: Key) -> int:
        return cell_len(one.cap) + cell_len(one.label.in_(self._lang)) + 3


class StatusLine(Static):
    """Address, phones, queue and journal number."""

    def show(self, status: Status | None, lang: Lang) -> None:
        """Tell the state of things; None while the register is being opened."""
        if status is None:
            self.update(Content(Text(zh=" 正在打开…", en=" Opening…").in_(lang)))
            return
        address = status.address or LOCAL_ONLY.in_(lang)
        said = Text(
            zh=f" 地址 {address} │ 手机 {status.phones} │ 排队 {status.queue}"
            f" │ 日志 {status.seq:,}",
            en=f" Address {address} │ phones {status.phones} │ queue {status.queue}"
            f" │ journal {status.seq:,}",
        )
        self.update(Content(said.in_(lang)))
