"""`forecourt` and `forecourt console`: the console, with or without the receiver."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.app import ConsoleApp
from tui.commands.folder import data_folder
from tui.receiver_lock import ReceiverLock, receiving

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from domain.register.register import Register
    from domain.text import Lang
    from tui.app import Receiving
    from tui.receiver import Receiver


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `console` to the command line."""
    subparsers.add_parser(
        "console", help="再打开一个控制台（不含接收服务）/ a further console on the same data"
    )


def run(args: argparse.Namespace, lang: Lang) -> int:
    """Show the console until it is left."""
    folder = data_folder(args)
    opener = partial(open_receiver, port=args.port) if args.with_receiver else join_receiver
    return show(folder, args.database, lang, opener)


def show(
    folder: Path, database: str | None, lang: Lang, opener: Callable[[Register], Receiving]
) -> int:
    """Show a console on a folder, with the receiver that `opener` starts or joins."""
    app = ConsoleApp(
        partial(_open_register, folder, database),
        receiver_opener=opener,
        lang=lang,
    )
    app.run()
    return app.return_code or 0


def _open_register(folder: Path, database: str | None) -> Register:
    from domain.register.register import Register

    return Register.open(folder, database)


def open_receiver(register: Register, port: int | None = None) -> Receiving:
    """Start the receiver, or join the one that another process runs on this folder."""
    lock = ReceiverLock.take(register.folder)
    if lock is None:
        return join_receiver(register)
    from tui.receiver import PORT, Receiver

    receiver = Receiver(register, port=PORT if port is None else port)
    try:
        receiver.start()
    except BaseException:
        lock.release()
        raise
    lock.announce((receiver.url,))
    return Held(receiver, lock)


def join_receiver(register: Register) -> Receiving:
    """The receiver that another process runs on this folder, as far as it can be seen from here."""
    return Elsewhere(register.folder)


class Held:
    """The receiver of this process, and the lock that says so."""

    def __init__(self, receiver: Receiver, lock: ReceiverLock) -> None:
        self._receiver, self._lock = receiver, lock

    @property
    def address(self) -> str:
        """Where phones reach it."""
        return self._receiver.address

    @property
    def clients(self) -> int:
        """Phones that are connected."""
        return self._receiver.clients

    def stop(self) -> None:
        """Stop it, and let another process receive."""
        self._receiver.stop()
        self._lock.release()


class Elsewhere:
    """The receiver of another process; its phones are counted there."""

    clients = 0

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def address(self) -> str:
        """Where phones reach it; empty while none runs."""
        running = receiving(self._folder)
        return running.urls[0].partition("//")[2] if running and running.urls else ""

    def stop(self) -> None:
        """Nothing: it is not ours."""
