"""Who receives for a data folder: one process, by a lock that the operating system frees.

The lock is on the file, not its existence, so that a crash or a power cut leaves nothing to clean
up. The file's text says where the receiver listens, for other consoles and for labels.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import IO, Self

import msgspec

NAME = "receiver.lock"
FAR = 1 << 30
"""Windows lets nobody read a locked byte, so the byte lies far behind the text."""


class Receiving(msgspec.Struct, frozen=True):
    """The process that receives, and the addresses that phones reach it at."""

    pid: int
    urls: tuple[str, ...] = ()


class ReceiverLock:
    """Held by the one process that receives for a folder, until `release` or its end."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @classmethod
    def take(cls, folder: Path) -> ReceiverLock | None:
        """The lock of a folder, or None while another process holds it."""
        folder.mkdir(parents=True, exist_ok=True)
        file = _opened(folder / NAME)
        # Whoever asks `receiving` has the lock for a moment; that is not worth giving up for.
        for _ in range(3):
            if _locked(file):
                held = cls(file)
                held.announce(())
                return held
            sleep(0.02)
        file.close()
        return None

    def announce(self, urls: tuple[str, ...]) -> None:
        """Say where the receiver listens."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(msgspec.json.encode(Receiving(os.getpid(), urls)))
        self._file.flush()

    def release(self) -> None:
        """Let another process receive."""
        if not self._file.closed:
            self._file.seek(0)
            self._file.truncate()
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def receiving(folder: Path) -> Receiving | None:
    """Who receives for the folder now, or None."""
    path = folder / NAME
    if not path.exists():
        return None
    with _opened(path) as file:
        if _locked(file):
            return None
        file.seek(0)
        with suppress(msgspec.DecodeError):
            return msgspec.json.decode(file.read(), type=Receiving)
    return Receiving(0)


def url_for_phones(folder: Path) -> str:
    """Where phones reach the receiver of a folder, or would if one were started here."""
    running = receiving(folder)
    if running is not None and running.urls:
        return running.urls[0]
    from tui.receiver import PORT, lan_address

    return f"http://{lan_address()}:{PORT}"


def _opened(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")


def _locked(file: IO[bytes]) -> bool:
    """Whether this process got the lock; it goes with the file."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
