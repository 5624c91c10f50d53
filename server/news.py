"""News of the journal for open event streams: one number, at most ten times a second each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from domain.register.register import Register

AT_MOST_EVERY_S = 0.1
HEARTBEAT_S = 15.0


class News:
    """The streams of one receiver. Everything but `_moved` runs on the receiver's loop."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._waiting: set[asyncio.Event] = set()
        self._closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop_listening: Callable[[], None] = lambda: None

    def open(self) -> None:
        """Begin to listen; called on the loop."""
        self._loop = asyncio.get_running_loop()
        self._stop_listening = self._register.listen(self._moved)

    def close(self) -> None:
        """End all streams; called on the loop."""
        self._closed = True
        self._stop_listening()
        self._wake()

    async def stream(self, welcome: Callable[[], bool]) -> AsyncIterator[bytes]:
        """The lines of one event stream: the number now, and again whenever it has moved.

        Args:
            welcome: Asked before each line whether the listener may still hear it; a phone is
                withdrawn by an entry, so the stream ends with the very news of it.
        """
        told, moved = -1, asyncio.Event()
        self._waiting.add(moved)
        try:
            yield b"retry: 3000\n\n"
            while not self._closed and welcome():
                moved.clear()
                seq = self._register.journal_seq
                if seq != told:
                    told = seq
                    yield b'event: journal\ndata: {"seq": %d}\n\n' % seq
                    await asyncio.sleep(AT_MOST_EVERY_S)
                elif not await _happens(moved):
                    yield b": still here\n\n"
        finally:
            self._waiting.discard(moved)

    def _moved(self, _: int) -> None:
        """On a thread of the register: pass the news on, if anybody waits for it."""
        if self._loop is not None and self._waiting:
            with suppress(RuntimeError):  # the loop has just been closed
                self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for moved in self._waiting:
            moved.set()


async def _happens(event: asyncio.Event) -> bool:
    """Whether it happens before the next heartbeat is due."""
    try:
        async with asyncio.timeout(HEARTBEAT_S):
            await event.wait()
    except TimeoutError:
        return False
    return True
