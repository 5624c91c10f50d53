"""Many phones at once: no error, no stall, each form once."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from domain.journal import first_broken
from domain.register.journal_table import entries
from domain.register.queries import Asker, count_inspections
from tests.server.conftest import AForm, Form, Phone
from tests.things import Chain
from tui.receiver import Receiver

EACH = 4


async def a_phone(receiver: Receiver, key: str, forms: list[Form]) -> list[tuple[int, int]]:
    """Send forms one after the other over a connection of its own; statuses and numbers."""
    host, port = receiver.address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    answers = []
    for form in forms:
        body = msgspec.json.encode(form)
        head = (
            f"POST /api/submissions HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(answer.split("content-length: ")[1].split("\r\n")[0])
        receipt = msgspec.json.decode(await reader.readexactly(length))
        answers.append((int(answer.split()[1]), receipt["number"]))
    writer.close()
    return answers


@pytest.mark.parametrize("phones", [64, 256])
def test_many_phones_at_once_are_all_answered(
    receiver: Receiver, a_form: AForm, chain: Chain, phones: int
) -> None:
    forms = [[a_form() for _ in range(EACH)] for _ in range(phones)]

    async def all_send() -> list[list[tuple[int, int]]]:
        key = chain.phone.key
        return await asyncio.gather(*(a_phone(receiver, key, each) for each in forms))

    answers = [answer for each in asyncio.run(all_send()) for answer in each]

    assert {status for status, _ in answers} == {201}
    assert len({number for _, number in answers}) == EACH * phones
    with chain.register.read() as connection:
        directory = chain.register.directory
        asker = Asker(directory, chain.register.rulebooks, directory.sight(None))
        assert count_inspections(connection, asker) == EACH * phones
        assert first_broken(entries(connection)) is None


def test_the_queue_is_empty_afterwards(phone: Phone, a_form: AForm) -> None:
    phone.submit(a_form())

    health = phone.get("/healthz").json()

    assert (health["status"], health["writer_queue"]) == ("ok", 0)
    assert health["disk_free"] > 0


def test_who_falls_asleep_in_a_request_is_hung_up_on(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    import server.connections

    monkeypatch.setattr(server.connections, "HEAD_S", 0.2)
    monkeypatch.setattr(server.connections, "LOOK_EVERY_S", 0.1)
    host, port = receiver.address.split(":")

    async def drip() -> bool:
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: ")
        letters = iter(range(1, 600))
        while not (ended := reader.at_eof() or reader.exception() is not None) and next(letters, 0):
            writer.write(b"s")
            await asyncio.sleep(0.05)
        writer.close()
        return ended

    assert asyncio.run(drip())
