"""Bad input: each gets its refusal with a remedy, and the receiver goes on."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import select

from domain.register.queries import INSPECTION
from tests.server.conftest import AForm, Phone
from tests.things import PATIENCE_S, Chain, a_picture, new_id
from tui.receiver import Receiver

JSON = {"Content-Type": "application/json"}
PROBLEM = "application/problem+json"


@pytest.fixture(autouse=True)
def still_serving(phone: Phone, a_form: AForm) -> Any:
    """After everything here, the next good form is taken in."""
    yield
    assert phone.submit(a_form()).status_code == 201


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    """The problem details of a refusal, which always say what to do."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM), answer.text
    told: dict[str, Any] = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    return told


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"id": }',
        b"\xff\xfe",
        b'{"note": "\xff"}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_json_is_malformed(phone: Phone, body: bytes) -> None:
    answer = phone.post("/api/submissions", content=body, headers=JSON)

    assert problem(answer, 400)["field"].startswith("$")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": 1}, "$.id"),
        ({"id": "no-uuid"}, "$.id"),
        ({"id": f"{new_id()}\n"}, "$.id"),
        ({"colour": "red"}, "$.colour"),
        ({"found": {}}, "$.found"),
        ({"found": [{"criterion": "A.a.1", "count": 0}]}, "$.found[0].count"),
        ({"found": [{"criterion": "A.a.1", "count": -3}]}, "$.found[0].count"),
        ({"found": [{"criterion": "A.a.1", "count": 1000}]}, "$.found[0].count"),
        ({"found": [{"criterion": "A.a.1", "count": 10**30}]}, "$.found[0].count"),
        ({"found": [{"criterion": "A.a.1", "count": "2"}]}, "$.found[0].count"),
        ({"found": [{"criterion": "A.a.1", "count": 1.5}]}, "$.found[0].count"),
        ({"found": [{"count": 1}]}, "$.found[0].criterion"),
        ({"found": [{"criterion": "A.a.1"}] * 1000}, "$.found"),
        ({"note": "字" * 2001}, "$.note"),
        ({"started_at": "2026-11-20 12:00"}, "$.started_at"),
        ({"started_at": "2026-11-20T12:00:00"}, "$.started_at"),
        ({"inputs": {"A.a.1": {}}}, "$.inputs[...].of"),
    ],
)
def test_a_wrong_shape_is_named_with_its_place(
    phone: Phone, a_form: AForm, changes: dict[str, Any], field: str
) -> None:
    assert problem(phone.submit(a_form(**changes)), 400)["field"] == field


@pytest.mark.parametrize("media_type", ["image/jpeg\n", "text/html", "image/", "image/a\r\nX: y"])
def test_a_media_type_is_one_word_of_a_header(phone: Phone, a_form: AForm, media_type: str) -> None:
    picture = msgspec.to_builtins(a_picture(b"x", media_type=media_type))

    told = problem(phone.submit(a_form(evidence=[picture])), 400)

    assert told["field"] == "$.evidence[0].media_type"


@pytest.mark.parametrize(
    ("query", "field"), [("?rulebook=x", "edition"), ("?edition=x&lang=%ff", "rulebook")]
)
def test_a_missing_parameter_is_named(phone: Phone, query: str, field: str) -> None:
    told = problem(phone.get(f"/api/editions{query}"), 400)

    assert (told["field"], told["title"]) == (field, f"参数“{field}”缺失或不正确。")


def test_a_missing_value_is_named(phone: Phone, a_form: AForm) -> None:
    form = a_form()
    del form["edition"]

    told = problem(phone.submit(form, params={"lang": "en"}), 400)

    assert (told["field"], told["title"]) == ("$.edition", '"edition" is missing.')


@pytest.mark.parametrize(
    ("changes", "status", "kind"),
    [
        ({"found": [{"criterion": "Z.z.9"}]}, 422, "unknown-criterion"),
        ({"found": [{"criterion": "A.a.1", "clause": 7}]}, 422, "clause-out-of-range"),
        ({"not_applicable": ["Z"]}, 422, "unknown-criterion"),
        ({"inputs": {"A.a.1": {"of": "1"}}}, 422, "input-not-taken"),
        ({"rulebook": "nobody/nothing"}, 422, "unknown-rulebook"),
        ({"edition": "1999-A0"}, 409, "edition-not-in-force"),
        ({"token": "x" * 20}, 404, "unknown-code"),
        ({"token": "../../etc/passwd"}, 404, "unknown-code"),
        ({"started_at": "0001-01-01T00:00:00+14:00"}, 422, "unfit"),
        ({"submitted_at": "9999-12-31T23:59:59-14:00"}, 422, "unfit"),
    ],
)
def test_what_the_form_says_is_judged(
    phone: Phone, a_form: AForm, changes: dict[str, Any], status: int, kind: str
) -> None:
    assert problem(phone.submit(a_form(**changes)), status)["type"] == kind


def test_an_announcement_in_a_finding_must_be_listed(phone: Phone, a_form: AForm) -> None:
    form = a_form(found=[{"criterion": "A.a.1", "evidence": [new_id()]}])

    assert problem(phone.submit(form), 422)["field"] == "$.evidence"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_content_type_is_not_taken(phone: Phone, a_form: AForm, kind: str) -> None:
    body = msgspec.json.encode(a_form())

    answer = phone.post("/api/submissions", content=body, headers={"Content-Type": kind})

    assert problem(answer, 415)["type"] == "wrong-content-type"


def test_a_form_above_a_mebibyte_is_too_large(phone: Phone) -> None:
    answer = phone.post("/api/submissions", content=b" " * (1 << 20) + b"{}", headers=JSON)

    assert problem(answer, 413)["type"] == "too-large"


def test_a_body_that_grows_without_end_is_too_large(phone: Phone) -> None:
    pieces = (b" " * 65_536 for _ in range(40))

    answer = phone.post("/api/submissions", content=pieces, headers=JSON)

    assert problem(answer, 413)["type"] == "too-large"


def test_a_hundred_megabytes_are_refused_before_they_are_sent(
    receiver: Receiver, chain: Chain
) -> None:
    host, port = receiver.address.split(":")
    head = (
        f"POST /api/submissions HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100000000\r\n"
        f"Authorization: Bearer {chain.phone.key}\r\nContent-Type: application/json\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=PATIENCE_S) as connection:
        connection.sendall(head.encode())
        answer = connection.recv(65_536)

    assert answer.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("body", [b"", b"\x00\x01\x02", b"GET / HTTP/9.9\r\n\r\n"])
def test_what_is_no_http_is_hung_up_on(receiver: Receiver, body: bytes) -> None:
    host, port = receiver.address.split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE_S) as connection:
        connection.sendall(body)
        connection.shutdown(socket.SHUT_WR)
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing/here", 404),
        ("GET", "/api/submissions", 405),
        ("DELETE", "/api/submissions", 405),
        ("PUT", "/api/uploads", 405),
        ("GET", "/../../etc/passwd", 404),
        ("GET", "/media/..%2f..%2fforecourt.sqlite3", 404),
        ("GET", "/api/editions", 400),
        ("GET", "/api/editions?rulebook=x&edition=y", 422),
        ("GET", "/api/submissions/%00", 404),
        ("GET", "/api/points/%F0%9F%98%80", 404),
    ],
)
def test_wrong_addresses_are_refused_alike(
    phone: Phone, method: str, path: str, status: int
) -> None:
    problem(phone.request(method, path), status)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({}, "没有这个地址。"),
        ({"headers": {"Accept-Language": "en-GB,zh;q=0.5"}}, "There is nothing at this address."),
        ({"headers": {"Accept-Language": "fr, zh-CN;q=0.8, en;q=0.7"}}, "没有这个地址。"),
        ({"headers": {"Accept-Language": ";;q=x,,"}}, "没有这个地址。"),
        ({"headers": {"Cookie": "lang=en"}}, "There is nothing at this address."),
        (
            {"params": {"lang": "zh"}, "headers": {"Cookie": "lang=en", "Accept-Language": "en"}},
            "没有这个地址。",
        ),
    ],
)
def test_a_refusal_speaks_the_readers_language(
    phone: Phone, asked: dict[str, Any], title: str
) -> None:
    assert phone.get("/nowhere", **asked).json()["title"] == title


def test_a_phone_that_floods_is_slowed_down(
    receiver: Receiver, phone: Phone, a_form: AForm, chain: Chain
) -> None:
    from server.rates import Limits

    slow = Receiver(chain.register, "127.0.0.1", 0, Limits(forms_at_once=2, forms_refill_s=3600))
    slow.start()
    try:
        with Phone(base_url=slow.url, headers=phone.headers) as flood:
            answers = [flood.post("/api/submissions", json=a_form()) for _ in range(3)]
    finally:
        slow.stop()

    assert [each.status_code for each in answers] == [201, 201, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 1800


@pytest.mark.parametrize("odd", ["\x00", "\ud83d"])
def test_what_no_text_can_hold_is_replaced_where_it_can_be_seen(
    phone: Phone, a_form: AForm, chain: Chain, odd: str
) -> None:
    body = json.dumps(a_form(note=f"油枪{odd}漏油")).encode()

    receipt = phone.post("/api/submissions", content=body, headers=JSON)

    assert receipt.status_code == 201
    with chain.register.read() as connection:
        asked = select(INSPECTION.c.note).where(INSPECTION.c.number == receipt.json()["number"])
        assert connection.execute(asked).scalar_one() == "油枪�漏油"
