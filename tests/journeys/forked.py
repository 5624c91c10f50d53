"""Programs of ours as processes that start at once, and that can be killed like any other.

`python -m tests.journeys.forked` imports what the receiver needs and then forks one process for
each command line that it is told: what takes seconds on a busy machine takes a fraction of one. It
has no threads when it forks; the tests' own process is full of them and must not do it itself.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Protocol

from domain.register import shelf

ROOT = Path(__file__).resolve().parents[2]
RECEIVER = ("uvicorn", "server.app", "server.connections", "tui.commands.serve")


class Running(Protocol):
    """A program that runs in a process of its own."""

    def kill(self) -> None:
        """Pull the plug, and wait until it is out."""

    @property
    def ended(self) -> bool:
        """Whether it has ended by itself."""


class Launcher(Protocol):
    """Starts the command line of Forecourt."""

    def start(self, *words: str) -> Running: ...

    def close(self) -> None: ...


class Started:
    """A program started the ordinary way."""

    def __init__(self, *words: str) -> None:
        command = [sys.executable, "-m", "tui", *words]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None


class Ordinary:
    """Starts every program anew: for systems that cannot fork."""

    def start(self, *words: str) -> Started:
        return Started(*words)

    def close(self) -> None:
        """There is nothing to close."""


class Forked:
    """A program that was forked; its parent takes leave of it, and tells how it ended."""

    def __init__(self, parent: Forking, pid: int) -> None:
        self._parent, self.pid = parent, pid

    def kill(self) -> None:
        self._parent.ask("kill", self.pid)

    @property
    def ended(self) -> bool:
        return bool(self._parent.ask("ended", self.pid))


class Forking:
    """Starts programs from a process that has imported everything already."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.journeys.forked"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def start(self, *words: str) -> Forked:
        return Forked(self, self.ask("start", *words))

    def ask(self, *words: object) -> int:
        """Say one line, read one line."""
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None
        assert told is not None
        asked.write(json.dumps(words).encode() + b"\n")
        asked.flush()
        return int(told.readline())

    def close(self) -> None:
        """Let it go; it kills what it has started and nobody has killed."""
        self._process.communicate()


def launcher() -> Launcher:
    """The quickest way to start programs on this system."""
    return Forking() if hasattr(os, "fork") else Ordinary()


def serve(asked: IO[str], told: IO[str]) -> None:
    """Do what is asked, line by line, until nobody can ask any more."""
    alive: set[int] = set()
    for line in asked:
        told.write(f"{carry_out(json.loads(line), alive)}\n")
        told.flush()
    for pid in alive:
        end(pid)


def carry_out(words: Sequence[Any], alive: set[int]) -> int:
    """Fork, kill, or tell whether a child has ended."""
    if words[0] == "start":
        pid = fork(words[1:])
        alive.add(pid)
        return pid
    pid = words[1]
    if pid not in alive:
        return 1
    if words[0] == "kill":
        end(pid)
    elif os.waitpid(pid, os.WNOHANG) == (0, 0):
        return 0
    alive.remove(pid)
    return 1


def end(pid: int) -> None:
    """Kill a child and take leave of it."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def fork(words: Sequence[str]) -> int:
    """A child that is Forecourt with this command line and nothing to read or to print on."""
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        status = main(words)
    finally:
        os._exit(status)


def main(words: Sequence[str]) -> int:
    """The command line of Forecourt."""
    from tui.__main__ import main as forecourt

    try:
        return forecourt(words)
    except SystemExit as ended:
        return int(ended.code or 0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        raise


def warm_up() -> None:
    """Import what a receiver needs, and read the rulebooks once."""
    for module in RECEIVER:
        import_module(module)
    shelf.load_rulebooks()
    gc.freeze()


if __name__ == "__main__":
    warm_up()
    serve(sys.stdin, sys.stdout)
