"""Keys that come faster than the screens: each waits until the one before has done its work.

Over a slow line several keys arrive at once. Textual hands each to whatever has the focus when it
arrives; if the first opens a window, the second would still go to the screen below and count
something there.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.message_pump import MessagePump

PATIENCE_S = 0.25
"""A part that answers no sooner is busy with something else: the next key goes on."""
ROUNDS = 2
"""One for the key to take effect, one for what it opened to take the focus."""


class TypeAhead(App[None]):
    """An application that takes keys one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key] = deque()
        self._typing = False

    async def on_event(self, event: events.Event) -> None:
        """Keep a key that comes while another one is at work."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        if not self._typing:
            self._typing = True
            self.run_worker(self._type_on(), group="typing")

    async def _type_on(self) -> None:
        try:
            while self._typed:
                await super().on_event(self._typed.popleft())
                for _ in range(ROUNDS):
                    for part in list(self._key_path()):
                        await _caught_up(part)
        finally:
            self._typing = False

    def _key_path(self) -> Iterator[MessagePump]:
        """Whom a key passes: the widget with the focus, all around it, the application."""
        part: Any = self.focused or self.screen
        while part is not None:
            yield part
            part = part._parent  # noqa: SLF001 - `parent` leaves the application out
        yield self


async def _caught_up(part: MessagePump) -> None:
    """Wait until a part has handled what lies in its queue now."""
    done = asyncio.Event()
    if part.call_later(done.set):
        try:
            async with asyncio.timeout(PATIENCE_S):
                await done.wait()
        except TimeoutError:
            return
