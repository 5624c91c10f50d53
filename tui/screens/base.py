"""What every screen does alike: frame, language, reading again, refusals, export."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, TypeVarTuple, Unpack, cast

from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen

from domain.text import Lang, Text
from tui.app import ConsoleApp
from tui.console import TABS
from tui.faults import as_refusal
from tui.keys import key, keys_of
from tui.receiver_lock import receiving, url_for_phones
from tui.widgets.columns import Column
from tui.widgets.dialogs import refusal_notice
from tui.widgets.frame import KeyLine, StatusLine, TabStrip
from tui.words import short_time

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path
    from typing import Any

    from textual.app import ComposeResult

    from domain.refusals import Refusal
    from domain.register.queries import Asker
    from domain.register.register import Register
    from domain.register.work import Work

T = TypeVar("T")
V = TypeVar("V")
L = TypeVar("L")
Ts = TypeVarTuple("Ts")

NOTHING_FITS = Text(zh="没有记录", en="Nothing here")
BEGIN = Text(
    zh="还没有记录。新系统从“点位与手机”开始：按 3，再按 s",
    en="Nothing yet. A new system begins at Points & phones: press 3, then s",
)
EXPORTING = Text(zh="正在导出…", en="Exporting…")
EXPORTED = Text(zh="已导出到", en="Exported to")

EXPORT = key(
    "e",
    "export",
    Text(zh="导出", en="Export"),
    Text(zh="把本屏内容导出为 Excel 工作簿", en="Writes what is on the screen to Excel"),
)
LOOK = key(
    "v",
    "worth_a_look",
    Text(zh="值得看", en="Look"),
    Text(
        zh="哪些到访值得看一看：走得太快、照片用过、答案照抄……",
        en="Visits worth a look: too fast, pictures used before, copied answers…",
    ),
)
BACK = key(
    "escape", "back", Text(zh="返回", en="Back"), Text(zh="返回上一屏", en="Back to where you were")
)
PRESENCE = Text(zh="在场码", en="Presence")
SHOWS_CODE = Text(
    zh="显示每 30 秒更换的在场码，手机扫码证明人在站里",
    en="Shows a code that changes every 30 s: scanning it proves presence",
)


class RegisterScreen(Screen[None], Generic[T]):
    """A screen that shows an answer `T` of the register and reads again when the journal moves.

    A screen says what it composes (`compose_body`), reads (`read`, in a thread) and draws
    (`show`, on the screen's own thread). What people do goes through `carry_out`.
    """

    NAME: ClassVar[Text]
    ABOUT: ClassVar[Text]
    DIGITS_GO: ClassVar[bool] = True
    """Whether digits change the screen; not where they are counts."""
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f2", "presence_code", PRESENCE, SHOWS_CODE, show=False, cap="F2")
    ]

    def __init__(self) -> None:
        super().__init__()
        self._reading = self._read_again = False
        self._answer: T | None = None
        self._seen_seq = -1

    # What a screen says about itself.

    def compose_body(self) -> ComposeResult:
        """What stands between the tabs and the keys."""
        yield from ()

    def read(self) -> T:
        """Ask the register; runs in a thread and touches no widget."""
        raise NotImplementedError

    def show(self, answer: T) -> None:
        """Draw an answer."""

    def say(self, lang: Lang) -> None:
        """Write the screen's own fixed words."""

    def export_job(self) -> Callable[[], Path] | None:
        """What writes this screen's workbook, in a thread; None if there is nothing to write."""
        return None

    @property
    def unsaved(self) -> Text | None:
        """What would be lost or left behind by leaving, as a question; None if nothing."""
        return None

    # What every screen can rely on.

    @property
    def console(self) -> ConsoleApp:
        """The console that this screen belongs to."""
        return cast("ConsoleApp", self.app)

    @property
    def register(self) -> Register:
        """The register that is shown."""
        return self.console.register

    @property
    def lang(self) -> Lang:
        """The reader's language."""
        return self.console.lang

    @property
    def base_url(self) -> str:
        """Where phones reach the receiver, or would if one ran."""
        receiver = self.console.receiver
        if receiver is not None and receiver.address:
            return f"http://{receiver.address}"
        return url_for_phones(self.register.folder)

    @property
    def unheard(self) -> bool:
        """Whether nobody receives for this data folder."""
        receiver = self.console.receiver
        return not (receiver and receiver.address) and receiving(self.register.folder) is None

    @property
    def station_at_hand(self) -> str | None:
        """The station that is looked at, for screens that open from here."""
        return None

    def time_column(self, title: Text, moment: Callable[[L], str]) -> Column[L]:
        """When each line of a list came; the time of day, or the year if it was another one."""
        from domain.canonical import instant
        from domain.exports.cells import station_time

        year = station_time(instant(self.register.clock())).year
        return Column(title, 11, lambda line, _: short_time(moment(line), year))

    def empty_list(self, *, narrowed: bool) -> Text:
        """What a list without lines says: in a new system, where to begin."""
        return NOTHING_FITS if narrowed or self.register.directory.stations else BEGIN

    @property
    def asker(self) -> Asker:
        """Whoever sits here, for questions to the register."""
        from domain.register.queries import Asker

        directory = self.register.directory
        return Asker(directory, self.register.rulebooks, directory.sight(self.console.actor.person))

    def compose(self) -> ComposeResult:
        """The frame around the screen's body."""
        yield TabStrip(TABS)
        with Vertical(classes="body"):
            yield from self.compose_body()
        yield KeyLine()
        yield StatusLine()

    def on_mount(self) -> None:
        """Speak; what is shown is read when the screen comes to the front."""
        self.speak()

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another screen was in front."""
        self.query_one(StatusLine).show(self.console.status, self.lang)
        if self._seen_seq != self.register.journal_seq:
            self.journal_moved()

    def speak(self) -> None:
        """Say everything (again) in the reader's language."""
        if not self.query(TabStrip):
            return  # Not composed yet: `on_mount` will speak.
        lang = self.lang
        self.query_one(TabStrip).show(self.console.current_mode, lang, keys=self.DIGITS_GO)
        self.query_one(KeyLine).show((*keys_of(self), *keys_of(self.console)), lang)
        self.query_one(StatusLine).show(self.console.status, lang)
        self.say(lang)
        if self._answer is not None:
            self.show(self._answer)

    def journal_moved(self) -> None:
        """Read again, because the journal has moved."""
        self._seen_seq = self.register.journal_seq
        self.reload()

    def reload(self) -> None:
        """Read and show; while a read runs, one more is remembered, never a queue of them."""
        if self._reading:
            self._read_again = True
            return
        self._reading = True
        self._begin(self._reload())

    async def _reload(self) -> None:
        try:
            self._answer = answer = await asyncio.to_thread(self.read)
        except Exception as error:  # noqa: BLE001 - told to the reader, logged by as_refusal
            self.refuse(as_refusal(error))
        else:
            self.show(answer)
        self._reading = False
        if self._read_again:
            self._read_again = False
            self.reload()

    def carry_out(
        self,
        procedure: Callable[[Work, Unpack[Ts]], V],
        *args: *Ts,
        done: Callable[[V], None] | Text,
    ) -> None:
        """Have a procedure done off the screen's thread.

        Args:
            done: What to do with its answer, or what to say. A refusal is shown instead.
        """
        by = self.console.actor
        self.off_screen(partial(self.register.carry_out, procedure, *args, by=by), done)

    def off_screen(self, job: Callable[[], V], done: Callable[[V], None] | Text) -> None:
        """Run a job in a thread, then call `done` (or say it) on the screen's own."""
        self._begin(self._off_screen(job, done))

    async def _off_screen(self, job: Callable[[], V], done: Callable[[V], None] | Text) -> None:
        try:
            value = await asyncio.to_thread(job)
        except Exception as error:  # noqa: BLE001 - told to the reader, logged by as_refusal
            self.refuse(as_refusal(error))
            return
        if isinstance(done, Text):
            self.tell(done)
        else:
            done(value)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        self.run_worker(work, exit_on_error=True)

    def tell(self, said: Text) -> None:
        """Say something that asks for no answer, in the place of what was said before."""
        self.app.clear_notifications()
        self.notify(said.in_(self.lang), markup=False)

    def refuse(self, refusal: Refusal) -> None:
        """Show why something was not done, and what helps."""
        self.app.push_screen(refusal_notice(refusal, self.lang))

    def action_back(self) -> None:
        """Back to the screen below."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    def action_worth_a_look(self) -> None:
        """Visits that may not be what they say."""
        from tui.screens.worth import WorthScreen

        self.app.push_screen(WorthScreen())

    def action_presence_code(self) -> None:
        """Show the changing code, of the station at hand if there is one."""
        from tui.screens.presence_code import PresenceScreen

        self.app.push_screen(PresenceScreen(self.station_at_hand))

    def action_export(self) -> None:
        """Write what is on the screen to a workbook, and say where it is."""
        job = self.export_job()
        if job is None:
            self.tell(Text(zh="这里没有可导出的内容。", en="There is nothing to export here."))
            return
        self.tell(EXPORTING)
        self.off_screen(job, self._exported)

    def _exported(self, place: Path) -> None:
        self.tell(Text(zh=f"{EXPORTED.zh} {place}", en=f"{EXPORTED.en} {place}"))
