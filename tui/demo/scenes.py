"""Draws what a phone would have photographed: simple scenes, a red ring around what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from random import Random
from typing import Final

from PIL import Image, ImageDraw

from tui.demo.lore import Scene

SIZE: Final = (800, 600)
SKY: Final = ("#9fc4e8", "#b8c6d4", "#6f8fb3", "#d9c9b0")
GROUND: Final = ("#a9a9a4", "#9b9a93", "#b4b0a6")
RED, WHITE, DARK, STEEL = "#d0342c", "#f4f4f2", "#33363a", "#c9ced3"
Spot = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""


def draw_scene(scene: Scene, chance: Random, taken_at: datetime) -> bytes:
    """A JPEG of 800 x 600 pixels; the same chance draws the same picture."""
    image = Image.new("RGB", SIZE, chance.choice(SKY))
    pen = ImageDraw.Draw(image)
    _forecourt(pen, chance)
    left, top, right, bottom = SCENES[scene](pen, chance)
    pen.ellipse((left - 18, top - 18, right + 18, bottom + 18), outline=RED, width=6)
    pen.text((600, 570), f"{taken_at:%Y-%m-%d %H:%M}", fill="#ffd23f", font_size=22)
    written = BytesIO()
    image.save(written, "JPEG", quality=82)
    return written.getvalue()


def _forecourt(pen: ImageDraw.ImageDraw, chance: Random) -> None:
    pen.rectangle((0, 360, 800, 600), fill=chance.choice(GROUND))
    pen.rectangle((40, 70, 760, 120), fill=WHITE)
    pen.rectangle((40, 100, 760, 120), fill=RED)
    for left in (150, 610):
        pen.rectangle((left, 120, left + 34, 380), fill="#e3e3df")
    pen.rectangle((300, 210, 500, 360), fill="#d8d4cb")
    pen.rectangle((330, 240, 400, 300), fill="#7fa3bd")
    for left in range(0, 800, 100):
        pen.line((left, 600, 400 + (left - 400) // 3, 360), fill="#8f8e88", width=2)


def _oil(pen: ImageDraw.ImageDraw, chance: Random) -> Spot:
    x, y = chance.randint(200, 520), chance.randint(430, 500)
    for _ in range(9):
        dx, dy, size = chance.randint(-50, 50), chance.randint(-14, 14), chance.randint(18, 60)
        pen.ellipse((x + dx, y + dy, x + dx + size, y + dy + size // 3), fill="#4a4740")
    return (x - 60, y - 25, x + 115, y + 40)


def _lamp(pen: ImageDraw.ImageDraw, chance: Random) -> Spot:
    dark = chance.randrange(6)
    for nth in range(6):
        left = 90 + nth * 110
        pen.rectangle((left, 122, left + 60, 138), fill=DARK if nth == dark else "#fff6c2")
    return (90 + dark * 110, 122, 150 + dark * 110, 138)


def _crack(pen: ImageDraw.ImageDraw, chance: Random) -> Spot:
    x = chance.randint(200, 500)
    points = [(x + chance.randint(-14, 14) + 9 * n, 420 + 16 * n) for n in range(9)]
    pen.line(points, fill="#3a3833", width=5)
    return (x - 20, 415, x + 100, 555)


def _clutter(pen: ImageDraw.ImageDraw, chance: Random) -> Spot:
    x = chance.randint(180, 480)
    for nth in range(5):
        left, top = x + 34 * nth, 430 - chance.randint(0, 50)
        pen.rectangle((left, top, left + 46, 480), fill=chance.choice(("#b98a52", "#c79d67")))
        pen.line((left, top + 12, left + 46, top + 12), fill="#8a6334", width=3)
    return (x, 375, x + 190, 482)


def _extinguisher(pen: ImageDraw.ImageDraw, chance: Random) -> Spot:
    x = chance.randint(220, 520)
    pen.rounded_rectangle((x, 400, x + 44, 520), radius=16, fill=RED)
    pen.rectangle((x + 14, 376, x + 30, 402), fill=DARK)
    pen.ellipse((x + 12, 420, x + 32, 440), fill=WHITE)
    pen.pieslice((x + 12, 420, x + 32, 440), 130, 200, fill="#e0a100")
    return (x, 376, x + 44, 522)


def _pump(pen: ImageDraw.ImageDraw, chance: Random) -> Spot:
    x = chance.randint(200, 480)
    pen.rectangle((x, 280, x + 120, 500), fill=STEEL)
    pen.rectangle((x + 16, 300, x + 104, 350), fill="#23313d")
    pen.arc((x + 90, 330, x + 180, 470), 270, 120, fill=DARK, width=8)
    pen.rectangle((x + 12, 262, x + 40, 282), fill="#4f7cac")
    pen.polygon([(x + 60, 470), (x + 110, 440), (x + 112, 490)], fill="#8b5a2b")
    return (x, 262, x + 120, 500)


def _sign(pen: ImageDraw.ImageDraw, chance: Random) -> Spot:
    x = chance.randint(180, 520)
    pen.rectangle((x + 40, 300, x + 50, 470), fill=STEEL)
    pen.rectangle((x, 200, x + 92, 300), fill=chance.choice(("#1f6fb2", "#e0a100")))
    pen.polygon([(x + 50, 200), (x + 92, 200), (x + 92, 262)], fill=SKY[0])
    return (x, 200, x + 92, 300)


def _column(pen: ImageDraw.ImageDraw, chance: Random) -> Spot:
    left = chance.choice((150, 610))
    pen.rectangle((left, 230, left + 34, 310), fill="#b7b2a5")
    pen.line((left, 250, left + 34, 300), fill=DARK, width=4)
    return (left, 230, left + 34, 310)


def _toilet(pen: ImageDraw.ImageDraw, chance: Random) -> Spot:
    pen.rectangle((0, 0, 800, 600), fill="#dfe6e4")
    for across in range(0, 800, 80):
        pen.line((across, 0, across, 600), fill="#c4cfcc", width=2)
        pen.line((0, across, 800, across), fill="#c4cfcc", width=2)
    x = chance.randint(280, 440)
    pen.ellipse((x, 330, x + 120, 470), fill=WHITE, outline="#9aa5a2", width=4)
    pen.ellipse((x + 28, 380, x + 92, 440), fill="#c9b47c")
    return (x, 330, x + 120, 470)


SCENES: Final[dict[Scene, Callable[[ImageDraw.ImageDraw, Random], Spot]]] = {
    "clutter": _clutter,
    "column": _column,
    "crack": _crack,
    "extinguisher": _extinguisher,
    "lamp": _lamp,
    "oil": _oil,
    "pump": _pump,
    "sign": _sign,
    "toilet": _toilet,
}
