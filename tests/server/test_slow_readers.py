"""Readers that take their answers slowly get them; those that take nothing are hung up on."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest

import server.connections
from domain.submission import Evidence
from tests.server.conftest import AForm, Phone
from tests.server.test_uploads import MP4
from tests.things import Chain, wait_until
from tui.receiver import Receiver

pytestmark = pytest.mark.slow

PATIENCE_S = 3.0
VIDEO = MP4 + bytes(12_000_000)


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes minutes in life takes seconds here: longer than a busy machine holds us up."""
    monkeypatch.setattr(server.connections, "ANSWER_S", PATIENCE_S)
    monkeypatch.setattr(server.connections, "LOOK_EVERY_S", 0.1)


def is_open(receiver: Receiver, connection: socket.socket) -> bool:
    """Whether the receiver has this connection open."""
    assert receiver._server is not None
    _, port = connection.getsockname()
    known: list[Any] = list(receiver._server.server_state.connections)
    return any(each.client and each.client[1] == port for each in known)


@pytest.fixture
def video(phone: Phone, a_form: AForm) -> Evidence:
    """A video that has arrived."""
    (video,) = phone.announce(a_form, VIDEO, kind="video", media_type="video/mp4")
    assert phone.upload(video, VIDEO).status_code == 204
    return video


def asking(receiver: Receiver, chain: Chain, video: Evidence) -> socket.socket:
    """A connection that has asked for the video and read nothing yet."""
    host, port = receiver.address.split(":")
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    connection.settimeout(10)
    connection.connect((host, int(port)))
    head = f"GET /media/{video.sha256} HTTP/1.1\r\nHost: {host}\r\n"
    connection.sendall(f"{head}Authorization: Bearer {chain.phone.key}\r\n\r\n".encode())
    return connection


def rest(connection: socket.socket, pause_s: float = 0) -> int:
    """How many bytes come until the end, or until the connection is cut."""
    came = 0
    try:
        while came < len(VIDEO):
            block = connection.recv(400_000)
            if not block:
                break
            came += len(block)
            time.sleep(pause_s)
    except ConnectionResetError:
        pass
    return came


def test_who_takes_nothing_is_hung_up_on(receiver: Receiver, chain: Chain, video: Evidence) -> None:
    with asking(receiver, chain, video) as connection:
        wait_until(lambda: is_open(receiver, connection))
        wait_until(lambda: not is_open(receiver, connection))

        assert rest(connection) < len(VIDEO)


def test_who_takes_it_slowly_gets_all_of_it(
    receiver: Receiver, chain: Chain, video: Evidence
) -> None:
    with asking(receiver, chain, video) as connection:
        began = time.monotonic()

        assert rest(connection, pause_s=0.12) >= len(VIDEO)
        assert time.monotonic() - began > PATIENCE_S


def test_a_stream_without_news_is_not_a_stuck_one(phone: Phone, chain: Chain) -> None:
    with phone.stream("GET", "/api/events") as stream:
        lines = stream.iter_lines()
        next(line for line in lines if line.startswith("data"))
        time.sleep(PATIENCE_S + 0.5)
        seq = chain.submit(chain.form()).seq

        assert next(line for line in lines if line.startswith("data")) == f'data: {{"seq": {seq}}}'
