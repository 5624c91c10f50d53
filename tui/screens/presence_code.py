"""Presence code (在场码): the code of a station that changes every 30 seconds, to be scanned."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from domain.changing_code import address_of, code_of, seconds_left, step_at
from domain.exports.terminal_code import large_terminal_code, terminal_code
from domain.text import Text
from tui.keys import key
from tui.places import place_choices
from tui.screens.base import BACK, PRESENCE, RegisterScreen
from tui.screens.points_dialogs import NOT_RECEIVING, Code
from tui.widgets.cells import safe
from tui.widgets.choose import Choose

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.text import Lang
    from tui.widgets.choose import Choice

LOOK_EVERY_S = 0.25
WORDS_COLUMNS = 40
"""Room that the words beside the code take."""
WHICH = Text(zh="显示哪个加油站的在场码？", en="The presence code of which station?")
NO_STATION = Text(
    zh="还没有加油站：按 3，再按 s 新增。", en="No station yet: press 3, then s adds one."
)
NONE_CHOSEN = Text(zh="请选择加油站：按 /", en="Choose a station: press /")
UNTIL = Text(zh="秒后更换", en="seconds until it changes")
HOW = Text(
    # Lines of our own: left alone a full stop would stand at the beginning of one.
    zh="用已绑定的手机扫左边的码，\n证明人在站里。\n两小时内在本站开始的检查\n都会带上证明。\n"
    "刚换下的码还能用 30 秒。",
    en="Scan it with an enrolled phone: checks begun here within two hours then bear "
    "proof of presence. The code before is taken for 30 s more.",
)


class Showing(NamedTuple):
    """What codes are made of."""

    secret: bytes
    stations: tuple[str, ...]


class Looks(NamedTuple):
    """What the screen was drawn for: it is drawn again when one of these changes."""

    station: str | None
    step: int
    lang: Lang
    read: bool


class PresenceScreen(RegisterScreen[Showing]):
    """The changing code of one station, as large as the terminal allows."""

    NAME = Text(zh="在场码", en="Presence code")
    ABOUT = Text(
        zh="手机扫屏幕上的码，即可证明人在站里；码每 30 秒更换，拍照留存没有用。\n"
        "请让屏幕朝向员工，不要朝向顾客。",
        en="Who scans this with an enrolled phone proves to be here. The code changes every 30 "
        "seconds, so a picture of it is soon worth nothing. Turn the screen to the staff, "
        "not to customers.",
    )
    CSS_PATH = "presence_code.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        BACK,
        key(
            "slash",
            "choose_station",
            Text(zh="换站", en="Station"),
            Text(zh="选择另一个加油站", en="Chooses another station"),
        ),
        key("f2", "back", PRESENCE, Text(zh="关闭在场码", en="Closes this"), show=False, cap="F2"),
    ]

    def __init__(self, station: str | None = None) -> None:
        """`station` is shown at once, where the reader sees it."""
        super().__init__()
        self._station = station
        self._asked = False
        self._drawn: Looks | None = None

    def compose_body(self) -> ComposeResult:
        """The code on the left, words and the seconds that are left beside it."""
        with Horizontal(id="shown"):
            yield Code()
            with Vertical(id="words"):
                yield Static(id="station")
                yield Digits(id="left")
                yield Static(id="until")
                yield Static(id="how")
                yield Static(id="unheard")

    def on_mount(self) -> None:
        """Speak, then follow the clock."""
        super().on_mount()
        self.set_interval(LOOK_EVERY_S, self._look)

    def read(self) -> Showing:
        """The secret of this data folder, and the stations in sight."""
        from domain.register.secret import folder_secret

        asker = self.asker
        seen = (one.id for one in asker.directory.stations if asker.sight.sees(one.id))
        return Showing(folder_secret(self.register.folder), tuple(seen))

    def show(self, answer: Showing) -> None:
        """Show the station's code; ask which one, once, where that is not clear."""
        if self._station not in answer.stations:
            self._station = answer.stations[0] if len(answer.stations) == 1 else None
        self._look()
        if self._station is None and answer.stations and not self._asked:
            self.action_choose_station()

    def say(self, lang: Lang) -> None:
        """The words beside the code."""
        self.query_one("#until", Static).update(f"{UNTIL.in_(lang)}\n")
        self.query_one("#how", Static).update(HOW.in_(lang))
        self._look()

    def on_resize(self) -> None:
        """A larger terminal has room for a larger code."""
        self._drawn = None
        self.call_after_refresh(self._look)

    def action_choose_station(self) -> None:
        """Ask for a station."""
        self._asked = True
        asker, lang = self.asker, self.lang
        choices = place_choices(asker.directory, asker.sight, lang, ("station",))
        self.app.push_screen(Choose(WHICH.in_(lang), choices, lang), self._chosen)

    def _chosen(self, choice: Choice[str] | None) -> None:
        if choice is not None:
            self._station = choice.value
            self._look()

    def _look(self) -> None:
        """Bring the seconds up to date, and the rest where code, station or language changed."""
        now, step = self.register.clock(), 0
        if self._answer is not None and self._station is not None:
            step = step_at(now)
            self.query_one(Digits).update(f"{seconds_left(now):2}")
        looks = Looks(self._station, step, self.lang, self._answer is not None)
        if looks == self._drawn:
            return
        self._drawn = looks
        for part in self.query("Code, Digits, #until, #how, #unheard"):
            part.display = step > 0
        self.query_one("#station", Static).update(Content(self._heading()))
        if self._answer is not None and self._station is not None:
            self._draw(code_of(self._answer.secret, self._station, step))

    def _heading(self) -> str:
        if self._answer is None:
            return ""
        if self._station is not None:
            return safe(self.register.directory.station_name(self._station).in_(self.lang))
        return (NONE_CHOSEN if self._answer.stations else NO_STATION).in_(self.lang)

    def _draw(self, code: str) -> None:
        address = address_of(self.base_url, code)
        drawn = large_terminal_code if self._roomy(address) else terminal_code
        self.query_one(Code).draw(drawn(address))
        said = f"\n{NOT_RECEIVING.in_(self.lang)}" if self.unheard else ""
        self.query_one("#unheard", Static).update(said)

    def _roomy(self, address: str) -> bool:
        """Whether the large code fits beside the words."""
        size = self.query_one("#shown").size
        side = 2 * len(terminal_code(address))
        return size.height >= side and size.width >= 2 * side + WORDS_COLUMNS
