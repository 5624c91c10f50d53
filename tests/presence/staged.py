"""Scenes of a petrol station drawn with a seed, and photographs of them.

A scene is made of layers at several depths, so that a camera that moved sees them move against
each other; a flat one (a cabinet) is the hardest to tell. Each photograph has its own camera
place, light, shadows, things in the way, blur, noise and JPEG quality.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (1000, 750)
ROOM = (1300, 1000)
"""A layer is larger than the photograph: the camera may move."""
FOCAL = 900
"""Pixels that one metre at one metre takes."""


@dataclass(frozen=True)
class Style:
    """What the generator is set to: those reported differ from those it was tuned on."""

    layouts: tuple[str, ...]
    grain: int = 14
    noise: float = 0.05
    shadow: float = 0.35
    quality: tuple[int, int] = (75, 92)


@dataclass(frozen=True)
class Hand:
    """How differently a second photograph is taken.

    Attributes:
        metres: Spread of the camera's place; `degrees` of how it is held; `zoom` of its distance.
        light: How far brightness, shadows and things in the way may differ, 0 to 1.
    """

    metres: float
    degrees: float
    zoom: float
    light: float


TUNED = Style(("pump", "valves", "cabinet", "floor"))
HELD_OUT = Style(
    ("island", "tanks", "board", "shelf"), grain=20, noise=0.08, shadow=0.5, quality=(60, 95)
)
HANDS = {
    "next day, about the same place": Hand(0.06, 1.5, 0.04, 1.0),
    "next day, nearly the same place": Hand(0.025, 0.6, 0.015, 1.0),
    "next day, from a mark on the floor": Hand(0.006, 0.25, 0.004, 1.0),
    "an hour later, from a mark, same light": Hand(0.006, 0.25, 0.004, 0.25),
}
Colour = tuple[int, int, int]


class Scene:
    """One place of a station."""

    def __init__(self, layout: str, seed: int, style: Style) -> None:
        self.style, self.seed = style, f"{layout}-{seed}"
        self.random = Random(self.seed)
        self.layers: list[tuple[float, Image.Image]] = []
        LAYOUTS[layout](self)

    def colour(self, low: int = 30, high: int = 225) -> Colour:
        grey, of = self.random.randint(low, high), self.random.randint
        return grey + of(-25, 25), grey + of(-25, 25), grey + of(-25, 25)

    def wall(self, depth: float) -> ImageDraw.ImageDraw:
        """What closes the scene: a surface with stains and grain of its own."""
        picture = Image.new("RGB", ROOM, self.colour(90, 200))
        draw = ImageDraw.Draw(picture)
        for _ in range(60):
            x, y = self.random.randint(0, ROOM[0]), self.random.randint(0, ROOM[1])
            r, c = self.random.randint(3, 60), self.colour(70, 220)
            draw.ellipse((x, y, x + r, y + r * 0.6), c)
        picture = picture.filter(ImageFilter.GaussianBlur(4))
        grain = Image.frombytes("L", ROOM, self.random.randbytes(ROOM[0] * ROOM[1]))
        grain = grain.point(lambda each: each % (2 * self.style.grain))
        dappled = Image.merge("RGB", (grain,) * 3)
        picture = ImageChops.add(picture, dappled, 1, -self.style.grain)
        self.layers.append((depth, picture))
        return ImageDraw.Draw(picture)

    def layer(self, depth: float) -> ImageDraw.ImageDraw:
        """Things at a depth in metres; drawn from far to near."""
        self.layers.append((depth, Image.new("RGBA", ROOM)))
        return ImageDraw.Draw(self.layers[-1][1])

    def box(self, draw: ImageDraw.ImageDraw, x: int, y: int, w: int, h: int) -> None:
        draw.rectangle((x, y, x + w, y + h), self.colour(), self.colour(10, 90), 3)

    def words(self, draw: ImageDraw.ImageDraw, x: int, y: int, size: int = 28) -> None:
        text = "".join(self.random.choice("ABCDEFHKLMNRSTUX0123456789 ") for _ in range(8))
        draw.text((x, y), text, self.colour(0, 255), ImageFont.load_default(size))

    def shoot(self, seed: int, hand: Hand | None = None) -> Image.Image:
        """A photograph; without a hand the camera is where the scene was first taken from."""
        of = Random(f"{self.seed}-{seed}")
        hand = hand or Hand(0, 0, 0, 0.5)
        right, down = of.gauss(0, hand.metres), of.gauss(0, hand.metres)
        pan, tilt = of.gauss(0, hand.degrees * 8), of.gauss(0, hand.degrees * 8)
        angle, zoom = of.gauss(0, hand.degrees), 1 + of.gauss(0, hand.zoom)
        picture = Image.new("RGB", SIZE)
        for depth, layer in self.layers:
            across, along = right * FOCAL / depth + pan, down * FOCAL / depth + tilt
            nearer = 1 + (zoom - 1) / depth**0.5
            seen = layer.rotate(angle, Image.Resampling.BICUBIC).transform(
                SIZE,
                Image.Transform.AFFINE,
                _view(across, along, 1 / nearer),
                Image.Resampling.BICUBIC,
            )
            picture.paste(seen, mask=seen if seen.mode == "RGBA" else None)
        return _developed(_lit(picture, of, hand.light, self), of, self.style, hand.light)


def _view(across: float, along: float, size: float) -> tuple[float, ...]:
    left = (ROOM[0] - SIZE[0] * size) / 2 + across
    top = (ROOM[1] - SIZE[1] * size) / 2 + along
    return size, 0, left, 0, size, top


def _lit(picture: Image.Image, of: Random, light: float, scene: Scene) -> Image.Image:
    """Light from one side, shadows, and now and then something that stands in the way."""
    if of.random() < 0.6 * light:
        draw = ImageDraw.Draw(picture)
        x, y = of.randint(0, SIZE[0] - 100), of.randint(SIZE[1] // 2, SIZE[1] - 100)
        tone = of.randint(20, 230)
        draw.rectangle((x, y, x + of.randint(30, 160), y + of.randint(40, 220)), (tone, tone, 90))
    shade = Image.linear_gradient("L").rotate(of.choice((0, 90, 180, 270))).resize(SIZE)
    floor = 255 - int(70 * light * of.random())
    shade = shade.point(lambda each: floor + (255 - floor) * each // 255)
    draw = ImageDraw.Draw(shade)
    for _ in range(of.randint(0, 3) if light > 0.3 else 0):
        x, y = of.randint(-200, SIZE[0]), of.randint(-100, SIZE[1])
        dark = int(255 * (1 - scene.style.shadow * of.uniform(0.4, 1)))
        w, h, lean = of.randint(80, 400), of.randint(100, 600), of.randint(-150, 150)
        draw.polygon([(x, y), (x + w, y), (x + w + lean, y + h), (x + lean, y + h)], dark)
    shade = shade.filter(ImageFilter.GaussianBlur(of.uniform(3, 12)))
    return ImageChops.multiply(picture, Image.merge("RGB", (shade,) * 3))


def _developed(picture: Image.Image, of: Random, style: Style, light: float) -> Image.Image:
    """What lens, sensor and the phone's own JPEG make of it."""
    picture = picture.filter(ImageFilter.GaussianBlur(of.uniform(0.4, 1.2)))
    bright = ImageEnhance.Brightness(picture).enhance(1 + light * of.uniform(-0.2, 0.2))
    picture = ImageEnhance.Contrast(bright).enhance(1 + light * of.uniform(-0.15, 0.15))
    specks = Image.frombytes("RGB", (500, 375), of.randbytes(500 * 375 * 3)).resize(SIZE)
    return saved(
        Image.blend(picture, specks, style.noise * of.uniform(0.5, 1)), of.randint(*style.quality)
    )


def saved(picture: Image.Image, quality: int = 85) -> Image.Image:
    """As it comes back from a JPEG."""
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return Image.open(BytesIO(file.getvalue())).convert("RGB")


def _pump(scene: Scene) -> None:
    of = scene.random
    scene.box(scene.wall(6), 0, 600, 1300, 400)
    far = scene.layer(4)
    for x in range(100, 1200, 250):
        scene.box(far, x + of.randint(-40, 40), 250, of.randint(30, 90), of.randint(150, 400))
    near = scene.layer(1.6)
    x = of.randint(380, 560)
    scene.box(near, x, 180, 330, 700)
    scene.box(near, x + 40, 230, 250, 130)
    scene.words(near, x + 50, 250, 44)
    for row in range(3):
        scene.box(near, x + 40 + row * 85, 400, 70, 60)
        scene.words(near, x + 40, 500 + 60 * row, 24)
    near.arc((x - 120, 300, x + 60, 800), 60, 300, scene.colour(0, 60), 14)


def _valves(scene: Scene) -> None:
    of = scene.random
    scene.wall(3)
    for depth in (2.4, 2.0, 1.6):
        draw = scene.layer(depth)
        y = of.randint(200, 750)
        draw.line((0, y, 1300, y + of.randint(-80, 80)), scene.colour(), of.randint(24, 50))
        for x in range(of.randint(120, 300), 1250, of.randint(220, 330)):
            r = of.randint(35, 80)
            draw.ellipse((x - r, y - r, x + r, y + r), None, scene.colour(), 14)
            draw.line((x - r, y, x + r, y), scene.colour(), 8)
            scene.words(draw, x, y + r, 20)


def _cabinet(scene: Scene) -> None:
    draw, of = scene.wall(1.5), scene.random
    scene.box(draw, 200, 150, 900, 720)
    for row in range(4):
        for column in range(6):
            x, y = 240 + column * 140, 200 + row * 160
            scene.box(draw, x, y, of.randint(60, 110), of.randint(50, 120))
            scene.words(draw, x, y + 120, 16)


def _floor(scene: Scene) -> None:
    draw, of = scene.wall(1.7), scene.random
    for at in range(0, 1300, of.randint(140, 200)):
        draw.line((at, 0, at + of.randint(-30, 30), 1000), scene.colour(60, 150), 4)
        draw.line((0, at, 1300, at + of.randint(-30, 30)), scene.colour(60, 150), 4)
    for _ in range(40):
        x, y, r = of.randint(100, 1200), of.randint(100, 900), of.randint(6, 50)
        draw.ellipse((x, y, x + r, y + r * of.uniform(0.4, 1)), scene.colour(40, 140))


def _island(scene: Scene) -> None:
    of = scene.random
    draw = scene.wall(9)
    for x in range(0, 1300, 90):
        scene.box(draw, x, of.randint(250, 400), 80, 400)
    for depth in (5, 3, 2):
        draw = scene.layer(depth)
        for _ in range(3):
            x, w = of.randint(50, 1100), int(300 / depth)
            scene.box(draw, x, 420 - w, w, int(900 / depth))
            scene.words(draw, x + 4, 440 - w, 24)
            draw.ellipse((x, 500, x + w // 2, 500 + w // 2), scene.colour())


def _tanks(scene: Scene) -> None:
    of = scene.random
    scene.wall(5)
    for depth in (4.0, 3.0, 2.2, 1.8):
        draw = scene.layer(depth)
        x, y, r = of.randint(100, 1000), of.randint(250, 700), int(240 / depth)
        draw.ellipse((x - r, y - r, x + 2 * r, y + r), scene.colour(), scene.colour(), 6)
        draw.line((x, y, x + of.randint(-500, 500), y + 400), scene.colour(), int(60 / depth))
        scene.words(draw, x - r, y, 30)


def _board(scene: Scene) -> None:
    draw, of = scene.wall(1.2), scene.random
    for row in range(5):
        for column in range(9):
            x, y = 160 + column * 110 + of.randint(-5, 5), 130 + row * 150
            scene.box(draw, x, y, 70, 100)
            scene.box(draw, x + 20, y + of.randint(15, 60), 30, 25)
            scene.words(draw, x, y + 104, 14)


def _shelf(scene: Scene) -> None:
    of = scene.random
    scene.wall(2.4)
    for depth in (2.2, 2.0):
        draw = scene.layer(depth)
        for y in (300, 520, 740):
            x = 120
            while x < 1150:
                w, h = of.randint(30, 90), of.randint(70, 170)
                scene.box(draw, x, y - h, w, h)
                scene.words(draw, x, y - h // 2, 14)
                x += w + of.randint(4, 60)
            draw.rectangle((100, y, 1200, y + 14), scene.colour())


LAYOUTS: dict[str, Callable[[Scene], None]] = {
    "pump": _pump,
    "valves": _valves,
    "cabinet": _cabinet,
    "floor": _floor,
    "island": _island,
    "tanks": _tanks,
    "board": _board,
    "shelf": _shelf,
}
