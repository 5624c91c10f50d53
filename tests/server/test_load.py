"""Many phones at once: no error, no stall, each form once."""

from __future__ import annotations

import asyncio
import time

import httpx
import pytest

from domain.journal import first_broken
from domain.register.journal_table import entries
from domain.register.queries import Asker, count_inspections
from tests.server.conftest import AForm, Phone
from tests.things import Chain
from tui.receiver import Receiver

FORMS = 1024


@pytest.mark.parametrize("phones", [64, 256])
def test_many_phones_at_once_are_all_answered(
    receiver: Receiver, phone: Phone, a_form: AForm, chain: Chain, phones: int
) -> None:
    forms = [a_form() for _ in range(FORMS)]

    async def send() -> list[tuple[int, int]]:
        limits = httpx.Limits(max_connections=phones, max_keepalive_connections=phones)
        async with httpx.AsyncClient(
            base_url=receiver.url, headers=phone.headers, limits=limits, timeout=60
        ) as client:
            answers = await asyncio.gather(
                *(client.post("/api/submissions", json=form) for form in forms)
            )
        return [(answer.status_code, answer.json()["number"]) for answer in answers]

    answers = asyncio.run(send())

    assert {status for status, _ in answers} == {201}
    assert len({number for _, number in answers}) == FORMS
    with chain.register.read() as connection:
        directory = chain.register.directory
        asker = Asker(directory, chain.register.rulebooks, directory.sight(None))
        assert count_inspections(connection, asker) == FORMS
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

    async def drip() -> float:
        reader, writer = await asyncio.open_connection(host, int(port))
        began = time.monotonic()
        for letter in "GET /healthz HTTP/1.1\r\nHost: slow":
            if reader.at_eof():
                break
            writer.write(letter.encode())
            await asyncio.sleep(0.05)
        writer.close()
        return time.monotonic() - began

    assert asyncio.run(drip()) < 1.5
