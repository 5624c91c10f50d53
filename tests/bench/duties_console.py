"""The console with its receiver on the records of the duties' bench, on the day they end."""

from __future__ import annotations

import socket
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from domain.register.register import Register
from tui.app import ConsoleApp
from tui.commands.console import open_receiver

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
"""Twelve o'clock in China, on the bench's last day."""


def main() -> None:
    """Show it, on a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    console = ConsoleApp(
        lambda: Register.open(Path(sys.argv[1]), clock=lambda: NOON),
        receiver_opener=partial(open_receiver, port=port),
    )
    console.run()


if __name__ == "__main__":
    main()
