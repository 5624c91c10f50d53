"""The console with its receiver on the records of the duties' bench, on the day they end."""

from __future__ import annotations

import signal
import socket
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from domain.organisation import Actor
from domain.procedures.submission import submit_inspection
from domain.procedures.weighing import weigh
from domain.register.register import Register
from tests.things import VIDEO, a_form
from tui.app import ConsoleApp
from tui.commands.console import open_receiver

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
"""Twelve o'clock in China, on the bench's last day."""


def main() -> None:
    """Show it, on a port that nobody listens at; told SIGUSR1, a manager sends an audit."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    console = ConsoleApp(
        lambda: Register.open(Path(sys.argv[1]), clock=lambda: NOON),
        receiver_opener=partial(open_receiver, port=port),
    )
    signal.signal(signal.SIGUSR1, lambda *_: _send_an_audit(console.register))
    console.run()


def _send_an_audit(register: Register) -> None:
    weighed = weigh(register.rulebooks, a_form(rulebook=VIDEO, station="u0a0s0", at=NOON, found=()))
    by = Actor("console", "p-u0a0s0")
    register.carry_out_later(submit_inspection, weighed, None, by=by)


if __name__ == "__main__":
    main()
