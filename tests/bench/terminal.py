"""A person's terminal: runs a program in a pseudo-terminal and notes when it paints what."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import NamedTuple, Self

CONTROL = re.compile(rb"\x1b(\[[0-9;?<>=]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9]|.)")

AT_ONCE_S = 0.004


class Painted(NamedTuple):
    """Some bytes of output, and the moment (of `time.monotonic`) at which they were read."""

    at: float
    content: bytes


def plain(pieces: Sequence[Painted]) -> str:
    """What output shows, without colours and positions."""
    joined = b"".join(piece.content for piece in pieces)
    return CONTROL.sub(b"", joined).decode(errors="replace")


def frames(pieces: Sequence[Painted]) -> Iterator[Painted]:
    """Output put together to what was painted at once; a terminal hands it on in small pieces."""
    frame: list[Painted] = []
    for piece in pieces:
        if frame and piece.at - frame[-1].at > AT_ONCE_S:
            yield Painted(frame[-1].at, b"".join(one.content for one in frame))
            frame = []
        frame.append(piece)
    if frame:
        yield Painted(frame[-1].at, b"".join(one.content for one in frame))


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, command: Sequence[str], *, columns: int = 160, rows: int = 48) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)
        self.painted: list[Painted] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The program's process."""
        return self.process.pid

    def press(self, keys: bytes) -> float:
        """Press keys; the moment at which that was."""
        at = time.monotonic()
        os.write(self._master, keys)
        return at

    def wait_for(self, text: str, first: int = 0, seconds: float = 30) -> float:
        """The moment at which a text was painted, in output from the given piece on."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            pieces = self.painted[first:]
            if pieces and text in plain(pieces):
                return pieces[-1].at
            time.sleep(0.001)
        raise TimeoutError(f"{text!r} was not painted: {plain(self.painted)[-2000:]}")

    def wait_until_quiet(self, seconds: float = 0.4, most: float = 20) -> None:
        """Wait until nothing was painted for a while."""
        end = time.monotonic() + most
        while time.monotonic() < end:
            if self.painted and time.monotonic() - self.painted[-1].at > seconds:
                return
            time.sleep(0.01)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _: type[BaseException] | None,
        __: BaseException | None,
        ___: TracebackType | None,
    ) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self._master)

    def _read(self) -> None:
        while True:
            try:
                content = os.read(self._master, 1 << 16)
            except OSError:
                return
            if not content:
                return
            self.painted.append(Painted(time.monotonic(), content))
