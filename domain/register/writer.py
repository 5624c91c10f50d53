"""The one writer: everything that waits while the disk syncs goes into the next commit together.

An answer means durable. A refusal undoes its own call alone; if the database itself objects to a
batch, its calls are run again one at a time, so that one bad call cannot spoil its neighbours.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import cast

from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from domain.organisation import Directory
from domain.register.call import Call, settle
from domain.register.refusals import (
    DatabaseAway,
    DatabaseBusy,
    DatabaseDamaged,
    RegisterClosed,
)
from domain.register.statements import Driver
from domain.register.trouble import refusal_of
from domain.register.work import Batch, Work, WriteFailed

TOGETHER = 512
"""How many calls one transaction takes at most."""
log = logging.getLogger(__name__)


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
        self._gate = threading.Lock()
        self._closed = False
        self._connected: tuple[Connection, Driver] | None = None
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
        with self._gate:
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
            try:
                self.put(call)
            except RegisterClosed as closed:  # since the call was brought
                call.error = closed
                call.settle()

    def close(self) -> None:
        """Finish what waits, then stop."""
        with self._gate:
            closed, self._closed = self._closed, True
            if not closed:
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            waiting, last = self._gather(first)
            self._carry_out(waiting)
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

    def _carry_out(self, waiting: Sequence[Call]) -> bool:
        """Run the calls in one transaction; nobody is answered or told before it is durable.

        Returns:
            Whether the database could be had at all.
        """
        try:
            batch = self._begun()
        except Exception as error:  # noqa: BLE001 - goes to whoever called
            self._let_go()
            _fail(waiting, error)
            return False
        try:
            directory = self._commit(batch, waiting)
        except Exception as error:  # noqa: BLE001 - goes to whoever called
            self._let_go()
            if len(waiting) == 1:
                _fail(waiting, error)
            else:
                self._carry_out_singly(waiting)
        else:
            self._committed(batch.tail.seq, batch.tail.seal, directory)
            settle(waiting)
        return True

    def _carry_out_singly(self, waiting: Sequence[Call]) -> None:
        for number, call in enumerate(waiting, start=1):
            call.reset()
            if not self._carry_out([call]):
                _fail(waiting[number:], call.error or DatabaseBusy())
                return

    def _begun(self) -> Batch:
        """A transaction; over a new connection where the kept one was cut while nobody called."""
        kept = self._connected is not None
        try:
            return self._begin()
        except OperationalError as error:
            if not kept or isinstance(_as_refusal(error), DatabaseBusy):
                raise
            self._let_go()
            return self._begin()

    def _begin(self) -> Batch:
        if self._connected is None:
            connection = self._engine.connect()
            self._connected = connection, Driver(connection)
        connection, driver = self._connected
        driver.begin()
        return self._open_batch(connection, driver)

    def _commit(self, batch: Batch, waiting: Sequence[Call]) -> Directory | None:
        """Run the calls and make what they did durable; the organisation if they changed it."""
        batch.foresee(question for call in waiting for question in call.questions())
        for call in waiting:
            call.run(Work(batch, call.by))
        batch.write()
        batch.tail.write(batch.driver)
        directory = batch.directory() if batch.directory_changed else None
        batch.driver.commit()
        if batch.connection.in_transaction():  # where a procedure asked through it
            batch.connection.commit()
        return directory

    def _let_go(self) -> None:
        """Close the connection: at the end, and after trouble, for it may have been its own.

        Rolled back expressly: a traceback kept somewhere keeps the connection, and with it the
        lock, and the next transaction would wait for it in vain.
        """
        if self._connected is not None:
            connection, driver = self._connected
            self._connected = None
            driver.roll_back()
            connection.invalidate()
            connection.close()


def _fail(waiting: Sequence[Call], error: Exception) -> None:
    """Answer calls none of which was stored."""
    cause = error.__cause__ if isinstance(error, WriteFailed) else error
    for call in waiting:
        call.value, call.error = None, _as_refusal(cause if isinstance(cause, Exception) else error)
    settle(waiting)


def _as_refusal(error: Exception) -> Exception:
    """A database that cannot write, in the reader's words; anything else is a fault of ours."""
    refusal = refusal_of(error)
    if refusal is None or isinstance(refusal, DatabaseAway | DatabaseDamaged):
        log.error("A transaction failed", exc_info=error)
    return refusal or error
