"""Runs the receiver in a thread of this process, beside a console or alone.

One of two files that know both fronts; what it needs of `server` is imported when it starts, so
that the console's first paint does not wait for it.
"""

from __future__ import annotations

import asyncio
import errno
import gc
import logging
import socket
import sys
import threading
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from domain.refusals import Refusal
from domain.text import Text

if TYPE_CHECKING:
    import uvicorn
    from litestar import Litestar

    from domain.register.register import Register
    from server.rates import Limits
    from server.reception import Reception

PORT = 8600
GRACE_S = 5
IDLE_S = 20
"""How long a connection may stay open without a request."""
CONNECTIONS = 2_000
HEADERS = [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")]
"""On every answer: content is what it is declared as, and no code leaks in a referrer."""


class AddressTaken(Refusal):
    """The port is in use."""

    code = "address-taken"
    status = 503

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            Text(
                zh=f"地址 {host}:{port} 无法使用，可能已被占用。",
                en=f"The address {host}:{port} cannot be used; perhaps it is taken.",
            ),
            remedy=Text(
                zh="请关闭占用它的程序，或用 --port 换一个端口。",
                en="Stop the program that uses it, or choose another with --port.",
            ),
        )


class NotOurAddress(Refusal):
    """The address to listen at belongs to no network of this machine."""

    code = "not-our-address"
    status = 503

    def __init__(self, host: str) -> None:
        super().__init__(
            Text(zh=f"{host} 不是本机的地址。", en=f"{host} is no address of this machine."),
            remedy=Text(
                zh="请去掉 --host（在本机所有地址上接收），或写本机的地址。",
                en="Leave --host out to listen at all of them, or name one of this machine's.",
            ),
        )


class Receiver:
    """The receiver of a register.

    Attributes:
        address: `host:port` as a phone on the station's network reaches it.
    """

    def __init__(
        self,
        register: Register,
        host: str = "0.0.0.0",  # noqa: S104 - phones come from the station's network
        port: int = PORT,
        limits: Limits | None = None,
    ) -> None:
        self._register, self._limits = register, limits
        self._host, self._port = host, port
        self._server: uvicorn.Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._reception: Reception | None = None
        self._thread = threading.Thread(target=self._run, name="forecourt-receiver", daemon=True)
        self._started = threading.Event()
        self._app: Litestar | None = None
        self._socket: socket.socket | None = None

    @property
    def address(self) -> str:
        """Where phones reach it."""
        host = lan_address() if self._host in ("0.0.0.0", "::") else self._host  # noqa: S104
        return f"{host}:{self._port}"

    @property
    def url(self) -> str:
        """What printed codes begin with."""
        return f"http://{self.address}"

    @property
    def clients(self) -> int:
        """Phones that are connected."""
        return self._reception.visitors.count() if self._reception else 0

    def start(self) -> None:
        """Answer requests from now on.

        Raises:
            AddressTaken: The port is in use.
            NotOurAddress: The host is none of this machine's.
        """
        from server.app import make_app

        self._socket = self._listen()
        self._app = make_app(self._register, self._limits)
        self._reception = self._app.state.reception
        self._thread.start()
        self._started.wait()
        if self._server is None or not self._server.started:
            raise AddressTaken(self._host, self._port)
        settle_memory()

    def stop(self) -> None:
        """Finish what is being answered, at most five seconds long, and close."""
        if self._server is None or self._loop is None or self._reception is None:
            return
        with suppress(RuntimeError):
            # Open event streams would keep it waiting.
            self._loop.call_soon_threadsafe(self._reception.news.close)
        self._server.should_exit = True
        self._thread.join()

    def join(self) -> None:
        """Wait until it has stopped."""
        self._thread.join()

    def _listen(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            if sys.platform != "win32":
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((self._host, self._port))
        except OSError as error:
            listening.close()
            if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
                raise NotOurAddress(self._host) from None
            raise AddressTaken(self._host, self._port) from None
        self._port = listening.getsockname()[1]
        return listening

    def _run(self) -> None:
        import uvicorn

        from server.connections import PhoneConnection

        config = uvicorn.Config(
            self._app,  # type: ignore[arg-type]
            log_config=None,
            access_log=False,
            proxy_headers=False,
            http=PhoneConnection,
            ws="none",
            lifespan="on",
            server_header=False,
            headers=HEADERS,
            timeout_keep_alive=IDLE_S,
            timeout_graceful_shutdown=GRACE_S,
            limit_concurrency=CONNECTIONS,
            backlog=1024,
        )
        # Nobody reads its start-up lines, and over a console they would be painted.
        logging.getLogger("uvicorn").setLevel(logging.ERROR)
        with asyncio.Runner(loop_factory=_new_loop) as runner:
            self._loop = runner.get_loop()
            self._server = uvicorn.Server(config)
            try:
                runner.run(self._serve(self._server))
            finally:
                self._started.set()

    async def _serve(self, server: uvicorn.Server) -> None:
        """Serve, and tell the starter once requests are answered."""
        serving = asyncio.ensure_future(
            server.serve(sockets=[self._socket] if self._socket else None)
        )
        while not server.started and not serving.done():  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.005)
        self._started.set()
        await serving


def _new_loop() -> asyncio.AbstractEventLoop:
    """The loop of uvloop where there is one; Windows has none."""
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()


@cache
def settle_memory() -> None:
    """Keep the collector off what stays, and let threads take turns sooner.

    A pass over all that was imported takes a tenth of a second, in which nobody is answered; with
    this, the slowest answers and key presses become three to four times quicker. Once is enough.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    sys.setswitchinterval(0.001)


def lan_address() -> str:
    """The address by which others on the network reach this machine; loopback without one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            # Nothing is sent: the system only says which of its addresses it would use.
            asked.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(asked.getsockname()[0])
