"""Small pictures for the terminal, made off the screen's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

    from domain.register.media import Media


def small_picture(media: Media, sha256: str) -> Image | None:
    """The picture at most 640 pixels wide and high; None where the file cannot be read.

    Blocks for up to a tenth of a second, so it is called in a thread.
    """
    from PIL import Image

    from domain.register.pictures import small_copy

    copy = small_copy(media, sha256)
    if copy is None:
        return None
    with Image.open(copy) as picture:
        return picture.convert("RGB")
