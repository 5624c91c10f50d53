"""`forecourt serve`: the receiver alone, until it is told to stop."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from domain.refusals import Refusal
from domain.text import Text
from tui.commands.folder import data_folder
from tui.commands.options import add_port
from tui.receiver import PORT, Receiver
from tui.receiver_lock import ReceiverLock

if TYPE_CHECKING:
    import argparse

    from domain.text import Lang


class AlreadyServed(Refusal):
    """Another process receives for this data folder."""

    code = "already-served"
    status = 503

    def __init__(self, folder: Path) -> None:
        super().__init__(
            Text(
                zh=f"另一个程序已在为 {folder} 提供接收服务。",
                en=f"Another process already receives for {folder}.",
            ),
            remedy=Text(
                zh="请先关闭那个控制台或服务，或用 --data 指定另一个文件夹。",
                en="Stop that console or server first, or name another folder with --data.",
            ),
        )


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `serve` to the command line."""
    parser = subparsers.add_parser("serve", help="只运行接收服务 / the receiver alone")
    parser.add_argument(
        "--host",
        default="0.0.0.0",  # noqa: S104 - phones come from the station's network
        help="监听地址 / the address to listen at",
    )
    add_port(parser)


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Serve until SIGTERM or Ctrl+C; what is being answered then is finished first."""
    from domain.register.register import Register

    folder = data_folder(args)
    lock = ReceiverLock.take(folder)
    if lock is None:
        raise AlreadyServed(folder)
    with lock, Register.open(folder, args.database) as register:
        receiver = Receiver(register, args.host, PORT if args.port is None else args.port)
        receiver.start()
        lock.announce((receiver.url,))
        said = Text(zh=f"接收服务：{receiver.url}", en=f"Receiving at {receiver.url}")
        print(said.in_(lang), file=sys.stderr, flush=True)
        wait_for_the_end()
        receiver.stop()
    return 0


def wait_for_the_end() -> None:
    """Sleep until the process is asked to stop; a second request ends it at once."""
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: _ask(asked))
    # Windows notices signals only between waits.
    while not asked.wait(0.5):
        pass


def _ask(asked: threading.Event) -> None:
    asked.set()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
