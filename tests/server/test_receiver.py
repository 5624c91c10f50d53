"""The receiver as a thread, and as a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from domain.register.register import Register
from tests.things import PATIENCE_S, a_port, wait_until
from tui.receiver import AddressTaken, Receiver, lan_address


def test_a_port_that_is_taken_is_said(register: Register) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(AddressTaken):
            Receiver(register, "127.0.0.1", port).start()


def test_it_starts_and_stops_and_starts(register: Register) -> None:
    for _ in range(2):
        receiver = Receiver(register, "127.0.0.1", 0)
        receiver.start()
        assert httpx.get(f"{receiver.url}/healthz", timeout=PATIENCE_S).json()["status"] == "ok"
        receiver.stop()


def test_the_address_is_the_one_that_phones_reach(register: Register) -> None:
    receiver = Receiver(register, "0.0.0.0", 0)
    receiver.start()
    try:
        assert receiver.address.startswith(f"{lan_address()}:")
        assert not receiver.address.endswith(":0")
    finally:
        receiver.stop()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to catch")
@pytest.mark.slow
def test_serve_ends_cleanly_when_it_is_told_to(tmp_path: Path) -> None:
    with a_port() as port:
        serve_and_end(tmp_path, port)


def serve_and_end(folder: Path, port: int) -> None:
    command = [sys.executable, "-m", "tui", "serve", "--host", "127.0.0.1", "--port", str(port)]
    environment = os.environ | {"FORECOURT_DATA": str(folder), "LANG": "zh_CN.UTF-8"}
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        assert f"http://127.0.0.1:{port}".encode() in process.stderr.readline()
        with httpx.stream("GET", f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE_S) as health:
            assert health.status_code == 200
        process.send_signal(signal.SIGTERM)
        wait_until(lambda: process.poll() is not None)

        assert (process.returncode, process.stderr.read()) == (0, b"")
