"""What the demonstration sends in the order of its past, from several sources at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from datetime import datetime
from typing import Any, NamedTuple


class Errand(NamedTuple):
    """Something that comes in at a moment; `send` queues it."""

    at: datetime
    send: Callable[[], Future[Any]]


class Errands:
    """Sends errands in step with what else comes, so that the journal's times only go on."""

    def __init__(self, errands: Iterable[Errand]) -> None:
        self._ahead = deque(sorted(errands, key=lambda one: one.at))
        self._waiting: list[Future[Any]] = []

    def send_until(self, moment: datetime) -> None:
        """Queue what comes in before a moment."""
        while self._ahead and self._ahead[0].at < moment:
            self._waiting.append(self._ahead.popleft().send())

    def wait(self) -> None:
        """Wait until everything queued is durable."""
        for answer in self._waiting:
            answer.result()
