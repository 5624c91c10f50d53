"""`forecourt demo`: the console on a demonstration chain in a folder of its own."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from domain.text import Text
from tui.commands.folder import data_folder
from tui.commands.options import add_port
from tui.commands.refusals import NotADemo

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from domain.register.register import Register
    from domain.text import Lang
    from tui.demo.traffic import Traffic
    from tui.receiver import Receiver
    from tui.receiver_lock import ReceiverLock

MARK = "demonstration"
"""A file that tells a demonstration's folder from one with real records."""
CHINA = timezone(timedelta(hours=8))


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `demo` to the command line."""
    parser = subparsers.add_parser("demo", help="演示：一个新建的示范公司 / a demonstration chain")
    parser.add_argument(
        "--seed",
        type=int,
        default=1,
        metavar="N",
        help="同一数字得到同样的数据 / the same number, the same data",
    )
    parser.add_argument(
        "--traffic", action="store_true", help="模拟手机不断提交 / simulated phones that send"
    )
    parser.add_argument(
        "--headless", action="store_true", help="不开控制台，只运行接收服务 / without a console"
    )
    add_port(parser)


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Build the chain, then show it until the console is left (or the process is told to stop)."""
    with _folder(args) as folder, _built(folder, args.seed, lang) as register:
        start = partial(_start, port=args.port, traffic=args.traffic, seed=args.seed)
        if args.headless:
            return _receive(register, start, lang)
        from tui.app import ConsoleApp

        # The console closes the register when it ends; closing it twice does no harm.
        app = ConsoleApp(lambda: register, receiver_opener=start, lang=lang)
        app.run()
        return app.return_code or 0


@contextmanager
def _folder(args: argparse.Namespace) -> Iterator[Path]:
    """The folder named on the line, which stays; else a fresh one, which does not.

    FORECOURT_DATA is not asked: it names real records, where a demonstration has no business.
    """
    named: Path | None = args.data
    if named is not None and str(named) != os.environ.get("FORECOURT_DATA"):
        folder = data_folder(args)
        if (folder / "forecourt.sqlite3").exists() and not (folder / MARK).exists():
            raise NotADemo(folder)
        yield folder
        return
    above = Path(tempfile.mkdtemp(prefix="forecourt-demo-"))
    try:
        yield above / "data"
    finally:
        shutil.rmtree(above, ignore_errors=True)


@contextmanager
def _built(folder: Path, seed: int, lang: Lang) -> Iterator[Register]:
    from tui.demo.build import open_demo

    now = datetime.now(CHINA)
    said = Text(zh="正在生成演示数据…", en="Making the demonstration…").in_(lang)

    def show(done: int, of: int) -> None:
        print(f"\r{said} {100 * done // of}%", end="", file=sys.stderr, flush=True)

    progress = show if sys.stderr.isatty() else None
    with open_demo(folder, seed, now.date(), progress, now) as register:
        (folder / MARK).touch()
        if sys.stderr.isatty():
            print(file=sys.stderr)
        yield register


def _start(register: Register, *, port: int | None, traffic: bool, seed: int) -> DemoReceiver:
    """A receiver at the port named, else at the usual one or any; with phones if wanted."""
    from tui.receiver import PORT, AddressTaken, Receiver
    from tui.receiver_lock import ReceiverLock

    lock = ReceiverLock.take(register.folder)
    try:
        receiver = Receiver(register, port=PORT if port is None else port)
        receiver.start()
    except AddressTaken:
        if port is not None:
            raise
        receiver = Receiver(register, port=0)
        receiver.start()
    if lock:
        lock.announce((receiver.url,))
    phones = None
    if traffic:
        from tui.demo.traffic import start_traffic

        phones = start_traffic(register, receiver.url, seed=seed)
    return DemoReceiver(receiver, phones, lock)


class DemoReceiver:
    """A receiver, and perhaps phones that send to it."""

    def __init__(
        self, receiver: Receiver, phones: Traffic | None, lock: ReceiverLock | None
    ) -> None:
        self._receiver, self._phones, self._lock = receiver, phones, lock
        self.url = receiver.url

    @property
    def address(self) -> str:
        """Where phones reach it."""
        return self._receiver.address

    @property
    def clients(self) -> int:
        """Phones that are connected."""
        return self._receiver.clients

    def stop(self) -> None:
        """Switch the phones off, then stop receiving."""
        if self._phones:
            self._phones.stop()
        self._receiver.stop()
        if self._lock:
            self._lock.release()


def _receive(register: Register, start: partial[DemoReceiver], lang: Lang) -> int:
    """Run without a console until SIGTERM or Ctrl+C."""
    from tui.commands.serve import wait_for_the_end

    receiver = start(register)
    try:
        said = Text(
            zh=f"演示接收服务：{receiver.url}　数据：{register.folder}",
            en=f"Demonstration at {receiver.url}, data in {register.folder}",
        )
        print(said.in_(lang), file=sys.stderr, flush=True)
        wait_for_the_end()
    finally:
        receiver.stop()
    return 0
