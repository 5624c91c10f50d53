"""Health (健康): address, clients, queue, journal, disk, versions, rulebooks, backups."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from domain.canonical import instant
from domain.card_words import joined
from domain.exports.cells import station_time
from domain.text import Text, same
from tui.keys import key
from tui.screens.base import RegisterScreen
from tui.screens.condition import Condition, condition_of
from tui.words import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from domain.register.reading import Verified
    from domain.text import Lang

LOOK_EVERY_S = 3.0
DISK_LOW, DISK_BAD = 5_000_000_000, 500_000_000
BACKUP_OLD_DAYS = 7
PATH_CELLS = 44
"""How much of a path is shown."""
BLOCKS = {
    "receiver": Text(zh="接收", en="Receiver"),
    "journal": Text(zh="日志", en="Journal"),
    "storage": Text(zh="存储与备份", en="Storage and backups"),
    "rulebooks": Text(zh="检查细则", en="Rulebooks"),
    "versions": Text(zh="版本", en="Versions"),
}
MARKS = {
    "": ("", "$text"),
    "good": ("✓ ", "$success"),
    "warning": ("! ", "$warning"),
    "error": ("✗ ", "$error"),
}
Line = tuple[Text, Text, str]
"""A label, what is said, and how it is: "" for a plain fact, else `good`, `warning` or `error`."""


class HealthScreen(RegisterScreen[Condition]):
    """How this node is, brought up to date every few seconds."""

    NAME = Text(zh="健康", en="Health")
    ABOUT = Text(
        zh="接收服务、日志、磁盘、备份和版本。v 逐条重算日志封签；把末条封签与打印件上的对照，"
        "可发现整段被改写或截断。",
        en="Receiver, journal, disk, backups, versions. v derives every seal again; compare the "
        "head's seal with one in print to find a journal cut short or rewritten as a whole.",
    )
    CSS_PATH = "health.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "v",
            "verify",
            Text(zh="校验日志", en="Verify"),
            Text(zh="逐条重算日志的封签", en="Derives every seal of the journal again"),
        ),
        key(
            "b",
            "back_up",
            Text(zh="立即备份", en="Back up"),
            Text(zh="在数据文件夹的 backups 里做一份备份", en="Makes a backup in the data folder"),
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._verified: tuple[Verified, datetime] | None = None
        self._busy = ""

    def compose_body(self) -> ComposeResult:
        """A block for each subject."""
        with VerticalScroll(), Container(id="blocks"):
            for column in (("receiver", "journal", "storage"), ("rulebooks", "versions")):
                with Vertical(classes="column"):
                    for name in column:
                        yield Static(id=name, classes="block")

    def on_mount(self) -> None:
        """Look again now and then: disks fill without an entry in the journal."""
        super().on_mount()
        self.set_interval(LOOK_EVERY_S, self._look_again)

    def _look_again(self) -> None:
        if self.is_current:
            self.reload()

    def read(self) -> Condition:
        """How the node is now."""
        return condition_of(self.register)

    def say(self, lang: Lang) -> None:
        """Name the blocks."""
        for name, title in BLOCKS.items():
            self.query_one(f"#{name}").border_title = title.in_(lang)

    def show(self, answer: Condition) -> None:
        """Fill the blocks."""
        blocks = {
            "receiver": self._receiver(answer),
            "journal": self._journal(answer),
            "storage": _storage(answer),
            "rulebooks": _rulebooks(answer),
            "versions": _versions(answer),
        }
        for name, lines in blocks.items():
            self.query_one(f"#{name}", Static).update(self._drawn(tuple(lines)))

    def _drawn(self, lines: tuple[Line, ...]) -> Content:
        """The lines of a block; what they say stands in one column."""
        widest = max((cell_len(label.in_(self.lang)) for label, _, _ in lines), default=0)
        return Content("\n").join(
            Content.assemble(
                (f"{set_cell_size(label.in_(self.lang), widest)}  ", "$text-muted"),
                (f"{MARKS[how][0]}{said.in_(self.lang)}", MARKS[how][1]),
            )
            for label, said, how in lines
        )

    def _receiver(self, now: Condition) -> Iterator[Line]:
        receiver, running = self.console.receiver, now.receiving
        urls = list(running.urls) if running else []
        if not urls and receiver is not None and receiver.address:
            urls = [f"http://{receiver.address}"]
        state = Text(zh="状态", en="State")
        if running is None and not urls:
            said = Text(zh="未运行：手机现在无法提交", en="not running: phones cannot send now")
            yield state, said, "warning"
        else:
            address = "  ".join(urls)
            yield state, Text(zh=f"运行中  {address}", en=f"running  {address}"), "good"
        yield Text(zh="等待写入", en="Queue"), self._queue(now), ""

    def _queue(self, now: Condition) -> Text:
        """What waits here, and the phones, which only the process that receives can count."""
        receiver, running = self.console.receiver, now.receiving
        elsewhere = running is not None and running.pid != os.getpid()
        if running is not None and elsewhere:
            return Text(
                zh=f"{now.waiting}　接收在另一进程 {running.pid}，手机数在那里显示",
                en=f"{now.waiting}  received by process {running.pid}, which counts the phones",
            )
        phones, queue = (receiver.clients if receiver is not None else 0), now.waiting
        return Text(zh=f"{queue}　连接的手机 {phones}", en=f"{queue}  phones connected {phones}")

    def _journal(self, now: Condition) -> Iterator[Line]:
        yield Text(zh="末条", en="Head"), same(f"{now.seq:,}"), ""
        yield Text(zh="封签", en="Seal"), same(now.seal), ""
        checked = Text(zh="校验", en="Verified")
        if self._busy == "verify":
            yield checked, Text(zh="正在校验…", en="verifying…"), ""
        elif self._verified is None:
            yield checked, Text(zh="尚未校验，按 v 校验", en="not yet, v verifies it"), ""
        else:
            from tui.commands.journal import reason

            verified, at = self._verified
            when = f"{station_time(instant(at)):%H:%M:%S}"
            if (broken := verified.broken) is None:
                count = f"{verified.entries:,}"
                held = Text(zh=f"{when} {count} 条完好", en=f"{when} all {count} entries hold")
                yield checked, held, "good"
            else:
                why = reason(broken)
                said = Text(
                    zh=f"{when} 第 {broken.seq} 条：{why.zh}",
                    en=f"{when} entry {broken.seq}: {why.en}",
                )
                yield checked, said, "error"

    def action_verify(self) -> None:
        """Derive every seal again, beside everything else."""
        if not self._busy:
            self._begin_job("verify")
            self.off_screen(self._verify, self._has_verified)

    def _verify(self) -> Verified | Exception:
        from domain.register.backup import DATABASE
        from domain.register.reading import verify_file

        register = self.register
        try:
            if register.url.startswith("sqlite"):
                return verify_file(register.folder / DATABASE)
            from domain.register.matching import verify_database

            with register.read() as connection:
                return verify_database(connection)
        except Exception as error:  # noqa: BLE001 (told to the reader below)
            return error

    def _has_verified(self, answer: Verified | Exception) -> None:
        self._busy = ""
        if isinstance(answer, Exception):
            from tui.faults import as_refusal

            self.refuse(as_refusal(answer))
            return
        self._verified = answer, self.register.clock()
        self.reload()

    def action_back_up(self) -> None:
        """Make a backup in the data folder; `forecourt backup` makes one elsewhere."""
        if not self._busy:
            self._begin_job("backup")
            self.off_screen(self._back_up, self._has_backed_up)

    def _back_up(self) -> str | Exception:
        from tui.commands.backup import back_up
        from tui.commands.refusals import OnlySqlite

        register = self.register
        stamp = f"{station_time(instant(register.clock())):%Y%m%d-%H%M%S}"
        to = register.folder / "backups" / stamp
        try:
            if not register.url.startswith("sqlite"):
                raise OnlySqlite
            back_up(register.folder, to)
        except Exception as error:  # noqa: BLE001 (told to the reader below)
            return error
        return str(to)

    def _has_backed_up(self, answer: str | Exception) -> None:
        self._busy = ""
        if isinstance(answer, Exception):
            from tui.faults import as_refusal

            self.refuse(as_refusal(answer))
        else:
            said = "备份已完成；请另存一份到别的磁盘："
            self.tell(Text(zh=f"{said}{answer}", en=f"Backed up; keep a copy elsewhere: {answer}"))
        self.reload()

    def _begin_job(self, job: str) -> None:
        self._busy = job
        if self._answer is not None:
            self.show(self._answer)


def _end_of(path: str) -> str:
    """The telling end of a path, on one line of the smallest screen."""
    return path if len(path) <= PATH_CELLS else f"…{path[1 - PATH_CELLS :]}"


def _storage(now: Condition) -> Iterator[Line]:
    yield Text(zh="数据文件夹", en="Data folder"), same(_end_of(str(now.folder))), ""
    size = now.database_bytes
    said = Text(zh="外部数据库", en="another database") if size is None else same(_bytes(size))
    free = now.free_bytes
    how = "error" if free < DISK_BAD else "warning" if free < DISK_LOW else "good"
    room = Text(zh=f"{_bytes(free)}　数据库 {said.zh}", en=f"{_bytes(free)}  database {said.en}")
    yield Text(zh="磁盘剩余", en="Disk free"), room, how
    last = Text(zh="最近备份", en="Last backup")
    age = now.backup_age_days
    if now.backup is None or age is None:
        yield last, Text(zh="还没有，按 b 备份", en="none yet, b makes one"), "warning"
    else:
        when = f"{station_time(now.backup.at):%Y-%m-%d %H:%M}"
        yield last, same(f"{when}  {now.backup.to}"), "warning" if age > BACKUP_OLD_DAYS else "good"
    if now.copies:
        copies = Text(zh=f"{now.copies} 份", en=str(now.copies))
        yield Text(zh="升级前自动备份", en="Copies before upgrades"), copies, ""


def _rulebooks(now: Condition) -> Iterator[Line]:
    """What is in force, by edition: kinds of inspection with how many criteria each."""
    by_edition: dict[str, list[Text]] = {}
    for edition in now.rulebooks:
        kind, many = KINDS[edition.kind], len(edition.placed)
        zh, en = ("", "") if edition.complete else ("（不完整）", " (incomplete)")
        said = Text(zh=f"{kind.zh} {many} 条{zh}", en=f"{kind.en} {many}{en}")
        by_edition.setdefault(edition.edition, []).append(said)
    for named, parts in by_edition.items():
        yield same(named), joined(parts, " · "), ""


def _versions(now: Condition) -> Iterator[Line]:
    said = " · ".join(f"{name} {number}" for name, number in now.versions[1:])
    yield same(" ".join(now.versions[0])), same(said), ""


def _bytes(size: int) -> str:
    for unit, factor in (("GB", 1e9), ("MB", 1e6)):
        if size >= factor:
            return f"{size / factor:,.1f} {unit}"
    return f"{size / 1e3:,.0f} kB"
