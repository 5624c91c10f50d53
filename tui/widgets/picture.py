"""A picture in half blocks: each cell shows two pixels, its upper and its lower half.

Drawn here rather than by a library: textual-image asks the terminal what it can do when it is
imported, and reads the answer from the keyboard that the running console is listening to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.cells import fit

if TYPE_CHECKING:
    from PIL.Image import Image

UPPER_HALF = "▀"


class Picture(Widget):
    """Shows a picture as large as it fits, or words in its place."""

    def __init__(self) -> None:
        super().__init__()
        self._image: Image | None = None
        self._said = ""
        self._strips: list[Strip] = []
        self._drawn_for: tuple[int, int] | None = None

    def draw(self, image: Image | None, said: str = "") -> None:
        """Show an image, or say why there is none."""
        self._image, self._said, self._drawn_for = image, said, None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of cells."""
        width, height = self.size
        if self._image is None:
            said = self._said if y == 0 else ""
            return Strip([Segment(fit(said, width), self.rich_style)])
        if self._drawn_for != (width, height):
            self._strips = half_blocks(self._image, width, height)
            self._drawn_for = (width, height)
        strip = self._strips[y] if y < len(self._strips) else Strip([])
        return strip.adjust_cell_length(width, self.rich_style)


def half_blocks(image: Image, width: int, height: int) -> list[Strip]:
    """Lines of cells, at most `width` and `height`; a cell is taken as twice as high as wide."""
    if width < 1 or height < 1:
        return []
    scale = min(width / image.width, 2 * height / image.height)
    across = max(1, min(width, round(image.width * scale)))
    down = max(2, min(2 * height, round(image.height * scale)) // 2 * 2)
    pixels = image.resize((across, down)).tobytes()
    rows = [pixels[y * across * 3 : (y + 1) * across * 3] for y in range(down)]
    return [
        Strip(
            Segment(
                UPPER_HALF,
                Style(
                    color=Color.from_rgb(*upper[x : x + 3]),
                    bgcolor=Color.from_rgb(*lower[x : x + 3]),
                ),
            )
            for x in range(0, across * 3, 3)
        )
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]
