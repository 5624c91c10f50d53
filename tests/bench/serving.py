"""A server in a process of its own, to be measured: the receiver, or a bare echo beside it.

As a program: `python -m tests.bench.serving receiver FOLDER` or `… echo`. It prints its port and
serves until its input is closed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple


class Served(NamedTuple):
    """A running server."""

    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time that it has used so far, all threads together."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(*words: str, under: Sequence[str] = ()) -> Iterator[Served]:
    """A server in a child process.

    Args:
        words: `echo`, or `receiver` and a folder.
        under: A command that the child is run by, such as `strace …`.
    """
    command = [*under, sys.executable, "-m", "tests.bench.serving", *words]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        port = int(child.stdout.readline())
        yield Served(f"http://127.0.0.1:{port}", child.pid)
    finally:
        child.stdin.close()
        child.wait(timeout=60)


def _serve_receiver(folder: str) -> None:
    from domain.register.register import Register
    from server.rates import Limits
    from tui.receiver import Receiver

    unlimited = Limits(enrolments_per_address=10**6, enrolments=10**6, forms_at_once=10**9)
    with Register.open(Path(folder)) as register:
        receiver = Receiver(register, "127.0.0.1", 0, limits=unlimited)
        receiver.start()
        _say(int(receiver.url.rpartition(":")[2]))
        sys.stdin.read()
        receiver.stop()


def _serve_echo() -> None:
    """The ceiling: Litestar takes JSON and gives it back, run exactly as the receiver runs."""
    import socket
    import threading

    import uvicorn
    from litestar import Litestar, post
    from litestar.params import JSONBody

    from tui.receiver import settle_memory

    async def echo(data: JSONBody[dict[str, Any]]) -> dict[str, Any]:
        return data

    echo.__annotations__ = {"data": JSONBody[dict[str, Any]], "return": dict[str, Any]}
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    app = Litestar([post("/api/submissions")(echo)], logging_config=None, openapi_config=None)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        http="httptools",
        ws="none",
        loop="uvloop",
        backlog=1024,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    settle_memory()
    _say(listening.getsockname()[1])
    sys.stdin.read()


def _say(port: int) -> None:
    print(port, flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["receiver", folder]:
            _serve_receiver(folder)
        case ["echo"]:
            _serve_echo()
