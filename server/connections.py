"""Connections: answers in one packet, and no patience with those that never finish a request."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from domain.refusals import Refusal
from domain.text import Lang
from server.problems import PROBLEM, headers_of, preferred, problem_of
from server.refusals import Crowded, NoHttp

HEAD_S = 20.0
"""How long the head of a request, or a silent new connection, may take."""
BODY_S = 40.0
"""How long the sender of a body may be silent."""
ANSWER_S = 120.0
"""How long a reader may take nothing of its answer: it holds a connection and an open file."""
LOOK_EVERY_S = 5.0
AT_ONCE = 1 << 16


class PhoneConnection(HttpToolsProtocol):
    """uvicorn's connection, corked, and closed where the other side falls asleep."""

    def connection_made(self, transport: Any) -> None:
        """Begin."""
        self._corked = Corked(transport, self.loop)
        super().connection_made(self._corked)  # type: ignore[arg-type]
        self._in_head, self._since = True, self.loop.time()
        self._heard = self._taken = self._since
        self._gone = 0
        # Whoever is too many is told so in our words.
        self._most, self.limit_concurrency = self.config.limit_concurrency, None
        self._look = self.loop.call_later(LOOK_EVERY_S, self._look_after)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Note that something came."""
        self._heard = self.loop.time()
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Note when the head began: more bytes of it buy no time."""
        self._in_head, self._since = True, self._heard
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Note that the head is whole, and who is to answer."""
        self._in_head = False
        busy = max(len(self.connections), len(self.tasks))
        crowded = self._most is not None and busy >= self._most
        self.app = say_crowded if crowded else self.config.loaded_app
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Say that nothing of it could be read; `msg` is uvicorn's word for it."""
        del msg
        refusal, lang = NoHttp(), _language(getattr(self, "headers", []))
        body = msgspec.json.encode(problem_of(refusal, lang))
        head = [b"HTTP/1.1 400 Bad Request"]
        head += [b"%s: %s" % line for line in self.server_state.default_headers]
        head += [b"%s: %s" % line for line in _lines(refusal, lang, body)]
        self.transport.write(b"\r\n".join([*head, b"connection: close", b"", body]))
        self.transport.close()

    def _look_after(self) -> None:
        now = self.loop.time()
        in_body = not self._in_head and self.cycle.more_body and not self.flow.read_paused
        if (self._in_head and now - self._since > HEAD_S) or (
            in_body and now - self._heard > BODY_S
        ):
            self.transport.close()
        elif self._is_stuck(now):
            self.transport.abort()  # closing would wait for the reader
        else:
            self._look = self.loop.call_later(LOOK_EVERY_S, self._look_after)

    def _is_stuck(self, now: float) -> bool:
        """Whether there is something to send and nothing of it has been taken for long."""
        unsent = self.transport.get_write_buffer_size()
        gone = self._corked.written - unsent
        if unsent == 0 or gone != self._gone:
            self._gone, self._taken = gone, now
        return now - self._taken > ANSWER_S


class Corked:
    """A transport that lets the head of an answer wait for its body: one call of the system.

    Attributes:
        written: Bytes that were given to it.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._waiting: list[bytes] = []
        self.written = 0
        self.is_closing = transport.is_closing

    def __getattr__(self, name: str) -> Any:
        """Everything else is the transport's."""
        return getattr(self._transport, name)

    def write(self, content: bytes) -> None:
        """Send with what else this round of the loop writes; much of it at once."""
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(content)
        self.written += len(content)
        if len(content) > AT_ONCE:
            self._flush()

    def close(self) -> None:
        """Send what waits, then close."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            if not self._transport.is_closing():
                self._transport.write(b"".join(waiting))


async def say_crowded(scope: Any, _: Any, send: Any) -> None:
    """Answer a request that is one too many."""
    refusal, lang = Crowded(), _language(scope["headers"])
    body = msgspec.json.encode(problem_of(refusal, lang))
    headers = [*_lines(refusal, lang, body), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _language(headers: list[tuple[bytes, bytes]]) -> Lang:
    """The reader's language as far as the head was read."""
    return preferred(dict(headers).get(b"accept-language", b"").decode("latin-1"))


def _lines(refusal: Refusal, lang: Lang, body: bytes) -> list[tuple[bytes, bytes]]:
    more = {"Content-Type": PROBLEM, "Content-Length": str(len(body))}
    return [
        (name.lower().encode(), value.encode())
        for name, value in (headers_of(refusal, lang) | more).items()
    ]
