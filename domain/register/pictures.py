"""What a file really is, by its own bytes, and the small picture made of it.

The name and type that a phone declares are never believed: a page called `x.jpg` must not be
served as a page, nor a bomb of a billion pixels be unpacked.
"""

from __future__ import annotations

import logging
import secrets
import warnings
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from domain.picture_marks import GRID, Grid, inner_part
from domain.register.media import Media

THUMB_PX = 640
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
PIXELS_AT_MOST = 250_000_000
"""Beyond any phone's camera. A JPEG is unpacked at a fraction of its size."""
UNPACKED_AT_MOST = 40_000_000
"""Pixels of a picture that has to be unpacked whole."""

MARKER, START_OF_SCAN = 0xFF, 0xDA
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SEQUENTIAL = (0xC0, 0xC1)
"""Segments of a JPEG (ITU T.81, table B.1)."""

log = logging.getLogger(__name__)

_BOX_TYPES = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"mif1": "image/heif",
    b"msf1": "image/heif",
    b"avif": "image/avif",
    b"qt  ": "video/quicktime",
    b"3gp4": "video/3gpp",
    b"3gp5": "video/3gpp",
    b"3gp6": "video/3gpp",
    b"3g2a": "video/3gpp2",
}
"""Brands of the box format (ISO 14496-12); any other one is an MP4."""


def media_type_of(head: bytes) -> str | None:
    """The type of a file by its first bytes (32 do), or None where it is none that is taken."""
    if head[4:8] == b"ftyp":
        return _BOX_TYPES.get(head[8:12], "video/mp4")
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip"):
        return "video/quicktime"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    for magic, media_type in (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
    ):
        if head.startswith(magic):
            return media_type
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm" if b"webm" in head else "video/x-matroska"
    return None


def is_genuine(file: IO[bytes], kind: str) -> bool:
    """Whether a file, open at its beginning, is of the kind that it was announced as."""
    media_type = media_type_of(file.read(64)) or ""
    if kind == "video":
        return media_type.startswith("video/")
    if media_type in ("image/heic", "image/heif", "image/avif"):
        return True
    file.seek(0)
    return media_type.startswith("image/") and _fits(file)


def _fits(file: IO[bytes]) -> bool:
    """Whether Pillow knows it and it has a believable number of pixels; reads the header only."""
    try:
        with _opened(file) as picture:
            return _pixels(picture) <= (
                PIXELS_AT_MOST if picture.format in ("JPEG", "MPO") else UNPACKED_AT_MOST
            )
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False


def _make_thumb(path: Path, thumb: Path) -> bool:
    """Write the small picture of a file beside it; False where none can be made."""
    with path.open("rb") as file:
        if not is_genuine(file, "picture"):
            return False
        small = BytesIO()
        try:
            with _opened(file) as picture:
                if not _is_light(picture, file):
                    return False
                picture.draft("RGB", (2 * THUMB_PX, 2 * THUMB_PX))
                picture.thumbnail((THUMB_PX, THUMB_PX))
                upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.save(small, "JPEG", quality=80)
        except Exception:  # noqa: BLE001 - whatever a broken or hostile file makes of the library
            return False
    return _put(thumb, small.getvalue())


def _put(thumb: Path, content: bytes) -> bool:
    """Write it aside and rename it, so that nobody is ever shown half of one."""
    aside = thumb.with_name(f"{thumb.name}.{secrets.token_hex(4)}.tmp")
    try:
        aside.write_bytes(content)
        aside.replace(thumb)
    except OSError as error:  # a full disk: the original is there, and the next asker tries again
        log.warning("A small picture could not be kept: %s", error)
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        return False
    return True


def _is_light(picture: Image.Image, file: IO[bytes]) -> bool:
    """Whether unpacking it takes little memory: it is not large, or its rows come one by one."""
    if _pixels(picture) <= UNPACKED_AT_MOST:
        return True
    place = file.tell()
    try:
        return _comes_by_rows(file)
    finally:
        file.seek(place)


def _comes_by_rows(file: IO[bytes]) -> bool:
    """Whether a JPEG holds its rows one after another, whole, as cameras write them.

    A progressive one, or one colour after another, is gathered whole before any of it is reduced:
    six bytes a pixel.
    """
    components, sequential = 0, False
    file.seek(2)
    while len(head := file.read(4)) == 4 and head[0] == MARKER:
        kind, length = head[1], int.from_bytes(head[2:], "big")
        if kind == START_OF_SCAN:
            return sequential and file.read(1) == bytes([components])
        body = file.read(length - 2)
        if kind in FRAMES:
            components, sequential = body[5], kind in SEQUENTIAL
    return False


def small_copy(media: Media, sha256: str) -> Path | None:
    """A JPEG of at most 640 pixels of a picture here, made when it is first asked for.

    Blocks for up to a tenth of a second, so a screen or handler calls it in a thread.

    Returns:
        None where it is no picture that can be read, or too large a one; the original is there.
    """
    thumb = media.thumbs / f"{sha256}.jpg"
    if thumb.is_file() or (media.has(sha256) and _make_thumb(media.path(sha256), thumb)):
        return thumb
    return None


def grids_of(path: Path) -> tuple[Grid, ...]:
    """The small grey grid of a picture, upright, and that of the part within its borders if any.

    A JPEG is unpacked at an eighth of its size: some hundredths of a second for a phone's.

    Returns:
        Nothing where it cannot be unpacked lightly.
    """
    try:
        with path.open("rb") as file, _opened(file) as picture:
            if _pixels(picture) > PIXELS_AT_MOST or not _is_light(picture, file):
                return ()
            picture.draft("L", (4 * GRID, 4 * GRID))
            picture.thumbnail((4 * GRID, 4 * GRID))
            return small_grids(ImageOps.exif_transpose(picture).convert("L"))
    except Exception:  # noqa: BLE001 - whatever a broken or hostile file makes of the library
        return ()


def small_grids(grey: Image.Image) -> tuple[Grid, ...]:
    """The grid of a grey picture, and of the part within its borders if it has any."""
    whole = _grid(grey)
    part = inner_part(whole)
    if part is None:
        return (whole,)
    sides = zip(part, grey.size * 2, strict=True)
    left, top, right, bottom = (round(share * side) for share, side in sides)
    return whole, _grid(grey.crop((left, top, right, bottom)))


def _grid(grey: Image.Image) -> Grid:
    share = GRID / max(grey.size)
    size = max(1, round(grey.width * share)), max(1, round(grey.height * share))
    small = grey.resize(size, Image.Resampling.BICUBIC)
    return Grid(small.tobytes(), small.width, small.height)


def _opened(file: Path | IO[bytes]) -> Image.Image:
    """The picture; that it is large is judged here by its own limits, not by a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(file, formats=FORMATS)


def _pixels(picture: Image.Image) -> int:
    width, height = picture.size
    return width * height
