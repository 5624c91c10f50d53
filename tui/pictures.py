"""Small pictures for the terminal, made off the screen's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

    from domain.register.media import Media

THUMB_PX = 640
FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "GIF")
PIXELS_AT_MOST = 60_000_000
"""Beyond a phone's camera: not unpacked."""


def small_picture(media: Media, sha256: str) -> Image | None:
    """The picture at most 640 pixels wide and high; None where the file cannot be read.

    Blocks for up to a tenth of a second, so it is called in a thread.
    """
    from PIL import Image, ImageOps

    thumb = media.thumbs / f"{sha256}.jpg"
    path = thumb if thumb.is_file() else media.path(sha256)
    try:
        with Image.open(path, formats=FORMATS) as picture:
            if picture.width * picture.height > PIXELS_AT_MOST:
                return None
            picture.draft("RGB", (2 * THUMB_PX, 2 * THUMB_PX))
            picture.thumbnail((THUMB_PX, THUMB_PX))
            return ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
