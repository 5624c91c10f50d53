"""The one writer: everything that waits while the disk syncs goes into the next commit together.

An answer means durable. A refusal undoes its own call alone; if the database itself objects to a
batch, its calls are run again one at a time, so that one bad call cannot spoil its neighbours.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, cast

from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from domain.organisation import Actor, Directory
from domain.refusals import Refusal
from domain.register.refusals import DatabaseBusy, DiskFull, RegisterClosed
from domain.register.statements import Driver
from domain.register.work import Batch, Work, WriteFailed

TOGETHER = 512
"""How many calls one transaction takes at most."""
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


class Writer:
    """A thread with a queue; `Register` owns one."""

    def __init__(
        self,
        engine: Engine,
        open_batch: Callable[..., Batch],
        committed: Callable[[int, str, Directory | None], None],
    ) -> None:
        self._engine = engine
        self._open_batch = open_batch
        self._committed = committed
        self._queue: SimpleQueue[Call | None] = SimpleQueue()
        self._brought: dict[asyncio.AbstractEventLoop, list[Call]] = {}
        self._closed = False
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._run, name="forecourt-writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """Calls in the queue."""
        return self._queue.qsize()

    def put(self, call: Call) -> None:
        """Queue a call.

        Raises:
            RegisterClosed: The register was closed.
        """
        if self._closed:
            raise RegisterClosed
        self._queue.put(call)

    def put_soon(self, call: Call) -> None:
        """Queue a call of an event loop, with all others that its present round brings.

        Taken one by one, the writer would begin with the first, and from then on the two threads
        would take the interpreter from each other while the rest is still being read.

        Raises:
            RegisterClosed: The register was closed.
        """
        if self._closed:
            raise RegisterClosed
        loop = cast("asyncio.AbstractEventLoop", call.loop)
        brought = self._brought.get(loop)
        if brought is None:
            brought = self._brought[loop] = []
            loop.call_soon(self._post, loop)
        brought.append(call)

    def _post(self, loop: asyncio.AbstractEventLoop) -> None:
        for call in self._brought.pop(loop):
            self._queue.put(call)

    def close(self) -> None:
        """Finish what waits, then stop."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            waiting, last = self._gather(first)
            self._commit_together(waiting)
            _settle(waiting)
            if last:
                break
        self._let_go()

    def _gather(self, first: Call) -> tuple[list[Call], bool]:
        waiting = [first]
        while len(waiting) < TOGETHER:
            try:
                call = self._queue.get_nowait()
            except Empty:
                break
            if call is None:
                return waiting, True
            waiting.append(call)
        return waiting, False

    def _commit_together(self, waiting: Sequence[Call]) -> None:
        """Run the calls in one transaction; nobody is answered or told before it is durable."""
        try:
            connection = self._connected()
            with connection.begin():
                batch = self._open_batch(connection, Driver(connection))
                for call in waiting:
                    call.run(Work(batch, call.by))
                batch.write()
                batch.tail.write(batch.driver)
                directory = batch.directory() if batch.directory_changed else None
        except Exception as error:  # noqa: BLE001 - goes to whoever called
            self._let_go()
            self._commit_alone(waiting, error)
        else:
            self._committed(batch.tail.seq, batch.tail.seal, directory)

    def _connected(self) -> Connection:
        """The writer's connection, kept from one transaction to the next."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _let_go(self) -> None:
        """Close it: at the end, and after trouble, for it may have been the connection's."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _commit_alone(self, waiting: Sequence[Call], error: Exception) -> None:
        if len(waiting) == 1:
            cause = error.__cause__ if isinstance(error, WriteFailed) else error
            waiting[0].error = _as_refusal(cause if isinstance(cause, Exception) else error)
            return
        for call in waiting:
            call.reset()
            self._commit_together([call])


def _as_refusal(error: Exception) -> Exception:
    """A database that cannot write, in the reader's words; anything else is a fault of ours."""
    said = str(getattr(error, "orig", error)).lower()
    if isinstance(error, OperationalError) and ("full" in said or "no space" in said):
        return DiskFull()
    if isinstance(error, OperationalError) and ("locked" in said or "busy" in said):
        return DatabaseBusy()
    log.error("A transaction failed", exc_info=error)
    return error


def _settle(waiting: Sequence[Call]) -> None:
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
