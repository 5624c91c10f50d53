"""The console: paints its frame first, then opens the register, then starts the receiver.

Nothing here or in what it imports may import the database or the server: that would cost the
first paint most of a second. Both are opened in threads, after it.
"""

from __future__ import annotations

import asyncio
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.app import App, SystemCommand
from textual.command import CommandPalette
from textual.message import Message
from textual.reactive import reactive

from domain.organisation import Actor
from domain.text import Lang, Text
from tui.console import CONSOLE_KEYS, FORECOURT, TABS
from tui.faults import as_refusal
from tui.keys import Key, keys_of
from tui.screens.opening import OpeningScreen
from tui.type_ahead import TypeAhead
from tui.widgets.dialogs import Question
from tui.widgets.frame import Status, StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import ClassVar

    from textual.binding import BindingType
    from textual.screen import Screen

    from domain.register.register import Register

LIVE_EVERY_S = 0.1
"""News is shown at most this often, however fast it comes."""
STATUS_EVERY_S = 1.0

AT_THE_CONSOLE = Actor(via="console")
"""Whoever sits here, where nobody has said who that is."""


class Receiving(Protocol):
    """The receiver, as far as the console needs to know it."""

    @property
    def address(self) -> str: ...
    @property
    def clients(self) -> int: ...
    def stop(self) -> None: ...


class JournalMoved(Message):
    """The register's journal has moved on."""


def _main_screen(module: str, name: str) -> Screen[Any]:
    """A main screen, imported when it is first shown."""
    screen: Screen[Any] = getattr(import_module(f"tui.screens.{module}"), name)()
    return screen


class ConsoleApp(TypeAhead):
    """The console on one data folder.

    Attributes:
        register: The open register; there is none before the first main screen is shown.
        receiver: The receiver that runs inside this console, if one does.
        lang: The reader's language; changing it changes every screen at once.
        actor: Who is recorded for what is done here.
    """

    TITLE = "Forecourt"
    CSS_PATH = "console.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]
    MODES = {
        "live": partial(_main_screen, "live", "LiveScreen"),
        "inspections": partial(_main_screen, "inspections", "InspectionsScreen"),
        "points": partial(_main_screen, "points", "PointsScreen"),
        "health": partial(_main_screen, "health", "HealthScreen"),
        "patrols": partial(_main_screen, "patrols", "PatrolsScreen"),
        "duties": partial(_main_screen, "duties", "DutiesScreen"),
        "log": partial(_main_screen, "station_log", "LogScreen"),
    }
    BINDINGS: ClassVar[list[BindingType]] = [*CONSOLE_KEYS]

    lang: reactive[Lang] = reactive[Lang]("zh", init=False)

    def __init__(
        self,
        register_opener: Callable[[], Register],
        *,
        receiver_opener: Callable[[Register], Receiving] | None = None,
        lang: Lang = "zh",
        actor: Actor = AT_THE_CONSOLE,
    ) -> None:
        """Nothing is opened yet; both openers are called in threads, after the first paint.

        Args:
            register_opener: Opens the register, which this console closes when it ends.
            receiver_opener: Starts a receiver on it, which this console stops when it ends.
        """
        super().__init__()
        self.actor = actor
        self.receiver: Receiving | None = None
        self._opened: Register | None = None
        self._openers = register_opener, receiver_opener
        self._heard_news = self._resting = self._news_waits = False
        self._status: Status | None = None
        self.register_theme(FORECOURT)
        self.theme = FORECOURT.name
        self.set_reactive(ConsoleApp.lang, lang)

    @property
    def register(self) -> Register:
        """The open register; main screens exist only once it is open."""
        if self._opened is None:
            raise RuntimeError("The register is not open yet")
        return self._opened

    def get_default_screen(self) -> OpeningScreen:
        """What is painted first."""
        return OpeningScreen(TABS, self.lang)

    def on_mount(self) -> None:
        """Paint, then open."""
        self.call_after_refresh(self.run_worker, self._open())

    async def _open(self) -> None:
        open_register, open_receiver = self._openers
        try:
            self._opened = register = await asyncio.to_thread(_with_screens, open_register)
        except Exception as error:  # noqa: BLE001 - told to the reader, logged by as_refusal
            if isinstance(self.screen, OpeningScreen):
                self.screen.refuse(as_refusal(error))
            return
        register.listen(self._hear)
        await self.switch_mode(TABS[0].mode)
        self.set_interval(STATUS_EVERY_S, self.show_status)
        if open_receiver is not None:
            await self._start_receiver(partial(open_receiver, register))

    async def _start_receiver(self, start: Callable[[], Receiving]) -> None:
        from tui.widgets.dialogs import refusal_notice

        try:
            self.receiver = await asyncio.to_thread(start)
        except Exception as error:  # noqa: BLE001 - told to the reader, logged by as_refusal
            self.push_screen(refusal_notice(as_refusal(error), self.lang))
        self.show_status()

    def on_unmount(self) -> None:
        """Stop the receiver, then let go of the register."""
        if self.receiver is not None:
            self.receiver.stop()
        if self._opened is not None:
            self._opened.close()

    def _hear(self, _seq: int) -> None:
        """Called on a thread of the register: leaves a word, at most one at a time."""
        if not self._heard_news:
            self._heard_news = True
            self.post_message(JournalMoved())

    def on_journal_moved(self) -> None:
        """Show news at once, and further news after a short rest."""
        self._heard_news = False
        if self._resting:
            self._news_waits = True
            return
        self._resting = True
        self.set_timer(LIVE_EVERY_S, self._rested)
        self._tell_screen()

    def _rested(self) -> None:
        self._resting = False
        if self._news_waits:
            self._news_waits = False
            self.on_journal_moved()

    def _tell_screen(self) -> None:
        from tui.screens.base import RegisterScreen

        self.show_status()
        for screen in reversed(self.screen_stack):
            if isinstance(screen, RegisterScreen):
                screen.journal_moved()
                return

    @property
    def status(self) -> Status | None:
        """The state of things, for the last line; None while nothing is open."""
        if self._opened is None:
            return None
        receiver = self.receiver
        return Status(
            address=receiver.address if receiver else None,
            phones=receiver.clients if receiver else 0,
            queue=self._opened.waiting,
            seq=self._opened.journal_seq,
        )

    def show_status(self, *, anew: bool = False) -> None:
        """Bring the last line up to date, if anything on it has changed."""
        status = self.status
        if anew or status != self._status:
            self._status = status
            for screen in self.screen_stack:
                for line in screen.query(StatusLine):
                    line.show(status, self.lang)

    def watch_lang(self) -> None:
        """Have every screen speak the new language."""
        from tui.screens.base import RegisterScreen

        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, RegisterScreen):
                    screen.speak()
        self.show_status(anew=True)

    def action_change_language(self) -> None:
        """Chinese to English and back."""
        self.lang = "en" if self.lang == "zh" else "zh"

    async def action_go(self, mode: str) -> None:
        """Show a main screen, as it was left."""
        if self._opened is not None and mode != self.current_mode:
            await self.switch_mode(mode)

    def action_explain(self) -> None:
        """Explain the keys of this screen."""
        from tui.screens.base import RegisterScreen
        from tui.widgets.dialogs import help_notice

        screen = self.screen
        if isinstance(screen, RegisterScreen):
            own = [*keys_of(screen), *keys_of(self.focused or screen)]
            taken = screen._bindings.key_to_bindings  # noqa: SLF001 - Textual has no public way
            keys = [*own, *(one for one in keys_of(self) if one.key not in taken)]
            title = screen.NAME.in_(self.lang)
            self.push_screen(help_notice(title, screen.ABOUT, keys, self.lang))

    def action_command_palette(self) -> None:
        """Find any command by its name in the reader's language."""
        if not CommandPalette.is_open(cast("App[object]", self)):
            said = Text(zh="查找命令…", en="Search for commands…").in_(self.lang)
            self.push_screen(CommandPalette(placeholder=said, id="--command-palette"))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every key of the screen and of the console, by name."""
        own = [*keys_of(screen)]
        named = {one.action for one in own}
        for one in (*own, *(each for each in keys_of(self) if f"app.{each.action}" not in named)):
            if one.action != "command_palette":
                yield self._command(one, screen)

    def _command(self, one: Key, screen: Screen[Any]) -> SystemCommand:
        run = partial(self.run_action, one.action, screen)
        if one.action in self._own_actions:
            run = partial(self.run_action, one.action, self)
        return SystemCommand(one.label.in_(self.lang), one.about.in_(self.lang), run)

    @property
    def _own_actions(self) -> frozenset[str]:
        return frozenset(one.action for one in keys_of(self))

    def action_leave(self) -> None:
        """Leave; ask first if something was begun and not sent."""
        from tui.screens.base import RegisterScreen

        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, RegisterScreen) and (unsaved := screen.unsaved):
                    yes, no = Text(zh="退出", en="quit"), Text(zh="留下", en="stay")
                    self.push_screen(Question(unsaved, yes, no, self.lang), self._leave)
                    return
        # Whoever called us should know if the data never opened.
        self.exit(return_code=0 if self._opened else 1)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.exit()


def _with_screens(open_register: Callable[[], Register]) -> Register:
    """Open the register, and import in this thread what the first screen will ask it with."""
    register = open_register()
    import_module("domain.register.queries")
    import_module("tui.screens.live")
    return register
