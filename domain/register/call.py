"""A procedure that waits for the writer, and the way its outcome goes back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import DBAPIError

from domain.organisation import Actor
from domain.refusals import Refusal
from domain.register.work import Question, Work, WriteFailed, questions_of

log = logging.getLogger(__name__)

Procedure = Callable[..., Any]


class Call:
    """A procedure that waits for the writer, and where its outcome goes.

    Attributes:
        loop: Where `answer` is awaited; None for a thread that waits for it.
    """

    def __init__(
        self,
        procedure: Procedure,
        args: tuple[object, ...],
        by: Actor,
        answer: Future[Any] | asyncio.Future[Any],
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self.procedure, self.args, self.by = procedure, args, by
        self.answer, self.loop = answer, loop
        self.value: Any = None
        self.error: Exception | None = None

    def questions(self) -> Iterable[Question]:
        """What the procedure is going to ask."""
        return questions_of(self.procedure, self.args)

    def run(self, work: Work) -> None:
        """Run the procedure and keep its value, or its refusal, until the commit."""
        try:
            self.value = self.procedure(work, *self.args)
            work.finish()
        except (DBAPIError, WriteFailed):
            raise
        except Exception as error:
            work.undo()
            self.error = error
            if not isinstance(error, Refusal):
                log.exception("%s failed", self.procedure.__name__)

    def reset(self) -> None:
        """Forget a first run whose transaction did not hold."""
        self.value, self.error = None, None

    def settle(self) -> None:
        """Give the answer; on the loop's own thread for a caller that awaits it."""
        if isinstance(self.answer, Future):
            wanted = self.answer.set_running_or_notify_cancel()
        else:
            wanted = not self.answer.cancelled()
        if wanted:
            if self.error is not None:
                self.answer.set_exception(self.error)
            else:
                self.answer.set_result(self.value)


def settle(waiting: Sequence[Call]) -> None:
    """Answer everybody, waking each event loop once."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Call]] = {}
    for call in waiting:
        if call.loop is None:
            call.settle()
        else:
            by_loop.setdefault(call.loop, []).append(call)
    for loop, calls in by_loop.items():
        with suppress(RuntimeError):  # the loop has closed: nobody waits any more
            loop.call_soon_threadsafe(_settle_all, calls)


def _settle_all(calls: Sequence[Call]) -> None:
    for call in calls:
        call.settle()
