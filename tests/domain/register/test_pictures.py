"""Small pictures: of whole ones, of broken ones none, and never at the price of the memory."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from domain.canonical import digest
from domain.register.media import Media
from domain.register.pictures import is_genuine, small_copy

LARGE = (7000, 6000)


@pytest.fixture
def media(tmp_path: Path) -> Media:
    return Media(tmp_path)


def jpeg(size: tuple[int, int], mode: str = "L", **how: Any) -> bytes:
    file = BytesIO()
    Image.new(mode, size, 90).save(file, "JPEG", **how)
    return file.getvalue()


def noise(kind: str) -> bytes:
    file = BytesIO()
    Image.effect_noise((900, 700), 60).convert("RGB").save(file, kind)
    return file.getvalue()


def kept(media: Media, content: bytes) -> str:
    """A file in the store; its digest."""
    sha256 = digest(content)
    kept = media.path(sha256)
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(content)
    return sha256


def test_a_large_picture_as_cameras_write_them_gets_a_small_copy(media: Media) -> None:
    thumb = small_copy(media, kept(media, jpeg(LARGE)))

    assert thumb is not None
    with Image.open(thumb) as small:
        assert small.size == (640, 549)


def test_a_large_progressive_picture_is_taken_but_gets_no_small_copy(media: Media) -> None:
    content = jpeg(LARGE, progressive=True)

    assert is_genuine(BytesIO(content), "picture")
    assert small_copy(media, kept(media, content)) is None


def test_an_ordinary_progressive_picture_gets_one(media: Media) -> None:
    assert small_copy(media, kept(media, jpeg((1600, 1200), "RGB", progressive=True)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.95])
def test_a_torn_picture_gets_a_small_copy_or_none_and_leaves_nothing(
    media: Media, kind: str, part: float
) -> None:
    whole = noise(kind)
    sha256 = kept(media, whole[: int(len(whole) * part)])

    thumb = small_copy(media, sha256)

    assert list(media.thumbs.iterdir()) == ([thumb] if thumb else [])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_picture_with_scrambled_bytes_does_no_harm(media: Media, kind: str) -> None:
    content = bytearray(noise(kind))
    content[40:4000:7] = os.urandom(len(content[40:4000:7]))

    thumb = small_copy(media, kept(media, bytes(content)))

    assert list(media.thumbs.iterdir()) == ([thumb] if thumb else [])


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff", b"%PDF-1.7", b"\xff\xd8\xff\xda\x00\x00"]
)
def test_what_is_no_picture_has_none(media: Media, content: bytes) -> None:
    assert small_copy(media, kept(media, content)) is None


def test_what_is_not_here_has_none(media: Media) -> None:
    assert small_copy(media, "0" * 64) is None


def test_where_it_cannot_be_kept_nothing_is_left_behind(media: Media) -> None:
    sha256 = kept(media, jpeg((800, 600)))
    in_the_way = media.thumbs / f"{sha256}.jpg"
    in_the_way.mkdir()

    assert small_copy(media, sha256) is None
    assert [each.name for each in media.thumbs.iterdir()] == [in_the_way.name]
    in_the_way.rmdir()
    assert small_copy(media, sha256) == in_the_way
