"""Simulated phones that send to a running receiver, in a process of their own.

A separate process, so that drawing pictures and filling in forms takes no time from the console;
it ends when told, when its count is reached, or when whoever started it is gone.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

import msgspec

from domain.register.register import Register
from tui.demo.tickets import Orders, write_tickets


class Traffic:
    """Phones in a child process. It stops with this process, whatever becomes of it."""

    def __init__(self, orders: Orders) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "tui.demo.rounds"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert self._child.stdin is not None  # noqa: S101 - a pipe was asked for
        self._child.stdin.write(msgspec.json.encode(orders) + b"\n")
        self._child.stdin.flush()

    @property
    def running(self) -> bool:
        """Whether the phones still send."""
        return self._child.poll() is None

    def stop(self) -> None:
        """Switch the phones off."""
        if self._child.stdin:
            with suppress(BrokenPipeError):
                self._child.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(timeout=5)
        if self.running:
            self._child.kill()
            self._child.wait()


def start_traffic(
    register: Register,
    base_url: str,
    *,
    phones: int = 8,
    rate: float = 0.5,
    count: int | None = None,
    seed: int = 1,
) -> Traffic:
    """Enrol that many phones at a running receiver and let them send, beside this process."""
    tickets = write_tickets(register, phones, seed)
    return Traffic(Orders(base_url, tickets, rate=rate, count=count, seed=seed))
