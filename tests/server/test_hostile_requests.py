"""Whatever comes over the wire, the answer is problem details in the reader's language."""

from __future__ import annotations

import json
import re
import socket
from typing import Any

import pytest

import tui.receiver
from tests.things import PATIENCE_S, Chain
from tui.receiver import Receiver

ENGLISH = b"Accept-Language: en\r\n"
ROUTES = [
    b"GET /",
    b"GET /enrol",
    b"GET /s/x",
    b"GET /api/me",
    b"GET /api/points/x",
    b"GET /api/editions?rulebook=x&edition=x",
    b"GET /api/submissions/x",
    b"GET /media/x",
    b"GET /media/x/thumb",
    b"GET /healthz",
    b"GET /nowhere",
    b"POST /api/submissions",
    b"POST /api/enrolments",
    b"POST /api/uploads",
    b"HEAD /api/uploads/x",
    b"PATCH /api/uploads/x",
    b"OPTIONS /api/uploads",
]


def send(receiver: Receiver, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer to some bytes."""
    host, port = receiver.address.split(":")
    came = b""
    with socket.create_connection((host, int(port)), timeout=PATIENCE_S) as connection:
        connection.sendall(request)
        while not (whole := _whole(came, request)) and (block := connection.recv(65_536)):
            came += block
    assert whole or came
    head, _, body = came.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    return int(first.split(" ")[1]), dict(_line(each) for each in lines), body


def _line(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.lower(), value.strip()


def _whole(came: bytes, request: bytes) -> bool:
    head, ends, body = came.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    nothing = request.startswith(b"HEAD") or head[9:12] in (b"204", b"304")
    return bool(ends) and (nothing or (length is not None and len(body) >= int(length[1])))


def is_said_well(answer: tuple[int, dict[str, str], bytes]) -> bool:
    """Whether it is no failure, and if a refusal one that says why and what to do."""
    status, headers, body = answer
    if status < 400:
        return True
    assert status != 500
    assert headers["content-type"] == "application/problem+json"
    if body:
        told: dict[str, Any] = json.loads(body)
        assert told["type"]
        assert told["title"].isascii()
        assert told["detail"].isascii()
        assert told["status"] == status
    return True


@pytest.mark.parametrize(
    "header",
    [
        b"Cookie: lang=\xff; forecourt_device=\xff\xfe",
        b'Cookie: ;;;===; a="',
        b"Range: bytes=\xff",
        b"If-None-Match: \xff",
        b"Content-Type: \xff",
        b"Content-Type: multipart/form-data",
        b"Tus-Resumable: 1.0.0\r\nUpload-Length: 5\r\nUpload-Metadata: evidence \xff\xff",
        b"Tus-Resumable: 1.0.0\r\nUpload-Length: 5\r\nUpload-Metadata: evidence /w==",
        b"Tus-Resumable: \xff",
        b"Upgrade: websocket\r\nConnection: Upgrade",
        b"X-Long: " + b"a" * 100_000,
        b"\r\n".join(b"X-%d: a" % number for number in range(3000)),
    ],
    ids=lambda header: header[:30].decode("latin-1"),
)
def test_absurd_headers(receiver: Receiver, chain: Chain, header: bytes) -> None:
    key = b"" if header.startswith(b"Cookie") else b"Authorization: Bearer " + _key(chain)
    for route in ROUTES:
        request = b"%s HTTP/1.1\r\nHost: x\r\n%s%s%s\r\n\r\n" % (route, ENGLISH, key, header)
        assert is_said_well(send(receiver, request)), route


def _key(chain: Chain) -> bytes:
    return chain.phone.key.encode() + b"\r\n"


@pytest.mark.parametrize(
    "query", [b"?lang=%ff", b"?x=%", b"?%00=%00", b"?lang[]=1", b"?" + 2000 * b"a=b&"]
)
def test_absurd_queries(receiver: Receiver, chain: Chain, query: bytes) -> None:
    about = ENGLISH + b"Authorization: Bearer " + _key(chain)
    for path in (b"/api/me", b"/api/editions", b"/s/%ff", b"/api/points/%ff", b"/nowhere"):
        request = b"GET %s%s HTTP/1.1\r\nHost: x\r\n%s\r\n" % (path, query, about)
        assert is_said_well(send(receiver, request)), path


@pytest.mark.parametrize(
    "request_",
    [
        b"\x00\x01\r\n\r\n",
        b"FOO / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /s/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nCookie: \x01\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
    ],
)
def test_what_is_no_request_is_told_so(receiver: Receiver, request_: bytes) -> None:
    status, headers, body = send(receiver, request_)

    assert (status, headers["content-type"]) == (400, "application/problem+json")
    assert headers["x-content-type-options"] == "nosniff"
    assert json.loads(body)["title"] == "发来的不是有效的 HTTP 请求。"


def test_what_is_no_request_is_told_so_in_the_language_read_so_far(receiver: Receiver) -> None:
    request = b"GET / HTTP/1.1\r\n" + ENGLISH + b"Content-Length: abc\r\n\r\n"

    assert is_said_well(send(receiver, request))


def test_one_too_many_is_told_to_come_back(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tui.receiver, "CONNECTIONS", 1)
    receiver = Receiver(chain.register, "127.0.0.1", 0)
    receiver.start()
    try:
        answer = send(receiver, b"GET / HTTP/1.1\r\nHost: x\r\n" + ENGLISH + b"\r\n")
    finally:
        receiver.stop()

    assert is_said_well(answer)
    assert (answer[0], json.loads(answer[2])["type"]) == (503, "crowded")
    assert int(answer[1]["retry-after"]) > 0
