"""An inspection with everything that an export shows."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from domain.canonical import digest
from domain.procedures.evidence import receive_evidence
from domain.submission import Found
from tests.things import CONSOLE, Chain, a_picture


def a_photo(colour: str, size: tuple[int, int] = (640, 480)) -> bytes:
    """A small JPEG."""
    drawn = BytesIO()
    Image.new("RGB", size, colour).save(drawn, "JPEG")
    return drawn.getvalue()


@pytest.fixture
def inspected(chain: Chain) -> int:
    """The number of an inspection with findings, pictures here and awaited, and things left out."""
    photos = [a_photo("green"), a_photo("orange", (480, 640))]
    announced = [a_picture(content) for content in photos]
    awaited = a_picture(b"not here yet", name="在路上.jpg")
    form = chain.form(
        found=(
            Found("A.a.1", count=2, note="=1+1", evidence=tuple(each.id for each in announced)),
            Found("A.b.1", note="油\x07污", evidence=(awaited.id,)),
            Found("C.a.2"),
            Found("C.a.3"),
        ),
        not_applicable=("B.a", "D.a.1"),
        evidence=(*announced, awaited),
        note="当日有雨",
    )
    receipt = chain.submit(form)
    for each, content in zip(announced, photos, strict=True):
        place = chain.register.media.path(digest(content))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        chain.register.carry_out(receive_evidence, each.id, by=CONSOLE)
    return receipt.number
