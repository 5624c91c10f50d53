"""Pictures are marked in the background, and reuse is found by it."""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from domain.procedures.evidence import receive_evidence
from domain.register.picture_marks import without_marks
from domain.register.reuse import reuses
from server.marking import Marking
from tests.presence.picture_attacks import cropped
from tests.presence.staged import HANDS, HELD_OUT, Scene
from tests.things import PATIENCE_S, Chain, a_picture

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from PIL import Image


def a_file(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=88)
    return file.getvalue()


def arrives(chain: Chain, content: bytes) -> int:
    """A form comes with a picture, on a day of its own."""
    chain.clock.forward(days=1)
    picture = a_picture(content)
    number = chain.submit(chain.form(evidence=(picture,))).number
    media = chain.register.media
    media.append(picture.id, 0, content, sync=False)
    media.keep(media.part(picture.id), picture.sha256)
    chain.register.carry_out(receive_evidence, picture.id, by=chain.by_phone)
    return number


async def mark_all(chain: Chain) -> None:
    def some_wait() -> bool:
        with chain.register.read() as connection:
            return bool(without_marks(connection, 1))

    marking = Marking(chain.register, quiet_s=0.01)
    marking.open()
    async with asyncio.timeout(PATIENCE_S):
        while await asyncio.to_thread(some_wait):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)
    await marking.close()


def test_a_cropped_copy_is_found_and_a_second_photograph_is_not(chain: Chain) -> None:
    scene = Scene("shelf", 7, HELD_OUT)
    original = scene.shoot(0)
    hand = HANDS["next day, nearly the same place"]
    before = arrives(chain, a_file(original))
    arrives(chain, b"\xff\xd8\xff no picture at all")
    honest = arrives(chain, a_file(scene.shoot(1, hand)))
    copy = arrives(chain, a_file(cropped(original, scene.random, 15)))

    asyncio.run(mark_all(chain))

    with chain.register.read() as connection:
        found = reuses(connection, [before, honest, copy])
    assert {number: [one.earlier for one in each] for number, each in found.items()} == {
        copy: [before]
    }


def test_nothing_is_marked_while_forms_come(chain: Chain) -> None:
    async def busy() -> None:
        marking = Marking(chain.register, quiet_s=0.2)
        marking.open()
        for _ in range(6):
            await asyncio.to_thread(chain.submit, chain.form())
            await asyncio.sleep(0.08)
        await marking.close()

    arrives(chain, a_file(Scene("board", 7, HELD_OUT).shoot(0)))
    asyncio.run(busy())

    with chain.register.read() as connection:
        assert without_marks(connection, 5)
